// Signing out first sends what is not sent yet; where that fails it asks. The open composer answers "learninglog:leaving".

import { anyOf } from "./unsent.js";

export function start(form) {
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const waits = [];
    document.dispatchEvent(new CustomEvent("learninglog:leaving", { detail: { wait: (work) => waits.push(work) } }));
    const sent = (await Promise.all(waits)).every(Boolean);
    if ((!sent || (await anyOf(form.dataset.person))) && !window.confirm(form.dataset.leaving)) return;
    sure = true;
    window.dispatchEvent(new CustomEvent("learninglog:left"));
    form.submit();
  });
}
