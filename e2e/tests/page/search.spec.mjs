// The search as a reader has it: opened by key and by hand, typed into, filtered, followed to the place, and whole without
// scripts, storage, network or luck.

import AxeBuilder from '@axe-core/playwright';
import { overflow } from '../../lib/look.mjs';
import { readablePages, source } from '../../lib/site.mjs';
import { cutOff, expect, test } from '../../lib/test.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const PAGE = 'spreading-data/replication.html';
const plain = readablePages().find((page) => source(page).includes('data-kind="chapter"') && !source(page).includes('data-wasm=')) ?? PAGE;

const field = (/** @type {Page} */ page) => page.getByRole('combobox', { name: 'Search this book' });
const options = (/** @type {Page} */ page) => page.locator('#Search-hits').getByRole('option');
const status = (/** @type {Page} */ page) => page.locator('#Search-status');

const sound = async (/** @type {Page} */ page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([]);
  expect(await overflow(page), 'wider than the window').toBe(0);
};

const searching = async (/** @type {Page} */ page, /** @type {string} */ query) => {
  await page.keyboard.press('Control+k');
  await field(page).fill(query);
  await expect(status(page)).toHaveText(/result|Nothing/);
};

/** How many words are marked, and whether the first marked one that the address leads to is in sight. */
const marks = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    const ranges = [.../** @type {Iterable<Range>} */ (CSS.highlights.get('find') ?? [])];
    const seen = ranges.filter((range) => {
      const { top, bottom } = range.getBoundingClientRect();
      return top >= 44 && bottom <= innerHeight;
    });
    return { all: ranges.length, seen: seen.length, words: [...new Set(ranges.map((range) => range.toString().toLowerCase()))] };
  });

test('from a key through the results to the place, by keyboard alone, on a page without a figure', async ({ visit, book }) => {
  const page = await visit(plain);
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('consistent hashing');
  const first = options(page).first();
  await expect(first).toContainText('hashing');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '');
  expect(await page.locator('.search-hit mark').first().innerText()).toMatch(/consistent|hashing/i);
  await page.keyboard.press('ArrowDown');
  await expect(options(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
  await expect(options(page).last()).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`^${book}spreading-data/consistent-hashing\\.html(#.*)?$`));
  await expect.poll(async () => (await marks(page)).all).toBeGreaterThan(0);
  const { words, seen } = await marks(page);
  expect(seen, 'a marked word is in sight').toBeGreaterThan(0);
  expect(words.every((word) => /^(consistent|consist|hash)/.test(word)), `${words}`).toBe(true);
  await page.keyboard.press('Escape');
  expect((await marks(page)).all, 'Escape takes the marks away').toBe(0);
});

test('a section deep in a page is reached, also inside the page that is open', async ({ visit }) => {
  const page = await visit(PAGE);
  const heading = page.locator('.prose h2[id]').last();
  const [title, id] = [(await heading.innerText()).trim(), await heading.getAttribute('id')];
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await searching(page, title);
  const hit = page.locator(`[role=option][href$="#${id}"]`).first();
  await expect(hit).toBeVisible();
  await hit.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(heading).toBeInViewport();
  expect(await page.evaluate(() => /** @type {any} */ (window).stays), 'the page was not loaded again').toBe(true);
  expect((await marks(page)).seen).toBeGreaterThan(0);
  expect(new URL(page.url()).search).toBe('');
});

test('by hand: the button opens it, Escape, the cross and a click beside it close it, and the focus comes back', async ({ visit }) => {
  const page = await visit(PAGE);
  const link = page.getByRole('link', { name: 'Search', exact: true });
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const ways = [
    () => page.keyboard.press('Escape'),
    () => page.getByRole('button', { name: 'Close the search' }).click(),
    () => page.mouse.click(5, 400),
  ];
  for (const close of ways) {
    await link.click();
    await expect(dialog).toBeVisible();
    await expect(field(page)).toBeFocused();
    await close();
    await expect(dialog).toBeHidden();
    await expect(link).toBeFocused();
  }
  expect(page.url(), 'no page was left').toContain(PAGE);
});

test('keys leave those who type alone, and single keys can be off', async ({ visit }) => {
  const page = await visit(PAGE);
  await page.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus());
  await page.keyboard.type('a/b');
  expect(await page.locator('textarea').inputValue()).toBe('a/b');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.evaluate(() => {
    localStorage.setItem('keys', 'off');
    /** @type {HTMLElement} */ (document.activeElement).blur();
  });
  await page.keyboard.press('/');
  await page.waitForTimeout(200);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
});

test('every state is accessible, at every width, in both schemes, forced colors and large text', async ({ visit }) => {
  for (const width of [1280, 390, 320]) {
    for (const dark of [false, true]) {
      const page = await visit(PAGE, { width, height: width === 1280 ? 800 : 740, dark });
      await page.keyboard.press('Control+k');
      await expect(field(page)).toBeFocused();
      await sound(page);
      await field(page).fill('replica');
      await expect(options(page).first()).toBeVisible();
      await sound(page);
      await field(page).fill('qwxzvk jjqwxz');
      await expect(status(page)).toContainText('Nothing found');
      await sound(page);
    }
  }
  const forced = await visit(PAGE, { width: 390, height: 740, forced: true });
  await searching(forced, 'replica');
  await sound(forced);
  const large = await visit(PAGE, { width: 640, height: 800 });
  await large.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await searching(large, 'replica');
  expect(await overflow(large)).toBe(0);
  await expect(options(large).first()).toBeInViewport();
});

test('what is found is announced, with what was sought in its place', async ({ visit }) => {
  const page = await visit(PAGE);
  await searching(page, 'replicatoin');
  await expect(status(page)).toHaveAttribute('role', 'status');
  await expect(status(page)).toContainText('Showing “replication” for “replicatoin”.');
  await field(page).fill('replication unicorns');
  await expect(status(page)).toContainText('No section has all of these words');
  await field(page).fill('split brain');
  await expect(options(page).first()).toContainText('Term');
  await field(page).fill('   ');
  await expect(options(page)).toHaveCount(0);
});

test('more results can be had, and the choice stays', async ({ visit }) => {
  const page = await visit(PAGE);
  await searching(page, 'server');
  await expect(status(page)).toContainText('The first 16 of');
  await page.getByRole('button', { name: 'More results' }).click();
  await expect(options(page).nth(16)).toBeAttached();
  await expect(field(page)).toBeFocused();
});

test('a part can be chosen, and the address of the search says all of it', async ({ visit }) => {
  const page = await visit(PAGE);
  await searching(page, 'hash');
  const part = page.getByLabel('Part', { exact: true });
  await part.selectOption({ label: 'Caching' });
  await expect.poll(() => options(page).evaluateAll((all) => all.every((it) => /** @type {HTMLAnchorElement} */ (it).pathname.startsWith('/caching/')))).toBe(true);
  const n = await options(page).count();
  expect(n).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page).toHaveURL(/search\.html\?q=hash&part=Caching$/);
  await expect(field(page)).toHaveValue('hash');
  await expect(options(page)).toHaveCount(n);
  await expect(page.getByLabel('Part', { exact: true }).locator('option:checked')).toHaveText('Caching');
  await sound(page);
  await page.getByLabel('Part', { exact: true }).selectOption({ label: 'All parts' });
  await field(page).fill('gossip & <b>');
  await expect(page).toHaveURL(/search\.html\?q=gossip\+%26\+%3Cb%3E$/);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('odd queries are answered', async ({ visit }) => {
  const page = await visit(PAGE);
  for (const query of ['replica '.repeat(1_250), 'x'.repeat(10_000), '\u0001\u0002\u001b[31m', '<img src=x onerror=alert(1)>', '数据库', '\u202e\ufeff', '"', '\\u0000']) {
    await page.keyboard.press('Control+k');
    await field(page).fill(query);
    await expect(status(page)).toHaveText(/result|Nothing|Type words/);
    expect(await overflow(page)).toBe(0);
    await page.keyboard.press('Escape');
  }
  expect(await page.locator('.search-dialog img').count()).toBe(0);
});

test('works below a folder, from the page for unknown addresses, and where nothing can be stored', async ({ visit, faults }) => {
  const page = await visit(`sub/path/${PAGE}`, {
    before: (context) =>
      context.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, name, { get: () => { throw new DOMException('refused', 'SecurityError'); } });
        }
      }),
  });
  await searching(page, 'merkle tree');
  await options(page).first().click();
  await expect(page).toHaveURL(/\/sub\/path\/(spreading-data\/merkle-trees|glossary)\.html(#.*)?$/);
  faults.allow = /404/;
  const lost = await visit('no/such/page.html');
  await searching(lost, 'merkle tree');
  await expect(options(lost).first()).toBeVisible();
});

test('what has been loaded is searched without a network', async ({ visit, faults }) => {
  faults.allow = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;
  const page = await visit(PAGE);
  await searching(page, 'replica');
  const n = await options(page).count();
  await cutOff(page);
  await field(page).fill('');
  await field(page).fill('replica');
  await expect(options(page)).toHaveCount(n);
});

test('without a network before it has been loaded, the search says so, and is there when the network is', async ({ visit, faults }) => {
  faults.allow = /ERR_INTERNET_DISCONNECTED|Failed to load/;
  const page = await visit(PAGE);
  await cutOff(page);
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await expect(dialog).toContainText('Search could not be loaded. Try again when there is a network');
  await expect(dialog.getByRole('link', { name: 'the index' })).toHaveAttribute('href', /search\.html$/);
  await sound(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(page.url(), 'the page is still there').toContain(PAGE);
  await page.context().setOffline(false);
  await page.keyboard.press('/');
  await field(page).fill('replica');
  await expect(options(page).first()).toBeVisible();
});

test('without a network in the middle of it, the search says so, and goes on by itself or by hand', async ({ visit, faults }) => {
  faults.allow = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load/;
  const page = await visit(PAGE);
  await page.keyboard.press('Control+k');
  // The parts come with the root; no query has been asked yet.
  await expect.poll(() => page.getByLabel('Part', { exact: true }).locator('option').count()).toBeGreaterThan(1);
  const cut = async () => {
    await page.context().route('**/search/*', (route) => route.abort());
    await cutOff(page);
  };
  await cut();
  await field(page).fill('merkle');
  await expect(status(page)).toContainText('There is no network, and the search needs a file that has not been loaded yet.');
  await expect(status(page).getByRole('link', { name: 'The index' })).toBeVisible();
  await sound(page);
  await status(page).getByRole('button', { name: 'Try again' }).click();
  await expect(field(page)).toBeFocused();
  await expect(status(page)).toContainText('There is no network');
  await page.context().unroute('**/search/*');
  await page.context().setOffline(false);
  await expect(options(page).first(), 'the network is back').toContainText(/merkle/i);
  await expect(field(page)).toHaveValue('merkle');
});

test('a search that cannot be loaded leads to the index', async ({ visit, faults }) => {
  faults.allow = /404|Failed to load|ERR_FAILED/;
  for (const missing of ['**/search.bin', '**/search-worker.*.js', '**/search.*.wasm', '**/search/*']) {
    const page = await visit(PAGE, { before: (context) => context.route(missing, (route) => route.fulfill({ status: 404, body: '' })) });
    await page.keyboard.press('Control+k');
    await field(page).fill('replica');
    await expect(status(page)).toContainText('The search could not be loaded.');
    await expect(status(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    await sound(page);
    await status(page).getByRole('link', { name: 'The index' }).click();
    await expect(page.getByRole('heading', { name: 'Index', exact: true })).toBeVisible();
  }
  const page = await visit(PAGE, { before: (context) => context.route('**/search.*.js', (route) => route.fulfill({ status: 404, body: '' })) });
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/search\.html$/);
});

for (const [how, options] of /** @type {const} */ ([['without scripts', { js: false }], ['from disk', { disk: true }]])) {
  test(`${how} the button leads to an index of all terms`, async ({ visit, faults }) => {
    // A fade from page to page that the next step of the test cuts short is no fault.
    faults.allow = /CORS policy|net::ERR_FAILED|Transition was skipped/;
    const page = await visit(PAGE, options);
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL(/search\.html$/);
    await expect(page.locator('.search-page')).toBeHidden();
    const index = page.locator('.term-index');
    expect(await index.locator('a[href*=".html"]').count()).toBeGreaterThan(100);
    await index.getByRole('link', { name: 'R', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'R', exact: true })).toBeInViewport();
    await index.getByRole('link', { name: 'replication lag', exact: true }).click();
    await expect(page).toHaveURL(/glossary\.html#/);
  });
}

test('marks show in every scheme, and pages that nobody searches load nothing of it', async ({ visit }) => {
  for (const options of [{}, { dark: true }, { forced: true }]) {
    const page = await visit(`${PAGE}?find=replication+replica#top`, options);
    await expect.poll(async () => (await marks(page)).all).toBeGreaterThan(3);
    const [paint, ground] = await page.evaluate(() => {
      const paragraph = /** @type {Element} */ (document.querySelector('.prose p'));
      return [getComputedStyle(paragraph, '::highlight(find)').backgroundColor, getComputedStyle(document.documentElement).backgroundColor];
    });
    expect(paint).not.toBe(ground);
    expect(paint).not.toMatch(/^rgba\(.*, 0\)$/);
    expect(new URL(page.url()).search).toBe('');
  }
  /** @type {string[]} */
  const asked = [];
  const page = await visit(PAGE, { before: (context) => context.on('request', (request) => asked.push(request.url())) });
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => /search|find\./.test(url))).toEqual([]);
});
