// A conversation that htmx sends: when no conversation comes back (no network, signed out), the words stay in the form.
// And sensitive words are pointed out while one writes; the words themselves stand in the page.
import { register } from "./app.js";

function start(talk) {
  const failed = () => talk.querySelector("[data-failed]")?.removeAttribute("hidden");
  talk.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.serverResponse.includes(`id="${talk.id}"`)) return;
    event.detail.shouldSwap = false;
    failed();
  });
  talk.addEventListener("htmx:sendError", failed);
  talk.addEventListener("htmx:responseError", failed);
  talk.addEventListener("htmx:beforeRequest", () => talk.querySelector("[data-failed]")?.setAttribute("hidden", ""));
}

register("talk", () => Promise.resolve({ start }));
register("second-look", async () => {
  const { pointOut } = await import("./composer/sensitive.js");
  return { start: pointOut };
});
