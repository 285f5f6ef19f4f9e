// Utbetalningar and KF-mål while they are typed: the running sum, a pasted column, the split of the money.
// Reads exactly what malmo_intl/formats.py and malmo_intl/inputs.py read. Whole numbers only: öre, hundredths of
// a per cent, kronor, all BigInt, so that nothing is ever a little wrong.

const NBSP = "\u00a0";
const MINUS = "\u2212";
const SPACES = " \u00a0\u2009\u202f";
const MOST_ORE = 10n ** 14n;
const LONGEST = 40;

// What Python's strip() takes away; trim() knows others.
const EDGE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const EDGES = new RegExp(`^${EDGE}|${EDGE}$`, "g");
const KRONOR = new RegExp(
  `^([+\\-${MINUS}]?)(\\d+|\\d{1,3}(?:[${SPACES}]\\d{3})+)(?:,(\\d{1,2}))?(?:[${SPACES}]?(?:kr|kronor|SEK|:-))?$`,
);
const SHARE = /^(\d{1,3})(?:,(\d{1,2}))?[ \u00a0\u202f]?%?$/;
const ROUGH = /^(\d{1,9})(?:[,.](\d{1,3}))?\s?(mkr|mnkr|miljon\w*|tkr|tusen)\b/i;

const strip = (text) => text.replace(EDGES, "");

/** Typed kronor as öre; undefined when nothing is typed, null when it cannot be read. */
export function readKronor(typed) {
  const text = strip(typed);
  if (!text) return undefined;
  const match = text.length <= LONGEST && KRONOR.exec(text);
  if (!match) return null;
  const ore = BigInt(match[2].replace(/\D/g, "")) * 100n + BigInt((match[3] ?? "").padEnd(2, "0"));
  if (ore >= MOST_ORE) return null;
  return match[1] === "-" || match[1] === MINUS ? -ore : ore;
}

/** A typed share as hundredths of a per cent; 0n when nothing is typed, null when it cannot be read. */
export function readShare(typed) {
  const text = strip(typed);
  if (!text) return 0n;
  const match = text.length <= 12 && SHARE.exec(text);
  const share = match ? BigInt(match[1]) * 100n + BigInt((match[2] ?? "").padEnd(2, "0")) : null;
  return share === null || share > 10000n ? null : share;
}

/** öre → whole kronor, halves away from zero (counting rule 8). */
const whole = (ore) => (ore < 0n ? -((50n - ore) / 100n) : (ore + 50n) / 100n);

const number = (value) =>
  (value < 0n ? MINUS : "") + String(value < 0n ? -value : value).replace(/\B(?=(\d{3})+$)/g, NBSP);

const percent = (share) => {
  const part = share % 100n ? `,${String(share % 100n).padStart(2, "0")}` : "";
  return `${share / 100n}${part}${NBSP}%`;
};

/** Whole kronor per goal by largest remainder, as reports/rules.py splits; 0 takes what no goal claims. */
export function split(paid, shares) {
  const given = [...shares.values()].reduce((sum, share) => sum + share, 0n);
  const weights = new Map([[0, 10000n - given], ...shares]);
  if (given === 10000n) weights.delete(0);
  const rests = [];
  const parts = new Map();
  let left = paid;
  for (const [goal, weight] of weights) {
    const rest = (((paid * weight) % 10000n) + 10000n) % 10000n;
    parts.set(goal, (paid * weight - rest) / 10000n);
    rests.push([goal, rest]);
    left -= parts.get(goal);
  }
  rests.sort(([goal, rest], [other, otherRest]) => (rest === otherRest ? goal - other : rest > otherRest ? -1 : 1));
  for (const [goal] of rests.slice(0, Number(left))) parts.set(goal, parts.get(goal) + 1n);
  return parts;
}

const show = (element, visible) => element && (element.hidden = !visible);

function put(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function nameThem(element, names) {
  element.querySelector("[data-names]").textContent = names.join(", ");
  show(element, names.length);
}

// ---- Utbetalningar -------------------------------------------------------------------------------------------------

function payouts(grid) {
  const inputs = [...grid.querySelectorAll("[data-amount]")];
  const waits = (input) => input.closest("tr").querySelector("[data-waiting]").checked;

  function add() {
    let sum = 0n, missing = 0, waiting = 0;
    const unreadable = [];
    for (const input of inputs) {
      const ore = readKronor(input.value);
      if (ore === null) unreadable.push(input.dataset.amount);
      else if (ore !== undefined) sum += whole(ore);
      else if (waits(input)) waiting += 1;
      else missing += 1;
    }
    grid.querySelector("[data-total]").textContent = number(sum);
    nameThem(grid.querySelector("[data-unreadable]"), unreadable);
    for (const [kind, count] of [["missing", missing], ["waiting-rows", waiting]]) {
      const line = grid.querySelector(`[data-${kind}]`);
      line.querySelector(".number").textContent = count;
      show(line, count);
    }
  }

  grid.addEventListener("input", (event) => {
    if (event.target.dataset.amount !== undefined && readKronor(event.target.value) !== null) accept(event.target);
    add();
  });
  grid.addEventListener("change", (event) => {
    if (event.target.dataset.amount !== undefined && readKronor(event.target.value) === null) question(event.target);
  });
  // What entry.js puts in a field: what somebody else wrote, or what an earlier page left behind.
  grid.addEventListener("prose-set", add, true);
  inputs.filter((input) => readKronor(input.value) === null).forEach(question);
  pasting(grid, inputs);
  add();
}

/** Beside an amount that cannot be read: why, and the sum that was probably meant as a button. */
function question(input) {
  accept(input);
  const note = document.createElement("div");
  note.className = "amounts-question";
  note.id = `${input.id}_question`;
  const rough = ROUGH.exec(strip(input.value));
  if (!document.getElementById(`${input.id}_error`)) {
    const sentence = document.createElement("p");
    sentence.className = "field-error";
    sentence.textContent = rough
      ? "Skriv hela beloppet i kronor."
      : `Beloppet går inte att läsa. Skriv till exempel 4${NBSP}029${NBSP}253.`;
    note.append(sentence);
    input.setAttribute("aria-describedby", note.id);
    input.setAttribute("aria-invalid", "true");
  }
  if (rough) note.append(useButton(input, meant(rough)));
  if (note.childElementCount) input.closest(".field").append(note);
}

function meant([, digits, part = "", unit]) {
  const thousandths = BigInt(digits) * 1000n + BigInt(part.padEnd(3, "0"));
  return number(thousandths * (/^t/i.test(unit) ? 1n : 1000n));
}

function useButton(input, sum) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button";
  button.dataset.variant = "secondary";
  button.dataset.size = "sm";
  button.textContent = `Använd ${sum}`;
  button.addEventListener("click", () => {
    input.focus();
    put(input, sum);
  });
  return button;
}

/** Take the question away. What the server said stays until the page is saved. */
function accept(input) {
  document.getElementById(`${input.id}_question`)?.remove();
  if (input.getAttribute("aria-describedby") !== `${input.id}_question`) return;
  input.removeAttribute("aria-describedby");
  input.removeAttribute("aria-invalid");
}

// Only what nobody would write instead of an amount: a wrong guess would move every amount a row.
const HEADING = /^(belopp|utbetal|utfall|kronor|kr\b|sek\b|summa)/i;

/** The first column of pasted lines that reads as amounts, and its heading if it has one; null if none does. */
export function amountsIn(text) {
  const lines = text.replace(/[\r\n]+$/, "").split(/\r\n|\r|\n/).map((line) => line.split("\t").map(strip));
  const columns = Array.from({ length: Math.max(...lines.map((line) => line.length)) }, (_, at) => {
    const cells = lines.map((line) => line[at] ?? "");
    const heading = HEADING.test(cells[0]) ? cells.shift() : "";
    const filled = cells.filter(Boolean);
    return { heading, amounts: cells, filled: filled.length, read: filled.filter((cell) => readKronor(cell) !== null).length };
  }).filter(({ read }) => read);
  // A column with a few that cannot be read is still the column: they are shown, not dropped.
  return columns.find(({ read, filled }) => read === filled) ?? columns.find(({ read, filled }) => read * 2 > filled) ?? null;
}

const rows = (count) => (count === 1 ? "1 rad" : `${count} rader`);

function pasting(grid, inputs) {
  const box = grid.querySelector("[data-pasted]");
  const words = grid.querySelector("[data-pasted-words]");
  const undo = grid.querySelector("[data-unpaste]");
  let before = [];

  function say(sentences) {
    show(box, true);
    words.textContent = sentences.filter(Boolean).join(" ");
  }

  function fill(input, { heading, amounts }) {
    const targets = inputs.slice(inputs.indexOf(input));
    const within = amounts.slice(0, targets.length);
    const pairs = within.map((text, at) => [targets[at], text]).filter(([, text]) => text);
    const over = amounts.slice(targets.length).filter(Boolean);
    const empty = within.length - pairs.length;
    const unread = pairs.filter(([, text]) => readKronor(text) === null);
    before = pairs.map(([target]) => [target, target.value]);
    pairs.forEach(([target, text]) => put(target, text));
    unread.forEach(([target]) => question(target));
    say([
      `${rows(pairs.length)} fylldes i.`,
      heading && `Rubriken ”${heading}” hoppades över.`,
      empty && `Utan belopp i det inklistrade, och orört här: ${rows(empty)}.`,
      unread.length && `Går inte att läsa som belopp: ${rows(unread.length)}.`,
      over.length ? `Fick inte plats: ${over.join("; ")}.` : "Allt fick plats.",
    ]);
    show(undo, true);
  }

  grid.addEventListener("paste", (event) => {
    if (event.target.dataset.amount === undefined) return;
    const text = event.clipboardData.getData("text/plain");
    if (!/[\r\n\t]./.test(text)) return; // one value goes in as usual
    event.preventDefault();
    const found = amountsIn(text);
    if (found) fill(event.target, found);
    else {
      show(undo, false);
      say(["Inget i det inklistrade går att läsa som belopp. Inget fylldes i."]);
    }
  });

  undo.addEventListener("click", () => {
    for (const [input, text] of before) put(input, text);
    before[0]?.[0].focus();
    show(undo, false);
    say(["Inklistringen är ångrad."]);
  });
}

// ---- KF-mål --------------------------------------------------------------------------------------------------------

function goals(grid) {
  const lines = [...grid.querySelectorAll("tbody tr")];
  const put100 = (line, goal) => {
    for (const input of line.querySelectorAll("[data-share]")) put(input, input.dataset.share === goal ? "100" : "");
  };

  function count() {
    const sums = new Map();
    const leftOut = [];
    for (const line of lines) {
      const parts = countLine(line);
      if (line.dataset.paid === undefined) continue;
      if (!parts) leftOut.push(line.dataset.project);
      for (const [goal, kronor] of parts ?? []) sums.set(goal, (sums.get(goal) ?? 0n) + kronor);
    }
    const order = [...lines[0].querySelectorAll("[data-share]")].map((input) => Number(input.dataset.share));
    grid.querySelectorAll("[data-sum]").forEach((cell, at) => {
      cell.textContent = number(sums.get(order[at] ?? 0) ?? 0n);
    });
    nameThem(grid.querySelector("[data-left-out]"), leftOut);
  }

  grid.addEventListener("input", count);
  grid.addEventListener("prose-set", count, true);
  grid.addEventListener("click", (event) => {
    const button = event.target.closest("[name=allt]");
    if (!button) return;
    event.preventDefault();
    put100(button.closest("tr"), button.value.split(":")[1]);
  });
  count();
}

/** Show how much of a line is given and what its money becomes. Returns the parts, if they are known. */
function countLine(line) {
  const inputs = [...line.querySelectorAll("[data-share]")];
  const shares = inputs.map((input) => [Number(input.dataset.share), readShare(input.value)]);
  const readable = shares.every(([, share]) => share !== null);
  const given = readable ? shares.reduce((sum, [, share]) => sum + share, 0n) : 0n;
  const known = readable && given <= 10000n;
  const paid = line.dataset.paid;
  const parts = known && paid !== undefined ? split(BigInt(paid), new Map(shares)) : null;
  line.querySelectorAll("[data-percent-given]").forEach((element) => (element.textContent = percent(given)));
  if (known) line.querySelector("[data-percent-left]").textContent = percent(10000n - given);
  show(line.querySelector("[data-given]"), known);
  show(line.querySelector("[data-over]"), readable && !known);
  show(line.querySelector("[data-unreadable]"), !readable);
  line.querySelectorAll("[data-kronor]").forEach((cell, at) => {
    cell.textContent = parts ? `${number(parts.get(shares[at]?.[0] ?? 0) ?? 0n)}${NBSP}kr` : "";
  });
  return parts;
}

document.querySelectorAll("[data-with-script]").forEach((element) => (element.hidden = false));
document.querySelectorAll("[data-payouts]").forEach(payouts);
document.querySelectorAll("[data-goals]").forEach(goals);
