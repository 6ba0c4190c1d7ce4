// Frame cost of every demo at its limits: `npm run bench`, or of some: `npm run bench -- hash-ring lru-cache`. Printed, never
// asserted: a busy machine is not a slow demo.
//
// Every knob is turned to its end, the CPU is throttled four times, and each event of the story is stepped to and drawn.
// A frame's cost is the time in its animation frame callbacks: model, scene and DOM; what follows it is layout and paint.

import { chromium } from '@playwright/test';
import { figures, SITE } from './lib/site.mjs';
import { launchOptions } from './playwright.config.mjs';
import { serve } from './server.mjs';

const THROTTLE = 4;
const BUDGET = 16;

/** Runs in the page before its scripts: measures every animation frame callback. */
const stopwatch = () => {
  const native = window.requestAnimationFrame.bind(window);
  const frames = [];
  Object.assign(window, { frames });
  window.requestAnimationFrame = (callback) =>
    native((now) => {
      const start = performance.now();
      callback(now);
      frames.push(performance.now() - start);
    });
};

const share = (/** @type {number[]} */ sorted, /** @type {number} */ part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

const server = await serve(SITE);
const browser = await chromium.launch(launchOptions());
const names = process.argv.slice(2);
const samples = figures().filter(({ first, demo }) => first && (names.length === 0 || names.includes(demo)));
console.log(`frame at the limits, CPU throttled ${THROTTLE}x, ms (budget ${BUDGET} at p95)`);
for (const { demo, page: path, id, module } of samples) {
  for (const preset of module.manifest.presets) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(stopwatch);
    const page = await context.newPage();
    await page.goto(`${server.url}${path}#${id}?preset=${preset.name}`);
    const figure = page.locator(`[id="${id}"]`);
    await figure.locator('xpath=self::*[@data-live="yes"]').waitFor();
    // A text has no end: typed anew, it would be a story of its own.
    for (const param of module.manifest.params.filter(({ kind }) => kind === 'range' || kind === 'values')) {
      const knob = figure.locator(`[data-knob="${param.name}"]`);
      await knob.evaluate((range) => {
        const input = /** @type {HTMLInputElement} */ (range);
        input.value = input.max;
        for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
      });
    }
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    await page.evaluate(() => (/** @type {any} */ (window).frames.length = 0));
    await figure.locator('[data-do="speed"]').selectOption('4');
    // A story may end soon at the limits: it is played again until there are frames enough.
    const frames = await figure.evaluate(async (root) => {
      const { frames } = /** @type {any} */ (window);
      const play = /** @type {HTMLElement} */ (root.querySelector('[data-do="play"]'));
      const until = performance.now() + 20_000;
      while (frames.length < 120 && performance.now() < until) {
        if (play.getAttribute('aria-label') === 'Play') play.click();
        await new Promise((later) => setTimeout(later, 20));
      }
      return [...frames];
    });
    frames.sort((a, b) => a - b);
    const line = [share(frames, 0.5), share(frames, 0.95), frames.at(-1) ?? NaN].map((ms) => (ms ?? NaN).toFixed(1).padStart(6));
    console.log(`${demo.padEnd(16)} ${preset.name.padEnd(24)} median ${line[0]}  p95 ${line[1]}  most ${line[2]}  of ${frames.length} frames`);
    await context.close();
  }
}
await browser.close();
await server.close();
