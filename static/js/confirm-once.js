// A double tap sends once. The second submit of the same form is stopped before htmx or the browser sees it; the form
// opens again when the answer has come, or when the page is shown again from the back-forward cache.
const sent = new WeakSet();

function buttons(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

function release(form) {
  sent.delete(form);
  for (const button of buttons(form)) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  }
}

export function guard(root) {
  root.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches('[method="post" i], [hx-post]') || form.dataset.once === "no") return;
      if (sent.has(form)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      sent.add(form);
      // aria-disabled, not disabled: a disabled button would not send its own name and value.
      for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
      event.submitter?.setAttribute("aria-busy", "true");
      // Somebody after us may have stopped it (a validator, a question); then nothing was sent.
      setTimeout(() => {
        if (event.defaultPrevented && !form.matches(".htmx-request, [hx-post]")) release(form);
      });
    },
    true,
  );
  for (const name of ["htmx:afterRequest", "htmx:validation:halted"]) {
    root.addEventListener(name, (event) => {
      const form = event.target.closest?.("form");
      if (form) release(form);
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) release(form);
  });
}
