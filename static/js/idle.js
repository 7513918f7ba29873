// A shared tablet that nobody touches locks itself: the form that leaves it is sent. Time is compared, not counted,
// because a tablet that sleeps counts nothing; and what is touched in one tab is told to the others.
const SIGNS = ["pointerdown", "keydown", "touchstart", "scroll"];
const LOOK_EVERY = 5000;
const TELL_EVERY = 1000;

export function start(form) {
  const after = Number(form.dataset.after) * 1000;
  const tabs = window.BroadcastChannel ? new BroadcastChannel("somebody-is-here") : null;
  let last = Date.now();
  let told = 0;
  let left = false;
  const look = () => {
    if (left || Date.now() - last < after) return;
    left = true;
    clearInterval(looking);
    form.submit();
  };
  const seen = () => {
    look();
    last = Date.now();
    if (last - told < TELL_EVERY) return;
    told = last;
    tabs?.postMessage(null);
  };
  const looking = setInterval(look, LOOK_EVERY);
  for (const sign of SIGNS) document.addEventListener(sign, seen, { passive: true, capture: true });
  tabs?.addEventListener("message", () => (last = Date.now()));
  document.addEventListener("visibilitychange", look);
}
