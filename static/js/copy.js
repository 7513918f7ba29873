// A button that puts one text where it can be pasted, and says so for a moment. Without a clipboard it stays away.
const SHOWN = 2000;

export function start(button) {
  if (!navigator.clipboard) return;
  const label = button.querySelector("[data-label]");
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.text);
    } catch {
      return;
    }
    label.textContent = button.dataset.done;
    setTimeout(() => {
      label.textContent = before;
    }, SHOWN);
  });
}
