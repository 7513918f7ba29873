// Films and recordings are sent in pieces. After a lost connection, or in a new tab, the server says how far it has come.

import { show } from "./regions.js";
import { random } from "./uploads.js";

const PATIENCE = [1000, 2000, 4000, 8000];
const LOOK_EVERY = 2000;

class Refused extends Error {}
class Gone extends Error {}

// The same file gives the same key in every tab, and another file another: its own name never leaves the device.
async function keyOf(file, entry) {
  if (!globalThis.crypto?.subtle) return random();
  const head = new Uint8Array(await file.slice(0, 65536).arrayBuffer());
  const said = new TextEncoder().encode([entry, file.name, file.size, file.lastModified].join("\n"));
  const all = new Uint8Array(said.length + head.length);
  all.set(said);
  all.set(head, said.length);
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", all)).slice(0, 16);
  found[6] = (found[6] & 0x0f) | 0x80;
  found[8] = (found[8] & 0x3f) | 0x80;
  const hex = [...found].map((part) => part.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function told(address, options, csrf) {
  const answer = await fetch(address, { ...options, headers: { "X-CSRFToken": csrf, ...options.headers } });
  if (answer.status === 422) throw new Refused((await answer.json()).sentence);
  if (answer.ok || answer.status === 409) return answer.json();
  if (answer.status >= 500 || answer.status === 429) throw new Error("later");
  throw new Gone();
}

function row(file, words) {
  const item = document.createElement("li");
  item.className = "coming is-clip";
  const label = document.createElement("p");
  label.className = "small";
  label.textContent = words.uploading;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", `${words.uploading} ${file.name}`);
  const leave = document.createElement("button");
  leave.type = "button";
  leave.className = "button is-quiet is-dense";
  leave.textContent = words.drop;
  item.append(label, bar, leave);
  return item;
}

export function films(form, { csrf, entry, changed }) {
  const words = form.dataset;
  const list = form.querySelector("[data-clips]");
  const coming = form.querySelector("[data-clips-coming]");
  let running = 0;

  const wait = (pause) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
    });

  async function sendAll(file, job) {
    const data = new FormData();
    for (const [name, value] of [["for", "entry"], ["about", entry], ["size", file.size], ["client_key", job.key]]) data.set(name, value);
    let state = await told(words.clipsBegin, { method: "POST", body: data }, csrf);
    job.label.textContent = words.uploading;
    while (state.upload) {
      if (job.left) {
        await told(`${words.clipsBegin}${state.upload}/drop/`, { method: "POST" }, csrf);
        return null;
      }
      job.bar.value = state.received / state.size;
      const piece = file.slice(state.received, state.received + state.piece);
      const headers = { "Content-Type": "application/octet-stream" };
      const address = `${words.clipsBegin}${state.upload}/?from=${state.received}`;
      state = await told(address, { method: "POST", body: piece, headers }, csrf);
      job.tries = 0;
    }
    return state.clip;
  }

  async function send(file) {
    const item = row(file, words);
    const job = { item, key: await keyOf(file, entry), label: item.querySelector("p"), bar: item.querySelector("progress"), tries: 0 };
    item.querySelector("button").onclick = () => (job.left = true);
    coming.append(item);
    coming.hidden = false;
    for (;;) {
      try {
        const clip = await sendAll(file, job);
        item.remove();
        coming.hidden = !coming.children.length;
        if (clip) await arrive(clip);
        for (const note of form.querySelectorAll("[data-unfinished]")) note.hidden = true;
        return;
      } catch (failure) {
        if (failure instanceof Refused || failure instanceof Gone) return stop(job, failure.message || words.failed);
        if (job.left) return stop(job, words.failed);
        job.label.textContent = words.goneOn;
        await wait(PATIENCE[Math.min(job.tries, PATIENCE.length - 1)]);
        job.tries += 1;
      }
    }
  }

  function stop(job, sentence) {
    job.label.textContent = sentence;
    job.label.setAttribute("role", "alert");
    job.item.classList.add("is-stuck");
    job.bar.hidden = true;
    job.item.querySelector("button").onclick = () => {
      job.item.remove();
      coming.hidden = !coming.children.length;
    };
  }

  async function part(clip) {
    const answer = await fetch(`${words.clipsPart}${clip}/`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return null;
    const holder = document.createElement("template");
    holder.innerHTML = (await answer.text()).trim();
    return holder.content.firstElementChild;
  }

  async function arrive(clip) {
    const fresh = await part(clip);
    if (!fresh || document.getElementById(fresh.id)) return;
    list.append(fresh);
    form.dispatchEvent(new CustomEvent("composer:picture"));
    changed();
    look();
  }

  // Only what is seen of it is put anew: who is in it, and the words, may have been changed here meanwhile.
  async function ripen(item) {
    const view = item.querySelector("[data-clip-view]");
    const state = await told(view.dataset.hrefState, { method: "GET" }, csrf);
    const bar = view.querySelector("progress");
    if (bar) bar.value = state.progress;
    if (state.state === "waiting") return;
    const fresh = await part(item.dataset.clip);
    if (!fresh) return;
    const newer = fresh.querySelector("[data-clip-view]");
    view.dataset.state = newer.dataset.state;
    show(view, newer.innerHTML);
  }

  let timer = null;
  function look() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const waiting = [...list.querySelectorAll("[data-clip]")].filter(
        (item) => item.querySelector("[data-clip-view]").dataset.state === "waiting",
      );
      if (!document.hidden) for (const item of waiting) await ripen(item).catch(() => {});
      if (waiting.length) look();
    }, LOOK_EVERY);
  }

  form.addEventListener("change", async (event) => {
    const input = event.target;
    if (input.matches("[name=clips]")) {
      const files = [...input.files];
      // Emptied, so that the plain form does not send them a second time.
      input.value = "";
      for (const file of files) {
        running += 1;
        await send(file).finally(() => (running -= 1));
      }
    } else if (input.matches("[data-words-file]") && input.files.length) {
      const field = input.closest(".disclosure-body").querySelector("[data-clip-words]");
      field.value = await input.files[0].text();
      input.value = "";
      field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: { said: true } }));
    }
  });
  form.addEventListener("composer:refreshed", look);
  look();

  return {
    get busy() {
      return running > 0;
    },
  };
}
