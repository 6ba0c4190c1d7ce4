// The words that a search has found, marked on the page that it led to. The page itself is not changed: the browser paints
// ranges of its text (CSS Custom Highlight API); one that cannot do so still shows the place.

/** Ranges that are painted, at most. */
const MOST = 2_000;
/** Scripts without spaces between words. */
const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const EDGE = "[\\p{L}\\p{N}]";

/** Finds words, the longest first, and not inside of others. */
const pattern = (/** @type {string[]} */ words) => {
  const plain = (/** @type {string} */ word) => word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  const whole = (/** @type {string} */ word) => (WIDE.test(word) ? plain(word) : `(?<!${EDGE})${plain(word)}(?!${EDGE})`);
  const sorted = words.toSorted((a, b) => b.length - a.length);
  return new RegExp(sorted.map(whole).join("|"), "giu");
};

const ranges = (/** @type {RegExp} */ found) => {
  const made = [];
  const main = document.querySelector("main") ?? document.body;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && made.length < MOST; node = walker.nextNode()) {
    for (const { 0: word, index } of (node.nodeValue ?? "").matchAll(found)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      made.push(range);
    }
  }
  return made;
};

/** The first range in what the address leads to, or on the page. */
const first = (/** @type {Range[]} */ ranges) => {
  const id = decodeURIComponent(location.hash.slice(1).split("?")[0]);
  const place = id ? document.getElementById(id) : null;
  const after = (/** @type {Range} */ { startContainer }) => !place || place.compareDocumentPosition(startContainer) & Node.DOCUMENT_POSITION_FOLLOWING;
  return ranges.find((range) => after(range) && range.startContainer.parentElement?.closest("svg") === null) ?? ranges[0];
};

/** Brings a range into sight, out of a closed fold too, and leaves what is in sight where it is. */
const reveal = (/** @type {Range} */ range) => {
  for (let fold = range.startContainer.parentElement?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  const { top, bottom } = range.getBoundingClientRect();
  const bar = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
  if (top < bar || bottom > innerHeight) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
};

/** Marks words, which are separated by spaces, until Escape is pressed. */
export const mark = (/** @type {string} */ text) => {
  const words = text.split(" ").filter(Boolean).slice(0, 16);
  if (words.length === 0) return;
  const found = ranges(pattern(words));
  const highlights = "highlights" in CSS ? CSS.highlights : undefined;
  highlights?.set("find", new Highlight(...found));
  addEventListener("keydown", ({ key }) => key === "Escape" && highlights?.delete("find"));
  const place = first(found);
  if (!place) return;
  // The browser goes to the address's place by itself until the page has loaded.
  if (document.readyState === "complete") reveal(place);
  else addEventListener("load", () => reveal(place), { once: true });
};

/** Marks what the address asks for, and takes it out of the address, so that a shared link is a clean one. */
export const markAsked = () => {
  const url = new URL(location.href);
  const asked = url.searchParams.get("find") ?? "";
  url.searchParams.delete("find");
  history.replaceState(history.state, "", url);
  mark(asked);
};
