// The picture with what is drawn over it, as an SVG: numbers go into attributes, looks come from the style sheet.

const SVG = "http://www.w3.org/2000/svg";
// On the screen, in pixels.
const DOT = 9;
const REACH = 24;

function made(name, attributes, data = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  Object.assign(element.dataset, data);
  return element;
}

function oval(area, size) {
  const [rx, ry] = [(area.width * size.width) / 2, (area.height * size.height) / 2];
  return { cx: area.x * size.width + rx, cy: area.y * size.height + ry, rx, ry };
}

export function canvas(stage, words, size) {
  const { width, height } = size;
  const element = made("svg", {
    class: "cover-canvas",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "group",
    "aria-label": words.canvas,
  });
  const layer = made("g", {});
  const shown = { href: words.picture, width, height, preserveAspectRatio: "none", "aria-hidden": "true" };
  element.append(made("image", shown), made("rect", { class: "cover-ground", width, height }), layer);
  stage.replaceChildren(element);
  const corners = JSON.parse(words.corners);

  function scale() {
    const shownWidth = element.getBoundingClientRect().width;
    const matrix = element.getScreenCTM();
    return shownWidth && matrix ? 1 / matrix.a : 1;
  }

  function dot(x, y, data, more = {}) {
    const by = scale();
    const reach = made("circle", { class: "cover-reach", cx: x, cy: y, r: REACH * by }, data);
    return [reach, made("circle", { class: "cover-handle", cx: x, cy: y, r: DOT * by, ...more }, data)];
  }

  function spotOf(area, number) {
    const named = { class: "cover-spot", tabindex: "0", role: "button", "aria-label": words.spot.replace("#", number + 1) };
    return made("ellipse", { ...oval(area, size), ...named }, { spot: number });
  }

  function frameOf(area, active) {
    const [x, y, w, h] = [area.x * width, area.y * height, area.width * width, area.height * height];
    const path = ["M", 0, 0, "H", width, "V", height, "H", 0, "Z", "M", x, y, "V", y + h, "H", x + w, "V", y, "Z"].join(" ");
    const found = [made("path", { class: "cover-shade", d: path })];
    if (!active) return found;
    found.push(made("rect", { class: "cover-frame", x, y, width: w, height: h }, { inside: "1" }));
    const places = [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];
    for (const [number, place] of places.entries()) {
      const named = { class: "cover-corner", tabindex: "0", role: "button", "aria-label": corners[number] };
      found.push(...dot(...place, { corner: number }, named));
    }
    return found;
  }

  function draw({ spots, crop, mode, chosen }) {
    const focused = { ...document.activeElement?.dataset };
    const held = layer.contains(document.activeElement);
    const parts = spots.map(spotOf);
    if (crop) parts.push(...frameOf(crop, mode === "crop"));
    const spot = spots[chosen];
    if (spot && mode === "cover") {
      const [x, y] = [(spot.x + spot.width) * width, (spot.y + spot.height) * height];
      parts.push(...dot(x, y, { handle: chosen }));
    }
    layer.replaceChildren(...parts);
    if (held && focused.spot !== undefined) focus("spot", focused.spot);
    else if (held && focused.corner !== undefined) focus("corner", focused.corner);
  }

  function focus(what, number) {
    const found = layer.querySelector(`[data-${what}="${number}"][tabindex]`);
    found?.focus();
    return Boolean(found);
  }

  // Where on the picture, in fractions, and never beside it.
  function point(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(element.getScreenCTM().inverse());
    return { x: Math.min(Math.max(at.x / width, 0), 1), y: Math.min(Math.max(at.y / height, 0), 1) };
  }

  return { element, draw, focus, point };
}
