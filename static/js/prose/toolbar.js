// The tools of the editor: one stop for Tab, arrows within, Alt+F10 from the text and Escape back to it.

import { figureDialog } from "prose/figures";
import { linkDialog } from "prose/link";

const FIGURES = [["Infoga siffra", "figure", null, (editor) => editor.isActive("liveFigure"), figureDialog]];

// Name, sign (a class in entry.css), what it does, when it is pressed, what it opens.
const GROUPS = [
  [
    ["Fetstil", "bold", (chain) => chain.toggleBold(), (editor) => editor.isActive("bold")],
    ["Kursiv", "italic", (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic")],
  ],
  [
    ["Underrubrik", "h3", (chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
    ["Mindre underrubrik", "h4", (chain) => chain.toggleHeading({ level: 4 }), (editor) => editor.isActive("heading", { level: 4 })],
  ],
  [
    ["Punktlista", "ul", (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
    ["Numrerad lista", "ol", (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
    ["Länk", "link", null, (editor) => editor.isActive("link"), linkDialog],
  ],
  FIGURES,
  [
    ["Infoga tabell", "table", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
    ["Lägg till rad", "row-add", (chain) => chain.addRowAfter()],
    ["Ta bort rad", "row-remove", (chain) => chain.deleteRow()],
    ["Lägg till kolumn", "column-add", (chain) => chain.addColumnAfter()],
    ["Ta bort kolumn", "column-remove", (chain) => chain.deleteColumn()],
    ["Ta bort tabell", "table-remove", (chain) => chain.deleteTable()],
  ],
  [
    ["Ångra", "undo", (chain) => chain.undo()],
    ["Gör om", "redo", (chain) => chain.redo()],
  ],
];

export function makeToolbar(editor, area, id, label) {
  const bar = document.createElement("div");
  bar.className = "prose-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Formatering av ${label}. Alt+F10 går hit, Escape tillbaka.`);
  bar.setAttribute("aria-controls", id);
  const groups = GROUPS.filter((group) => group !== FIGURES || editor.schema.nodes.liveFigure);
  const tools = groups.flatMap((group) => {
    const box = document.createElement("div");
    box.className = "prose-group";
    const made = group.map((tool) => makeTool(editor, area, ...tool));
    box.append(...made.map((tool) => tool.button));
    bar.append(box);
    return made;
  });
  const buttons = tools.map((tool) => tool.button);
  stopAt(buttons, buttons[0]);
  bar.addEventListener("keydown", (event) => move(event, buttons, editor));
  bar.addEventListener("focusin", (event) => stopAt(buttons, event.target));
  // A press must not take the selection away from the text.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  editor.view.dom.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key !== "F10") return;
    event.preventDefault();
    buttons.find((button) => button.tabIndex === 0).focus();
  });
  const update = () => tools.forEach((tool) => tool.update());
  editor.on("transaction", update);
  update();
  return bar;
}

function makeTool(editor, area, name, sign, change, isOn, open) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `prose-tool prose-tool-${sign}`;
  button.title = name;
  button.setAttribute("aria-label", name);
  const isOff = () => button.getAttribute("aria-disabled") === "true";
  button.addEventListener("click", () => {
    if (isOff()) return;
    if (change) change(editor.chain().focus()).run();
    else open(editor, area);
  });
  const update = () => {
    if (isOn) button.setAttribute("aria-pressed", String(isOn(editor)));
    // Switched off but still there: it keeps its place and can be found.
    else button.setAttribute("aria-disabled", String(!change(editor.can().chain()).run()));
  };
  return { button, update };
}

function stopAt(buttons, stop) {
  buttons.forEach((button) => (button.tabIndex = button === stop ? 0 : -1));
}

function move(event, buttons, editor) {
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (event.key === "Escape") editor.view.focus();
  if (to === undefined) return;
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length].focus();
}
