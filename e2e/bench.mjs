// Frame cost of every demo at its limits: `npm run bench`, or of some: `npm run bench -- hash-ring lru-cache`. Printed, never
// asserted.
//
// Every knob is turned to its end, and each event of the story is stepped to and drawn. A frame's cost is the processor's time
// in its animation frame callback (model, scene and DOM; what follows it is layout and paint), times four for a machine that is
// four times as slow. It is the thread's own time from the browser's trace: what else the machine does meanwhile is not in it,
// as it is in a clock's time, which at three processes for two cores says double.

import { chromium } from '@playwright/test';
import { figures, SITE } from './lib/site.mjs';
import { launchOptions } from './playwright.config.mjs';
import { serve } from './server.mjs';

const SLOWER = 4;
const BUDGET = 16;
/** Milliseconds that a story is played, again and again if it ends sooner. */
const LONG = 4000;

/** @typedef {{ name: string, tdur?: number }} TraceEvent an event of the browser's trace; tdur: its thread's time, in microseconds */

const share = (/** @type {number[]} */ sorted, /** @type {number} */ part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

const server = await serve(SITE);
const browser = await chromium.launch(launchOptions());

/** The costs of the frames that are drawn meanwhile, in milliseconds. */
const costs = async (/** @type {() => Promise<void>} */ act) => {
  const cdp = await browser.newBrowserCDPSession();
  /** @type {TraceEvent[]} */
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {TraceEvent[]} */ (value)));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.start', { traceConfig: { includedCategories: ['devtools.timeline'] } });
  await act();
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return events.flatMap(({ name, tdur }) => (name === 'FireAnimationFrame' && tdur ? [(SLOWER * tdur) / 1000] : []));
};

const names = process.argv.slice(2);
const samples = figures().filter(({ first, demo }) => first && (names.length === 0 || names.includes(demo)));
console.log(`frame at the limits, CPU time times ${SLOWER}, ms (budget ${BUDGET} at p95)`);
for (const { demo, page: path, id, module } of samples) {
  for (const preset of module.manifest.presets) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
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
    await figure.locator('[data-do="speed"]').selectOption('4');
    const frames = await costs(() =>
      figure.evaluate(async (root, long) => {
        const play = /** @type {HTMLElement} */ (root.querySelector('[data-do="play"]'));
        const until = performance.now() + long;
        while (performance.now() < until) {
          if (play.getAttribute('aria-label') === 'Play') play.click();
          await new Promise((later) => setTimeout(later, 20));
        }
      }, LONG),
    );
    frames.sort((a, b) => a - b);
    const line = [share(frames, 0.5), share(frames, 0.95), frames.at(-1) ?? NaN].map((ms) => (ms ?? NaN).toFixed(1).padStart(6));
    console.log(`${demo.padEnd(16)} ${preset.name.padEnd(24)} median ${line[0]}  p95 ${line[1]}  most ${line[2]}  of ${frames.length} frames`);
    await context.close();
  }
}
await browser.close();
await server.close();
