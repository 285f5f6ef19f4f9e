// What was typed but not saved, kept in the browser until the server has it. One draft per person, address and
// opened page, so that two tabs do not write over each other.

const DAYS_KEPT = 30;
const PREFIX = "utkast:";
// What the page itself puts in the form.
export const OWN_FIELDS = new Set(["csrfmiddlewaretoken", "version", "sida", "visade", "gor"]);

export const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

export class Drafts {
  constructor(form) {
    this.form = form;
    this.place = `${PREFIX}${form.dataset.entry}:${location.pathname}:`;
    this.tidy();
  }

  get key() {
    return this.place + this.form.elements.sida.value;
  }

  keep() {
    const { version, sida } = this.form.elements;
    const fields = fieldsOf(this.form).filter(([name]) => name !== "csrfmiddlewaretoken");
    const draft = { at: Date.now(), version: version.value, sida: sida.value, fields };
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
      return true;
    } catch {
      return false; // full, or switched off
    }
  }

  drop(key = this.key) {
    localStorage.removeItem(key);
  }

  /** [key, draft] of what earlier pages at this address left behind that is not on this one, the latest first. */
  leftBehind() {
    const found = all(this.place).filter(([key, draft]) => key !== this.key && draft);
    const [same, other] = [[], []];
    for (const pair of found) (this.holds(pair[1]) ? same : other).push(pair);
    same.forEach(([key]) => this.drop(key));
    return other.sort(([, one], [, two]) => two.at - one.at);
  }

  holds(draft) {
    const now = new Map(fieldsOf(this.form));
    const then = new Map(draft.fields);
    return [...new Set([...now.keys(), ...then.keys()])].every(
      (name) => OWN_FIELDS.has(name) || (now.get(name) ?? "") === (then.get(name) ?? ""),
    );
  }

  /** Drafts that the server has taken since, by the note it leaves after a save, and very old ones. */
  tidy() {
    const saved = /(?:^|; )sparat=(\w+)/.exec(document.cookie)?.[1];
    const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
    for (const [key, draft] of all(PREFIX)) {
      if (!draft || draft.at < oldest || draft.sida === saved) this.drop(key);
    }
    if (saved) document.cookie = "sparat=; path=/; max-age=0; samesite=lax";
  }
}

function all(prefix) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
      found.push([key, read(localStorage.getItem(key))]);
    }
  } catch {
    // Switched off.
  }
  return found;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
