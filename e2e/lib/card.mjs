// Pictures of figures for the cards that chats make of links: which pages have one, what it was drawn from, and PNG as far as
// that takes. `pictures.mjs` draws them; a test reads from each whether it is what its page shows today.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
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

/**
 * A picture of 24-bit colors made one of 256 colors, which a figure hardly needs more of, with a fingerprint in it.
 * @param {Buffer} png as the browser writes it: 8 bits a channel, RGB or RGBA, not interlaced
 * @param {string} stamp
 */
export const packed = (png, stamp) => {
  const { width, height } = sizeOf(png);
  const channels = png[25] === 6 ? 4 : 3;
  const pixels = unfiltered(inflateSync(Buffer.concat(chunks(png).filter(({ name }) => name === 'IDAT').map(({ data }) => data))), width * channels, channels);
  const colors = new Uint32Array(width * height).map((_, at) => pixels.readUIntBE(at * channels, 3));
  const { palette, indices } = reduced(colors);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.from(png.subarray(16, 29));
  head[9] = 3;
  const colorBytes = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const body = [
    chunk('IHDR', head),
    chunk('PLTE', colorBytes),
    chunk('tEXt', Buffer.from(`${STAMP}\0${stamp}`, 'latin1')),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([png.subarray(0, 8), ...body]);
};

/** The 256 most frequent colors, and for each pixel the nearest of them: what is rare is the edge of a letter. */
const reduced = (/** @type {Uint32Array} */ colors) => {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map(([color]) => color);
  const distance = (/** @type {number} */ a, /** @type {number} */ b) =>
    ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  /** @type {Map<number, number>} */
  const nearest = new Map();
  for (const color of counts.keys()) {
    let best = 0;
    for (let idx = 1; idx < palette.length; idx += 1) if (distance(color, palette[idx]) < distance(color, palette[best])) best = idx;
    nearest.set(color, best);
  }
  return { palette, indices: Uint8Array.from(colors, (color) => nearest.get(color) ?? 0) };
};

/** Rows without the filters of PNG (its specification, section 9), one after another. */
const unfiltered = (/** @type {Buffer} */ raw, /** @type {number} */ stride, /** @type {number} */ channels) => {
  const out = Buffer.alloc((raw.length / (stride + 1)) * stride);
  for (let row = 0; row * (stride + 1) < raw.length; row += 1) {
    const filter = raw[row * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = row * stride + x;
      const left = x < channels ? 0 : out[at - channels];
      const up = row === 0 ? 0 : out[at - stride];
      const corner = x < channels || row === 0 ? 0 : out[at - stride - channels];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[at] = raw[row * (stride + 1) + 1 + x] + guess;
    }
  }
  return out;
};

const paeth = (/** @type {number} */ left, /** @type {number} */ up, /** @type {number} */ corner) => {
  const [a, b, c] = [left, up, corner].map((it) => Math.abs(left + up - corner - it));
  return a <= b && a <= c ? left : b <= c ? up : corner;
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
