// Every plot of the book as a picture: its numbers are legible, stay inside and apart, its marks are seen, its table is there.

import { collisions, contrasts, overflow, texts } from '../../lib/look.mjs';
import { readablePages, source } from '../../lib/site.mjs';
import { expect, test } from '../../lib/test.mjs';

const pages = readablePages().filter((page) => source(page).includes('<figure class="plot"'));

test('the book has a plot', () => expect(pages.length).toBeGreaterThan(0));

for (const path of pages) {
  test.describe(path, () => {
    for (const width of [320, 390, 768, 1280]) {
      test(`has plots whose numbers are legible at ${width}, inside and apart`, async ({ visit }) => {
        const page = await visit(path, { width });
        expect(await overflow(page), 'wider than the window').toBe(0);
        for (const plot of await page.locator('figure.plot').all()) {
          const all = await texts(plot);
          expect(all.length).toBeGreaterThan(3);
          expect(all.filter(({ out }) => out > 0.5), 'outside the picture').toEqual([]);
          expect(all.filter(({ px }) => px < 11.5 || px > 17), 'too small or too large').toEqual([]);
          expect(collisions(all)).toEqual([]);
        }
      });
    }

    for (const dark of [false, true]) {
      test(`has plots with enough contrast, ${dark ? 'dark' : 'light'}`, async ({ visit }) => {
        const page = await visit(path, { dark });
        for (const plot of await page.locator('figure.plot').all()) {
          const found = await contrasts(plot);
          expect(found.length).toBeGreaterThan(3);
          expect(found.filter(({ ratio, needs }) => ratio < needs)).toEqual([]);
        }
      });
    }

    test('has plots with a name, a description and their numbers as a table', async ({ visit }) => {
      const page = await visit(path);
      for (const plot of await page.locator('figure.plot').all()) {
        const title = await plot.locator('.plot-title').innerText();
        const picture = plot.getByRole('img', { name: title });
        await expect(picture).toBeVisible();
        await expect(picture).toHaveAccessibleDescription(/^From left to right .+\. From bottom to top .+\./);
        const curves = await plot.locator('.plot-legend li').count();
        await plot.locator('summary').click();
        await expect(plot.locator('thead th')).toHaveCount(curves + 1);
        expect(await plot.locator('tbody tr').count()).toBeGreaterThan(1);
      }
    });
  });
}
