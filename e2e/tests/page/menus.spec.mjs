// On a phone the book's contents and the page's are menus of the top bar: reached, used and left by finger and by keyboard.

import AxeBuilder from '@axe-core/playwright';
import { figures } from '../../lib/site.mjs';
import { expect, test } from '../../lib/test.mjs';

const chapter = figures().at(-1)?.page ?? 'index.html';

for (const [button, menu] of [['.menu-button', '.book-nav'], ['.contents-button', '.page-contents']]) {
  test(`${button} opens ${menu}, Escape closes it, and a link in it leads on`, async ({ visit }) => {
    const page = await visit(chapter, { width: 390, height: 740, touch: true });
    const [opener, panel] = [page.locator(button), page.locator(menu)];
    await expect(panel).toBeHidden();
    await opener.tap();
    await expect(panel).toBeVisible();
    await expect(panel.locator('[aria-current="page"], a').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include(menu).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([]);
    const box = await panel.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 390, 'inside the window').toBe(true);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel).toBeVisible();
    const link = panel.locator('a:not([aria-current])').last();
    const to = await link.evaluate((element) => /** @type {HTMLAnchorElement} */ (element).href);
    await link.tap();
    await expect(page).toHaveURL(to);
    await expect(page.locator(menu)).toBeHidden();
  });
}

test('beside a wide page both are simply there', async ({ visit }) => {
  const page = await visit(chapter, { width: 1280 });
  for (const button of ['.menu-button', '.contents-button']) await expect(page.locator(button)).toBeHidden();
  await expect(page.locator('.book-nav [aria-current="page"]').first()).toBeVisible();
  await expect(page.locator('.page-contents a').first()).toBeVisible();
});
