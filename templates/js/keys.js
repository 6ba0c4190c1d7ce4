// Single keys: arrows turn pages, `?` lists the keys. Never while typing, never with modifiers, never where a figure or
// something that scrolls has the focus; and they can be switched off (WCAG 2.2, 2.1.4).

import { stored } from "./store.js";

/** Where keys have a meaning of their own. */
const TAKEN = "input, textarea, select, [contenteditable], figure.demo, [tabindex='0'], [role=listbox], dialog:not(#Keys)";

const KEYS = [
  ["←", "previous page"],
  ["→", "next page"],
  ["/", "search"],
  ["Ctrl K", "search"],
  ["?", "this list"],
  ["Esc", "close what is open"],
];

/** @param {KeyboardEvent} event */
export const press = (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const taken = event.target instanceof Element && event.target.closest(TAKEN);
  if (modified || taken || event.defaultPrevented || stored("keys") === "off") return;
  if (event.key === "?") list();
  else turn(event.key);
};

/** Forward is where the text runs to. */
const turn = (/** @type {string} */ key) => {
  const backward = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const link = document.querySelector(key === backward ? ".turn-previous" : ".turn-next");
  if (link instanceof HTMLAnchorElement) link.click();
};

export const list = () => {
  const dialog = document.querySelector("#Keys") ?? document.body.appendChild(made());
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
};

const made = () => {
  const dialog = document.createElement("dialog");
  dialog.id = "Keys";
  dialog.className = "sheet";
  dialog.setAttribute("aria-labelledby", "Keys-title");
  const title = Object.assign(document.createElement("h2"), { id: "Keys-title", textContent: "Keys" });
  const rows = document.createElement("dl");
  rows.className = "keys";
  for (const [key, what] of KEYS) {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    row.append(name, Object.assign(document.createElement("dd"), { textContent: what }));
    rows.append(row);
  }
  const note = Object.assign(document.createElement("p"), {
    textContent: "A figure lists its own keys below it. Single keys can be switched off in the settings.",
  });
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  // A click beside the sheet closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.append(title, rows, note, close);
  return dialog;
};
