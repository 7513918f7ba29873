// Who it is about, and who can be recognised: whole group, "same as the last picture", and guesses that are taken back.

function ticked(form) {
  return [...form.querySelectorAll("[data-child]:checked")].map((input) => input.value);
}

function who(shot) {
  return [...shot.querySelectorAll("[data-who]")];
}

function tell(shot) {
  const note = shot.querySelector("[data-unmarked]");
  if (note) note.hidden = who(shot).some((input) => input.checked);
}

// A guess holds only while the entry has the one child it was made from; the server holds to the same.
function guess(form) {
  const children = ticked(form);
  for (const shot of form.querySelectorAll("[data-picture]")) {
    const guessed = shot.querySelector("[data-guessed]");
    const marked = who(shot).some((input) => input.checked);
    if (marked && !guessed.value) continue;
    const one = children.length === 1 ? form.querySelector("[data-child]:checked") : null;
    const alone = one && !one.dataset.forbidden ? one.value : "";
    for (const input of who(shot)) input.checked = alone !== "" && input.value === alone;
    guessed.value = who(shot).some((input) => input.checked) ? "1" : "";
    tell(shot);
  }
}

function asTheLast(shot) {
  const before = shot.previousElementSibling;
  if (!before?.matches("[data-picture]")) return;
  const said = new Set(who(before).filter((input) => input.checked).map((input) => input.value));
  for (const input of who(shot)) if (!input.disabled) input.checked = said.has(input.value);
  shot.querySelector("[data-guessed]").value = "";
  tell(shot);
}

// Everybody whom the entry is about; who was said beside them stays.
function allOfThem(shot, form) {
  const children = new Set(ticked(form));
  for (const input of who(shot)) {
    if (input.disabled) continue;
    if (children.has(input.value)) input.checked = true;
    else if (input.value === "nobody") input.checked = false;
  }
  shot.querySelector("[data-guessed]").value = "";
  tell(shot);
}

function only(input, shot) {
  // Nothing is guessed of a film: who is heard in it, nobody sees.
  const guessed = shot.querySelector("[data-guessed]");
  if (guessed) guessed.value = "";
  for (const other of who(shot)) {
    const clash = (other.value === "nobody") !== (input.value === "nobody");
    if (input.checked && clash && !other.disabled) other.checked = false;
    // The same child can stand in two rows of chips.
    if (other !== input && other.value === input.value) other.checked = input.checked;
  }
  tell(shot);
}

export function children(form, changed) {
  form.addEventListener("change", (event) => {
    const shot = event.target.closest(".shot");
    if (event.target.matches("[data-child]")) guess(form);
    else if (shot && event.target.matches("[data-who]")) only(event.target, shot);
  });
  form.addEventListener("click", (event) => {
    const everyone = event.target.closest("[data-everyone]");
    const same = event.target.closest("[data-same]");
    const all = event.target.closest("[data-all]");
    if (!everyone && !same && !all) return;
    event.preventDefault();
    if (everyone) {
      const today = [...form.querySelectorAll('[data-child][data-today="1"]')];
      const all = today.every((input) => input.checked);
      for (const input of today) input.checked = !all;
      guess(form);
    } else if (all) allOfThem(all.closest("[data-picture]"), form);
    else asTheLast(same.closest("[data-picture]"));
    changed();
  });
  form.addEventListener("composer:picture", () => guess(form));
}
