// The reader's settings: size of text, single keys, progress. Kept on this device, without a cookie.

import { forget, read } from "./progress.js";
import { store, stored } from "./store.js";

const SIZES = [
  ["small", "Small"],
  ["", "Normal"],
  ["large", "Large"],
  ["larger", "Larger"],
];

/** @param {HTMLElement} button */
export const toggle = (button) => {
  const old = document.querySelector("#Settings");
  const panel = old instanceof HTMLDialogElement ? old : document.body.appendChild(made());
  if (!old) button.setAttribute("aria-controls", panel.id);
  refresh(panel);
  panel.showModal();
};

const made = () => {
  const panel = document.createElement("dialog");
  panel.id = "Settings";
  panel.className = "sheet";
  panel.setAttribute("aria-labelledby", "Settings-title");
  const sizes = SIZES.map(([value, label]) => `<label class="chip"><input type="radio" name="size" value="${value}"><span>${label}</span></label>`);
  panel.innerHTML = `<h2 id="Settings-title">Settings</h2>
<fieldset><legend>Size of the text</legend><div class="sizes">${sizes.join("")}</div></fieldset>
<p><label><input type="checkbox" name="keys"> Single keys: arrows turn pages, / searches, ? lists the keys</label></p>
<p><span data-count></span> <button type="button" class="button" data-forget>Forget what I have read</button></p>
<p class="sheet-note">All of this stays on this device.</p>
<button type="button" class="button" data-close>Close</button>`;
  panel.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && change(target));
  panel.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-forget]")) {
      forget();
      refresh(panel);
    }
    // Also a click beside the sheet.
    if (target === panel || target.closest("[data-close]")) panel.close();
  });
  return panel;
};

const change = (/** @type {HTMLInputElement} */ input) => {
  if (input.name === "keys") return store("keys", input.checked ? null : "off");
  store("size", input.value || null);
  if (input.value) document.documentElement.dataset.size = input.value;
  else delete document.documentElement.dataset.size;
};

const refresh = (/** @type {HTMLElement} */ panel) => {
  const size = document.documentElement.dataset.size ?? "";
  for (const input of panel.querySelectorAll("input")) {
    input.checked = input.name === "keys" ? stored("keys") !== "off" : input.value === size;
  }
  const n = read().size;
  const count = panel.querySelector("[data-count]");
  if (count) count.textContent = n === 1 ? "1 chapter read on this device." : `${n} chapters read on this device.`;
  panel.querySelector("[data-forget]")?.toggleAttribute("disabled", n === 0);
};
