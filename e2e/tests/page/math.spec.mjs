// Formulas as the browser draws them: the ones of the table that the generator's tests share, in a book of their own,
// and those of the book. MathML has no script to ask, so everything is measured.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overflow } from '../../lib/look.mjs';
import { withSample } from '../../lib/sample.mjs';
import { ROOT, readablePages, source } from '../../lib/site.mjs';
import { expect, test as base } from '../../lib/test.mjs';

/** The formulas of the table, each in the first line of its entry. */
const FORMULAS = readFileSync(join(ROOT, 'generator/tests/math.txt'), 'utf8')
  .trimEnd()
  .split('\n\n')
  .map((entry) => entry.split('\n')[0]);

/** Wider than a phone, with a label. */
const WIDE = `${Array.from({ length: 30 }, (_, idx) => `x_{${idx}}`).join(' + ')} = 0 \\label{wide}`;

const test = withSample(
  'Formulas',
  (content) => {
    const page = FORMULAS.map((tex) => `In a line $${tex}$ it stands.\n\n$$ ${tex} $$\n`).join('\n');
    writeFileSync(join(content, 'index.md'), `# Formulas\n\nAll of them, and [a wide one](#wide).\n\n${page}\n$$ ${WIDE} $$\n`);
  },
  ['--strict'],
);

/** What is wrong with the drawing of the page's formulas. */
const defects = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(() => {
    const box = (/** @type {Element} */ element) => element.getBoundingClientRect();
    return [...document.querySelectorAll('math')].flatMap((math) => {
      const tex = math.querySelector('annotation')?.textContent ?? '';
      const wrong = (/** @type {string} */ what) => [`${tex}: ${what}`];
      const { width, height } = box(math);
      if (!math.checkVisibility()) return [];
      // A small letter alone is as high as its x-height, 7 pixels.
      if (width < 4 || height < 5) return wrong(`drawn as ${width} x ${height}`);
      const fractions = [...math.querySelectorAll('mfrac')].flatMap((fraction) => {
        const [above, below] = [...fraction.children].map(box);
        const apart = above.bottom <= below.top + 1 && above.width > 0 && below.width > 0;
        return apart ? [] : wrong(`numerator ends at ${above.bottom}, denominator begins at ${below.top}`);
      });
      const roots = [...math.querySelectorAll('msqrt, mroot')].flatMap((root) => {
        const [outer, inner] = [box(root), box(/** @type {Element} */ (root.firstElementChild))];
        // The sign stands before, its line above.
        return outer.left + 3 < inner.left && outer.top <= inner.top ? [] : wrong(`its root begins at ${outer.left}, what is in it at ${inner.left}`);
      });
      const scripts = [...math.querySelectorAll('msup')].flatMap((script) => {
        const [base, raised] = [...script.children].map(box);
        return (raised.top + raised.bottom) / 2 < (base.top + base.bottom) / 2 && raised.left >= base.right - 3 ? [] : wrong('a superscript that is not raised');
      });
      return [...fractions, ...roots, ...scripts];
    });
  });

for (const width of [1280, 390, 320]) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`every formula of the table is drawn and in its place at ${width}, ${colorScheme}`, async ({ open }) => {
      const page = await open('', { viewport: { width, height: 800 }, colorScheme });
      await expect(page.locator('math')).toHaveCount(2 * FORMULAS.length + 1);
      expect(await defects(page)).toEqual([]);
      expect(await overflow(page), 'wider than the window').toBe(0);
    });
  }
}

test('a formula that is too wide scrolls in its frame, by keyboard too, and its number stays', async ({ open }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await open('', { viewport: { width: 390, height: 740 }, javaScriptEnabled });
    const frame = page.locator('#wide .formula');
    await expect(frame).toHaveAttribute('tabindex', '0');
    await frame.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => frame.evaluate((it) => it.scrollLeft)).toBeGreaterThan(0);
    const number = page.locator('#wide .equation-number');
    await expect(number).toHaveText('(1)');
    const [edge, row] = await Promise.all([number.boundingBox(), page.locator('#wide').boundingBox()]);
    expect(edge && row && Math.abs(edge.x + edge.width - row.x - row.width)).toBeLessThan(8);
  }
  const page = await open('', { viewport: { width: 1280, height: 800 } });
  await expect(page.locator('.formula').first(), 'what fits is no stop of the Tab key').not.toHaveAttribute('tabindex');
});

test('on paper a wide formula is not cut by a frame', async ({ open }) => {
  const page = await open('', { viewport: { width: 1280, height: 800 } });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('#wide .formula').evaluate((it) => getComputedStyle(it).overflowX)).toBe('visible');
});

test('in forced colors a formula has the color of the text', async ({ open }) => {
  const page = await open('', { viewport: { width: 800, height: 800 }, forcedColors: 'active' });
  const [math, text] = await page.evaluate(() => ['math', 'p'].map((it) => getComputedStyle(document.querySelector(it) ?? document.body).color));
  expect(math).toBe(text);
});

for (const path of readablePages().filter((page) => source(page).includes('<math'))) {
  base(`${path}: its formulas are drawn and in their places at 320 px, with every fold open`, async ({ visit }) => {
    const page = await visit(path, { width: 320, height: 640 });
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    expect(await defects(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
}
