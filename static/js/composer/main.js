// The composer: brings its modules together. Without any of this the form is whole and is sent by its buttons.

import { children } from "./children.js";
import { films } from "./films.js";
import { goals } from "./goals.js";
import { mentions } from "./mentions.js";
import { saver } from "./saving.js";
import { pointOut } from "./sensitive.js";
import { audience } from "./sheet.js";
import { unsent } from "./unsent.js";
import { listen, uploads } from "./uploads.js";

async function start(form) {
  const csrf = form.elements.csrfmiddlewaretoken.value;
  const { key, person, entry } = form.dataset;
  const local = await unsent({ href: key, csrf, person, entry });
  const saving = saver(form, local);

  children(form, saving.changed);
  mentions(form, saving.changed);
  pointOut(form);
  goals(form);

  const queue = uploads({
    list: form.querySelector("[data-coming]"),
    url: form.dataset.upload,
    keyName: "client_key",
    words: form.dataset,
    fields: () => ({ csrfmiddlewaretoken: csrf }),
    done: (html) => arrive(form, html, saving),
  });
  listen(form.querySelectorAll("input[type=file][name=pictures]"), queue);
  const clips = films(form, { csrf, entry, changed: saving.changed });
  const sheet = audience(form);

  form.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=do]");
    if (!button || button.matches("[data-everyone], [data-same], [data-all]")) return;
    event.preventDefault();
    button.setAttribute("aria-busy", "true");
    try {
      if (button.matches("[data-cover]")) await goAndCover(button, saving, queue);
      else if (button.matches("[data-act]")) await saving.act(button);
      else if (await saving.flush()) await finish(button, queue, sheet);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  let left = false;
  window.addEventListener("learninglog:left", () => (left = true));
  document.addEventListener("learninglog:leaving", (event) => event.detail.wait(saving.flush()));
  window.addEventListener("beforeunload", (event) => {
    if (!left && (queue.busy || clips.busy || (saving.dirty() && !saving.stopped()))) event.preventDefault();
  });
  document.documentElement.dataset.composer = "ready";
  await saving.restore();
}

function arrive(form, html, saving) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const shot = holder.content.firstElementChild;
  // The list may have come anew meanwhile, with this picture in it.
  if (!shot || document.getElementById(shot.id)) return;
  form.querySelector("[data-shots]").append(shot);
  form.dispatchEvent(new CustomEvent("composer:picture"));
  saving.changed();
}

// Nothing is left behind: what was written is saved, and pictures that are on their way arrive first.
async function goAndCover(button, saving, queue) {
  if (!queue.busy && (await saving.flush())) location.assign(button.dataset.cover);
}

async function finish(button, queue, sheet) {
  if (button.matches("[data-next]")) {
    if (!queue.busy) await sheet.open();
  } else if (button.matches("[data-keep]")) {
    const back = document.querySelector(".back");
    if (back && !queue.busy) location.assign(back.href);
  }
}

const form = document.getElementById("composer");
if (form) start(form);
