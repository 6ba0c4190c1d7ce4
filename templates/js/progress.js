// How far the reader has come: a chapter counts as read when its end has been in sight. Kept on this device only.

import { store, stored } from "./store.js";

const KEY = "read";

/** Chapters that have been read, by their address in this site. */
export const read = () => new Set((stored(KEY) ?? "").split("\n").filter(Boolean));

/** Forgets them all. */
export const forget = () => {
  store(KEY, null);
  show();
};

const id = (/** @type {HTMLAnchorElement | Location} */ place) => place.pathname;

/** Marks the chapters in the book's contents, and counts them where the page asks for it. */
const show = () => {
  const done = read();
  for (const link of document.querySelectorAll(".book-nav ol a, .contents ol a, .part-chapters a")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const isRead = done.has(id(link));
    link.toggleAttribute("data-read", isRead);
    const word = link.querySelector(".read-word");
    if (!isRead) word?.remove();
    else if (!word) link.append(Object.assign(document.createElement("span"), { className: "read-word visually-hidden", textContent: " (read)" }));
  }
  const chapters = [...document.querySelectorAll(".contents ol a")].filter((link) => link instanceof HTMLAnchorElement);
  const n = chapters.filter((link) => done.has(id(link))).length;
  const count = document.querySelector("[data-progress]");
  if (count) count.textContent = n > 0 ? `${n} of ${chapters.length} chapters read` : "";
};

const end = document.querySelector("[data-kind=chapter] .turn");
if (end) {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    store(KEY, [...read().add(id(location))].join("\n"));
    show();
  }).observe(end);
}
show();
