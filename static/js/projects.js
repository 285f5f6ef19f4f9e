// The year's projects: a verdict changes its row without moving the page, and a search shows what is found
// while one types. Both are plain forms that work without this.

const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// --- Verdicts ------------------------------------------------------------------------------------

const list = () => document.querySelector("[data-projects]");

async function give(form, button) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  const target = new URL(answer.url);
  if (!answer.ok || target.pathname !== location.pathname) {
    location.assign(answer.ok ? answer.url : location.href); // the project's form, or the log-in
    return;
  }
  const page = await parse(answer);
  const id = form.closest("[id]").id;
  const told = page.querySelector(".messages");
  document.querySelector(".messages")?.remove();
  if (told) document.getElementById("content").prepend(document.adoptNode(told));
  document.querySelector(".errors")?.remove();
  list().replaceWith(document.adoptNode(page.querySelector("[data-projects]")));
  const row = document.getElementById(id);
  (row.querySelector("[aria-invalid]") ?? row).focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-verdict]");
  if (!form || !list()) return;
  event.preventDefault();
  give(form, event.submitter).catch(() => location.reload());
});

// --- The search ----------------------------------------------------------------------------------

const search = document.querySelector("[data-search]");
let waiting;
let latest = 0;

async function find() {
  const mine = ++latest;
  const query = new URLSearchParams(new FormData(search));
  const address = `${location.pathname}?${query}`;
  const answer = await fetch(address);
  if (mine !== latest || !answer.ok || new URL(answer.url).pathname !== location.pathname) return;
  const page = await parse(answer);
  if (mine !== latest) return; // a later letter has been typed
  for (const part of ["[data-found]", "[data-count]"]) {
    document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  }
  history.replaceState(null, "", address);
}

search?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => find().catch(() => {}), 250); // without a net the button still works
});
