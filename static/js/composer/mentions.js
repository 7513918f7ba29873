// Behind an @ a list of today's children opens under the field; arrows, Enter or a tap choose one.

const BEFORE = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{M}\-' ]{0,40})$/u;

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function mentions(form, changed) {
  const labels = JSON.parse(form.dataset.labels || "[]");
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.mentionList);
  let field = null;
  let active = 0;

  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
  }

  function typed() {
    if (field.selectionStart !== field.selectionEnd) return null;
    const match = field.value.slice(0, field.selectionStart).match(BEFORE);
    return match ? match[1] : null;
  }

  function open(found) {
    list.replaceChildren(
      ...found.map((child, place) => {
        const option = document.createElement("li");
        option.id = `mention-${place}`;
        option.setAttribute("role", "option");
        option.dataset.child = child.child;
        option.textContent = child.label;
        return option;
      }),
    );
    field.closest("label, .field")?.after(list);
    list.hidden = false;
    field.setAttribute("aria-controls", list.id);
    point(0);
  }

  function point(place) {
    const all = options();
    active = (place + all.length) % all.length;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
    field.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function choose(option) {
    const text = typed() ?? "";
    const end = field.selectionStart;
    field.setRangeText(`@${option.textContent} `, end - text.length - 1, end, "end");
    const chip = form.querySelector(`[data-child][value="${option.dataset.child}"]`);
    if (chip && !chip.checked) {
      chip.checked = true;
      chip.dispatchEvent(new Event("change", { bubbles: true }));
    }
    close();
    field.focus();
    field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: { said: true } }));
    changed();
  }

  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-mentions]")) return;
    field = event.target;
    field.setAttribute("aria-autocomplete", "list");
    const text = typed();
    if (text === null) return close();
    const wanted = folded(text);
    const found = labels.filter((child) => folded(child.label).startsWith(wanted));
    if (!found.length || found.some((child) => folded(child.label) === wanted.trimEnd() && text !== text.trimEnd())) {
      return close();
    }
    open(found);
  });
  form.addEventListener("keydown", (event) => {
    if (list.hidden || event.target !== field) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) point(active + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") choose(options()[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, and with it the keyboard of a phone.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  form.addEventListener("focusout", (event) => {
    if (event.target === field && !list.contains(event.relatedTarget)) close();
  });
}
