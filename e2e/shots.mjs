// Pictures for the eye: `npm run shots` writes them to test-results/shots. Pages by what they are, two widths, two schemes,
// without JavaScript, and in print (as PDF; as PNG, too, where `pdftoppm` is installed).

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { figures, readablePages, ROOT, SITE } from './lib/site.mjs';
import { launchOptions } from './playwright.config.mjs';
import { serve } from './server.mjs';

const OUT = join(ROOT, 'e2e/test-results/shots');

const name = (/** @type {string} */ path) => path.replaceAll('/', '-').replace(/\.html$/, '');

/** A figure as it is at first, and with its question answered and its story at the end. */
const figureShots = async (/** @type {import('@playwright/test').Page} */ page, /** @type {string} */ id, /** @type {string} */ file) => {
  const figure = page.locator(`[id="${id}"]`);
  await figure.scrollIntoViewIfNeeded();
  await page.waitForFunction((it) => document.getElementById(it)?.dataset.live !== 'no', id, { polling: 50 });
  await figure.screenshot({ path: `${file}.png` });
  await figure.locator('[data-do="seek"]').press('End');
  await figure.locator('[data-guess="0"]').check({ force: true });
  await figure.screenshot({ path: `${file}-outcome.png` });
};

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const server = await serve(SITE);
const browser = await chromium.launch(launchOptions());
for (const path of readablePages()) {
  for (const [width, height] of [[1280, 800], [390, 740]]) {
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(server.url + path);
      const stem = join(OUT, `${name(path)}-${width}-${scheme}`);
      await page.screenshot({ path: `${stem}-top.png` });
      await page.screenshot({ path: `${stem}.png`, fullPage: true });
      for (const { id } of figures().filter((it) => it.page === path)) await figureShots(page, id, `${stem}-${id}`);
      await context.close();
    }
  }
  const still = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  const page = await still.newPage();
  await page.goto(server.url + path);
  await page.screenshot({ path: join(OUT, `${name(path)}-no-js.png`), fullPage: true });
  const pdf = join(OUT, `${name(path)}-print.pdf`);
  await page.pdf({ path: pdf, format: 'A4' });
  spawnSync('pdftoppm', ['-r', '60', '-png', pdf, pdf.replace(/\.pdf$/, '')]);
  await still.close();
}
await browser.close();
await server.close();
console.log(OUT);
