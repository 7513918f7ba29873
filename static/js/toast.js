// Toasts stay until they are closed; the buttons are hidden where nothing could answer them.
export function start(region) {
  const show = () => {
    for (const button of region.querySelectorAll("[data-dismiss][hidden]")) button.hidden = false;
  };
  region.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove());
  new MutationObserver(show).observe(region, { childList: true });
  show();
}
