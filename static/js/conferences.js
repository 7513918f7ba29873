// The questions of a conference save themselves, each by its own form; htmx sends, this says how it went. What was not
// saved stays in its field, and whoever leaves with unsaved words is asked. The words themselves stand in the page.
import { register } from "./app.js";
import { findings } from "./composer/sensitive.js";

const unsaved = new Set();

function say(form, text, urgent = false) {
  const state = form.querySelector("[data-ask-said]");
  if (!state) return;
  state.textContent = text;
  state.classList.toggle("is-urgent", urgent);
}

// The field's own words, and what the office's lists and the shapes of national ids find in them.
function look(form, listed) {
  const notice = form.querySelector("[data-findings]");
  const area = form.querySelector("textarea");
  if (!notice || !area) return;
  const found = findings(area.value, listed);
  notice.querySelector("[data-found]").textContent = found.join(", ");
  notice.hidden = !found.length;
}

function start(page) {
  const listed = JSON.parse(page.dataset.words || "[]");
  const words = page.dataset;
  const ask = (event) => event.target.closest?.("[data-ask]");
  page.addEventListener("input", (event) => {
    const form = ask(event);
    if (!form) return;
    unsaved.add(form);
    say(form, words.unsaved);
    look(form, listed);
  });
  page.addEventListener("htmx:beforeRequest", (event) => {
    const form = ask(event);
    if (!form) return;
    form.dataset.sent = JSON.stringify([...new FormData(form)]);
    say(form, words.saving);
  });
  page.addEventListener("htmx:beforeSwap", (event) => {
    const form = ask(event);
    // Signed out, or gone: what came is another page, and the words stay where they are.
    if (form && !event.detail.serverResponse.includes("data-ask-answer")) {
      event.detail.shouldSwap = false;
      say(form, words.failed, true);
    }
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    page.addEventListener(name, (event) => ask(event) && say(ask(event), words.failed, true));
  }
  page.addEventListener("htmx:afterSwap", (event) => {
    const form = event.detail.requestConfig.elt.closest("[data-ask]");
    if (!form) return;
    const number = form.querySelector("[name=number]")?.value;
    const now = new FormData(form);
    const sent = new FormData();
    for (const [key, value] of JSON.parse(form.dataset.sent ?? "[]")) sent.append(key, value);
    // Words that were typed while the others were on their way are not saved yet; they go with the next.
    const same = (data) => JSON.stringify(data.getAll("value"));
    if (same(now) === same(sent)) unsaved.delete(form);
    else say(form, words.unsaved);
    if (number === undefined) unsaved.delete(form);
    // "We take this when we meet" gives the field other words than it sent.
    const other = form.querySelector("template[data-ask-words]");
    const area = form.querySelector("textarea");
    if (other && area) {
      area.value = other.content.textContent;
      unsaved.delete(form);
      look(form, listed);
    }
  });
  for (const form of page.querySelectorAll("[data-ask]")) look(form, listed);
}

addEventListener("beforeunload", (event) => {
  for (const form of unsaved) if (!form.isConnected) unsaved.delete(form);
  if (unsaved.size) event.preventDefault();
});
// A field that is sent without htmx goes with its whole page.
document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[hx-post]")) unsaved.clear();
});

register("asks", () => Promise.resolve({ start }));
