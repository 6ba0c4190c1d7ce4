// Copies a code block, or the whole page as Markdown.

const SAID_FOR = 2000;

/** The text of a code block: hidden lines too, without line numbers and marks, which are no text. */
const codeOf = (/** @type {HTMLElement} */ button) =>
  [...(button.closest(".code")?.querySelectorAll("pre code") ?? [])]
    .map((code) => {
      const lines = [...code.querySelectorAll(":scope > .line")];
      return lines.length > 0 ? `${lines.map((line) => line.textContent).join("\n")}\n` : (code.textContent ?? "");
    })
    .join("");

/** The page's Markdown, which lies beside it. */
const pageOf = async (/** @type {HTMLElement} */ button) => {
  const link = button.closest("ul")?.querySelector("[type='text/markdown']");
  const answer = link instanceof HTMLAnchorElement ? await fetch(link.href) : null;
  if (!answer?.ok) throw new Error("the page's Markdown does not answer");
  return answer.text();
};

/** @param {HTMLElement} button */
export const copy = async (button) => {
  const label = button.dataset.label ?? (button.dataset.label = button.textContent ?? "");
  try {
    await navigator.clipboard.writeText(button.dataset.copy === "page" ? await pageOf(button) : codeOf(button));
    button.textContent = "Copied";
  } catch {
    button.textContent = "Could not copy";
  }
  // Screen readers hear the button's new name, because it has the focus.
  setTimeout(() => (button.textContent = label), SAID_FOR);
};
