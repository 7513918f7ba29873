// Brings each element with data-module="name other" to life, also what htmx puts in later. Nothing here holds words.
import { guard } from "./confirm-once.js";
import { watchOpeners } from "./dialog.js";

const modules = {
  autosize: () => import("./autosize.js"),
  copy: () => import("./copy.js"),
  dialog: () => import("./dialog.js"),
  focus: () => import("./focus.js"),
  idle: () => import("./idle.js"),
  leaving: () => import("./composer/leaving.js"),
  menu: () => import("./menu.js"),
  passkey: () => import("./passkey.js"),
  theme: () => import("./theme.js"),
  toast: () => import("./toast.js"),
};
const alive = new WeakMap();

// A room with its own modules (the composer) adds them by name before it needs them.
export function register(name, load) {
  modules[name] = load;
  wake(document);
}

async function begin(element, name) {
  const begun = alive.get(element) ?? new Set();
  if (begun.has(name) || !modules[name]) return;
  alive.set(element, begun.add(name));
  (await modules[name]()).start(element);
}

export function wake(scope) {
  const found = [...scope.querySelectorAll("[data-module]")];
  if (scope instanceof Element && scope.matches("[data-module]")) found.push(scope);
  for (const element of found) {
    for (const name of element.dataset.module.split(/\s+/)) begin(element, name);
  }
}

guard(document);
watchOpeners(document);
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.detail.elt));
