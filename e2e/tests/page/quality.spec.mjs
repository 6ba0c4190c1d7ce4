// Every page of the book, at two widths and in both schemes: nothing is wrong in the console, for axe, in the outline, at the edges.

import AxeBuilder from '@axe-core/playwright';
import { overflow } from '../../lib/look.mjs';
import { readablePages } from '../../lib/site.mjs';
import { expect, test } from '../../lib/test.mjs';

/** Brings every figure of a page to life, from top to bottom. */
const wakeFigures = async (/** @type {import('@playwright/test').Page} */ page) => {
  for (const figure of await page.locator('figure.demo[data-demo]').all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure).toHaveAttribute('data-live', 'yes');
  }
  await page.evaluate(() => /** @type {any} */ (window).seen.rest());
};

/** Rules of axe that depend on colors: the others need not be asked twice. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** Axe's findings in one line each; of some rules only, when they are named. */
const findings = async (/** @type {import('@playwright/test').Page} */ page, /** @type {string[]} */ rules = []) => {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary?.replaceAll(/\s+/g, ' ')}`));
};

/** The whole book on one page: all of it is asked of its own pages, and axe would take minutes over it. */
const WHOLE = 'print.html';

for (const path of readablePages()) {
  test.describe(path, () => {
    if (path === WHOLE) test.describe.configure({ timeout: 300_000 });
    for (const width of path === WHOLE ? [] : [1280, 390]) {
      test(`is sound and accessible at ${width}, light and dark, with every fold open`, async ({ visit }) => {
        const page = await visit(path, { width, height: width === 390 ? 740 : 800 });
        await wakeFigures(page);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
        await page.evaluate(() => /** @type {any} */ (window).seen.drawn(2).then(() => /** @type {any} */ (window).seen.rest()));
        expect(await findings(page), 'light').toEqual([]);
        expect(await overflow(page), 'wider than the window').toBe(0);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await findings(page, COLOR_RULES), 'dark').toEqual([]);
      });
    }

    test('moves nothing while it loads and its figures wake', async ({ visit }) => {
      for (const width of [1280, 390]) {
        const page = await visit(path, { width, height: width === 390 ? 740 : 800 });
        await wakeFigures(page);
        await page.evaluate(() => /** @type {any} */ (window).seen.drawn(5));
        expect(await page.evaluate(() => /** @type {any} */ (window).seen.shifts), `at ${width}`).toEqual([]);
      }
    });

    test('fits 320 px, has one h1 and an outline without gaps, and no id twice', async ({ visit }) => {
      const page = await visit(path, { width: 320, height: 640 });
      expect(await overflow(page)).toBe(0);
      const { titles, skips, twice } = await page.evaluate(() => {
        const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.localName[1]));
        const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
        return {
          titles: document.querySelectorAll('h1').length,
          skips: levels.filter((level, idx) => level > (levels[idx - 1] ?? 0) + 1),
          twice: ids.filter((id, idx) => ids.indexOf(id) !== idx),
        };
      });
      expect(titles).toBe(1);
      expect(skips).toEqual([]);
      expect(twice).toEqual([]);
    });

    test('the first stop of the keyboard leads to the text', async ({ visit }) => {
      const page = await visit(path);
      await page.keyboard.press('Tab');
      const skip = page.locator('a.skip');
      await expect(skip).toBeFocused();
      await expect(skip).toBeInViewport();
      await page.keyboard.press('Enter');
      await expect(page.locator('main')).toBeFocused();
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => document.activeElement?.closest('main') !== null || document.activeElement === document.body);
      expect(inside, 'the next stop is in the text').toBe(true);
    });
  });
}
