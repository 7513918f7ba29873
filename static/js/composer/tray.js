// Two taps: the camera, and it is in. Pictures go at once; the jotting goes with its button.

import { listen, uploads } from "./uploads.js";

function start(form) {
  const fields = () => ({
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    client_key: form.elements.client_key.value,
  });
  let arrived = false;
  const list = form.querySelector("[data-coming]");
  const queue = uploads({
    list,
    url: form.dataset.upload,
    keyName: "picture_key",
    words: form.dataset,
    fields,
    done() {
      arrived = true;
      // With a jotting begun the page stays: its button sends the words into the same item.
      if (!list.children.length && !form.elements.text.value.trim()) location.assign(location.pathname);
    },
  });
  listen(form.querySelectorAll("input[type=file]"), queue);
  window.addEventListener("beforeunload", (event) => queue.busy && event.preventDefault());
  form.addEventListener("submit", (event) => {
    if (queue.busy) event.preventDefault();
    else if (!arrived && !form.elements.text.value.trim()) event.preventDefault();
  });
}

const form = document.querySelector("[data-tray]");
if (form) start(form);
if (location.hash === "#add") document.getElementById("id_camera")?.focus();
