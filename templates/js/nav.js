// Niceties of navigation over HTML that works without them: the current heading in the page's contents,
// menus that close when they have served, the book's contents scrolled to this page, folds opened for print, no needless
// stops of the Tab key.

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

/** The sidebar has its own scroll position: bring this page's entry into it without moving the page. */
const showCurrentChapter = () => {
  const current = bookNav?.querySelector("[aria-current=page]");
  if (!bookNav || !current) return;
  const below = current.getBoundingClientRect().bottom - bookNav.getBoundingClientRect().bottom;
  if (below > 0) bookNav.scrollTop += below + bookNav.clientHeight / 3;
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
  for (const frame of document.querySelectorAll(".formula, section.table, .code pre")) watch.observe(frame);
};

closeServedMenus();
showCurrentChapter();
stopAtWhatScrolls();
followHeadings();
openFoldsInPrint();
