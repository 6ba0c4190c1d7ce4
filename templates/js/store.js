// What this device remembers of its reader. Nothing of it ever leaves the device, and storage may be blocked or full.

/** @param {string} key */
export const stored = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** @param {string} key @param {string | null} value `null` forgets it */
export const store = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It then lasts as long as the page.
  }
};
