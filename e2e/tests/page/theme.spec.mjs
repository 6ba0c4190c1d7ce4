// The switch between light, dark and the system's scheme: without a flash, remembered, and harmless where nothing can be stored.

import { expect, test } from '../../lib/test.mjs';

const PAGE = 'index.html';

/** The color of the paper. */
const paper = (/** @type {import('@playwright/test').Page} */ page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor);
const theme = (/** @type {import('@playwright/test').Page} */ page) => page.evaluate(() => document.documentElement.dataset.theme ?? 'system');

/** Notes the theme at the moment when the first piece of the body is there, before anything is painted. */
const noteThemeAtBody = (/** @type {import('@playwright/test').BrowserContext} */ context) =>
  context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      Object.assign(window, { themeAtBody: document.documentElement.dataset.theme ?? 'system' });
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });

test('goes round by mouse and keyboard, and says where it is', async ({ visit }) => {
  const page = await visit(PAGE);
  const button = page.locator('[data-theme-switch]');
  const light = await paper(page);
  await expect(button).toHaveAccessibleName(/system/i);
  await button.click();
  expect(await theme(page)).toBe('light');
  await expect(button).toHaveAccessibleName(/light/i);
  expect(await paper(page)).toBe(light);
  await button.focus();
  await page.keyboard.press('Enter');
  expect(await theme(page)).toBe('dark');
  await expect(button).toHaveAccessibleName(/dark/i);
  expect(await paper(page)).not.toBe(light);
  await page.keyboard.press('Space');
  expect(await theme(page)).toBe('system');
  expect(await paper(page)).toBe(light);
});

for (const dark of [true, false]) {
  test(`is remembered against a ${dark ? 'dark' : 'light'} system, and there before the first paint`, async ({ visit }) => {
    const page = await visit(PAGE, { dark, before: noteThemeAtBody });
    const wanted = dark ? 'light' : 'dark';
    const before = await paper(page);
    for (let press = 0; press < 3 && (await theme(page)) !== wanted; press++) await page.locator('[data-theme-switch]').click();
    const chosen = await paper(page);
    expect(chosen).not.toBe(before);
    await page.reload();
    expect(await page.evaluate(() => /** @type {any} */ (window).themeAtBody)).toBe(wanted);
    expect(await paper(page)).toBe(chosen);
    // Another tab of the same reader follows at once.
    const other = await page.context().newPage();
    await other.goto(page.url());
    expect(await theme(other)).toBe(wanted);
    for (let press = 0; press < 3 && (await theme(page)) !== 'system'; press++) await page.locator('[data-theme-switch]').click();
    await expect.poll(() => theme(other)).toBe('system');
  });
}

test('works for the page where storage is refused', async ({ visit }) => {
  const page = await visit(PAGE, {
    before: (context) =>
      context.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('The operation is insecure.', 'SecurityError');
            },
          });
        }
      }),
  });
  await page.locator('[data-theme-switch]').click();
  await page.locator('[data-theme-switch]').click();
  expect(await theme(page)).toBe('dark');
  await page.reload();
  expect(await theme(page)).toBe('system');
});
