// Rows of a form are added, moved and removed at once. Without this the same buttons ask the server,
// and a row is removed by ticking its box.

const rowsIn = (list) => [...list.querySelectorAll(":scope > [data-row]")];
const field = (row, column) => row.querySelector(`[name$="-${column}"]`);
const changed = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));

document.querySelectorAll("[data-rows]").forEach((list) => {
  rowsIn(list).forEach(prepare);
  // A number is never used twice on a page: the server may still know the row that had it.
  let number = Math.max(0, ...[...list.querySelectorAll(":scope > [data-row] [name]")]
    .map((control) => Number(control.name.match(/-ny(\d+)-/)?.[1] ?? 0)));
  list.querySelector("[data-add]").addEventListener("click", (event) => {
    event.preventDefault();
    number += 1;
    add(list, number);
  });
});

function add(list, number) {
  const template = list.querySelector(":scope > template");
  const row = template.content.firstElementChild.cloneNode(true);
  for (const part of [row, ...row.querySelectorAll("*")])
    for (const { name, value } of [...part.attributes])
      if (value.includes("ny0")) part.setAttribute(name, value.replaceAll("ny0", `ny${number}`));
  template.before(row);
  prepare(row);
  renumber(list);
  row.querySelector("select, input:not([type=hidden]), textarea").focus();
}

function prepare(row) {
  const list = row.closest("[data-rows]");
  row.querySelector("[data-up]")?.addEventListener("click", (event) => {
    event.preventDefault();
    up(list, row);
  });
  if (row.hasAttribute("data-locked")) return; // it cannot be taken away
  const tick = field(row, "bort");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button";
  button.dataset.variant = "tertiary";
  button.dataset.size = "sm";
  button.append(...row.querySelector("[data-remove] label").cloneNode(true).childNodes);
  button.addEventListener("click", () => {
    if (isBlank(row)) return drop(list, row);
    tick.checked = true;
    hide(list, row, tick).focus();
    changed(tick);
  });
  row.querySelector("[data-remove]").hidden = true;
  row.querySelector(".row-tools").append(button);
  if (tick.checked) hide(list, row, tick); // a page that came back with errors
}

// Nobody has written in it, so there is nothing to have back.
const isBlank = (row) => field(row, "bort").name.includes("-ny")
  && ![...row.querySelectorAll("input:not([type=hidden], [type=checkbox]), select, textarea")].some((control) => control.value.trim());

function drop(list, row) {
  row.remove();
  renumber(list);
  list.querySelector("[data-add]").focus();
}

// The fields stay in the form, so that the row can be had back as it was until one leaves the page.
function hide(list, row, tick) {
  const gone = document.createElement("p");
  gone.className = "row-gone";
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "ds-button";
  back.dataset.variant = "secondary";
  back.dataset.size = "sm";
  back.textContent = "Ångra";
  back.addEventListener("click", () => {
    tick.checked = false;
    gone.remove();
    row.hidden = false;
    renumber(list);
    row.querySelector("select, input:not([type=hidden]), textarea").focus();
    changed(tick);
  });
  gone.append(words, " ", back);
  row.after(gone);
  row.hidden = true;
  words.textContent = `Borttagen: ${called(list, row)}.`;
  renumber(list);
  return back;
}

// What the row is about: what is written in it, or else what it is called.
function called(list, row) {
  const written = row.querySelector("input[type=text], textarea")?.value.trim();
  return written ? `${list.dataset.noun} ”${written.slice(0, 60)}”` : list.dataset.noun;
}

function up(list, row) {
  const rows = rowsIn(list).filter((other) => !other.hidden);
  const before = rows[rows.indexOf(row) - 1];
  if (!before) return;
  before.before(row);
  rowsIn(list).forEach((other, index) => (field(other, "ordning").value = index + 1));
  renumber(list);
  row.querySelector("[data-up]").focus();
  changed(field(row, "ordning"));
}

function renumber(list) {
  rowsIn(list)
    .filter((row) => !row.hidden)
    .forEach((row, index) =>
      row.querySelectorAll("[data-number]").forEach((place) => (place.textContent = index + 1)));
}
