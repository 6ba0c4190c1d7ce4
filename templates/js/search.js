// The search: a field with its results, in a dialog over any page or set into the page to search on. The pattern is the
// ARIA combobox with a list: the focus stays in the field, arrows move through the results, Enter follows one.

const SITE = new URL("../", import.meta.url);
const PAGE = new URL("search.html", SITE);
const KINDS = { page: "Page", section: "Section", sources: "Sources", figure: "Figure", term: "Term" };
const HINT = "Type words, names or code. Slips are forgiven.";

/**
 * @typedef {{ kind: keyof typeof KINDS, url: string, pageLabel: string, pageTitle: string, part: string, above: string, label: string, title: string[], also: string[], text: string[], marks: string[] }} Hit
 *   title, also (another name) and text: pieces in turn unmarked and marked
 * @typedef {{ hits: Hit[], total: number, partial: boolean, corrections: [string, string][] }} Found
 * @typedef {{ field: HTMLInputElement, part: HTMLSelectElement, status: HTMLElement, list: HTMLElement, more: HTMLElement, page: HTMLAnchorElement | null }} Parts
 */

/** @type {Worker | undefined} */
let worker;
let asked = 0;
/** The one field of the page. @type {Parts | undefined} */
let box;
let pages = 1;
/** The part that the address asks for, until the parts are known. */
let wanted = "";

const element = (/** @type {string} */ name, /** @type {string} */ className, /** @type {(string | Node)[]} */ ...inside) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
};

/** Pieces of text of which every other one is marked. */
const marked = (/** @type {string[]} */ pieces) => pieces.map((piece, idx) => (idx % 2 === 1 ? element("mark", "", piece) : piece));

const start = () => {
  if (worker) return worker;
  worker = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    if (data.parts) showParts(data.parts);
    else if (data.id === asked) data.error ? showFailure() : show(data);
  });
  worker.addEventListener("error", () => {
    // The next question makes a new one.
    worker = undefined;
    showFailure();
  });
  return worker;
};

/** Asks for what the field says; the address of the page to search on says it, too. */
const ask = () => {
  if (!box) return;
  const { field, part, page } = box;
  const query = field.value;
  const url = new URL(PAGE);
  if (query.trim()) url.searchParams.set("q", query);
  const title = part.value ? (part.selectedOptions[0]?.textContent ?? "") : wanted;
  if (title) url.searchParams.set("part", title);
  if (page) page.href = url.href;
  else history.replaceState(history.state, "", url);
  asked += 1;
  field.closest("[data-search-page]")?.toggleAttribute("data-asked", query.trim() !== "");
  if (query.trim()) start().postMessage({ id: asked, query, part: part.value ? Number(part.value) : 0xffffffff, pages });
  else clear(HINT);
};

const clear = (/** @type {string | Node} */ words) => {
  if (!box) return;
  box.status.replaceChildren(words);
  box.list.replaceChildren();
  box.more.hidden = true;
  box.field.setAttribute("aria-expanded", "false");
  box.field.removeAttribute("aria-activedescendant");
};

const showParts = (/** @type {string[]} */ titles) => {
  if (!box || box.part.options.length > 1) return;
  for (const [idx, title] of titles.entries()) box.part.add(new Option(title, `${idx}`));
  const found = [...box.part.options].find((option) => wanted !== "" && option.textContent === wanted);
  const before = wanted;
  wanted = "";
  if (found) found.selected = true;
  if (before) ask();
};

const showFailure = () => {
  const again = Object.assign(element("button", "button", "Try again"), { type: "button" });
  again.addEventListener("click", retry);
  const index = Object.assign(element("a", "", "The index"), { href: PAGE.href });
  clear(navigator.onLine ? "The search could not be loaded. " : "There is no network, and the search needs a file that has not been loaded yet. ");
  box?.status.append(again, " ", index, " lists all headings and terms.");
  addEventListener("online", retry, { once: true });
};

const retry = () => {
  removeEventListener("online", retry);
  box?.field.focus();
  ask();
};

const words = (/** @type {Found} */ { hits, total, partial, corrections }) => {
  const typed = box?.field.value.trim() ?? "";
  const short = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
  if (total === 0) return `Nothing found for “${short}”.`;
  const swaps = corrections.map(([from, to]) => `“${to}” for “${from}”`).join(", ");
  const count = total > hits.length ? `The first ${hits.length} of ${total} results.` : total === 1 ? "1 result." : `${total} results.`;
  return [swaps && `Showing ${swaps}.`, partial && "No section has all of these words; these have most of them.", count].filter(Boolean).join(" ");
};

const show = (/** @type {Found} */ found) => {
  if (!box) return;
  const before = pages > 1 ? box.field.getAttribute("aria-activedescendant") : null;
  clear(words(found));
  // Grouped by page, in the order of the best of each.
  const groups = new Map();
  for (const hit of found.hits) {
    const page = hit.url.split("#")[0];
    if (!groups.has(page)) groups.set(page, []);
    groups.get(page).push(hit);
  }
  box.list.append(...[...groups.values()].map(group));
  for (const [idx, option] of options().entries()) option.id = `Search-hit-${idx}`;
  box.more.hidden = found.total <= found.hits.length;
  if (found.hits.length > 0) box.field.setAttribute("aria-expanded", "true");
  choose(options().find(({ id }) => id === before) ?? options()[0]);
  if (!before) box.list.scrollTop = 0;
};

const group = (/** @type {Hit[]} */ hits, /** @type {number} */ idx) => {
  const [{ kind, part, pageLabel, pageTitle }] = hits;
  const page = kind === "page" ? "" : [pageLabel, pageTitle].filter(Boolean).join(" ");
  const path = part === pageTitle ? [page || part] : [part, page];
  const title = element("div", "search-path", path.filter(Boolean).join(" › ") || pageTitle);
  title.id = `Search-group-${idx}`;
  const made = element("div", "search-group", title, ...hits.map(option));
  made.setAttribute("role", "group");
  made.setAttribute("aria-labelledby", title.id);
  return made;
};

const option = (/** @type {Hit} */ hit) => {
  const label = hit.label ? [element("span", "search-label", hit.label), " "] : [];
  const title = element("span", "search-title", ...label, ...marked(hit.title));
  const kind = element("span", "search-kind", KINDS[hit.kind]);
  const made = element("a", "search-hit", title, " ", kind);
  if (hit.above) made.append(" ", element("span", "search-above", hit.above));
  if (hit.also.length > 0) made.append(" ", element("span", "search-above", "also ", ...marked(hit.also)));
  if (hit.text.some(Boolean)) made.append(" ", element("span", "search-text", ...marked(hit.text)));
  const url = new URL(hit.url, SITE);
  if (hit.marks.length > 0) url.searchParams.set("find", hit.marks.join(" "));
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.setAttribute("href", url.href);
  made.tabIndex = -1;
  return made;
};

const options = () => [...(box?.list.querySelectorAll("a") ?? [])];
const chosen = () => box?.list.querySelector("[aria-selected=true]");

const choose = (/** @type {HTMLElement | undefined} */ option) => {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  box?.field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const press = (/** @type {KeyboardEvent} */ event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    const all = options();
    const at = all.findIndex((option) => option === chosen());
    choose(all[(at + step + all.length) % all.length]);
  } else if (event.key === "Enter") {
    const option = chosen();
    if (option instanceof HTMLElement) option.click();
  } else if (event.key === "Escape") {
    box?.field.closest("dialog")?.close();
  } else {
    return;
  }
  event.preventDefault();
};

/** A result on this very page is shown without loading it again. */
const follow = (/** @type {MouseEvent} */ event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const dialog = link.closest("dialog");
  const url = new URL(link.href);
  if (url.pathname !== location.pathname || !dialog) return;
  event.preventDefault();
  dialog.close();
  location.hash = url.hash;
  import("./find.js").then(({ mark }) => mark(url.searchParams.get("find") ?? ""), () => {});
};

/** Its style sheet, which only those load who search; without it the search still works. @type {Promise<unknown> | undefined} */
let dress;
const dressed = () => {
  dress ??= new Promise((done) => {
    const sheet = document.head.appendChild(document.createElement("link"));
    for (const event of ["load", "error"]) sheet.addEventListener(event, done, { once: true });
    sheet.rel = "stylesheet";
    sheet.href = new URL("./search.css", import.meta.url).href;
  });
  return dress;
};

const make = (/** @type {HTMLElement} */ place, /** @type {boolean} */ inPage) => {
  place.innerHTML = `<form class="search-form" role="search">
<label class="visually-hidden" for="Search-field">Search this book</label>
<input id="Search-field" type="search" role="combobox" placeholder="Search this book" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go" aria-autocomplete="list" aria-expanded="false" aria-controls="Search-hits" aria-describedby="Search-status">
<label class="visually-hidden" for="Search-part">Part</label>
<select id="Search-part"><option value="">All parts</option></select>
${inPage ? "" : `<button class="search-close" type="button" aria-label="Close the search"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.500 3.500l9 9M12.500 3.500l-9 9"/></svg></button>`}
</form>
<p class="search-status" id="Search-status" role="status"></p>
<div class="search-scroll">
<div class="search-hits" id="Search-hits" role="listbox" aria-label="Results"></div>
<button class="button search-more" type="button" hidden>More results</button>
</div>
${inPage ? "" : `<p class="search-foot"><span class="search-keys"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Esc</kbd> close</span> <a href="${PAGE.href}">Open as a page</a></p>`}`;
  const part = (/** @type {string} */ selector) => /** @type {any} */ (place.querySelector(selector));
  box = {
    field: part("#Search-field"),
    part: part("#Search-part"),
    status: part("#Search-status"),
    list: part("#Search-hits"),
    more: part(".search-more"),
    page: part(".search-foot a"),
  };
  const anew = () => {
    pages = 1;
    ask();
  };
  part("form").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  box.field.addEventListener("input", anew);
  box.field.addEventListener("keydown", press);
  box.part.addEventListener("change", anew);
  box.list.addEventListener("click", follow);
  box.more.addEventListener("click", () => {
    pages += 1;
    ask();
    box?.field.focus();
  });
  part(".search-close")?.addEventListener("click", () => place.closest("dialog")?.close());
  clear(HINT);
  start().postMessage({});
  return box;
};

/** Opens the dialog; on the page to search on, its field is the search. */
export const open = async () => {
  await dressed();
  const there = box?.field.closest("dialog");
  if (box && !there) return box.field.focus();
  const dialog = there ?? document.body.appendChild(document.createElement("dialog"));
  if (!there) {
    dialog.className = "search-dialog";
    dialog.setAttribute("aria-label", "Search");
    make(dialog, false);
    // A click beside it closes it.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
  if (!dialog.open) dialog.showModal();
  box?.field.focus();
  box?.field.select();
};

/** Sets the search into the page to search on, with what its address asks for. */
export const mount = async (/** @type {HTMLElement} */ place) => {
  await dressed();
  const { field } = make(place, true);
  const asked = new URL(location.href).searchParams;
  field.value = asked.get("q") ?? "";
  wanted = asked.get("part") ?? "";
  if (field.value) ask();
};
