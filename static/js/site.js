// What the pages do a little better with JavaScript. Everything works without.

// A closed <details> is invisible on paper: open all while printing, then put back those that were closed.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));

// <button type="button" data-print hidden>Skriv ut</button>
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
