// `cutaway serve` as an author sees it: a saved page is shown where the reader was, and an error is shown, and goes.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { program } from '../../lib/program.mjs';
import { observe } from '../../lib/seen.mjs';
import { expect, test } from '../../lib/test.mjs';

const paragraphs = (/** @type {string} */ word) => Array.from({ length: 60 }, (_, idx) => `Paragraph ${idx} says ${word}.\n`).join('\n');

/** A book of two pages in a folder of its own. */
const tinyBook = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutaway-serve-'));
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write('book.toml', '[book]\ntitle = "A tiny book"\n');
  write('content/SUMMARY.md', '# Summary\n\n- [Start](index.md)\n- [Long](long.md)\n');
  write('content/index.md', '# Start\n\nGo to [the long page](long.md).\n');
  write('content/long.md', `# Long\n\n${paragraphs('first')}`);
  return { folder, write };
};

test('a saved page is shown in place, an error on top of it, and nothing else is lost', async ({ browser, faults }) => {
  test.setTimeout(120_000);
  const book = tinyBook();
  const server = spawn(program(), ['serve', book.folder, '--no-demos'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const context = await browser.newContext({ viewport: { width: 1000, height: 600 } });
  try {
    let said = '';
    const home = await new Promise((found, failed) => {
      const hear = (/** @type {Buffer} */ data) => {
        said += data;
        const [url] = said.match(/http:\/\/127\.0\.0\.1:\d+\//) ?? [];
        if (url) found(url);
      };
      server.stdout.on('data', hear);
      server.stderr.on('data', hear);
      server.on('exit', (code) => failed(new Error(`cutaway serve ended with ${code}: ${said}`)));
    });
    // Until the first build is done, every address is answered with a page that says so, and waits.
    faults.allow = /answered 503|status of 503/;
    await observe(context, { home, faults });
    const page = await context.newPage();
    await page.goto(`${home}long.html`);
    await expect(page.getByText('Paragraph 3 says first.')).toBeVisible({ timeout: 60_000 });
    await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(900);

    book.write('content/long.md', `# Long\n\n${paragraphs('second')}`);
    await expect(page.getByText('Paragraph 3 says second.')).toBeAttached();
    await expect.poll(() => page.evaluate(() => scrollY), 'the place is kept').toBe(900);

    // What was just written is found.
    for (const [word, found] of [['second', /1 result/], ['first', /Nothing found/]]) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search this book' }).fill(String(word));
      await expect(page.locator('#Search-status')).toHaveText(found);
    }
    await page.keyboard.press('Escape');

    book.write('content/long.md', `# Long\n\n[nowhere](nowhere.md)\n\n${paragraphs('third')}`);
    const complaint = page.getByText(/nowhere\.md/).filter({ visible: true }).first();
    await expect(complaint, 'the error is in the page').toBeVisible();
    await expect(page.getByText('broken-link').filter({ visible: true }).first()).toBeVisible();
    await expect(page.getByText('Paragraph 3 says second.'), 'the last good page stays').toBeAttached();

    book.write('content/long.md', `# Long\n\n${paragraphs('fourth')}`);
    await expect(page.getByText('Paragraph 3 says fourth.')).toBeAttached();
    await expect(page.getByText('broken-link')).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(900);

    // Another page is not disturbed by its neighbour, and a new page is there once the summary names it.
    book.write('content/new.md', '# New\n\nA new page.\n');
    book.write('content/SUMMARY.md', '# Summary\n\n- [Start](index.md)\n- [Long](long.md)\n- [New](new.md)\n');
    await expect(page.locator('a[href$="new.html"]').first()).toBeAttached();
    await page.goto(`${home}new.html`);
    await expect(page.getByText('A new page.')).toBeVisible();
  } finally {
    await context.close();
    server.kill('SIGINT');
    await new Promise((ended) => (server.exitCode === null ? server.on('exit', ended) : ended(undefined)));
    rmSync(book.folder, { recursive: true, force: true });
  }
});
