// SVG as lines, so that two pictures compare by what they draw: attribute order and the way an empty element is closed do not count.

const TOKEN = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;

/**
 * @param {string} svg as written by the module, or an element's outerHTML
 * @returns {string[]}
 */
export const lines = (svg) => {
  const out = [];
  let depth = 0;
  for (const [, close, tag, attributes, empty, text] of svg.matchAll(TOKEN)) {
    if (close) depth -= 1;
    if (tag && !close) out.push(`${'  '.repeat(depth)}${tag}${sorted(attributes)}`);
    if (tag && !close && !empty) depth += 1;
    if (text?.trim()) out.push(`${'  '.repeat(depth)}"${text.trim().replaceAll('&nbsp;', '\u00a0')}"`);
  }
  return out;
};

/** @param {string} attributes */
const sorted = (attributes) =>
  [...attributes.matchAll(/[\w:-]+="[^"]*"/g)]
    .map(([pair]) => ` ${pair.replaceAll('&nbsp;', '\u00a0')}`)
    .sort()
    .join('');
