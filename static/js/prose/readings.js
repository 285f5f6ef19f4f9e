// The numbers that are typed in the text, laid beside the figures by the server (reports/views/live_figures.py): each
// is marked where it stands, quietly, and only one that contradicts a figure is spoken of without being asked for, and
// live figures that are none.
// Alt+Enter in a number makes a live figure of one that agrees, and the author's own of any other.

import { Extension, pm } from "django-prose-editor/editor";
import { element, faultsOf, hasUntold, learn, remember } from "prose/figures";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const PAUSE = 1500;
const SHORT_PAUSE = 200; // for a mark that nothing is known of
const NOTHING = { blocks: [], readings: [], figures: {}, gone: {} };
const key = new PluginKey("readings");

export const readings = (area) =>
  Extension.create({
    name: "readings",
    addProseMirrorPlugins: () => [
      new Plugin({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply: (change, marks) => change.getMeta(key) ?? marks.map(change.mapping, change.doc),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ],
    addKeyboardShortcuts() {
      return { "Alt-Enter": () => settle(this.editor, at(this.editor)) };
    },
    onCreate: ({ editor }) => watch(editor, area),
  });

/** The reading where the cursor is: the browser's own, of which the editor hears a moment later. */
function at({ state, view }) {
  const { focusNode, focusOffset } = getSelection();
  const here = view.posAtDOM(focusNode, focusOffset);
  return key.getState(state).find(here, here)[0];
}

function watch(editor, area) {
  const list = build(editor);
  let [timer, sent, asked] = [0, "", 0];

  async function ask() {
    const text = editor.isEmpty ? "" : editor.getHTML();
    if (text === sent || editor.isDestroyed) return;
    sent = text;
    const mine = ++asked;
    const told = /\d|[a-zåäö]{2}/i.test(editor.getText()) ? await post(area, text) : NOTHING;
    if (!told || mine !== asked || editor.isDestroyed) return;
    learn(editor, told.figures, told.gone);
    for (const { mark, says } of told.readings) if (mark) remember(mark, says);
    show(editor, DecorationSet.create(editor.state.doc, placed(editor.state.doc, told)));
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, hasUntold(editor.state) ? SHORT_PAUSE : PAUSE);
  };
  area.parentElement.append(list.box);
  list.draw();
  editor.on("transaction", list.draw); // what has been changed is gone from it at once
  editor.on("update", later);
  // A memo has many texts: each is read when it is first seen.
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    seen.disconnect();
    later();
  });
  seen.observe(area.parentElement);
}

async function post(area, text) {
  const form = area.form;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("text", text);
  try {
    const answer = await fetch(area.dataset.readings, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** The readings as marks in the document, found again by the words of their block: it may have been changed since. */
function placed(doc, { blocks, readings }) {
  const starts = [];
  const here = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    here.push([node.textBetween(0, node.content.size, null, (leaf) => (leaf.type.name === "hardBreak" ? "\n" : "\ufffc")), position + 1]);
    return false;
  });
  let from = 0;
  for (const text of blocks) {
    const found = here.findIndex(([words], index) => index >= from && same(words, text));
    starts.push(found < 0 ? null : here[found][1]);
    if (found >= 0) from = found + 1;
  }
  return readings
    .filter(({ block }) => starts[block] != null)
    .map((reading) => decoration(starts[reading.block] + reading.start, starts[reading.block] + reading.end, reading));
}

const same = (one, other) => one.trimEnd() === other.trimEnd();

// ---- What is done with a number --------------------------------------------------------------------------------------

function settle(editor, mark) {
  if (!mark) return false;
  const { reading } = mark.spec;
  if (reading.state === "agrees" && reading.mark) return follow(editor, mark);
  return own(editor, mark);
}

function follow(editor, { from, to, spec }) {
  const attrs = { mark: spec.reading.mark, text: spec.reading.says };
  const start = /^cirka/.test(attrs.text) ? from - roughly(editor.state.doc.resolve(from)) : from;
  return editor.chain().focus().insertContentAt({ from: start, to }, { type: "liveFigure", attrs }).run();
}

/** How long the word is before a number that says that it is not exact: the figure says so itself. */
function roughly(place) {
  const before = place.parent.textBetween(0, place.parentOffset, null, "\ufffc");
  return /(?:cirka|ca\.?|omkring|ungefär|runt)\s+$/i.exec(before)?.[0].length ?? 0;
}

function own(editor, { from, to, spec }) {
  const { reading } = spec;
  const chain = editor.chain().focus().setTextSelection({ from, to });
  const changed = reading.state === "own" ? chain.unsetMark("ownNumber") : chain.setMark("ownNumber");
  const isDone = changed.setTextSelection(to).run();
  // Seen at once; what the server says of it comes after the pause.
  const kept = reading.state === "own" ? [] : [decoration(from, to, { ...reading, state: "own", sentence: "", label: "", mark: "" })];
  const marks = key.getState(editor.state);
  show(editor, marks.remove(marks.find(from, to)).add(editor.state.doc, kept));
  return isDone;
}

const decoration = (from, to, reading) => Decoration.inline(from, to, { class: `number number-${reading.state}` }, { reading });

const show = (editor, marks) => editor.view.dispatch(editor.state.tr.setMeta(key, marks).setMeta("addToHistory", false));

// ---- The list below the text -----------------------------------------------------------------------------------------

const KINDS = [
  ["agrees", "Stämmer med uppgifterna"],
  ["own", "Egna tal"],
  ["unknown", "Inte jämförda: uppgifterna har inget att lägga dem bredvid"],
];

function build(editor) {
  const box = element("div", "number-readings");
  const spoken = element("p", "ds-sr-only");
  spoken.setAttribute("role", "status");
  const wrong = element("ul", "number-contradictions");
  wrong.setAttribute("aria-label", "Tal och siffror som inte stämmer");
  const rest = document.createElement("details");
  const summary = element("summary", "");
  const groups = element("div", "number-groups");
  rest.append(summary, groups);
  box.append(spoken, wrong, rest);
  wrong.hidden = rest.hidden = true;
  let drawn = "";

  function draw() {
    const marks = key.getState(editor.state).find();
    const faults = faultsOf(editor.state);
    const said = JSON.stringify([faults, marks.map(({ spec }) => spec.reading)]);
    if (said === drawn) return;
    drawn = said;
    const wrongs = marks.filter(({ spec }) => spec.reading.state === "contradicts");
    const others = marks.filter((mark) => !wrongs.includes(mark));
    const gone = faults.map((sentence) => element("li", "", sentence));
    wrong.replaceChildren(...gone, ...wrongs.map((mark) => line(mark, mark.spec.reading.sentence)));
    wrong.hidden = !wrong.childElementCount;
    rest.hidden = !others.length;
    const unknown = others.filter(({ spec }) => spec.reading.state === "unknown").length;
    const which = wrongs.length ? "Övriga tal i texten" : "Tal i texten";
    summary.textContent = `${which} (${others.length}${unknown ? `, ${unknown} inte jämförda` : ""})`;
    groups.replaceChildren(...KINDS.flatMap(([state, heading]) => group(others, state, heading)), help());
    const sentence = [...faults, ...wrongs.map(({ spec }) => spec.reading.sentence)].join(" ");
    if (spoken.textContent !== sentence) spoken.textContent = sentence;
  }

  function group(marks, state, heading) {
    const mine = marks.filter(({ spec }) => spec.reading.state === state);
    if (!mine.length) return [];
    const lines = document.createElement("ul");
    lines.append(...mine.map((mark) => line(mark, mark.spec.reading.label)));
    return [element("p", "figure-name", heading), lines];
  }

  function line(mark, words) {
    const item = document.createElement("li");
    const { text, state, mark: name, says } = mark.spec.reading;
    const said = element("span", "");
    if (state === "contradicts") said.append(words);
    else said.append(element("span", `number number-${state}`, text), words ? ` – ${words}` : "");
    item.append(said, " ");
    if (name) item.append(button(state === "agrees" ? "Låt det följa uppgifterna" : `Byt till ${says}`, text, mark, follow), " ");
    if (state !== "agrees") item.append(button(state === "own" ? "Jämför igen" : "Det är mitt eget tal", text, mark, own));
    return item;
  }

  function button(words, about, mark, act) {
    const made = element("button", "ds-button");
    made.type = "button";
    Object.assign(made.dataset, { variant: mark.spec.reading.state === "contradicts" ? "secondary" : "tertiary", size: "sm" });
    const label = element("span", "", words);
    label.append(element("span", "ds-sr-only", ` – ${about}`));
    made.append(label);
    made.addEventListener("click", () => {
      // The text may have been written in since the list was drawn.
      const now = key.getState(editor.state).find().find(({ spec }) => spec.reading === mark.spec.reading);
      if (now) act(editor, now);
    });
    return made;
  }

  return { box, draw };
}

function help() {
  return element("p", "quiet small", "Alt+Enter i ett tal: ett tal som stämmer börjar följa uppgifterna, ett annat blir ditt eget.");
}
