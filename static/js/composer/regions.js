// Puts the server's newer parts of the form in place without taking the focus, the caret or an open part from the writer.

function place(element) {
  if (!element?.name) return null;
  const twins = [...element.form.querySelectorAll(`[name="${CSS.escape(element.name)}"]`)];
  return { name: element.name, value: element.value, at: twins.indexOf(element), caret: element.selectionStart };
}

function back(form, held) {
  const twins = [...form.querySelectorAll(`[name="${CSS.escape(held.name)}"]`)];
  const found = twins.find((twin) => twin.type === "checkbox" && twin.value === held.value) ?? twins[held.at];
  found?.focus({ preventScroll: true });
  if (typeof held.caret === "number" && found?.setSelectionRange) found.setSelectionRange(held.caret, held.caret);
}

function opened(region) {
  return new Set([...region.querySelectorAll("details[open]")].map(known).filter(Boolean));
}

function known(details) {
  const owner = details.closest("[id]");
  return owner ? `${owner.id} ${details.className}` : "";
}

export function replace(form, fresh) {
  const inside = form.contains(document.activeElement) ? place(document.activeElement) : null;
  let moved = false;
  for (const region of form.querySelectorAll("[data-region]")) {
    const newer = fresh.querySelector(`[data-region="${region.dataset.region}"]`);
    if (!newer || newer.innerHTML === region.innerHTML) continue;
    moved ||= region.contains(document.activeElement);
    show(region, newer.innerHTML);
  }
  if (moved && inside) back(form, inside);
}

export function show(region, html) {
  const open = opened(region);
  region.innerHTML = html;
  for (const details of region.querySelectorAll("details")) if (open.has(known(details))) details.open = true;
  // The site's own modules wake up what htmx brings; this comes the same way.
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: region } }));
}
