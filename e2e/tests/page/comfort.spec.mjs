// Reading comfort: keys, settings, definitions, copies, progress. Remembered on the device, and harmless where nothing can be stored.

import AxeBuilder from '@axe-core/playwright';
import { readablePages, source } from '../../lib/site.mjs';
import { cutOff, expect, test } from '../../lib/test.mjs';

const chapters = readablePages().filter((page) => source(page).includes('data-kind="chapter"'));
/** A chapter with pages on both sides. */
const chapter = chapters.find((page) => /class="turn-previous"[\s\S]*class="turn-next"/.test(source(page))) ?? 'index.html';
const withTerm = chapters.find((page) => source(page).includes('class="term"')) ?? 'index.html';
const withCode = chapters.find((page) => source(page).includes('class="code"')) ?? 'index.html';

/** @typedef {import('@playwright/test').Page} Page */

const sound = async (/** @type {Page} */ page, /** @type {string} */ part) => {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([]);
};

/** A reader whose browser refuses all storage. */
const refuse = (/** @type {import('@playwright/test').BrowserContext} */ context) =>
  context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException('refused', 'SecurityError'); } });
    }
  });

test('arrows turn pages, not with a modifier, not while a figure or a field has the focus', async ({ visit }) => {
  const page = await visit(chapter);
  const [next, here] = [await page.locator('.turn-next').evaluate((link) => /** @type {HTMLAnchorElement} */ (link).href), page.url()];
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await page.evaluate(() => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
  });
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(200);
  expect(page.url()).toBe(here);
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(next);
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(here);
});

test('? lists the keys, Escape closes the list, and single keys can be switched off for good', async ({ visit }) => {
  const page = await visit(chapter);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toBeVisible();
  await sound(page, '#Keys');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  const here = page.url();
  await page.keyboard.press('?');
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(300);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(page.url()).toBe(here);
});

for (const storage of ['kept', 'refused']) {
  test(`the text grows and shrinks, storage ${storage}`, async ({ visit }) => {
    const page = await visit(chapter, { width: 320, height: 640, before: storage === 'refused' ? refuse : undefined });
    const size = () => page.locator('.lead').evaluate((lead) => parseFloat(getComputedStyle(lead).fontSize));
    const before = await size();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    await sound(page, '#Settings');
    await page.getByText('Larger', { exact: true }).click();
    expect(await size()).toBeGreaterThan(before * 1.2);
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is cut off').toBeLessThanOrEqual(320);
    await page.reload();
    if (storage === 'kept') expect(await size()).toBeGreaterThan(before * 1.2);
    else expect(await size()).toBe(before);
  });
}

test('a term is explained under the pointer, with the focus, and until Escape', async ({ visit }) => {
  const page = await visit(withTerm);
  const term = page.locator('a.term').first();
  const definition = await term.getAttribute('title');
  await term.hover();
  const box = page.getByRole('tooltip');
  await expect(box).toHaveText(definition ?? '');
  await expect(term).toHaveAccessibleDescription(definition ?? '');
  await box.hover();
  await page.waitForTimeout(400);
  await expect(box, 'the pointer may rest on it').toBeVisible();
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
  await page.mouse.move(0, 0);
  await term.focus();
  await expect(box).toBeVisible();
  await term.evaluate((link) => link.blur());
  await expect(box).toBeHidden();
});

test('on a phone a first tap explains a term, and a second one leads to the glossary', async ({ visit }) => {
  const page = await visit(withTerm, { width: 390, height: 740, touch: true });
  const term = page.locator('a.term').first();
  const here = page.url();
  await term.tap();
  const box = page.getByRole('tooltip');
  await expect(box).toBeVisible();
  expect(page.url()).toBe(here);
  const place = await box.boundingBox();
  expect((place?.x ?? -1) >= 0 && (place?.x ?? 0) + (place?.width ?? 0) <= 390, 'inside the window').toBe(true);
  await term.tap();
  await page.waitForURL(/glossary\.html#/);
});

test('code and the page can be copied', async ({ visit }) => {
  const page = await visit(withCode, { before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']) });
  const code = page.locator('.code').first();
  await code.hover();
  await code.getByRole('button', { name: 'Copy' }).click();
  await expect(code.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const shown = await code.locator('pre').evaluateAll((all) => all.map((pre) => pre.textContent).join(''));
  expect(copied.replaceAll(/\s+/g, '')).toBe(shown.replaceAll(/\s+/g, ''));
  await page.getByRole('button', { name: 'Copy this page as Markdown' }).click();
  await expect(page.locator('.page-foot').getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# /);
});

test('a chapter read to its end is remembered, counted, and forgotten on request', async ({ visit }) => {
  const page = await visit(chapter);
  const entry = page.locator('.book-nav [aria-current="page"]').last();
  await expect(entry).not.toHaveAttribute('data-read');
  await page.locator('.turn').scrollIntoViewIfNeeded();
  await expect(entry).toHaveAttribute('data-read', '');
  await expect(entry).toHaveAccessibleName(/\(read\)/);
  await page.goto(new URL('/index.html', page.url()).href);
  await expect(page.locator('[data-progress]')).toHaveText(/^1 of \d+ chapters read$/);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Forget what I have read' }).click();
  await expect(page.locator('[data-progress]')).toHaveText('');
  await expect(page.getByText('0 chapters read on this device.')).toBeVisible();
});

test('every heading leads to itself, and the foot to the top', async ({ visit }) => {
  const page = await visit(chapter);
  const heading = page.locator('.prose h2[id]').last();
  await heading.locator('a.self').click();
  expect(new URL(page.url()).hash).toBe(`#${encodeURIComponent((await heading.getAttribute('id')) ?? '')}`);
  await page.getByRole('link', { name: 'Back to the top' }).click();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
});

test('a page that the pointer rests on is fetched ahead', async ({ visit }) => {
  const page = await visit(chapter);
  const link = page.locator('.book-nav a:not([aria-current])').first();
  const href = await link.evaluate((it) => /** @type {HTMLAnchorElement} */ (it).href);
  const asked = page.waitForRequest(href);
  await link.hover();
  await asked;
});

test('without scripts nothing is offered that needs them', async ({ visit }) => {
  const page = await visit(withTerm, { js: false });
  for (const control of ['[data-settings]', '[data-theme-switch]', '[data-copy]']) {
    for (const it of await page.locator(control).all()) await expect(it).toBeHidden();
  }
  await expect(page.locator('a.term').first()).toHaveAttribute('title', /./);
});

test('what cannot be loaded says so, and a word of the glossary stays a link', async ({ visit, faults }) => {
  // The page that stands in for the glossary has no transition of its own.
  faults.allow = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load|Transition was skipped/;
  const page = await visit(withTerm, { touch: true, width: 390 });
  await cutOff(page);
  for (const [control, what] of [['[data-settings]', 'Settings'], ['[data-copy]', 'The copy button']]) {
    await page.locator(control).first().click();
    const dialog = page.getByRole('dialog', { name: what });
    await expect(dialog).toContainText(`${what} could not be loaded. Try again when there is a network.`);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toHaveCount(0);
  }
  await page.keyboard.press('ArrowRight');
  await page.locator('main a.term').first().dispatchEvent('focusin');
  await page.context().route('**/glossary.html*', (route) => route.fulfill({ contentType: 'text/html', body: '<title>The glossary</title>' }));
  await page.context().setOffline(false);
  await page.locator('main a.term').first().tap();
  await expect(page).toHaveURL(/glossary\.html/);
});

test('a script that could not be loaded is there once the network is, also where the browser remembers that it was not', async ({ visit, faults }) => {
  faults.allow = /ERR_FAILED|Failed to load/;
  const page = await visit(withTerm);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => /settings/.test(request.url()) && asked.push(request.url()));
  await page.context().route('**/settings.*', (route) => route.abort());
  await page.locator('[data-settings]').click();
  await page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: 'Close' }).click();
  await page.context().unroute('**/settings.*');
  await page.locator('[data-settings]').click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('Size of the text');
  // Firefox never asks again for an address of which it had nothing.
  expect(new Set(asked).size, asked.join(' ')).toBe(2);
});
