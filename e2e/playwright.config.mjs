// The browser tests: `npm test`. They want the built book (lib/site.mjs) and a Chromium: CHROMIUM, or one on PATH.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const runs = (/** @type {string} */ path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser's program. */
export const chromium = () => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = process.env.CHROMIUM ?? NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(runs);
  if (!found) throw new Error('no Chromium on PATH: install it, or name its program in CHROMIUM');
  return found;
};

/** How every browser is started: as root in a container too, and without asking the network for anything. */
export const launchOptions = () => ({
  executablePath: chromium(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});

export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.spec.mjs',
  outputDir: 'test-results/run',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list', { printSteps: false }]],
  use: { browserName: 'chromium', launchOptions: launchOptions() },
});
