// Old years and figures are underlined in the text itself, for as long as they stand in the list below it
// (templates/reports/entry/_leftovers.html). A highlight changes nothing in the text.

const NAME = "old-figure";

export function markLeftovers(content) {
  if (!globalThis.CSS?.highlights) return;
  const tokens = [...document.querySelectorAll("[data-leftover]")].map((element) => element.textContent.trim());
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
  CSS.highlights.set(NAME, new Highlight(...ranges));
}
