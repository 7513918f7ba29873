// Pictures are sent at once, two at a time, each under a key of its own: sent again, it is the same picture.

const AT_ONCE = 2;

function sent(url, data, onProgress) {
  // fetch cannot tell how much of a body has been sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => resolve(request);
    request.onerror = request.ontimeout = request.onabort = () => reject(new Error("network"));
    request.send(data);
  });
}

function sentence(request) {
  try {
    return JSON.parse(request.responseText).sentence ?? "";
  } catch {
    return "";
  }
}

function drawn(file, words) {
  const item = document.createElement("li");
  item.className = "coming";
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.onerror = () => image.classList.add("is-unseen");
  const label = document.createElement("p");
  label.className = "small";
  label.textContent = words.uploading;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", `${words.uploading} ${file.name}`);
  item.append(image, label, bar);
  return item;
}

function asked(item, said, choices) {
  item.classList.add("is-stuck");
  item.querySelector("progress").hidden = true;
  item.querySelector("p").textContent = said;
  item.querySelector("p").setAttribute("role", "alert");
  for (const [label, act] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-quiet is-dense";
    button.textContent = label;
    button.onclick = () => {
      for (const other of item.querySelectorAll("button")) other.remove();
      act();
    };
    item.append(button);
  }
}

// `words` are dataset strings; `fields()` what is sent beside; `done(html)` what to do with the answer.
export function uploads({ list, url, keyName, words, fields, done }) {
  const waiting = [];
  let running = 0;

  const show = () => (list.hidden = !list.children.length);
  const drop = (job) => {
    URL.revokeObjectURL(job.item.querySelector("img").src);
    job.item.remove();
    show();
  };
  const again = (job) => {
    job.item.classList.remove("is-stuck");
    job.item.querySelector("progress").hidden = false;
    job.item.querySelector("p").textContent = words.uploading;
    waiting.push(job);
    next();
  };

  async function send(job) {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields())) data.set(name, value);
    data.set(keyName, job.key);
    data.set("picture", job.file, job.file.name);
    const bar = job.item.querySelector("progress");
    let request = null;
    try {
      request = await sent(url, data, (part) => (bar.value = part));
    } catch {
      return asked(job.item, words.failed, [[words.again, () => again(job)], [words.drop, () => drop(job)]]);
    }
    if (request.status === 201) {
      drop(job);
      return done(request.responseText);
    }
    // A refusal will be a refusal again; anything else may pass the next time.
    const said = request.status === 422 ? sentence(request) : "";
    const choices = [[words.drop, () => drop(job)]];
    if (!said) choices.unshift([words.again, () => again(job)]);
    return asked(job.item, said || words.failed, choices);
  }

  async function next() {
    if (running >= AT_ONCE || !waiting.length) return;
    running += 1;
    try {
      await send(waiting.shift());
    } finally {
      running -= 1;
      next();
    }
  }

  window.addEventListener("online", () => {
    for (const item of list.querySelectorAll(".is-stuck")) item.querySelector("button")?.click();
  });

  return {
    add(files) {
      for (const file of files) {
        const job = { file, key: crypto.randomUUID?.() ?? random(), item: drawn(file, words) };
        list.append(job.item);
        waiting.push(job);
        next();
      }
      show();
    },
    get busy() {
      return running > 0 || waiting.length > 0;
    },
  };
}

// randomUUID is there only in a secure context; the key must merely be unlike all others.
export function random() {
  const parts = crypto.getRandomValues(new Uint8Array(16));
  parts[6] = (parts[6] & 0x0f) | 0x40;
  parts[8] = (parts[8] & 0x3f) | 0x80;
  const hex = [...parts].map((part) => part.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function listen(inputs, queue) {
  for (const input of inputs) {
    input.addEventListener("change", () => {
      queue.add([...input.files]);
      // Emptied, so that the plain form does not send them a second time.
      input.value = "";
    });
  }
}
