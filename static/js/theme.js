// The choice of light, dark or the device's own, kept on this device only.
const root = document.documentElement;

function remember(choice) {
  try {
    if (choice === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Without storage the choice holds for this page.
  }
}

export function start(group) {
  const buttons = [...group.querySelectorAll("[data-theme-choice]")];
  const show = () => {
    const current = root.dataset.theme || "auto";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === current));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const choice = button.dataset.themeChoice;
      if (choice === "auto") delete root.dataset.theme;
      else root.dataset.theme = choice;
      remember(choice);
      show();
    });
  }
  show();
  group.hidden = false;
}
