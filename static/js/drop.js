// A file that is dropped on a form is put in its file field and sent, as if it had been chosen.

for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  for (const words of form.querySelectorAll("[data-with-script]")) words.hidden = false;
  let inside = 0; // elements of the form that the file is over: it enters one before it leaves the other

  const show = (change) => {
    inside = Math.max(0, inside + change);
    form.classList.toggle("is-over", inside > 0);
  };
  form.addEventListener("dragenter", () => show(1));
  form.addEventListener("dragleave", () => show(-1));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    show(-inside);
    if (!event.dataTransfer.files.length) return;
    const first = new DataTransfer();
    first.items.add(event.dataTransfer.files[0]);
    field.files = first.files;
    form.requestSubmit();
  });
}
