// The pictures that chats show with a link to a page whose figure runs: `cargo xtask pictures` draws those that are not what their
// page shows today, into the files that the pages' front matter names. `npm run pictures -- --all` draws all anew.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { cards, shown, SIZE, stamp, stamped, stampOf } from './lib/card.mjs';
import { ROOT, SITE } from './lib/site.mjs';
import { launchOptions } from './playwright.config.mjs';
import { serve } from './server.mjs';

/** Characters of a title beyond which its letters are smaller. */
const LONG = 36;

const all = process.argv.includes('--all');
const css = readFileSync(join(ROOT, 'e2e/card.css'), 'utf8');
const server = await serve(SITE);
const browser = await chromium.launch(launchOptions());
for (const { page: path, picture } of cards()) {
  if (picture === null) throw new Error(`content/${path.replace(/html$/, 'md')}: name the picture in the front matter, \`image = "chapter.png"\``);
  if (!all && existsSync(picture) && stampOf(readFileSync(picture)) === stamp(path)) continue;
  // The page's own policy allows no foreign style.
  const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light', bypassCSP: true });
  const page = await context.newPage();
  await page.goto(server.url + path);
  await page.addStyleTag({ content: css });
  await page.evaluate(
    ({ title, words, svg, long }) => {
      const brand = document.querySelector('.brand');
      const mark = brand?.textContent?.trim() === title ? brand.querySelector('svg')?.outerHTML : brand?.innerHTML;
      const text = `<div class="brand">${mark}</div><p class="card-title${long ? ' long' : ''}">${title}</p><p class="card-words">${words}</p>`;
      document.body.innerHTML = `<div class="card">${text}<div class="card-stage">${svg}</div></div>`;
    },
    { ...shown(path), long: shown(path).title.length > LONG },
  );
  // A figure hardly needs more than 256 colors.
  const small = await sharp(await page.screenshot()).png({ palette: true, colors: 256, dither: 0, effort: 10 }).toBuffer();
  const png = stamped(small, stamp(path));
  writeFileSync(picture, png);
  console.log(`${relative(ROOT, picture)}: ${(png.length / 1000).toFixed(1)} kB`);
  await context.close();
}
await browser.close();
await server.close();
