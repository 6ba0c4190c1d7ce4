// The test function of this suite: with the book's server, pages that are watched, and figures that can be worked.

import { pathToFileURL } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { serve } from '../server.mjs';
import { Figure } from './figure.mjs';
import { observe } from './seen.mjs';
import { SITE } from './site.mjs';

/**
 * @typedef {object} Visit
 * @property {number} [width] in CSS px, 1280 unless told
 * @property {number} [height] in CSS px, 800 unless told
 * @property {boolean} [dark]
 * @property {boolean} [js] false: scripts are switched off
 * @property {boolean} [touch] a phone: coarse pointer, no hover
 * @property {boolean} [reduce] the reader prefers reduced motion
 * @property {boolean} [forced] forced colors
 * @property {boolean} [disk] from disk by `file://`
 * @property {(context: import('@playwright/test').BrowserContext) => unknown} [before] is run before the page is opened
 */

export { expect };

/** The folder below which the server has the book a second time. */
const BELOW = 'sub/path/';

export const test = base.extend({
  /** Address of the book; one server a worker. */
  book: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await serve(SITE);
      await use(server.url);
      await server.close();
    },
    { scope: 'worker' },
  ],

  /** What went wrong in the pages of this test; a fault that the test provokes is allowed by a pattern. */
  faults: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const faults = /** @type {string[] & { allow?: RegExp }} */ ([]);
      await use(faults);
      expect(faults.filter((fault) => !faults.allow?.test(fault))).toEqual([]);
    },
    { auto: true },
  ],

  /** Opens a page of the book in a context of its own: `visit('index.html', { dark: true })`. */
  visit: async ({ browser, book, faults }, use) => {
    /** @type {import('@playwright/test').BrowserContext[]} */
    const contexts = [];
    await use(async (/** @type {string} */ path, /** @type {Visit} */ options = {}) => {
      const home = options.disk ? `${pathToFileURL(SITE)}/` : book;
      const context = await browser.newContext({
        viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
        colorScheme: options.dark ? 'dark' : 'light',
        reducedMotion: options.reduce ? 'reduce' : 'no-preference',
        forcedColors: options.forced ? 'active' : 'none',
        javaScriptEnabled: options.js ?? true,
        hasTouch: options.touch ?? false,
        isMobile: options.touch ?? false,
      });
      contexts.push(context);
      // Below a folder nothing may be asked for outside it.
      await observe(context, { home: path.startsWith(BELOW) ? home + BELOW : home, faults });
      await options.before?.(context);
      const page = await context.newPage();
      await page.goto(home + path);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  /** Opens a figure and waits until it runs: `figure(file, { state: 'at=3' })`. */
  figure: async ({ visit }, use) => {
    await use(async (file, /** @type {Visit & { state?: string, mount?: boolean, prefix?: string }} */ options = {}) => {
      const hash = options.state === undefined ? `#${file.id}` : `#${file.id}?${options.state}`;
      const page = await visit((options.prefix ?? '') + file.page + hash, options);
      const figure = new Figure(page, file);
      if (options.mount ?? true) await figure.live();
      return figure;
    });
  },
});

/**
 * The test function for what follows from the demo's module alone, and so is asked of the first of its figures only.
 * What depends on the page or on the author's state is asked of every figure.
 * @param {import('./site.mjs').FigureFile} file
 * @returns {typeof test | (() => void)}
 */
export const onceADemo = (file) => (file.first ? test : () => {});

/**
 * Takes the network away, and waits until it is gone: the browser answers before its network process has heard of it.
 * The test that asks for this allows the faults that it makes.
 * @param {import('@playwright/test').Page} page
 */
export const cutOff = async (page) => {
  await page.context().setOffline(true);
  const reaches = () => page.evaluate(() => fetch(location.href, { cache: 'no-store' }).then(() => true, () => false));
  await expect.poll(reaches, 'the network is gone').toBe(false);
};
