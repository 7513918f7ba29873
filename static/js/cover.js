// Drawing over a picture: spots that cover, a frame that stays. What is drawn goes into one field of the form; a finger,
// a mouse and keys do the same. Nothing here holds words.

import { canvas } from "./cover-canvas.js";

const STEP = 0.02;
const TAP = 6;
const SMALLEST = 0.02;
const FRAME = 0.15;

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const round = (value) => Math.round(value * 1e5) / 1e5;

function box(from, to) {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return { x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
}

function moved(area, by) {
  return { ...area, x: clamp(area.x + by.x, 0, 1 - area.width), y: clamp(area.y + by.y, 0, 1 - area.height) };
}

function grown(area, by) {
  const width = clamp(area.width + by.x, SMALLEST, 1 - area.x);
  return { ...area, width, height: clamp(area.height + by.y, SMALLEST, 1 - area.y) };
}

// Corners go round from the upper left; each moves its own two sides.
function cornered(area, corner, to) {
  let [left, top, right, bottom] = [area.x, area.y, area.x + area.width, area.y + area.height];
  if (corner === 0 || corner === 3) left = clamp(to.x, 0, right - FRAME);
  else right = clamp(to.x, left + FRAME, 1);
  if (corner < 2) top = clamp(to.y, 0, bottom - FRAME);
  else bottom = clamp(to.y, top + FRAME, 1);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function whereIs(area, corner) {
  return { x: area.x + (corner === 1 || corner === 2 ? area.width : 0), y: area.y + (corner > 1 ? area.height : 0) };
}

export function start(form) {
  const words = form.dataset;
  const field = form.elements.drawn;
  const size = { width: Number(words.width), height: Number(words.height) };
  const view = canvas(form.querySelector("[data-stage]"), words, size);
  const before = [];
  let mode = words.covers ? "cover" : "crop";
  let state = { spots: [], crop: null };
  let chosen = -1;
  let drag = null;

  function restore() {
    try {
      const sent = JSON.parse(field.value || "{}");
      state = { spots: sent.spots ?? [], crop: sent.crop ?? null };
    } catch {
      field.value = "";
    }
    if (mode === "crop" && !state.crop) frame();
  }

  function frame() {
    state = { ...state, crop: { x: 0, y: 0, width: 1, height: 1 } };
  }

  const cropped = () => state.crop && Math.min(state.crop.width, state.crop.height) < 0.995;

  function show() {
    view.draw({ ...state, mode, chosen });
    const clean = (area) => Object.fromEntries(Object.entries(area).map(([name, value]) => [name, round(value)]));
    const spots = state.spots.map((spot) => ({ shape: "oval", ...clean(spot) }));
    field.value = spots.length || cropped() ? JSON.stringify({ spots, crop: cropped() ? clean(state.crop) : null }) : "";
    const said = [];
    if (spots.length) said.push(words.saidSpots.replace("#", spots.length));
    if (cropped()) said.push(words.saidFrame);
    form.querySelector("[data-said]").textContent = said.join(" ") || words.saidNothing;
    form.querySelector("[data-undo]").disabled = before.length === 0;
    form.querySelector("[data-whole]").hidden = !cropped();
  }

  function change(next, spot = chosen) {
    before.push({ state, chosen });
    state = next;
    chosen = spot;
    show();
  }

  const withSpot = (number, area) => ({ ...state, spots: state.spots.map((one, at) => (at === number ? area : one)) });

  function add(area) {
    change({ ...state, spots: [...state.spots, area] }, state.spots.length);
  }

  function take(number) {
    change({ ...state, spots: state.spots.filter((_one, at) => at !== number) }, -1);
  }

  function aroundHere(at) {
    const side = Math.min(size.width, size.height) * 0.2;
    const [width, height] = [side / size.width, (side * 1.2) / size.height];
    return moved({ x: 0, y: 0, width, height: Math.min(height, 1) }, { x: at.x - width / 2, y: at.y - height / 2 });
  }

  // --- a finger or a mouse -------------------------------------------------------------------------------------------

  view.element.addEventListener("pointerdown", (event) => {
    if (event.button || drag) return;
    const from = view.point(event);
    const { spot, handle, corner, inside } = event.target.dataset;
    drag = { id: event.pointerId, from, x: event.clientX, y: event.clientY, was: state, far: false };
    if (corner) drag.corner = Number(corner);
    else if (handle) drag.handle = Number(handle);
    else if (spot) drag.spot = Number(spot);
    else if (inside) drag.frame = true;
    else if (mode !== "cover") drag = null;
    if (!drag) return;
    event.preventDefault();
    view.element.setPointerCapture(event.pointerId);
  });

  view.element.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.id) return;
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > TAP) drag.far = true;
    if (!drag.far) return;
    const to = view.point(event);
    const by = { x: to.x - drag.from.x, y: to.y - drag.from.y };
    state = dragged(drag, to, by);
    if (drag.spot !== undefined || drag.handle !== undefined) chosen = drag.spot ?? drag.handle;
    else if (drag.corner === undefined && !drag.frame) chosen = state.spots.length - 1;
    show();
  });

  function dragged({ was, corner, handle, spot, frame: whole, from }, to, by) {
    const put = (number, area) => ({ ...was, spots: was.spots.map((one, at) => (at === number ? area : one)) });
    if (corner !== undefined) return { ...was, crop: cornered(was.crop, corner, to) };
    if (handle !== undefined) return put(handle, grown(was.spots[handle], by));
    if (spot !== undefined) return put(spot, moved(was.spots[spot], by));
    if (whole) return { ...was, crop: moved(was.crop, by) };
    return { ...was, spots: [...was.spots, box(from, to)] };
  }

  function drop(event) {
    if (event.pointerId !== drag?.id) return;
    const { was, far, spot, handle, corner, frame: whole, from } = drag;
    const now = state;
    drag = null;
    state = was;
    if (event.type === "pointercancel") return show();
    if (far) return settle(now);
    if (spot !== undefined) take(spot);
    else if (handle === undefined && corner === undefined && !whole) add(aroundHere(from));
  }

  // What was drawn too small to be meant as such is put as a tap puts it.
  function settle(now) {
    const last = now.spots.at(-1);
    const fresh = now.spots.length > state.spots.length;
    if (fresh && Math.min(last.width, last.height) < SMALLEST) return add(aroundHere(last));
    change(now);
  }

  view.element.addEventListener("pointerup", drop);
  view.element.addEventListener("pointercancel", drop);

  // --- keys ----------------------------------------------------------------------------------------------------------

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  view.element.addEventListener("keydown", (event) => {
    const { spot, corner } = event.target.dataset;
    const arrow = ARROWS[event.key];
    const by = arrow && { x: arrow[0] * STEP, y: arrow[1] * STEP };
    if (spot !== undefined) onSpot(event, Number(spot), by);
    else if (corner !== undefined && by) {
      const at = whereIs(state.crop, Number(corner));
      change({ ...state, crop: cornered(state.crop, Number(corner), { x: at.x + by.x, y: at.y + by.y }) });
      event.preventDefault();
      view.focus("corner", corner);
    }
  });

  function onSpot(event, number, by) {
    if (by) change(withSpot(number, (event.shiftKey ? grown : moved)(state.spots[number], by)), number);
    else if (["Delete", "Backspace", "Enter", " "].includes(event.key)) take(number);
    else return;
    event.preventDefault();
    if (by) view.focus("spot", number);
    else if (!view.focus("spot", Math.max(number - 1, 0))) form.querySelector("[data-add]")?.focus();
  }

  // --- buttons -------------------------------------------------------------------------------------------------------

  function turn(to) {
    mode = to;
    chosen = -1;
    if (mode === "crop" && !state.crop) frame();
    for (const button of form.querySelectorAll("[data-mode]"))
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    for (const hint of form.querySelectorAll("[data-hint]")) hint.hidden = hint.dataset.hint !== mode;
    show();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (!button) return;
    if (button.dataset.mode) turn(button.dataset.mode);
    else if (button.matches("[data-undo]")) {
      ({ state, chosen } = before.pop() ?? { state, chosen });
      show();
    } else if (button.matches("[data-add]")) {
      turn("cover");
      add(aroundHere({ x: 0.5, y: 0.5 }));
      view.focus("spot", state.spots.length - 1);
    } else if (button.matches("[data-whole]")) change({ ...state, crop: { x: 0, y: 0, width: 1, height: 1 } });
  });

  // "Nobody" and a child are not both true.
  form.addEventListener("change", (event) => {
    if (event.target.name !== "who" || !event.target.checked) return;
    for (const other of form.querySelectorAll("input[name=who]"))
      if ((other.value === "nobody") !== (event.target.value === "nobody")) other.checked = false;
  });

  for (const tools of form.querySelectorAll("[data-tools]")) tools.hidden = false;
  form.querySelector("[data-numbers]").remove();
  restore();
  show();
  new ResizeObserver(() => view.draw({ ...state, mode, chosen })).observe(view.element);
  document.documentElement.dataset.cover = "ready";
}

const form = document.getElementById("cover");
if (form) start(form);
