// The built book as files: where it is, its pages, and the figures in them.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModule } from './oracle.mjs';

/** The repository. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The built book. */
export const SITE = resolve(process.env.CUTAWAY_SITE ?? join(ROOT, 'site'));

/**
 * @typedef {{ page: string, id: string, demo: string, book: string, first: boolean, module: import('./oracle.mjs').Module }} FigureFile
 *   page: its path in the book; book: the state that the author chose; first: no figure before it shows the same demo
 */

/** Every HTML file of the book, by its path with `/`, sorted. */
export const pages = () => {
  if (!existsSync(join(SITE, 'index.html'))) {
    throw new Error(`no built book in ${SITE}: build it first (cargo run -- build), or name its folder in CUTAWAY_SITE`);
  }
  return readdirSync(SITE, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'))
    .sort();
};

/** @param {string} page */
export const source = (page) => readFileSync(join(SITE, page), 'utf8');

/** Pages that a reader reads: all but the redirects of old addresses. */
export const readablePages = () => pages().filter((page) => !/<meta http-equiv="refresh"/.test(source(page)));

/**
 * Every running figure of the book, in the order of pages.
 * @returns {FigureFile[]}
 */
export const figures = () => {
  const met = new Set();
  return pages().flatMap((page) => {
    const tags = [...source(page).matchAll(/<figure\b[^>]*>/g)].map(([tag]) => attributes(tag)).filter((tag) => tag['data-demo']);
    return tags.map((tag) => {
      const demo = tag['data-demo'];
      const first = !met.has(demo);
      met.add(demo);
      const module = loadModule(join(SITE, posix.join(posix.dirname(page), tag['data-wasm'])));
      return { page, id: tag.id, demo, book: tag['data-book'] ?? '', first, module };
    });
  });
};

/**
 * The attributes of one start tag.
 * @param {string} tag
 * @returns {Record<string, string>}
 */
export const attributes = (tag) =>
  Object.fromEntries(
    [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)].map(([, name, double, single, bare]) => [
      name,
      unescape(double ?? single ?? bare),
    ]),
  );

/** @param {string} text */
const unescape = (text) =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
