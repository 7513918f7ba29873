// Typing narrows the goals; an empty line shows them as they stood.

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function goals(form) {
  const filter = form.querySelector("[data-goal-filter]");
  const field = form.querySelector("[data-goals]");
  if (!filter || !field) return;
  const all = field.querySelector("[data-area]")?.closest("details");
  filter.hidden = false;
  filter.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = folded(filter.value).split(/\s+/).filter(Boolean);
    if (all && words.length) all.open = true;
    for (const goal of field.querySelectorAll("[data-goal]")) {
      const text = folded(goal.dataset.goal + (goal.closest("[data-area]")?.querySelector(".goal-area-name")?.textContent ?? ""));
      goal.hidden = !words.every((word) => text.includes(word)) && !goal.querySelector("input").checked;
    }
    for (const area of field.querySelectorAll("[data-area]")) {
      area.hidden = ![...area.querySelectorAll("[data-goal]")].some((goal) => !goal.hidden);
    }
  });
  // Enter in the filter chooses the one goal that is left, and saves nothing.
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const left = [...field.querySelectorAll("[data-goal]:not([hidden]) input:not(:checked)")].filter((input) => input.offsetParent);
    if (filter.value && left.length === 1) left[0].click();
  });
}
