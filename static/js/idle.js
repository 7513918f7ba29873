// A shared tablet that nobody touches locks itself: the form that leaves it is sent. Time is compared, not counted,
// because a tablet that sleeps counts nothing.
const SIGNS = ["pointerdown", "keydown", "touchstart", "scroll"];
const LOOK_EVERY = 5000;

export function start(form) {
  const after = Number(form.dataset.after) * 1000;
  let last = Date.now();
  const look = () => {
    if (Date.now() - last < after) return;
    clearInterval(looking);
    form.submit();
  };
  const seen = () => {
    look();
    last = Date.now();
  };
  const looking = setInterval(look, LOOK_EVERY);
  for (const sign of SIGNS) document.addEventListener(sign, seen, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
}
