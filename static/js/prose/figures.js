// Live figures in the text: <data value="utbetalt cirka">, drawn as what it says now. The server gives the text with
// that in it; which figures there are is asked for when somebody needs the list (reports/views/live_figures.py).

import { InputRule, Node, pm } from "django-prose-editor/editor";

const { Plugin } = pm.state;
const { Decoration, DecorationSet } = pm.view;

export const OWN = "eget";
const MARK = /\{([a-zåäö][a-zåäö0-9-]*(?:\/[\p{L}\p{N}_-]+){0,2}(?: [a-zåäö]+)?)\}/iu;
const OWN_MARK = /\{eget: *([^{}<>\n]{0,79}[^{}<>\s])\s*\}/iu;
const lists = new Map(); // address → the promise of its list
const known = new Map(); // mark → what it says now
const gone = new Map(); // mark → the sentence that says why it is no figure

/** The figures that may stand in the text: {label, rule, ways: [{mark, text, how}]}. */
function listOf(area) {
  const address = area.dataset.figures.replace(/\/$/, ".json");
  if (!lists.has(address)) lists.set(address, ask(address));
  return lists.get(address);
}

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const { figures } = await answer.json();
    for (const { ways } of figures) for (const { mark, text } of ways) known.set(mark, text);
    return figures;
  } catch {
    lists.delete(address); // to be asked for again
    return null;
  }
}

/** What the figure says now: as the list has it, or as it was given with the text; its mark if it is none. */
const says = ({ mark, text }) => (gone.has(mark) ? `{${mark}}` : (known.get(mark) ?? text ?? `{${mark}}`));

export const remember = (mark, text) => known.set(mark, text);

export function liveFigure(area) {
  for (const [mark, why] of Object.entries(JSON.parse(area.dataset.gone ?? "{}"))) gone.set(mark, why);
  return Node.create({
    name: "liveFigure",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes: () => ({
      mark: { parseHTML: (element) => element.getAttribute("value"), renderHTML: ({ mark }) => ({ value: mark }) },
      text: { parseHTML: (element) => element.textContent, rendered: false },
    }),
    parseHTML: () => [{ tag: `data[value]:not([value="${OWN}"])` }],
    renderHTML: ({ node, HTMLAttributes }) => ["data", HTMLAttributes, says(node.attrs)],
    renderText: ({ node }) => says(node.attrs),
    onFocus: () => void listOf(area), // most often there by when somebody types {utbetalt}
    // What another person's save put in holds its mark: it says its value once the list has come.
    onTransaction: ({ editor }) => drawMarks(editor, area),
    onCreate: ({ editor }) => drawMarks(editor, area),
    addProseMirrorPlugins: () => [new Plugin({ props: { decorations: crossedOut } })],
    addInputRules() {
      const put = ({ state, range, match }) => {
        const mark = match[1].toLocaleLowerCase("sv");
        if (!known.has(mark)) {
          listOf(area).then(() => putTyped(this.editor));
          return null;
        }
        state.tr.replaceWith(range.from, range.to, this.type.create({ mark, text: known.get(mark) }));
      };
      const own = ({ state, range, match }) => {
        state.tr.replaceWith(range.from, range.to, ownNumber(state, range.from, match[1]));
      };
      return [new InputRule({ find: atEnd(OWN_MARK), handler: own }), new InputRule({ find: atEnd(MARK), handler: put })];
    },
  });
}

const atEnd = ({ source, flags }) => new RegExp(`${source}$`, flags);

/** The words as the author's own number, bold if the mark that was typed at `at` is. */
function ownNumber({ doc, schema }, at, words) {
  return schema.text(words, schema.marks.ownNumber.create().addToSet(doc.resolve(at + 1).marks()));
}

/** Marks that were typed before the list had come, or pasted, become figures and own numbers too. */
function putTyped(editor) {
  const { state } = editor;
  const { doc, schema, tr } = state;
  const found = [];
  doc.descendants((node, start) => {
    for (const { 0: typed, 1: words, index } of node.text?.matchAll(new RegExp(OWN_MARK, "giu")) ?? [])
      found.push([start + index, typed, ownNumber(state, start + index, words)]);
    for (const { 0: typed, 1: words, index } of node.text?.matchAll(new RegExp(MARK, "giu")) ?? []) {
      const mark = words.toLocaleLowerCase("sv");
      const figure = schema.nodes.liveFigure.create({ mark, text: known.get(mark) });
      if (isTold(mark)) found.push([start + index, typed, figure]);
    }
  });
  found.sort(([one], [other]) => other - one);
  for (const [from, typed, made] of found) tr.replaceWith(from, from + typed.length, made);
  if (found.length) editor.view.dispatch(tr);
}

const isTold = (mark) => known.has(mark) || gone.has(mark);

async function drawMarks(editor, area) {
  const figures = () => [...editor.view.dom.querySelectorAll(`data[value]:not([value="${OWN}"])`)];
  const isUnsaid = (data) => data.textContent === `{${markOf(data)}}` && !gone.has(markOf(data));
  if (figures().some(isUnsaid) && !(await listOf(area))) return;
  for (const data of figures()) {
    const text = says({ mark: markOf(data), text: data.textContent });
    if (data.textContent !== text) data.textContent = text;
  }
}

const markOf = (data) => data.getAttribute("value");

/** The figures in the text that are none: red, with words for who sees no colours (css/entry.css). */
function crossedOut({ doc }) {
  const found = [];
  doc.descendants((node, at) => {
    const why = gone.get(node.attrs.mark);
    if (why) found.push(Decoration.node(at, at + node.nodeSize, { class: "figure-gone", title: why }));
  });
  return DecorationSet.create(doc, found);
}

/** A sentence for each mark in the text that is no figure. */
export function faultsOf({ doc }) {
  const found = new Map();
  doc.descendants(({ attrs: { mark } }) => void (gone.has(mark) && found.set(mark, gone.get(mark))));
  return [...found.values()];
}

/** What the server says of the text's figures: mark → what it says, and mark → why it is none. */
export function learn(editor, figures, faults) {
  for (const [mark, text] of Object.entries(figures)) {
    known.set(mark, text);
    gone.delete(mark);
  }
  for (const [mark, why] of Object.entries(faults)) if (!gone.has(mark)) gone.set(mark, why);
  putTyped(editor);
}

/** Whether a mark stands in the text that is not drawn as what it is yet. */
export function hasUntold({ doc }) {
  let found = false;
  doc.descendants(({ text, attrs: { mark, text: said } }) => {
    found ||= text ? MARK.test(text) || OWN_MARK.test(text) : said === `{${mark}}` && !isTold(mark);
  });
  return found;
}

export const takesFigures = (area) => "figures" in area.dataset;

// ---- The dialog ------------------------------------------------------------------------------------------------------

let dialog, shown;

export async function figureDialog(editor, area) {
  dialog ??= build();
  const search = dialog.querySelector("input");
  // A figure that is chosen in the text is shown with the other ways to write it.
  const { mark } = editor.getAttributes("liveFigure");
  search.value = mark && !gone.has(mark) ? mark.split(" ")[0] : "";
  dialog.onclick = (event) => {
    const { put, says: text } = event.target.closest("[data-put]")?.dataset ?? {};
    if (!put) return;
    editor.chain().focus().insertContent({ type: "liveFigure", attrs: { mark: put, text } }).run();
    dialog.close();
  };
  dialog.onclose = () => editor.view.focus();
  dialog.showModal();
  const figures = await listOf(area);
  if (shown !== figures) {
    dialog.querySelector("ul").replaceChildren(...(figures ?? []).map(asItem));
    shown = figures;
  }
  dialog.querySelector("[data-failed]").hidden = !!figures;
  filter(search.value);
}

function build() {
  const made = document.createElement("dialog");
  made.className = "prose-link prose-figures";
  made.setAttribute("aria-labelledby", "prose-figures-title");
  made.innerHTML = `
    <form method="dialog" class="form" novalidate>
      <h2 id="prose-figures-title">Infoga en siffra</h2>
      <div class="field">
        <label class="field-label" for="prose-figures-search">Sök bland siffrorna</label>
        <div class="field-help" id="prose-figures-help">Sök på namn, projekt, mål eller fond. Siffran följer uppgifterna när de ändras.</div>
        <input id="prose-figures-search" inputmode="search" autocomplete="off" autofocus aria-describedby="prose-figures-help">
      </div>
      <p class="ds-sr-only" role="status" data-found></p>
      <p data-failed hidden>Det gick inte att hämta siffrorna. Stäng och försök igen.</p>
      <ul tabindex="-1" aria-label="Siffror"></ul>
      <div class="actions"><button class="ds-button" data-variant="tertiary">Avbryt</button></div>
    </form>`;
  made.querySelector("input").addEventListener("input", (event) => filter(event.target.value));
  made.addEventListener("keydown", keys);
  document.body.append(made);
  return made;
}

/** Enter in the search goes to what was found and must not close the dialog; arrows go from figure to figure. */
function keys(event) {
  const found = [...dialog.querySelectorAll("li:not([hidden])")];
  const at = found.findIndex((item) => item.contains(document.activeElement));
  const inSearch = event.target.localName === "input";
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? (event.key === "Enter" && inSearch ? 1 : 0);
  if (!step) return;
  event.preventDefault();
  const next = at + step;
  if (next < 0) dialog.querySelector("input").focus();
  else found[Math.min(next, found.length - 1)]?.querySelector("[data-put]").focus();
}

function asItem({ label, rule, ways }) {
  const item = document.createElement("li");
  const name = element("p", "figure-name", label);
  const choices = element("div", "figure-ways");
  for (const { mark, text, how } of ways) {
    const button = element("button", "ds-button");
    button.type = "button";
    Object.assign(button.dataset, { variant: "secondary", size: "sm", put: mark, says: text });
    const said = element("span", "", text);
    if (how) said.append(" ", element("span", "quiet small", how));
    button.append(element("span", "ds-sr-only", `${label}: `), said);
    choices.append(button);
  }
  item.append(name, choices);
  if (rule) item.append(element("p", "quiet small", rule));
  return item;
}

export function element(tag, name, text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

/** Shows the figures whose name, values or marks have all the words. */
function filter(typed) {
  const words = typed.toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of dialog.querySelectorAll("li")) {
    const marks = [...item.querySelectorAll("[data-put]")].map((button) => button.dataset.put).join(" ");
    const [name, ways] = item.children;
    const text = `${name.textContent} ${ways.textContent} ${marks}`.replace(/\u00a0/g, " ").toLocaleLowerCase("sv");
    item.hidden = !words.every((word) => text.includes(word));
    found += !item.hidden;
  }
  const told = dialog.querySelector("[data-found]");
  const isNone = !found && words.length > 0 && shown?.length > 0;
  told.classList.toggle("ds-sr-only", !isNone);
  dialog.querySelector("ul").hidden = isNone;
  if (isNone) told.textContent = `Ingen siffra passar ”${typed.trim()}”. Sök på ett projekt, ett mål eller en fond.`;
  else told.textContent = words.length ? (found === 1 ? "1 siffra" : `${found} siffror`) : "";
}
