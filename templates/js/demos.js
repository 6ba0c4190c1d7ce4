// The figures that run. Each `figure.demo` is complete in the page; when the reader comes near, its module is loaded and
// takes over the picture that is there. This script owns what belongs to the page as a whole: the one animation loop,
// the listeners, the address bar, the clipboard. A figure that fails keeps its picture and says so.

/**
 * A live figure, as the demo's module makes it (demos/kit/src/web).
 * @typedef {object} Live
 * @property {(dt: number) => boolean} tick
 * @property {(type: string, target: Element, key: string, x: number, y: number, pixel: number) => boolean} on
 * @property {() => void} pause
 * @property {(state: string) => void} set_state
 * @property {() => string} state
 * @property {(text: string) => void} say
 */

const EVENTS = ["click", "input", "change", "keydown", "mousemove", "mouseleave", "toggle"];
/** Beside the others where the picture can be dragged or clicked into: there, the buttons of its actions can be pressed in. */
const POINTER_EVENTS = ["pointerdown", "pointermove", "pointerup", "pointercancel"];
const STOPPED = "The interactive version stopped; reload the page to try again.";
const REPLACE_EVERY = 300;

/** @type {NodeListOf<HTMLElement>} */
const figures = document.querySelectorAll("figure.demo[data-js]");
/** @type {Map<HTMLElement, Live>} */
const live = new Map();
/** @typedef {Set<HTMLElement>} Figures */
const begun = /** @type {Figures} */ (new Set());
const awake = /** @type {Figures} */ (new Set()); // They want frames.
const visible = /** @type {Figures} */ (new Set());
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {HTMLElement} figure @param {unknown} error */
const fail = (figure, error) => {
  live.delete(figure);
  awake.delete(figure);
  figure.dataset.live = "failed";
  figure.querySelector("[data-part=stage]")?.removeAttribute("tabindex");
  for (const control of figure.querySelectorAll("button, input, select")) control.setAttribute("disabled", "");
  const problem = figure.querySelector("[data-part=problem]");
  if (problem) problem.textContent = STOPPED;
  problem?.removeAttribute("hidden");
  console.warn(`${figure.id}: ${error}`);
};

/**
 * Calls a live figure; when its module traps, the figure stops and keeps the picture that it has.
 * @template T
 * @param {HTMLElement} figure
 * @param {(it: Live) => T} call
 */
const guard = (figure, call) => {
  const it = live.get(figure);
  try {
    return it && call(it);
  } catch (error) {
    fail(figure, error);
  }
};

let frame = 0;
let last = 0;
/** @param {number} now */
const loop = (now) => {
  // `frame` stays taken until all are ticked: a figure that asks for a frame meanwhile gets this loop's next one.
  const dt = now - last;
  last = now;
  for (const figure of awake) {
    if (!visible.has(figure) || !guard(figure, (it) => it.tick(dt))) awake.delete(figure);
  }
  frame = awake.size > 0 ? requestAnimationFrame(loop) : 0;
};

/** @param {HTMLElement} figure */
const wake = (figure) => {
  awake.add(figure);
  if (frame !== 0 || document.hidden) return;
  last = performance.now();
  frame = requestAnimationFrame(loop);
};

/** Whether a pointer has taken hold of something in a picture: a finger then drags that, and not the page. */
let held = false;

/**
 * Hands an event to its figure; a pointer's place is converted to tenths of a unit of the panel under it.
 * @param {HTMLElement} figure
 * @param {any} event
 */
const hand = (figure, event) => {
  const { type, target, clientX = 0, clientY = 0 } = event;
  const key = `${event.shiftKey && event.key?.startsWith("Arrow") ? "Shift+" : ""}${event.key ?? ""}`;
  if (type === "pointerdown" && event.button !== 0) return;
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const panel = target.closest("[data-panel]");
  const area = panel?.firstElementChild.getBoundingClientRect();
  const pixel = area ? 3200 / area.width : 0;
  const [x, y] = area ? [(clientX - area.left) * pixel, (clientY - area.top) * pixel] : [0, 0];
  if (!guard(figure, (it) => it.on(type, target, key, x, y, pixel))) return;
  // A pointer that has taken hold of something keeps it outside the panel, too; an event that a script made has no pointer.
  if (type !== "pointerdown") return event.preventDefault();
  held = true;
  if (event.isTrusted) panel.setPointerCapture(event.pointerId);
};

/** The state that the address asks of a figure, or null. @param {HTMLElement} figure */
const asked = (figure) => {
  const [id, ...state] = location.hash.slice(1).split("?");
  return id === figure.id && state.length > 0 ? state.join("?") : null;
};
/** The address of a figure's state. @param {HTMLElement} figure @param {string} state */
const address = (figure, state) => `#${figure.id}${state && `?${state}`}`;

let timer = 0;
let dragging = false;
/** @type {HTMLElement | undefined} The figure whose state the address is to show. */
let pending;
const write = () => {
  timer = 0;
  if (!pending || dragging) return;
  const figure = pending;
  pending = undefined;
  guard(figure, (it) => history.replaceState(history.state, "", address(figure, it.state())));
};
/** Shows a figure's state in the address, soon, and not while the reader drags. @param {HTMLElement} [figure] */
const remember = (figure = pending) => {
  pending = figure;
  if (pending && timer === 0) timer = setTimeout(write, REPLACE_EVERY);
};

/** Puts a link to a figure's state on the clipboard. @param {HTMLElement} figure */
const copy = async (figure) => {
  const link = guard(figure, (it) => new URL(address(figure, it.state()), location.href).href);
  if (link === undefined) return;
  try {
    await navigator.clipboard.writeText(link);
    guard(figure, (it) => it.say("The link to this state is on the clipboard."));
  } catch {
    // No clipboard (no https, no permission): the address bar has the link as well.
    history.replaceState(history.state, "", link);
    guard(figure, (it) => it.say("The link to this state is in the address bar."));
  }
};

/** What a figure may ask of the page. @param {HTMLElement} figure */
const host = (figure) => ({
  wake: () => wake(figure),
  changed: () => remember(figure),
  started: () => {
    for (const other of live.keys()) if (other !== figure) guard(other, (it) => it.pause());
  },
  // Later: the figure is still busy with the event that asked for it.
  copy: () => queueMicrotask(() => copy(figure)),
  reduced: () => reduced.matches,
  now: () => performance.now(),
});

/** Loads a figure's module and makes it live. @param {HTMLElement} figure */
const start = async (figure) => {
  if (begun.has(figure)) return;
  begun.add(figure);
  near.unobserve(figure);
  try {
    const url = (/** @type {string | undefined} */ path) => new URL(path ?? "", document.baseURI).href;
    const module = await import(url(figure.dataset.js));
    await module.default({ module_or_path: url(figure.dataset.wasm) });
    live.set(figure, module.mount(figure, asked(figure) ?? "", host(figure)));
    // Neither `toggle` nor `mouseleave` bubbles: the first is caught on the way down, the second is the figure's own.
    const placed = figure.querySelector(".demo-actions [aria-pressed]") !== null;
    // `touch-action` does not reach the marks inside a picture.
    if (placed) figure.addEventListener("touchmove", (event) => held && event.preventDefault(), { passive: false });
    for (const type of placed ? EVENTS.concat(POINTER_EVENTS) : EVENTS) figure.addEventListener(type, (event) => hand(figure, event), type === "toggle");
    seen.observe(figure);
    figure.dataset.live = "yes";
  } catch (error) {
    fail(figure, error);
  }
};

/** Goes to the figure that the address names, with its state. */
const follow = () => {
  for (const figure of figures) {
    const state = asked(figure);
    if (state === null) continue;
    if (live.has(figure)) guard(figure, (it) => it.set_state(state));
    else start(figure);
    // The browser looks for an element of the whole hash's name and finds none.
    figure.scrollIntoView({ block: "start" });
  }
};

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) start(/** @type {HTMLElement} */ (entry.target));
}, { rootMargin: "600px" });

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const figure = /** @type {HTMLElement} */ (entry.target);
    if (entry.isIntersecting) visible.add(figure) && wake(figure);
    else visible.delete(figure) && guard(figure, (it) => it.pause());
  }
});

/** Readers who save data start a figure themselves. @param {HTMLElement} figure */
const offer = (figure) => {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Start the demo" });
  button.addEventListener("click", () => (button.remove(), start(figure)));
  figure.querySelector("[data-part=narration]")?.after(button);
};

for (const figure of figures) {
  if (/** @type {any} */ (navigator).connection?.saveData === true) {
    offer(figure);
    continue;
  }
  near.observe(figure);
  for (const type of ["focusin", "pointerdown"]) figure.addEventListener(type, () => start(figure), { once: true });
}
addEventListener("hashchange", follow);
addEventListener("pointerdown", () => (dragging = true), true);
for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => ((dragging = held = false), remember()), true);
document.addEventListener("visibilitychange", () => {
  for (const figure of live.keys()) document.hidden ? guard(figure, (it) => it.pause()) : wake(figure);
});
follow();
