// Pictures of figures for the cards that chats make of links: which pages have one, what it was drawn from, and PNG as far as
// that takes. `pictures.mjs` draws them; a test reads from each whether it is what its page shows today.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { figures, ROOT, source } from './site.mjs';

/** What networks ask for, in pixels. */
export const SIZE = { width: 1200, height: 630 };

/** The style sheets that give a figure's marks their look, and the one of the card. */
const STYLES = ['templates/css/tokens.css', 'templates/css/marks.css', 'e2e/card.css'];

/** A key of a picture's text, where it keeps what it was drawn from. */
const STAMP = 'Source';

/**
 * Pages with a figure that runs, each with the picture that its front matter names, if it does.
 * @returns {{ page: string, picture: string | null }[]}
 */
export const cards = () =>
  [...new Set(figures().map(({ page }) => page))].map((page) => {
    const written = readFileSync(join(ROOT, 'content', page.replace(/html$/, 'md')), 'utf8').split('+++')[1] ?? '';
    const image = /^image = "(.+)"$/m.exec(written);
    return { page, picture: image && join(ROOT, 'content', dirname(page), image[1]) };
  });

/** What the picture of a page shows: its title, what it is about, and the stage of its first figure at the end of the story. */
export const shown = (/** @type {string} */ page) => {
  const html = source(page);
  const find = (/** @type {RegExp} */ pattern) => pattern.exec(html)?.[1] ?? '';
  const title = find(/<h1>(?:<span class="chapter-number">.*?<\/span>)?(.*?)<\/h1>/);
  const figure = find(/<b class="demo-title"[^>]*>(.*?)<\/b>/);
  // The home page's picture stands for the whole book.
  const words = page === 'index.html' ? find(/<meta name="description" content="([^"]*)"/) : figure;
  return { title, words, svg: find(/data-part="outcome-panels">.*?(<svg.*?<\/svg>)/s) };
};

/** A fingerprint of all that a picture is drawn from. */
export const stamp = (/** @type {string} */ page) => {
  const hash = createHash('sha256').update(JSON.stringify(shown(page)));
  for (const style of STYLES) hash.update(readFileSync(join(ROOT, style)));
  return hash.digest('hex').slice(0, 16);
};

/** The fingerprint that a picture carries, or null. */
export const stampOf = (/** @type {Buffer} */ png) => {
  const text = chunks(png).find(({ name, data }) => name === 'tEXt' && data.toString('latin1').startsWith(`${STAMP}\0`));
  return text?.data.toString('latin1').slice(STAMP.length + 1) ?? null;
};

/** The size that a picture has. */
export const sizeOf = (/** @type {Buffer} */ png) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

/** A picture with a fingerprint in it, which stands before its last chunk. */
export const stamped = (/** @type {Buffer} */ png, /** @type {string} */ stamp) => {
  const end = png.length - chunk('IEND', Buffer.alloc(0)).length;
  return Buffer.concat([png.subarray(0, end), chunk('tEXt', Buffer.from(`${STAMP}\0${stamp}`, 'latin1')), png.subarray(end)]);
};

/**
 * @param {Buffer} png
 * @returns {{ name: string, data: Buffer }[]}
 */
const chunks = (png) => {
  const found = [];
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    found.push({ name: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
};

const chunk = (/** @type {string} */ name, /** @type {Buffer} */ data) => {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
};
