// A link in the text: a small dialog with the address, and with the words when none are chosen.

let dialog;

/** What was typed as an address that the server lets through, or "" if it is none. */
export function asAddress(typed) {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-zåäö]{2,}$/i.test(text)) return `mailto:${text}`;
  if (/^(https?:\/\/|mailto:)\S+$/i.test(text)) return text;
  return /^[a-z0-9åäö-]+(\.[a-z0-9åäö-]+)+([/?#]\S*)?$/i.test(text) ? `https://${text}` : "";
}

export function linkDialog(editor) {
  dialog ??= build();
  const form = dialog.querySelector("form");
  const { address, words } = form.elements;
  const isLink = editor.isActive("link");
  const isEmpty = editor.state.selection.empty && !isLink;
  form.reset();
  complain(form, "");
  address.value = editor.getAttributes("link").href ?? "";
  words.closest(".field").hidden = !isEmpty;
  form.querySelector("[data-remove]").hidden = !isLink;
  form.querySelector("h2").textContent = isLink ? "Ändra länken" : "Lägg in en länk";

  form.onsubmit = (event) => {
    const href = asAddress(address.value);
    if (event.submitter?.value !== "remove" && !href) {
      event.preventDefault();
      complain(form, "Skriv en hel adress, till exempel https://malmo.se.");
      return address.focus();
    }
    const chain = editor.chain().focus().extendMarkRange("link");
    if (event.submitter?.value === "remove") chain.unsetLink().run();
    else if (isEmpty) {
      const text = words.value.trim() || address.value.trim();
      chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
  };
  dialog.onclose = () => editor.view.focus();
  dialog.showModal();
  return true;
}

function complain(form, sentence) {
  const { address } = form.elements;
  form.querySelector(".field-error").textContent = sentence;
  address.closest(".field").classList.toggle("has-error", !!sentence);
  if (sentence) address.setAttribute("aria-invalid", "true");
  else address.removeAttribute("aria-invalid");
}

function build() {
  const made = document.createElement("dialog");
  made.className = "prose-link";
  made.setAttribute("aria-labelledby", "prose-link-title");
  made.innerHTML = `
    <form method="dialog" class="form" novalidate>
      <h2 id="prose-link-title"></h2>
      <div class="field">
        <label class="field-label" for="prose-link-address">Adress</label>
        <div class="field-help" id="prose-link-help">Till exempel https://malmo.se eller namn@malmo.se</div>
        <div class="field-error" id="prose-link-error" role="alert"></div>
        <input id="prose-link-address" name="address" inputmode="url" autocomplete="off" autofocus
          aria-describedby="prose-link-error prose-link-help">
      </div>
      <div class="field">
        <label class="field-label" for="prose-link-words">Text som visas</label>
        <input id="prose-link-words" name="words" autocomplete="off">
      </div>
      <div class="actions">
        <button class="ds-button">Lägg in länken</button>
        <button class="ds-button" data-variant="secondary" value="remove" data-remove>Ta bort länken</button>
        <button class="ds-button" data-variant="tertiary" type="button" data-cancel>Avbryt</button>
      </div>
    </form>`;
  made.querySelector("[data-cancel]").addEventListener("click", () => made.close());
  document.body.append(made);
  return made;
}
