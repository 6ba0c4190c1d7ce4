// The page at an old address: leads on at once, and keeps the place in the page. Without scripts a `<meta>` does it.

(() => {
  const old = decodeURIComponent(location.hash.slice(1));
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[data-from]'));
  const own = [...links].find((link) => old && link.dataset.from === old);
  const target = own ?? /** @type {HTMLAnchorElement | null} */ (document.querySelector('a[data-to]'));
  if (!target) return;
  // A place that kept its name goes along, unless the new address names one.
  location.replace(own || target.hash ? target.href : target.href + location.hash);
})();
