// The reader's choice of light, dark or the system's scheme, and of the size of text. Classic and blocking, because it has
// to act before the first paint, and because modules do not load on `file://`.
(() => {
  const key = "theme";
  const root = document.documentElement;
  const schemes = ["system", "light", "dark"];

  // Private windows and blocked cookies make any use of the storage throw.
  const stored = (/** @type {string} */ key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const store = (/** @type {string} */ scheme) => {
    try {
      if (scheme === "system") localStorage.removeItem(key);
      else localStorage.setItem(key, scheme);
    } catch {
      // The choice then lasts as long as the page.
    }
  };
  const show = (/** @type {string | null} */ scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.theme = scheme;
    else delete root.dataset.theme;
  };

  const resize = (/** @type {string | null} */ size) => {
    if (size === "small" || size === "large" || size === "larger") root.dataset.size = size;
    else delete root.dataset.size;
  };

  show(stored(key));
  resize(stored("size"));
  // Figures cannot wake where modules are blocked: their controls are then hidden.
  if (location.protocol === "file:") root.dataset.scripts = "classic";

  // The button holds a word for each scheme and the style sheet shows the one that is set.
  addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    const next = schemes[(schemes.indexOf(root.dataset.theme ?? "system") + 1) % schemes.length];
    show(next);
    store(next);
  });
  addEventListener("storage", (event) => {
    if (event.key === key) show(event.newValue);
    if (event.key === "size") resize(event.newValue);
  });
})();
