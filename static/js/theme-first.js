// Runs before the first paint, so that a chosen theme never flashes. Plain script: a module would be too late.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage can be forbidden; the device's own preference then rules.
  }
})();
