// The composer's form as plain values, and how two people's changes to the same values come together.

const ASIDE = new Set(["csrfmiddlewaretoken", "revision", "form_key", "do", "client_key"]);
const SETS = /^(children|goals|not_names|who_.+)$/;

// Name → list of strings, files and housekeeping left out.
export function values(form) {
  const found = new Map();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || ASIDE.has(name)) continue;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}

function spelled(list) {
  // The server trims and leaves empty lines out; that is no change.
  return (list ?? []).map((value) => value.replaceAll("\r\n", "\n").trim()).filter(Boolean);
}

export function same(one, other) {
  return JSON.stringify(spelled(one)) === JSON.stringify(spelled(other));
}

export function differ(one, other) {
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    if (!same(one.get(name), other.get(name))) return true;
  }
  return false;
}

function merged(base, mine, theirs) {
  const added = mine.filter((value) => !base.includes(value));
  const kept = theirs.filter((value) => mine.includes(value) || !base.includes(value));
  return [...new Set([...kept, ...added])];
}

// What to put into the form over theirs, and the names on which both wrote something else.
export function merge(base, mine, theirs, mineWins = false) {
  const wanted = new Map();
  const clashes = new Map();
  for (const name of new Set([...base.keys(), ...mine.keys()])) {
    const [was, here, there] = [base, mine, theirs].map((all) => all.get(name) ?? []);
    if (name === "picture" || name === "clip" || same(was, here)) continue;
    if (SETS.test(name)) wanted.set(name, merged(was, here, there));
    else if (mineWins || same(was, there) || same(here, there)) wanted.set(name, here);
    else clashes.set(name, here);
  }
  return { wanted, clashes };
}

function named(form, name) {
  return [...form.elements].filter((control) => control.name === name && control.type !== "submit");
}

// False where the form has no such field (yet): a part for a child that was just chosen comes with the next answer.
export function put(form, name, list) {
  const controls = named(form, name);
  if (!controls.length) return list.length === 0;
  let place = 0;
  for (const control of controls) {
    if (control.type === "checkbox" || control.type === "radio") control.checked = list.includes(control.value);
    else {
      const value = list[place++] ?? "";
      if (control.value !== value) {
        control.value = value;
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  }
  return true;
}

export function plain(map) {
  return [...map.entries()];
}

export function body(form, all = values(form)) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("revision", form.elements.revision.value);
  for (const [name, list] of all) for (const value of list) data.append(name, value);
  return data;
}
