// Who gets it, in a sheet over the draft; its buttons are plain forms that go to the page before sharing.

export function audience(form) {
  const sheet = document.getElementById("audience");
  const title = document.getElementById("audience-title");
  const inside = document.getElementById("audience-body");

  sheet.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close-sheet]")) return;
    event.preventDefault();
    sheet.close();
  });

  return {
    async open() {
      const answer = await fetch(form.dataset.share, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return location.assign(form.dataset.share);
      inside.innerHTML = await answer.text();
      title.textContent = inside.querySelector("[data-said]")?.dataset.said ?? title.textContent;
      document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: inside } }));
      sheet.showModal();
      title.focus();
    },
  };
}
