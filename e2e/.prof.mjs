import { chromium } from '@playwright/test';
import { launchOptions } from './playwright.config.mjs';
import { serve } from './server.mjs';
import { SITE, figures } from './lib/site.mjs';
const presets = process.argv.slice(2);
const server = await serve(process.env.CUTAWAY_SITE ?? SITE);
const browser = await chromium.launch(launchOptions());
const { page: path, id, module } = figures().find((it) => it.first && it.demo === 'quadtree');
for (const preset of presets) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.url}${path}#${id}?preset=${preset}`);
  const figure = page.locator(`[id="${id}"]`);
  await figure.locator('xpath=self::*[@data-live="yes"]').waitFor();
  for (const param of module.manifest.params.filter(({ kind }) => kind !== 'choice')) {
    await figure.locator(`[data-knob="${param.name}"]`).evaluate((input) => { input.value = input.max; for (const t of ['input', 'change']) input.dispatchEvent(new Event(t, { bubbles: true })); });
  }
  await figure.locator('[data-do="speed"]').selectOption('4');
  const cdp = await context.newCDPSession(page);
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
  await cdp.send('Profiler.start');
  const n = await figure.evaluate(async (root) => {
    const play = root.querySelector('[data-do="play"]'); let n = 0; let stop = false;
    const count = () => { n++; if (!stop) requestAnimationFrame(count); }; requestAnimationFrame(count);
    const until = performance.now() + 6000;
    while (performance.now() < until) { if (play.getAttribute('aria-label') === 'Play') play.click(); await new Promise((l) => setTimeout(l, 20)); }
    stop = true; return n;
  });
  const { profile } = await cdp.send('Profiler.stop');
  const self = new Map(); const byId = new Map(profile.nodes.map((x) => [x.id, x]));
  profile.samples.forEach((s, i) => { const f = byId.get(s).callFrame; const k = `${f.functionName || '(anon)'}`; self.set(k, (self.get(k) ?? 0) + profile.timeDeltas[i] / 1000); });
  const total = [...self].filter(([k]) => !['(idle)', '(program)'].includes(k)).reduce((a, [, v]) => a + v, 0);
  console.log(preset, 'frames', n, 'busy ms', total.toFixed(0), 'per frame', (total / n).toFixed(2), '| program', (self.get('(program)') ?? 0).toFixed(0));
  for (const [k, v] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 14)) console.log('  ', v.toFixed(0).padStart(6), k);
  await context.close();
}
await browser.close(); await server.close();
