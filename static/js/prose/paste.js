// What is pasted from Word, Outlook and the web, as plain paragraphs, headings, lists and tables.
//
// Word writes a list as paragraphs with a mark of their own and "mso-list:l0 level2" in the style, a heading row
// as an ordinary row, and a style on everything. Nothing of that may reach the page: a style attribute alone is
// reported by the policy, so styles are given another name before the text is parsed at all.

const TAG = /<[a-z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>/gi;
const STYLE = "data-was-style";
const UNIT = "%|kr|kronor|mkr|tkr|miljon|miljard|procent|år|st";

export function cleanPaste(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  const body = page.body;
  body.querySelectorAll("style, script, title, img, svg, iframe, object, form, button").forEach((node) => node.remove());
  unwrapBoldThatIsNot(body);
  emphasise(page, body);
  gatherLists(page, body);
  rankHeadings(page, body);
  body.querySelectorAll("table").forEach((table) => tidyTable(page, table));
  body.querySelectorAll("a").forEach((link) => {
    if (!/^(https?:|mailto:)/i.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
  });
  tidySpaces(page, body);
  body.querySelectorAll("p, h3, h4").forEach((block) => {
    if (!block.textContent.trim() && !block.closest("td, th, li")) block.remove();
  });
  return body.innerHTML;
}

function withoutStyles(html) {
  return html
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^\]]*\]>/g, "")
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/?o:p\b[^>]*>/gi, "")
    .replace(/<(link|meta|base)\b[^>]*>/gi, "")
    .replace(TAG, (tag) => tag.replace(/\s(style)\s*=/gi, ` ${STYLE}=`).replace(/\s(on\w+|width|height|align|valign|border|bgcolor)\s*=/gi, " data-was="));
}

const styleOf = (element) => element.getAttribute(STYLE) ?? "";

function rename(page, element, tag) {
  const renamed = page.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

// Google Docs wraps the whole text in a <b> that is not bold.
function unwrapBoldThatIsNot(body) {
  body.querySelectorAll("b, strong").forEach((bold) => {
    if (/(?<![\w-])font-weight:\s*(normal|[1-5]00)/i.test(styleOf(bold))) bold.replaceWith(...bold.childNodes);
  });
}

function emphasise(page, body) {
  body.querySelectorAll(`span[${STYLE}]`).forEach((span) => {
    const style = styleOf(span);
    if (/mso-list:\s*Ignore/i.test(style) || span.closest("h1, h2, h3, h4, h5, h6")) return;
    if (/(?<![\w-])font-style:\s*italic/i.test(style)) span.append(wrap(page, "em", span.childNodes));
    if (/(?<![\w-])font-weight:\s*(bold|[6-9]00)/i.test(style)) span.append(wrap(page, "strong", span.childNodes));
  });
}

function wrap(page, tag, nodes) {
  const around = page.createElement(tag);
  around.append(...nodes);
  return around;
}

// ---- Lists: paragraphs with a mark and a level become lists within lists ---------------------------------------------

function gatherLists(page, body) {
  let open = []; // {list, level} of the lists that are open, the outermost first
  for (const paragraph of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d)/i.exec(styleOf(paragraph))?.[1]);
    if (!level) continue;
    const marks = [...paragraph.querySelectorAll(`[${STYLE}]`)];
    const mark = marks.find((span) => /mso-list:\s*Ignore/i.test(styleOf(span)));
    const tag = mark && /^\(?(\d{1,3}|[a-zåäö]|[ivxl]+)[.)]/i.test(mark.textContent.trim()) ? "ol" : "ul";
    mark?.remove();
    if (open.length && open[0].list.nextElementSibling !== paragraph) open = [];
    while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && open.at(-1).list.localName !== tag))) {
      open.pop();
    }
    if (open.at(-1)?.level !== level) {
      const list = page.createElement(tag);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else paragraph.before(list);
      open.push({ list, level });
    }
    const point = page.createElement("li");
    point.append(wrap(page, "p", paragraph.childNodes));
    open.at(-1).list.append(point);
    paragraph.remove();
  }
}

// ---- Headings: the highest kind that is there is a sub-heading, all below it smaller ones ---------------------------

function rankHeadings(page, body) {
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const highest = headings.map((heading) => heading.localName).sort()[0];
  for (const heading of headings) rename(page, heading, heading.localName === highest ? "h3" : "h4");
}

// ---- Tables: every row of one length, heads in the first row ----------------------------------------------------------

function tidyTable(page, table) {
  const rows = [...table.rows];
  rows.forEach((row, at) => {
    for (const cell of [...row.cells]) {
      const [wide, high] = [cell.colSpan, cell.rowSpan];
      cell.removeAttribute("colspan");
      cell.removeAttribute("rowspan");
      for (let extra = 1; extra < Math.min(wide, 50); extra++) cell.after(page.createElement("td"));
      for (const below of rows.slice(at + 1, at + Math.min(high, 200))) {
        below.insertBefore(page.createElement("td"), below.cells[cell.cellIndex] ?? null);
      }
    }
  });
  if (rows.length > 1 && !table.querySelector("th")) {
    [...rows[0].cells].forEach((cell) => rename(page, cell, "th"));
  }
}

// ---- Spaces: no-break spaces stay within numbers and before units, and go elsewhere ----------------------------------

function tidySpaces(page, body) {
  const texts = page.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const inNumbers = new RegExp(`(?<=\\d)[\\u00a0\\u2009\\u202f](?=\\d{3}(?!\\d)|(?:${UNIT})\\b|%)`, "gi");
  while (texts.nextNode()) {
    const text = texts.currentNode;
    text.data = text.data
      .replace(inNumbers, "\u0001")
      .replace(/[\u00a0\u2009\u202f]/g, " ")
      .replace(/[ \t\r\n]+/g, " ")
      .replace(/\u0001/g, "\u00a0")
      .replace(/\u00ad/g, "");
  }
}
