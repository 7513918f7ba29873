// National ids and the office's words, pointed out on the device while one writes; nothing is sent anywhere for it.
// Looks for the same as learninglog/sensitive.py.

const SWEDISH = /(?<![\d-])(\d{2})?(\d{2})(\d{2})(\d{2})\s?([-+]?)\s?(\d{4}|TF\d{2})(?![\d-])/gi;
const NORWEGIAN = /(?<![\d-])(\d{2})(\d{2})(\d{2})\s?(\d{5})(?![\d-])/g;
const LONGEST = { 2: 29, 4: 30, 6: 30, 9: 30, 11: 30 };

function isDay(month, day, days, months) {
  return months.some((shift) => {
    const plain = month - shift;
    if (plain < 1 || plain > 12) return false;
    return days.some((offset) => day - offset >= 1 && day - offset <= (LONGEST[plain] ?? 31));
  });
}

function luhn(digits) {
  let sum = 0;
  [...digits].forEach((digit, place) => {
    const number = Number(digit) * (2 - (place % 2));
    sum += Math.floor(number / 10) + (number % 10);
  });
  return sum % 10 === 0;
}

function isSwedish([, century, year, month, day, sign, end]) {
  if (century && !["18", "19", "20"].includes(century)) return false;
  if (!isDay(Number(month), Number(day), [0, 60], [0])) return false;
  return Boolean(century || sign || !/^\d+$/.test(end)) || luhn(year + month + day + end);
}

function isNorwegian([, day, month]) {
  return isDay(Number(month), Number(day), [0, 40], [0, 40, 65, 80]);
}

function pattern(word) {
  const stem = word.replace(/\*$/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const end = word.endsWith("*") ? "[\\p{L}\\p{N}_]*" : "(?![\\p{L}\\p{N}_])";
  return new RegExp(`(?<![\\p{L}\\p{N}_])${stem}${end}`, "giu");
}

// What stands in the text, each once, in its order.
export function findings(text, listed) {
  const spots = [];
  for (const match of text.matchAll(SWEDISH)) if (isSwedish(match)) spots.push([match.index, match[0].trim()]);
  for (const match of text.matchAll(NORWEGIAN)) if (isNorwegian(match)) spots.push([match.index, match[0].trim()]);
  for (const [word] of listed) for (const match of text.matchAll(pattern(word))) spots.push([match.index, match[0]]);
  spots.sort((one, other) => one[0] - other[0]);
  const found = new Map();
  for (const [, word] of spots) if (!found.has(word.toLowerCase())) found.set(word.toLowerCase(), word);
  return [...found.values()];
}

const WRITTEN = "textarea, input[type=text]";

export function pointOut(form) {
  const listed = JSON.parse(form.dataset.words || "[]");
  const notice = form.querySelector("[data-findings]");
  if (!notice) return;
  const look = () => {
    const text = [...form.querySelectorAll(WRITTEN)].map((field) => field.value).join("\n");
    const found = findings(text, listed);
    const words = notice.querySelector("[data-found]");
    if (words.textContent !== found.join(", ")) words.textContent = found.join(", ");
    notice.hidden = !found.length;
    // The server says the same a little later; once is enough.
    for (const twin of form.querySelectorAll("[data-found-by-server]")) twin.hidden = true;
  };
  form.addEventListener("input", look);
  form.addEventListener("composer:beside", look);
  form.addEventListener("composer:refreshed", look);
  look();
}
