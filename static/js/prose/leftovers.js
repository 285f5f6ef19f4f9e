// Old years and figures are underlined in the text itself, for as long as they stand in the list below it
// (templates/reports/entry/_leftover_list.html). A highlight changes nothing in the text.

const NAME = "old-figure";
const found = new Map(); // of each text on the page

export function markLeftovers(content) {
  if (!globalThis.CSS?.highlights) return;
  // Where a page has several texts, each stands together with its own list.
  const list = content.closest(".memo-text") ?? document;
  const tokens = [...list.querySelectorAll("[data-leftover]")].map((element) => element.textContent.trim());
  const ranges = [];
  const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (tokens.length && texts.nextNode()) {
    const text = texts.currentNode.data.replace(/[\u00a0\u2009\u202f]/g, " ");
    for (const token of tokens) {
      for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + token.length)) {
        if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? "") || /[\p{L}\p{N}]/u.test(text[at + token.length] ?? "")) continue;
        const range = new Range();
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + token.length);
        ranges.push(range);
      }
    }
  }
  found.set(content, ranges);
  CSS.highlights.set(NAME, new Highlight(...[...found.values()].flat()));
}
