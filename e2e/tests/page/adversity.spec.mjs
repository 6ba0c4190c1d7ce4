// The book where something is missing: JavaScript, the module, a part of it, the server, the storage, an address.

import { overflow } from '../../lib/look.mjs';
import { figures, readablePages } from '../../lib/site.mjs';
import { expect, test } from '../../lib/test.mjs';

/** The first figure of each demo: what befalls a page befalls them all alike. */
const samples = figures().filter(({ first }) => first);
const chapter = figures()[figures().length - 1]?.page ?? 'index.html';

/** What a figure that stops tells those who look into the console; and the glue, of a stream that is no module. */
const WARNED = /^console: ([\w-]+: \w*Error|`WebAssembly\.instantiateStreaming` failed)/;

/** Attribute values of a page that the browser's own words about a blocked script may name. */
const BLOCKED_FROM_DISK = /CORS policy|net::ERR_FAILED/;

test.describe('without JavaScript', () => {
  for (const path of readablePages()) {
    test(`${path} can be read and left`, async ({ visit }) => {
      for (const width of [1280, 390]) {
        const page = await visit(path, { js: false, width, height: 740 });
        await expect(page.locator('h1')).toBeVisible();
        expect(((await page.locator('main').innerText()) ?? '').length).toBeGreaterThan(100);
        expect(await overflow(page)).toBe(0);
        await expect(page.locator('main').locator('button, input:not([type="checkbox"]), select').filter({ visible: true })).toHaveCount(0);
        await expect(page.locator('[data-theme-switch]')).toBeHidden();
        const menu = page.locator('.menu-button');
        if (await menu.isVisible()) {
          await menu.click();
          await expect(page.locator('.book-nav a').first()).toBeVisible();
        }
      }
    });
  }
});

for (const file of samples) {
  test.describe(`${file.demo} in ${file.page}#${file.id}`, () => {
    const failing = [
      { why: 'the module is missing', prefix: 'no-wasm/', allow: new RegExp(`404|Failed to load resource|${WARNED.source}`) },
      { why: 'the module ends in the middle', prefix: 'cut-wasm/', allow: WARNED },
      { why: 'its script is missing', prefix: '', allow: new RegExp(`404|Failed to load resource|${WARNED.source}`), glue: { status: 404, body: '' } },
      {
        why: 'it traps at once',
        prefix: '',
        allow: WARNED,
        glue: { status: 200, body: 'export default async () => {}; export const mount = () => { throw new WebAssembly.RuntimeError("unreachable"); };' },
      },
    ];
    for (const { why, prefix, allow, glue } of failing) {
      test(`stays a picture and says so when ${why}`, async ({ visit, figure, faults }) => {
        faults.allow = allow;
        const it = await figure(file, {
          prefix,
          mount: false,
          before: async (context) => {
            if (!glue) return;
            const page = await visit(file.page, { js: false });
            const script = (await page.locator(`[id="${file.id}"]`).getAttribute('data-js')) ?? '';
            const name = script.split('/').pop();
            await context.route(`**/${name}`, (route) => route.fulfill({ contentType: 'text/javascript', ...glue }));
          },
        });
        await it.root.scrollIntoViewIfNeeded();
        await expect(it.root).toHaveAttribute('data-live', 'failed');
        await it.toShow(file.book);
        await expect(it.part('problem')).toBeVisible();
        await expect(it.part('problem')).toContainText('reload');
        await expect(it.root.locator('button, input, select').filter({ visible: true }), 'nothing to press that does nothing').toHaveCount(0);
        await it.part('outcome').locator('summary').click();
        await expect(it.part('outcome-narration')).toBeVisible();
      });
    }

    test('stays a picture when a figure dies while it runs', async ({ figure, faults }) => {
      faults.allow = WARNED;
      const it = await figure(file, {
        before: (context) =>
          context.addInitScript(() => {
            // The module calls the browser while it draws: from now on that fails, as it does in an engine that gives up.
            const text = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Node.prototype, 'textContent'));
            Object.defineProperty(Node.prototype, 'textContent', {
              ...text,
              set(value) {
                const told = this instanceof Element && this.getAttribute('data-part') === 'narration';
                if (told && /** @type {any} */ (window).broken) throw new WebAssembly.RuntimeError('unreachable');
                text.set?.call(this, value);
              },
            });
          }),
      });
      await it.page.evaluate(() => Object.assign(window, { broken: true }));
      await it.does('step').click();
      await expect(it.root).toHaveAttribute('data-live', 'failed');
      await expect(it.part('problem')).toBeVisible();
      await expect(it.part('problem')).toContainText('reload');
      await it.rest();
    });

    test('waits for a press where the reader saves data', async ({ figure }) => {
      const it = await figure(file, {
        mount: false,
        before: (context) => context.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true, addEventListener: () => {} } })),
      });
      await it.root.scrollIntoViewIfNeeded();
      const start = it.page.getByRole('button', { name: /^start the demo/i }).first();
      await expect(start).toBeVisible();
      await expect(it.root).toHaveAttribute('data-live', 'no');
      await start.click();
      await expect(it.root).toHaveAttribute('data-live', 'yes');
      await it.rest();
      await it.toShow(file.book);
    });

    test('runs below a folder', async ({ figure }) => {
      const it = await figure(file, { prefix: 'sub/path/' });
      await it.press(it.does('step'));
      await it.toShow(await it.settledAddress());
    });

    test('is a picture from disk, with nothing to press', async ({ figure, faults }) => {
      faults.allow = BLOCKED_FROM_DISK;
      const it = await figure(file, { disk: true, mount: false });
      await it.toShow(file.book);
      await expect(it.part('stage').locator('svg').first()).toBeVisible();
      await expect(it.root.locator('button, input, select').filter({ visible: true })).toHaveCount(0);
      await it.part('outcome').locator('summary').click();
      await expect(it.part('outcome-narration')).toBeVisible();
    });
  });
}

test('from disk the book is set, and can be walked', async ({ visit, faults }) => {
  faults.allow = BLOCKED_FROM_DISK;
  const page = await visit('index.html', { disk: true });
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector('.top') ?? document.body).display);
  expect(styled).toBe('flex');
  await page.locator(`main a[href$="${chapter}"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`${chapter}$`));
  await expect(page.locator('h1')).toBeVisible();
  await page.locator('.brand').click();
  await expect(page).toHaveURL(/index\.html$/);
});

test('below a folder every page finds its style and its neighbours', async ({ visit, book }) => {
  const page = await visit('sub/path/index.html');
  await page.locator(`main a[href$="${chapter}"]`).first().click();
  await expect(page).toHaveURL(`${book}sub/path/${chapter}`);
  expect(await page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
  await page.locator('.brand').click();
  await expect(page).toHaveURL(/\/sub\/path\/(index\.html)?$/);
});

test('an unknown address is answered with the way back, at any depth', async ({ visit, book, faults }) => {
  faults.allow = /404/;
  for (const path of ['no-such-page.html', 'no/such/page/']) {
    const page = await visit(path);
    await expect(page.locator('h1')).toBeVisible();
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.top') ?? document.body).display), 'its style is found').toBe('flex');
    await page.locator('main a').first().click();
    await expect(page).toHaveURL(new RegExp(`^${book}(index\\.html)?(#.*)?$`));
  }
});

test('in print there is only the text', async ({ visit }) => {
  const page = await visit(chapter, { dark: true });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const part of ['.top', '.book-nav', '.page-contents', '.turn', '.skip']) await expect(page.locator(part).first()).toBeHidden();
  await expect(page.locator('h1')).toBeVisible();
  const [r, g, b] = await page.evaluate(() => {
    const brush = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, 1, 1);
    for (const element of [document.documentElement, document.body]) {
      brush.fillStyle = getComputedStyle(element).backgroundColor;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data];
  });
  expect(Math.min(r, g, b), 'paper is white').toBeGreaterThan(240);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
});
