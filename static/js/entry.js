// Saves a part of the report by itself, a second after the last key stroke. The buttons work as without it.
//
// One request at a time; what is typed meanwhile goes with the next. The server's answer is the page's new ground:
// the version it stands on, the names that new rows got, and what somebody else has written in the meantime.

import { Drafts, fieldsOf } from "entry/drafts";

const PAUSE = 1000;
const WAITS = [2000, 5000, 15000, 30000, 60000];

const form = document.querySelector("form[data-entry]");
if (form) start(form);

function start(form) {
  const drafts = new Drafts(form);
  const state = form.querySelector("[data-saved]");
  let typed = 0; // how many changes there have been
  let saved = 0; // how many of them the server has
  let failures = 0;
  let timer = 0;
  let isSending = false;
  let isStopped = false;
  let isLeaving = false;

  const isUnsaved = () => typed > saved;
  const inTime = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  function touched() {
    typed += 1;
    form.dataset.unsaved = "";
    if (!isStopped && !failures) inTime(PAUSE);
  }

  async function send() {
    if (isSending || isStopped || isLeaving || !isUnsaved()) return;
    isSending = true;
    renewToken(form);
    const [sending, sent] = [typed, new Map(fieldsOf(form))];
    drafts.keep();
    const { status, told } = await post(form);
    isSending = false;
    if (status === 200) taken(told, sent, sending);
    else if (status === 422) say(state, `Inte sparat än. ${told.sentence}`);
    else if (told.conflict) stop(told.sentence, button("Visa skillnaden"));
    else if (status === 401) again(told.sentence, link("Logga in igen (ny flik)", told.log_in));
    else if (status === 409 || status === 404) stop(told.sentence ?? "Du kan inte längre spara här. Kopiera det du skrev.");
    else again("Det gick inte att spara. Det du skrev finns kvar i webbläsaren, och nya försök görs.");
    if (status !== 422 && !failures && isUnsaved()) inTime(PAUSE);
  }

  function taken(told, sent, sending) {
    failures = 0;
    saved = sending;
    rename(form, told.renamed);
    const isWhole = adopt(form, told.values ?? {}, sent);
    // Where both have written since, the page keeps its old ground, so that the server asks.
    if (isWhole) form.elements.version.value = told.version;
    if (told.notes) redraw(told.notes);
    if (!isUnsaved()) {
      delete form.dataset.unsaved;
      drafts.drop();
    }
    say(state, `Sparat ${told.at}. ${told.joined ?? ""}`.trim(), told.more && link("Visa allt", location.pathname));
  }

  function again(sentence, ...more) {
    say(state, sentence, ...more);
    inTime(WAITS[Math.min(failures++, WAITS.length - 1)]);
  }

  function stop(sentence, ...more) {
    isStopped = true;
    say(state, sentence, ...more);
  }

  function atOnce() {
    if (failures && document.visibilityState === "visible") inTime(0);
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", () => {
    isLeaving = true;
    renewToken(form);
    if (isUnsaved()) drafts.keep();
  });
  addEventListener("pageshow", (event) => event.persisted && (isLeaving = false));
  addEventListener("online", atOnce);
  addEventListener("focus", atOnce);
  document.addEventListener("visibilitychange", atOnce);
  addEventListener("pagehide", () => isUnsaved() && drafts.keep());
  addEventListener("beforeunload", (event) => {
    if (isUnsaved() && !isLeaving) event.preventDefault();
  });

  if (form.hasAttribute("data-unsaved") || wasTypedIn(form)) {
    typed += 1;
    form.dataset.unsaved = "";
    if (!document.querySelector(".errors")) inTime(PAUSE);
  }
  offer(form, drafts, touched);
}

/** Whether somebody typed before this script came. What an editor has put in its text area was not typed. */
function wasTypedIn(form) {
  return [...form.elements].some((field) => {
    if ("hasEditor" in field.dataset || field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") {
      const first = Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
      return field.selectedIndex !== first;
    }
    return "defaultValue" in field && field.value !== field.defaultValue;
  });
}

// ---- To the server and back ------------------------------------------------------------------------------------------

async function post(form) {
  const body = new FormData(form);
  body.set("gor", "autospara");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, told: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, told: {} };
  }
}

/** A log-in in another tab gives the browser a new token, and makes the page's own too old. */
function renewToken(form) {
  const token = /(?:^|; )csrftoken=(\w+)/.exec(document.cookie)?.[1];
  if (token) form.elements.csrfmiddlewaretoken.value = token;
}

/** Give new rows the names they have on the server: "rad-ny1-titel" → "rad-17-titel". */
function rename(form, renamed) {
  for (const [from, to] of Object.entries(renamed)) {
    for (const element of form.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) {
        if (!/^(name|id|for|value|aria-\w+)$/.test(name)) continue;
        const parts = value.split(" ").map((part) => renamedPart(part, from, to));
        if (parts.join(" ") !== value && (name !== "value" || element.localName === "button")) {
          element.setAttribute(name, parts.join(" "));
        }
      }
    }
    form.elements.visade.value = form.elements.visade.value.split(" ").map((part) => renamedPart(part, from, to)).join(" ");
  }
}

function renamedPart(part, from, to) {
  if (part.startsWith(from)) return to + part.slice(from.length);
  return part.startsWith(`id_${from}`) ? `id_${to}${part.slice(3 + from.length)}` : part;
}

/** Put what somebody else wrote in its fields. False if one of them has been written in since it was sent. */
function adopt(form, values, sent) {
  const now = new Map(fieldsOf(form));
  let isWhole = true;
  for (const [name, text] of Object.entries(values)) {
    if ((now.get(name) ?? "") === (sent.get(name) ?? "")) put(form, name, text);
    else isWhole = false;
  }
  return isWhole;
}

function put(form, name, text) {
  const field = form.elements[name];
  if (!field) return;
  if (field.type === "checkbox") field.checked = text === "on";
  else field.value = text;
  if (field instanceof Element) field.dispatchEvent(new Event("prose-set"));
}

/** Notes below the field, drawn anew by the server; left alone while somebody is in them. */
function redraw(html) {
  const notes = document.querySelector("[data-notes]");
  if (!notes || notes.contains(document.activeElement)) return;
  notes.outerHTML = html;
  document.dispatchEvent(new Event("notes-drawn"));
}

// ---- What it says ----------------------------------------------------------------------------------------------------

function say(state, sentence, ...more) {
  const words = [sentence, ...more.filter(Boolean).flatMap((part) => [" ", part])];
  // The same sentence is not read out again.
  if (state.textContent !== words.map((part) => part.textContent ?? part).join("")) state.replaceChildren(...words);
}

function link(words, address) {
  const made = document.createElement("a");
  [made.textContent, made.href] = [words, address];
  if (words.includes("flik")) [made.target, made.rel] = ["_blank", "noopener"];
  return made;
}

function button(words) {
  const made = document.createElement("button");
  made.className = "ds-button";
  Object.assign(made.dataset, { variant: "secondary", size: "sm" });
  [made.name, made.value, made.textContent] = ["gor", "spara", words];
  return made;
}

// ---- What an earlier page left behind --------------------------------------------------------------------------------

function offer(form, drafts, touched) {
  const [pair] = drafts.leftBehind();
  if (!pair) return;
  const [key, draft] = pair;
  const box = document.createElement("div");
  box.className = "ds-alert left-behind";
  box.dataset.color = "warning";
  box.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = `Det finns text som inte hann sparas (${moment(draft.at)}).`;
  const [take, drop] = ["Ta tillbaka", "Kasta"].map((label) => {
    const made = button(label);
    made.type = "button";
    return made;
  });
  box.append(words, take, drop);
  form.before(box);
  take.addEventListener("click", () => {
    box.remove();
    takeBack(form, draft);
    touched();
    form.querySelector("[role=textbox], textarea:not([hidden]), input:not([type=hidden])")?.focus();
  });
  drop.addEventListener("click", () => {
    box.remove();
    drafts.drop(key);
    form.querySelector("[role=textbox], textarea:not([hidden]), input:not([type=hidden])")?.focus();
    offer(form, drafts, touched);
  });
}

/** The fields as they were, on the version that they stood on: the server puts them together with what came since. */
function takeBack(form, draft) {
  const fields = new Map(draft.fields);
  for (const field of form.querySelectorAll("input[type=checkbox]")) field.checked = fields.has(field.name);
  for (const [name, text] of fields) {
    if (!form.elements[name] && name !== "gor") {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
    }
    if (name !== "gor") put(form, name, text);
  }
}

function moment(at) {
  const [then, now] = [new Date(at), new Date()];
  const clock = then.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  return then.toDateString() === now.toDateString() ? clock : `${then.toLocaleDateString("sv-SE")} ${clock}`;
}
