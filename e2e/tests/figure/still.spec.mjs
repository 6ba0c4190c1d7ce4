// Acceptance of every figure, as a picture: what holds without touching it.

import { contrasts, overflow, collisions, texts } from '../../lib/look.mjs';
import { figures } from '../../lib/site.mjs';
import { lines } from '../../lib/svg.mjs';
import { expect, onceADemo, test } from '../../lib/test.mjs';

const CONTROLS = 'button, input, select';

for (const file of figures()) {
  const { manifest } = file.module;
  const once = onceADemo(file);
  const places = (/** @type {string[]} */ ...names) => manifest.panels.filter(({ place }) => names.includes(place)).map(({ name }) => name);

  test.describe(`${file.demo} in ${file.page}#${file.id}`, () => {
    test('01 the picture and its words are in the page without JavaScript', async ({ figure }) => {
      const it = await figure(file, { js: false, mount: false });
      const frame = await it.toShow(file.book);
      for (const name of places('stage', 'side', 'chart')) {
        const svg = it.root.locator(`[data-panel="${name}"] svg`);
        await expect(svg).toBeVisible();
        expect((await svg.getAttribute('aria-label'))?.length ?? 0, `${name} has a text alternative`).toBeGreaterThan(10);
      }
      await expect(it.root.locator('figcaption')).toBeVisible();
      await expect(it.root.locator('figcaption')).not.toBeEmpty();
      for (const [part, content] of [['words', frame.words], ['table', frame.table.caption]]) {
        await it.part(part).locator('summary').click();
        await expect(it.part(part).getByText(content).first()).toBeVisible();
      }
      await expect(it.part('outcome-panels').locator('svg').first()).toBeHidden();
      await it.part('outcome').locator('summary').click();
      const outcome = file.module.frame(file.book, true);
      const drawn = await it.part('outcome-panels').locator('svg').evaluateAll((all) => all.map((svg) => svg.outerHTML));
      const wanted = outcome.panels.filter(({ name }) => places('stage', 'side').includes(name));
      expect(drawn.map(lines)).toEqual(wanted.map(({ svg }) => lines(svg)));
      await expect(it.part('outcome-panels').locator('svg').first()).toBeVisible();
      await expect(it.part('outcome-narration')).toHaveText(outcome.narration);
      await expect(it.root.locator(CONTROLS).filter({ visible: true }), 'no control that cannot work').toHaveCount(0);
    });

    once('07 at most three knobs are in sight, and every one can be stepped and read', async ({ figure }) => {
      const it = await figure(file);
      const knobs = it.root.locator('[data-knob]');
      await expect(knobs).toHaveCount(manifest.params.length);
      const seen = await knobs.filter({ visible: true }).evaluateAll((all) => all.map((knob) => knob.getAttribute('data-knob')));
      expect(seen.length).toBeLessThanOrEqual(3);
      expect(seen).toEqual(manifest.params.filter(({ more }) => !more).map(({ name }) => name));
      for (const param of manifest.params) {
        const knob = it.knob(param.name);
        expect(await knob.evaluate((element) => /** @type {HTMLInputElement} */ (element).labels?.length)).toBeGreaterThan(0);
        if (param.kind === 'choice' || param.kind === 'text') continue;
        await expect(knob).toHaveAttribute('aria-valuetext', /\d/);
        if (param.unit) expect(await knob.getAttribute('aria-valuetext')).toContain(param.unit);
        for (const hook of ['less', 'more']) await expect(it.root.locator(`[data-${hook}="${param.name}"]`)).toHaveCount(1);
      }
    });

    for (const width of [1280, 390]) {
      once(`08 the measured stands beside the theory, at ${width}`, async ({ figure }) => {
        const it = await figure(file, { width });
        expect(manifest.presets.length).toBeGreaterThan(0);
        for (const preset of manifest.presets) {
          await it.press(it.preset(preset.name));
          await it.does('seek').press('End');
          await it.rest();
          const frame = await it.toShow(it.at(preset.name, it.events(preset.name)));
          expect(frame.meters.length).toBeLessThanOrEqual(4);
          const compared = frame.meters.filter(({ measured, theory }) => measured !== '–' && theory !== '–');
          expect(compared.length, `${preset.name} compares with theory`).toBeGreaterThan(0);
        }
        for (const row of await it.part('meters').locator('tbody tr').all()) {
          await expect(row.locator('th')).toBeVisible();
          await expect(row.locator('td')).toHaveCount(3);
          await expect(row.locator('small')).toBeVisible();
        }
      });
    }

    test('14 at 320 px nothing is cut off, and texts are 12 px or more', async ({ figure }) => {
      const it = await figure(file, { width: 320, height: 640, reduce: true });
      for (const preset of manifest.presets) {
        await it.press(it.preset(preset.name));
        for (const place of ['Home', 'End']) {
          await it.does('seek').press(place);
          if (place === 'End') await it.open('outcome');
          await it.rest();
          const all = await texts(it.root);
          const about = `${preset.name}, ${place}`;
          expect(all.length, about).toBeGreaterThan(0);
          expect(all.filter(({ px }) => px < 11.995).map(({ text, panel, px }) => `${panel}: "${text}" ${px}`), `${about}: small`).toEqual([]);
          expect(all.filter(({ out }) => out > 0.5).map(({ text, panel, out }) => `${panel}: "${text}" ${out}`), `${about}: cut off`).toEqual([]);
          expect(collisions(all), `${about}: texts on top of each other`).toEqual([]);
          expect(await overflow(it.page), `${about}: wider than the window`).toBe(0);
        }
      }
    });

    test('14 on a phone stage, narration and transport are on one screen', async ({ figure }) => {
      const it = await figure(file, { width: 390, height: 740, touch: true });
      const fits = async () =>
        it.root.evaluate((root) => {
          const box = (/** @type {string} */ selector) => /** @type {Element} */ (root.querySelector(selector)).getBoundingClientRect();
          const bar = document.querySelector('header.top');
          const sticks = bar && ['sticky', 'fixed'].includes(getComputedStyle(bar).position) ? bar.getBoundingClientRect().height : 0;
          const [stage, narration, transport] = [box('.demo-stage'), box('.demo-narration'), box('.demo-transport')];
          return { taken: transport.bottom - stage.top + sticks, order: stage.bottom <= narration.top && narration.bottom <= transport.top };
        });
      for (const preset of manifest.presets) {
        await it.press(it.preset(preset.name));
        expect(await fits(), preset.name).toMatchObject({ order: true });
        expect((await fits()).taken, preset.name).toBeLessThanOrEqual(740);
      }
    });

    for (const scheme of ['light', 'dark', 'forced']) {
      once(`16 marks and texts stand out in ${scheme} colors`, async ({ figure }) => {
        const it = await figure(file, { dark: scheme !== 'light', forced: scheme === 'forced', reduce: true });
        for (const preset of manifest.presets) {
          await it.press(it.preset(preset.name));
          await it.does('seek').press('End');
          await it.rest();
          const faint = (await contrasts(it.root)).filter(({ ratio, needs }) => ratio < needs);
          expect(faint.map(({ what, ratio }) => `${ratio.toFixed(2)} ${what}`), preset.name).toEqual([]);
          // A rule for something else on the page may mean a mark's class, too.
          const hidden = await it.part('stage').locator('svg *').evaluateAll((all) => all.filter((mark) => getComputedStyle(mark).display === 'none').map((mark) => mark.outerHTML));
          expect(hidden, `${preset.name}: hidden marks`).toEqual([]);
        }
      });
    }

    test('16 in print the controls are gone and the outcome is open', async ({ figure }) => {
      for (const js of [true, false]) {
        const it = await figure(file, { dark: true, js, mount: js });
        await it.page.emulateMedia({ media: 'print' });
        await expect(it.root.locator(CONTROLS).filter({ visible: true })).toHaveCount(0);
        for (const name of places('stage', 'side')) await expect(it.root.locator(`[data-panel="${name}"] svg`)).toBeVisible();
        await expect(it.part('narration')).toBeVisible();
        await expect(it.part('meters')).toBeVisible();
        await expect(it.part('outcome-narration')).toBeVisible();
        for (const svg of await it.part('outcome').locator('svg').all()) await expect(svg).toBeVisible();
        await expect(it.root.locator('figcaption')).toBeVisible();
        expect((await contrasts(it.root)).filter(({ ratio, needs }) => ratio < needs).map(({ what }) => what), 'dark on white').toEqual([]);
      }
    });

    once('17 what color tells, a letter or a shape tells too', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      for (const preset of manifest.presets) {
        await it.press(it.preset(preset.name));
        await it.does('seek').press('End');
        await it.rest();
        const mute = await it.root.evaluate((root) => {
          const panels = [...root.querySelectorAll('.demo-stage svg, .demo-side svg, .demo-charts svg')].map((svg) => {
            const colors = [...new Set([...svg.querySelectorAll('[class]')].flatMap((mark) => [...mark.classList]).filter((name) => /^c[1-6]$/.test(name)))];
            const words = new Set([...svg.querySelectorAll('text')].map((text) => text.textContent));
            // Without words, no two colors may be drawn by the same kind of mark.
            const kinds = colors.map((color) => [...svg.querySelectorAll(`.${color}`)].map((mark) => `${mark.localName}.${mark.getAttribute('class')?.replace(color, '')}`).join());
            return { name: svg.getAttribute('class'), colors, told: words.size >= colors.length || new Set(kinds).size === colors.length };
          });
          // A crowd too fine for letters may rely on another picture of the figure that names its colors.
          const named = new Set(panels.filter(({ told }) => told).flatMap(({ colors }) => colors));
          return panels.filter(({ colors, told }) => colors.length > 1 && !told && !colors.every((color) => named.has(color))).map(({ name, colors }) => `${name}: ${colors}`);
        });
        expect(mute, preset.name).toEqual([]);
      }
    });
  });
}
