// Live figures in the text: <data value="utbetalt cirka">, drawn as the value it has now. Which there are, and what
// they say, stands in the page (templates/reports/city/_figures.html); a text without that list takes none.

import { InputRule, Node } from "django-prose-editor/editor";

const TYPED = /\{([a-zåäö][a-zåäö0-9-]*(?: [a-zåäö]+)?)\}$/;
const list = () => document.querySelector("[data-figures]");
const markOf = (mark) => list()?.querySelector(`[data-mark="${CSS.escape(mark)}"]`);

/** What the figure says now; a mark that is no figure is shown as it is written. */
function says(mark) {
  return markOf(mark)?.parentElement.querySelector("[data-says]").textContent ?? `{${mark}}`;
}

export const LiveFigure = Node.create({
  name: "liveFigure",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    mark: { parseHTML: (element) => element.getAttribute("value"), renderHTML: ({ mark }) => ({ value: mark }) },
  }),
  parseHTML: () => [{ tag: "data[value]" }],
  renderHTML: ({ node, HTMLAttributes }) => ["data", HTMLAttributes, says(node.attrs.mark)],
  renderText: ({ node }) => says(node.attrs.mark),
  addInputRules() {
    const put = ({ state, range, match }) => {
      if (!markOf(match[1])) return null;
      state.tr.replaceWith(range.from, range.to, this.type.create({ mark: match[1] }));
    };
    return [new InputRule({ find: TYPED, handler: put })];
  },
});

export const takesFigures = (area) => "takesFigures" in area.dataset && !!list();

let dialog;

export function figureDialog(editor) {
  dialog ??= build();
  dialog.querySelector("input").value = "";
  filter("");
  dialog.onclick = (event) => {
    const mark = event.target.closest("[data-put]")?.dataset.put;
    if (!mark) return;
    editor.chain().focus().insertContent({ type: "liveFigure", attrs: { mark } }).run();
    dialog.close();
  };
  dialog.onclose = () => editor.view.focus();
  dialog.showModal();
  return true;
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
        <input id="prose-figures-search" inputmode="search" autocomplete="off" autofocus>
      </div>
      <p class="ds-sr-only" role="status" data-found></p>
      <ul tabindex="-1"></ul>
      <div class="actions"><button class="ds-button" data-variant="tertiary">Avbryt</button></div>
    </form>`;
  made.querySelector("ul").append(...[...list().querySelectorAll("[data-figure]")].map(asItem));
  made.querySelector("input").addEventListener("input", (event) => filter(event.target.value));
  // Enter in the search must not close the dialog: it goes to what was found.
  made.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    made.querySelector("li:not([hidden]) [data-put]")?.focus();
  });
  document.body.append(made);
  return made;
}

function asItem(figure) {
  const item = document.createElement("li");
  const label = document.createElement("p");
  label.className = "figure-name";
  label.textContent = figure.querySelector("dt").textContent;
  const ways = document.createElement("div");
  ways.className = "figure-ways";
  for (const mark of figure.querySelectorAll("[data-mark]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    Object.assign(button.dataset, { variant: "secondary", size: "sm", put: mark.dataset.mark });
    const name = document.createElement("span");
    name.className = "ds-sr-only";
    name.textContent = `${label.textContent}: `;
    const said = document.createElement("span");
    said.append(says(mark.dataset.mark));
    const how = mark.parentElement.querySelector("[data-how]")?.cloneNode(true);
    if (how) said.append(" ", how);
    button.append(name, said);
    ways.append(button);
  }
  item.append(label, ways);
  const rule = figure.querySelector("[data-rule]")?.cloneNode(true);
  if (rule) item.append(rule);
  return item;
}

/** Shows the figures whose name, values or marks have all the words. */
function filter(typed) {
  const words = typed.toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of dialog.querySelectorAll("li")) {
    const marks = [...item.querySelectorAll("[data-put]")].map((button) => button.dataset.put).join(" ");
    const [name, ways] = item.children;
    const text = `${name.textContent} ${ways.textContent} ${marks}`.toLocaleLowerCase("sv");
    item.hidden = !words.every((word) => text.includes(word));
    found += !item.hidden;
  }
  dialog.querySelector("[data-found]").textContent = words.length ? `${found} siffror` : "";
}
