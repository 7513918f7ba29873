// A button that asks the browser for a passkey and sends what it gives with its form; hidden where there are none.
export function start(form) {
  const known = window.PublicKeyCredential;
  if (!known?.parseCreationOptionsFromJSON || !known.parseRequestOptionsFromJSON) return;
  form.hidden = false;
  const making = form.dataset.passkey === "new";
  form.addEventListener("submit", async (event) => {
    const field = form.elements.credential;
    if (field.value) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
      const { publicKey } = await answer.json();
      const credential = making
        ? await navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(publicKey) });
      field.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch {
      // They changed their mind, or the device has none: the other ways stand on the same page.
      field.value = "";
      form.querySelector("[data-failed]").hidden = false;
    }
  });
}
