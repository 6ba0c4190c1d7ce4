// Tests over a book of their own, made for what the book of the repository does not have.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../server.mjs';
import { program } from './program.mjs';
import { observe } from './seen.mjs';
import { expect, test } from './test.mjs';

/**
 * The test function with `open(path, options)`, which opens a page of that book in a window of its own.
 * @param {string} name of the book
 * @param {(content: string) => void} write puts the pages into the folder
 * @param {string[]} [options] of `cutaway build`
 */
export const withSample = (name, write, options = []) =>
  test.extend({
    /** Address of the book; one server a worker. */
    sample: [
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const folder = mkdtempSync(join(tmpdir(), 'cutaway-sample-'));
        mkdirSync(join(folder, 'content'));
        writeFileSync(join(folder, 'book.toml'), `[book]\ntitle = "${name}"\n`);
        write(join(folder, 'content'));
        const built = spawnSync(program(), ['build', folder, '--no-demos', ...options], { encoding: 'utf8' });
        expect(built.status, built.stderr).toBe(0);
        const server = await serve(join(folder, 'site'));
        await use(server.url);
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      },
      { scope: 'worker' },
    ],

    open: async ({ browser, sample, faults }, use) => {
      /** @type {import('@playwright/test').BrowserContext[]} */
      const contexts = [];
      await use(async (/** @type {string} */ path, /** @type {import('@playwright/test').BrowserContextOptions} */ options) => {
        const context = await browser.newContext(options);
        contexts.push(context);
        await observe(context, { home: sample, faults });
        const page = await context.newPage();
        await page.goto(sample + path);
        return page;
      });
      for (const context of contexts) await context.close();
    },
  });
