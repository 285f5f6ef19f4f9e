// A press on "Citera" puts the passage into the editor where the cursor is; the server finds out where it came from
// when the text is saved. Without script the button appends it to the text and saves.

const area = document.querySelector("textarea[data-figures]");

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=citera]");
  if (!button || !("hasEditor" in area.dataset)) return;
  event.preventDefault();
  const { innerHTML } = button.closest(".passage").querySelector("[data-passage]");
  area.dispatchEvent(new CustomEvent("prose-insert", { detail: innerHTML }));
});
