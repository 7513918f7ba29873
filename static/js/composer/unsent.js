// Words that have not been sent lie on this device, closed with a key that the server gives only to who is signed in.
// Without a secure context (or where storage is forbidden) there is nothing here, and everything else works on.

const STORE = "drafts";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("learning-log-unsent", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

function device() {
  let id = localStorage.getItem("device");
  if (!id) localStorage.setItem("device", (id = crypto.randomUUID()));
  return id;
}

function bytes(hex) {
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
}

async function keyFrom(href, csrf) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", csrf);
  data.set("device", device());
  const response = await fetch(href, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (!response.ok || response.redirected) return null;
  return crypto.subtle.importKey("raw", bytes((await response.json()).key), "AES-GCM", false, ["encrypt", "decrypt"]);
}

const nowhere = { keep: async () => false, find: async () => null, drop: async () => {} };

export async function unsent({ href, csrf, person, entry }) {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return nowhere;
  let key = null;
  try {
    key = await keyFrom(href, csrf);
  } catch {
    return nowhere;
  }
  if (!key) return nowhere;
  const name = `${person}:${entry}`;
  return {
    async keep(what) {
      try {
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const words = new TextEncoder().encode(JSON.stringify(what));
        const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, words);
        await within("readwrite", (store) => store.put({ iv, closed }, name));
        return true;
      } catch {
        return false;
      }
    },
    async find() {
      try {
        const row = await within("readonly", (store) => store.get(name));
        if (!row) return null;
        const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.closed);
        return JSON.parse(new TextDecoder().decode(words));
      } catch {
        // Closed with a key that has died: nobody can open it any more.
        await this.drop();
        return null;
      }
    },
    async drop() {
      try {
        await within("readwrite", (store) => store.delete(name));
      } catch {
        // Nothing was kept here.
      }
    },
  };
}

export async function anyOf(person) {
  try {
    const names = await within("readonly", (store) => store.getAllKeys());
    return names.some((name) => String(name).startsWith(`${person}:`));
  } catch {
    return false;
  }
}
