// Openers are plain links to a page with the same content; where <dialog> works they open the sheet instead.
export function watchOpeners(root) {
  root.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-sheet]");
    const sheet = opener && document.getElementById(opener.dataset.sheet);
    if (!sheet?.showModal || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!sheet.open) sheet.showModal();
    // The title says where one has come; a close button first would say only how to leave.
    document.getElementById(sheet.getAttribute("aria-labelledby"))?.focus();
  });
}

export function start(sheet) {
  // A press on the veil closes, as long as it also began there: a drag from a field must not.
  let pressed = null;
  sheet.addEventListener("pointerdown", (event) => (pressed = event.target));
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet && pressed === sheet) sheet.close();
  });
  if (sheet.hasAttribute("data-open")) sheet.showModal();
}
