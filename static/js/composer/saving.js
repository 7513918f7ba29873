// The form saves itself. What was not confirmed stays on the device; two people's changes are brought together.

import { body, differ, merge, plain, put, values } from "./form.js";
import { replace, show } from "./regions.js";

const AFTER_WORDS = 2500;
const AFTER_CHOICE = 700;
const RETRY = 6000;
const HERE_EVERY = 20000;

export function saver(form, local) {
  const words = form.dataset;
  const status = document.getElementById("saved");
  let base = values(form);
  let shape = shapeOf(base);
  let pending = new Map();
  let timer = null;
  let running = null;
  let stopped = false;

  const dirty = () => pending.size > 0 || differ(values(form), base);
  const say = (text) => (status.textContent = text ?? "");

  function schedule(pause) {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function keepHere() {
    if (!dirty()) return;
    const mine = new Map([...values(form), ...pending]);
    await local.keep({ revision: form.elements.revision.value, base: plain(base), mine: plain(mine) });
  }

  function save() {
    running ??= once().finally(() => (running = null));
    return running;
  }

  async function once() {
    clearTimeout(timer);
    if (stopped || !dirty()) return !stopped;
    const mine = values(form);
    say(words.saving);
    const data = body(form);
    data.set("merges", "1");
    const told = await post(form.action, data);
    if (!told) return false;
    if (!told.taken) return together(mine);
    base = mine;
    form.elements.revision.value = told.revision;
    say(told.said);
    beside(told.beside);
    if (shapeOf(mine) !== shape || pending.size) await refresh(await page(), true);
    if (dirty()) schedule(AFTER_CHOICE);
    else await local.drop();
    return !dirty();
  }

  // Somebody saved meanwhile: take theirs, put mine on top where only I wrote, keep the rest of mine beside.
  async function together(mine, from = base) {
    const fresh = await page();
    if (!fresh) return false;
    const { clashes } = merge(from, mine, values(fresh));
    if (clashes.size) {
      const kept = await post(form.action, body(form, new Map([...values(fresh), ...clashes])));
      if (!kept) return false;
    }
    await refresh(clashes.size ? await page() : fresh, false, from);
    say(words.met);
    schedule(AFTER_CHOICE);
    return false;
  }

  async function page() {
    const answer = await ask(location.href, { headers: { Accept: "text/html" } });
    return answer ? pageOf(await answer.text()).getElementById("composer") : null;
  }

  async function refresh(fresh, mineWins, from = base) {
    if (!fresh) return;
    const theirs = values(fresh);
    const mine = new Map([...values(form), ...pending]);
    const { wanted } = merge(from, mine, theirs, mineWins);
    replace(form, fresh);
    for (const name of new Set([...values(form).keys(), ...theirs.keys()])) {
      if (!wanted.has(name)) put(form, name, theirs.get(name) ?? []);
    }
    pending = new Map([...wanted].filter(([name, list]) => !put(form, name, list)));
    form.elements.revision.value = fresh.elements.revision.value;
    base = theirs;
    shape = shapeOf(theirs);
    form.dispatchEvent(new CustomEvent("composer:refreshed"));
  }

  async function post(url, data) {
    const answer = await ask(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
    return answer ? answer.json() : null;
  }

  async function ask(url, options) {
    let answer = null;
    try {
      answer = await fetch(url, options);
    } catch {
      say(words.offline);
      await keepHere();
      schedule(RETRY);
      return null;
    }
    const elsewhere = answer.redirected && !answer.url.startsWith(form.action.replace(/save\/$/, ""));
    if (answer.ok && !elsewhere) return answer;
    await keepHere();
    if (answer.status >= 500 || answer.status === 429) {
      say(words.offline);
      schedule(RETRY);
    } else {
      // Signed out, or access has ended: sending on would change nothing.
      stopped = true;
      say(answer.status === 404 ? words.gone : words.signedOut);
      status.classList.add("is-urgent");
    }
    return null;
  }

  function beside(html) {
    const region = form.querySelector('[data-region="beside"]');
    if (html !== undefined && !region.contains(document.activeElement)) show(region, html);
    form.dispatchEvent(new CustomEvent("composer:beside"));
  }

  async function restore() {
    const kept = await local.find();
    if (!kept) return;
    const [from, mine] = [new Map(kept.base), new Map(kept.mine)];
    const { wanted, clashes } = merge(from, mine, values(form));
    if (clashes.size) {
      const data = body(form, new Map([...values(form), ...clashes]));
      data.set("revision", kept.revision);
      const told = await post(form.action, data);
      if (told) beside(told.beside);
    }
    pending = new Map([...wanted].filter(([name, list]) => !put(form, name, list)));
    if (dirty()) {
      say(words.restored);
      schedule(AFTER_CHOICE);
    } else await local.drop();
  }

  async function act(button) {
    if (!(await flush())) return;
    const data = body(form);
    data.set("do", button.value);
    const answer = await ask(form.action, { method: "POST", body: data, headers: { Accept: "text/html" } });
    if (!answer) return;
    const page = pageOf(await answer.text());
    document.getElementById("toasts")?.append(...page.querySelectorAll("#toasts > *"));
    await refresh(page.getElementById("composer"), true);
  }

  async function flush() {
    for (let turn = 0; turn < 4 && dirty() && !stopped; turn += 1) await save();
    return !dirty();
  }

  async function here() {
    if (stopped || running || document.hidden || !navigator.onLine) return;
    const told = await post(words.here, body(form, new Map()));
    if (!told || running) return;
    if (String(told.revision) !== form.elements.revision.value && !dirty()) await refresh(await page(), true);
    else beside(told.beside);
  }

  let keeping = null;
  form.addEventListener("input", (event) => {
    if (!event.isTrusted && !event.detail?.said) return;
    say(stopped ? status.textContent : words.unsaved);
    clearTimeout(keeping);
    keeping = setTimeout(keepHere, 400);
    schedule(event.target.matches("[type=checkbox], [type=radio]") ? AFTER_CHOICE : AFTER_WORDS);
  });
  window.addEventListener("online", () => schedule(0));
  document.addEventListener("visibilitychange", () => document.hidden && (keepHere(), save()));
  setInterval(here, HERE_EVERY);

  return { flush, act, restore, dirty, stopped: () => stopped, changed: () => schedule(AFTER_CHOICE) };
}

// Children and goals decide which parts the form has.
function shapeOf(all) {
  return JSON.stringify([[...(all.get("children") ?? [])].sort(), [...(all.get("goals") ?? [])].sort()]);
}

function pageOf(html) {
  return new DOMParser().parseFromString(html, "text/html");
}
