// Niceties of navigation over HTML that works without them: the current heading in the page's contents,
// menus that close when they have served, the book's contents scrolled to where they were, folds opened for print, no
// needless stops of the Tab key. What few readers use on a page loads when it is used.

import { stored } from "./store.js";

const bookNav = document.querySelector("#Book");
const pageContents = document.querySelector("#Contents");

/** A menu of the top bar closes when a link in it is followed, or when the page becomes wide enough to show it beside the text. */
const closeServedMenus = () => {
  const menus = [bookNav, pageContents].filter((menu) => menu instanceof HTMLElement && "hidePopover" in menu);
  const close = () => {
    for (const menu of menus) if (menu.matches(":popover-open")) menu.hidePopover();
  };
  for (const menu of menus) {
    menu.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a")) close();
    });
  }
  for (const width of ["51.875rem", "71.875rem"]) matchMedia(`(width >= ${width})`).addEventListener("change", close);
};

/** The sidebar has its own scroll position: as it was on the last page of the part, then this page's entry in sight. */
const keepSidebar = () => {
  if (!bookNav) return;
  const part = `sidebar ${bookNav.querySelector(".nav-title")?.textContent ?? ""}`;
  try {
    bookNav.scrollTop = Number(sessionStorage.getItem(part));
    addEventListener("pagehide", () => sessionStorage.setItem(part, `${bookNav.scrollTop}`));
  } catch {
    // Without storage it begins at its top.
  }
  const current = bookNav.querySelector("[aria-current=page]");
  if (!current) return;
  const [entry, frame] = [current.getBoundingClientRect(), bookNav.getBoundingClientRect()];
  const off = entry.bottom > frame.bottom ? entry.bottom - frame.bottom : Math.min(0, entry.top - frame.top);
  if (off !== 0) bookNav.scrollTop += off + Math.sign(off) * (bookNav.clientHeight / 3);
};

/** `aria-current` follows the last heading that has passed the upper third of the window. */
const followHeadings = () => {
  const links = new Map();
  for (const link of pageContents?.querySelectorAll("a") ?? []) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (links.size === 0) return;

  const headings = [...links.keys()];
  /** @type {Element | undefined} */
  let current;
  const mark = () => {
    const heading = headings.findLast((it) => it.getBoundingClientRect().top < innerHeight / 3);
    const link = links.get(heading);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
  };
  let asked = 0;
  const ask = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      mark();
    });
  };
  addEventListener("scroll", ask, { passive: true });
  mark();
};

/** Browsers that cannot style a closed fold open (`::details-content`) get it opened for the time of printing. */
const openFoldsInPrint = () => {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open], .demo-foot *, .demo-more)")].filter((it) => it instanceof HTMLDetailsElement);
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
};

/** What is too wide scrolls in a frame of its own, and the Tab key stops at it; what fits is no stop. */
const stopAtWhatScrolls = () => {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const frame of document.querySelectorAll(".formula, .table, .diagram-frame, .code pre")) watch.observe(frame);
};

/** Every code block gets a button that copies it, and the page's foot one that copies the page. */
const offerCopies = () => {
  if (!navigator.clipboard) return;
  const add = (/** @type {Element} */ place, /** @type {string} */ what, /** @type {string} */ label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button copy";
    button.dataset.copy = what;
    button.textContent = label;
    place.append(button);
  };
  for (const code of document.querySelectorAll(".code")) add(code, "code", "Copy");
  const foot = document.querySelector(".page-foot ul");
  if (foot?.querySelector("[type='text/markdown']")) add(foot.appendChild(document.createElement("li")), "page", "Copy this page as Markdown");
};

/** A page that the pointer rests on, or the keyboard, is fetched before it is asked for. */
const fetched = new Set([location.pathname]);
const fetchAhead = (/** @type {HTMLAnchorElement} */ link) => {
  const saves = /** @type {any} */ (navigator).connection?.saveData;
  if (saves || link.origin !== location.origin || !link.pathname.endsWith(".html") || fetched.has(link.pathname)) return;
  const timer = setTimeout(() => {
    fetched.add(link.pathname);
    fetch(link.href, { priority: "low" }).catch(() => {});
  }, 80);
  for (const event of ["pointerout", "blur"]) link.addEventListener(event, () => clearTimeout(timer), { once: true });
};

/** Where a script is looked for after it could not be loaded: a browser may remember that of its address. @type {Record<string, string>} */
const elsewhere = {};
/** Loads a script when it is used. */
const load = (/** @type {string} */ path) =>
  import(elsewhere[path] ?? path).catch((error) => {
    elsewhere[path] = `${path}?${Date.now()}`;
    throw error;
  });

/** Says that something could not be loaded: the reader stays here. */
const cannotLoad = (/** @type {string} */ what, /** @type {string} */ hint = "") => {
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.setAttribute("aria-label", what);
  dialog.innerHTML = `<form method="dialog"><p>${what} could not be loaded. Try again when there is a network${hint}.</p><button class="button">Close</button></form>`;
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
};

/** The search loads when it is asked for; where it cannot be loaded, its page lists all terms. */
const openSearch = () => {
  load("./search.js").then(
    ({ open }) => open(),
    () => {
      const link = document.querySelector("[data-search]");
      if (!(link instanceof HTMLAnchorElement)) return;
      if (navigator.onLine) location.assign(link.href);
      // Without a network that page may not be there either.
      else cannotLoad("Search", `, or see <a href="${link.href}">the index</a>`);
    },
  );
};

/** `/`, but not while typing, and Ctrl+K or Command+K anywhere. */
const asksToSearch = (/** @type {KeyboardEvent} */ { key, ctrlKey, metaKey, altKey, shiftKey, target }) => {
  if (key === "k") return (ctrlKey || metaKey) && !altKey && !shiftKey;
  const typing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return key === "/" && !(ctrlKey || metaKey || altKey) && !typing && stored("keys") !== "off";
};

const searchPage = document.querySelector("[data-search-page]");
if (searchPage instanceof HTMLElement) load("./search.js").then(({ mount }) => mount(searchPage), () => {});
if (/[?&]find=/.test(location.search)) load("./find.js").then(({ markAsked }) => markAsked(), () => {});

/** Progress is shown where there is some, and counted at the end of a chapter. */
const keepProgress = () => {
  const end = document.querySelector("[data-kind=chapter] .turn");
  const count = () => load("./progress.js").catch(() => {});
  if (stored("read")) count();
  else if (end) {
    new IntersectionObserver((entries, observer) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      count();
    }).observe(end);
  }
};

/** The listeners of what loads when it is used. */
const loadOnUse = () => {
  const target = (/** @type {Event} */ event, /** @type {string} */ selector) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    return found instanceof HTMLElement ? found : null;
  };
  // Where definitions cannot be loaded, a word of the glossary is but a link.
  let explains = true;
  for (const kind of ["pointerover", "focusin"]) {
    addEventListener(kind, (event) => {
      const link = target(event, "a[href]");
      if (link instanceof HTMLAnchorElement) fetchAhead(link);
      const term = target(event, "a.term");
      if (term) load("./terms.js").then(({ show }) => show(term), () => (explains = false));
    });
  }
  // A finger has no way to hover: its first tap on a word of the glossary explains it, the second one follows the link.
  let explained = false;
  addEventListener("pointerdown", (event) => (explained = target(event, "a.term")?.hasAttribute("aria-describedby") ?? false));
  addEventListener("click", (event) => {
    const touch = event instanceof PointerEvent && event.pointerType === "touch";
    if (touch && explains && !explained && target(event, "a.term")) event.preventDefault();
    const copy = target(event, "[data-copy]");
    if (copy) load("./copy.js").then((it) => it.copy(copy), () => cannotLoad("The copy button"));
    if (target(event, "[data-search]") && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      openSearch();
    }
    const settings = target(event, "[data-settings]");
    if (settings) load("./settings.js").then(({ toggle }) => toggle(settings), () => cannotLoad("Settings"));
  });
  addEventListener("keydown", (event) => {
    if (asksToSearch(event)) {
      event.preventDefault();
      openSearch();
    }
    if (["?", "ArrowLeft", "ArrowRight"].includes(event.key)) load("./keys.js").then(({ press }) => press(event), () => {});
  });
};

closeServedMenus();
keepSidebar();
stopAtWhatScrolls();
followHeadings();
openFoldsInPrint();
offerCopies();
keepProgress();
loadOnUse();
