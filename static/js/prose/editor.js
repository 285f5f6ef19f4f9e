// Every text area with prose (malmo_intl/widgets.py) becomes an editor that can hold only what
// malmo_intl/richtext.py lets through. The text area stays, unseen, and is what is posted.
//
// A page that adds fields dispatches "fields-added" on what it added. A script that sets the text of a field
// sets the text area's value and dispatches "prose-set" on it. "prose-insert" with HTML as its detail puts that in
// where the cursor is, or last if nobody has been in the text.

import {
  Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem,
  OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text,
} from "django-prose-editor/editor";
import { liveFigure, takesFigures } from "prose/figures";
import { markLeftovers } from "prose/leftovers";
import { linkDialog } from "prose/link";
import { OwnNumber } from "prose/numbers";
import { cleanPaste } from "prose/paste";
import { readings } from "prose/readings";
import { makeToolbar } from "prose/toolbar";

const PAUSE_BEFORE_COUNT_IS_READ = 3000;

// Numbering styles and column widths would need style attributes, which neither the policy nor the server takes.
const extensions = (area, openLink) => [
  ...(takesFigures(area) ? [liveFigure(area), OwnNumber, readings(area)] : []),
  Document, Paragraph, Text, Bold, Italic, HardBreak, History, Dropcursor, Gapcursor,
  Heading.configure({ levels: [3, 4] }),
  BulletList, ListItem,
  OrderedList.extend({ addAttributes: () => ({}), addNodeView: () => null }),
  Link.configure({ openOnClick: false, defaultProtocol: "https", protocols: ["mailto"] })
    .extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => openLink() }) }),
  Table.extend({ addNodeView: () => null }), TableRow, TableHeader, TableCell,
];

/** How many words; a number is one, and so is a live figure; a dash by itself is none. As malmo_intl/prose.py counts. */
export function countWords(text) {
  const joined = text.replace(/(?<=\d)[\u00a0\u2009\u202f](?=\d)/g, "");
  return joined.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function start(area) {
  if (area.dataset.hasEditor) return;
  if (isWrittenIn(area)) {
    // Until a script sets the text, as when a draft is brought back.
    area.addEventListener("prose-set", () => start(area), { once: true });
    return;
  }
  const [hadFocus, kept] = [document.activeElement === area, isKept(area)];
  area.dataset.hasEditor = "";
  const id = area.id;
  const label = document.querySelector(`label[for="${id}"]`);
  const frame = document.createElement("div");
  frame.className = "prose-editor";
  frame.lang = "sv";
  area.before(frame);
  area.hidden = true;
  if (label) label.id ||= `${id}_label`;

  const content = document.createElement("div");
  const editor = new Editor({
    element: content,
    injectCSS: false,
    content: kept ? area.value : (area.dataset.prose ?? area.value),
    extensions: extensions(area, () => linkDialog(editor)),
    editorProps: {
      transformPastedHTML: cleanPaste,
      attributes: {
        // The label, the error summary and the address lead to what is written in.
        id, class: "prose", role: "textbox", "aria-multiline": "true", spellcheck: "true",
        ...(label && { "aria-labelledby": label.id }),
        ...copied(area, "aria-describedby", "aria-invalid"),
      },
    },
    onUpdate() {
      area.value = written();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  area.id = `${id}_posted`;
  label?.addEventListener("click", () => editor.commands.focus());
  const written = () => (editor.isEmpty ? "" : editor.getHTML());
  area.value = written();
  frame.append(makeToolbar(editor, area, id, label?.textContent.trim() ?? "text"), content);
  area.addEventListener("prose-set", () => {
    editor.commands.setContent(area.value, { emitUpdate: false });
    area.value = written();
  });
  let isEntered = false;
  editor.on("focus", () => (isEntered = true));
  area.addEventListener("prose-insert", ({ detail }) => {
    editor.chain().focus(isEntered ? null : "end").insertContent(detail).run();
  });
  if (hadFocus) editor.commands.focus("end");
  count(editor, area.parentElement.querySelector("[data-words]"));
  const mark = () => markLeftovers(content);
  editor.on("update", mark);
  document.addEventListener("notes-drawn", mark);
  mark();
}

/** What an editor wrote: a browser gives it back in the text area when the page is loaded anew. */
const isKept = (area) => area.value !== area.defaultValue && /^\s*<[a-z]/.test(area.value);

/** Somebody began to write before this script came. They go on in the text area, which the server reads as well. */
const isWrittenIn = (area) => area.value !== area.defaultValue && !isKept(area);

const copied = (element, ...names) =>
  Object.fromEntries(names.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)]));

/** The number of words: seen at once, and read out when the writer pauses. */
function count(editor, shown) {
  if (!shown) return;
  const spoken = document.createElement("span");
  spoken.className = "ds-sr-only";
  spoken.setAttribute("role", "status");
  shown.parentElement.append(spoken);
  let pause;
  const update = () => (shown.textContent = countWords(editor.getText({ blockSeparator: "\n", textSerializers: { liveFigure: () => "1" } })));
  update();
  editor.on("update", () => {
    update();
    clearTimeout(pause);
    pause = setTimeout(() => (spoken.textContent = `${shown.textContent} ord`), PAUSE_BEFORE_COUNT_IS_READ);
  });
}

const startAll = (root) => root.querySelectorAll("textarea[data-prose]").forEach(start);
startAll(document);
document.addEventListener("fields-added", (event) => startAll(event.target));
