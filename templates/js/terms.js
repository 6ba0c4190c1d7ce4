// A word of the glossary shows its definition: under the pointer, with the focus, and at a first tap
// (`nav.js` keeps that tap from following the link). Without scripts
// the link's title and the glossary do it.

const LEAVE = 250;

const box = document.createElement("div");
box.id = "Definition";
box.className = "definition";
box.setAttribute("role", "tooltip");
box.setAttribute("popover", "manual");
document.body.append(box);

/** @type {HTMLElement | null} */
let shown = null;
let timer = 0;

const hide = () => {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  box.hidePopover();
};
/** The pointer may go over to the definition and rest there. */
const hideSoon = () => {
  clearTimeout(timer);
  timer = window.setTimeout(() => shown !== document.activeElement && hide(), LEAVE);
};
const stay = () => clearTimeout(timer);

box.addEventListener("pointerenter", stay);
box.addEventListener("pointerleave", hideSoon);
addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("scroll", hide, { passive: true });

/** Below the word, or above it where there is no room; never beside the window. */
const place = (/** @type {HTMLElement} */ term) => {
  const word = term.getBoundingClientRect();
  const room = document.documentElement;
  const left = Math.max(8, Math.min(word.left, room.clientWidth - box.offsetWidth - 8));
  const below = word.bottom + box.offsetHeight + 8 < room.clientHeight;
  box.style.left = `${left}px`;
  box.style.top = `${below ? word.bottom + 4 : word.top - box.offsetHeight - 4}px`;
};

/** @type {WeakSet<HTMLElement>} */
const known = new WeakSet();

const listen = (/** @type {HTMLElement} */ term) => {
  known.add(term);
  term.addEventListener("pointerleave", hideSoon);
  term.addEventListener("blur", hide);
};

/** @param {HTMLElement} term */
export const show = (term) => {
  if (!known.has(term)) listen(term);
  stay();
  if (shown === term) return;
  if (shown) hide();
  // The browser's own tooltip would cover ours.
  if (term.title) {
    term.dataset.definition = term.title;
    term.removeAttribute("title");
  }
  shown = term;
  box.textContent = term.dataset.definition ?? "";
  box.showPopover();
  term.setAttribute("aria-describedby", box.id);
  place(term);
};
