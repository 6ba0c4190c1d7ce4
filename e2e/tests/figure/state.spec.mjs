// Acceptance of every figure, in state: presets, guess and answer, knobs, seed, address, table, limits.

import { figures } from '../../lib/site.mjs';
import { decimal } from '../../lib/oracle.mjs';
import { stateOf } from '../../lib/figure.mjs';
import { expect, onceADemo, test } from '../../lib/test.mjs';

/** Addresses that nobody should write: what is wrong with them must be said, and nothing may break. */
const GARBAGE = [
  'preset=no-such-experiment',
  'preset=&at=&seed=&do=',
  'seed=99999999999999999999&at=-5',
  'at=1e99&seed=NaN',
  '%%%&%zz=%00&=&&==',
  'do=1.explode!2.remove.99999999999!x',
  'ключ=значение&🦀=🦀',
  `seed=${'9'.repeat(5_000)}`,
  '__proto__=1&constructor=2&toString=3',
  '<img src=x onerror=alert(1)>=1',
];

for (const file of figures()) {
  const { manifest } = file.module;
  const once = onceADemo(file);
  const [first, second] = manifest.presets;

  test.describe(`${file.demo} in ${file.page}#${file.id}`, () => {
    test('04 the address holds the whole state: reloaded, it shows the same', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      await it.press(it.preset(second.name));
      await it.root.locator('.demo-more > summary').click();
      const seed = second.seed + 7;
      await it.does('seed').fill(String(seed));
      await it.does('seed').press('Enter');
      await it.press(it.does('new-seed'));
      await expect(it.does('seed'), 'a new seed is the next one').toHaveValue(String(seed + 1));
      for (const param of manifest.params) {
        if (param.kind === 'choice') await it.knob(param.name).selectOption({ index: (param.options?.length ?? 1) - 1 });
        else if (param.kind === 'text') await type(it, param.name, param.samples?.[1] ?? '');
        else await it.root.locator(`[data-more="${param.name}"]`).click();
      }
      await it.press(it.does('step'), 2);
      for (const action of manifest.actions.filter(({ target }) => !target)) {
        await it.press(it.root.locator(`.demo-actions [data-action="${action.name}"]`));
      }
      const state = await it.settledAddress();
      expect(state).toContain(`preset=${second.name}`);
      expect(state).toContain(`seed=${seed + 1}`);
      const before = await it.shows();
      await it.toShow(state);
      await it.page.reload();
      await it.live();
      expect(await it.shows()).toEqual(before);
      await expect(it.part('problem')).toBeHidden();
      await it.page.goto('about:blank');
      const again = await figure(file, { state, prefix: 'sub/path/', reduce: true });
      expect(await again.shows(), 'below another address').toEqual(before);
    });

    once('04 the link button copies that address, and the book\'s state is one click away', async ({ figure }) => {
      const it = await figure(file, { reduce: true, before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']) });
      await it.press(it.preset(second.name));
      await it.press(it.does('step'), 2);
      await it.press(it.does('link'));
      await expect(async () => {
        const copied = await it.page.evaluate(() => navigator.clipboard.readText());
        expect(stateOf(copied, it.id)).toBe(it.expected(it.at(second.name, 2)).state);
        expect(copied.split('#')[0]).toBe(it.page.url().split('#')[0]);
      }).toPass({ timeout: 3_000 });
      await it.press(it.does('book'));
      await it.toShow(file.book);
    });

    test('04 a state in the address opens the figure at it, at load and later', async ({ figure }) => {
      const events = file.module.frame(`preset=${second.name}`).events;
      const it = await figure(file, { state: `preset=${second.name}&at=${events}`, reduce: true });
      await it.toShow(`preset=${second.name}&at=${events}`);
      await it.page.evaluate((hash) => (location.hash = hash), `${it.id}?preset=${first.name}&at=1`);
      await expect(it.part('at')).toHaveText(/^event 1 /);
      await it.rest();
      await it.toShow(`preset=${first.name}&at=1`);
    });

    once('04 20 any address is answered: a valid state, and a word on what was wrong', async ({ figure }) => {
      for (const garbage of GARBAGE.slice(0, 3)) {
        const it = await figure(file, { state: garbage, reduce: true });
        await it.toShow(garbage);
        await expect(it.part('problem'), garbage).toBeVisible();
        await expect(it.part('problem')).not.toBeEmpty();
        await it.page.close();
      }
      const it = await figure(file, { reduce: true });
      for (const garbage of [...GARBAGE, ...manifest.params.map(({ name }) => `${name}=-1e9&${name}=x`)]) {
        await it.page.evaluate((hash) => (location.hash = hash), `${it.id}?${garbage}`);
        await expect(it.part('problem'), garbage).toBeVisible();
        await it.rest();
        const frame = await it.toShow(decoded(garbage));
        expect(frame.problems.length).toBeGreaterThan(0);
        for (const { message } of frame.problems.slice(0, 1)) await expect(it.part('problem')).toContainText(message.replaceAll('`', ''));
        await it.page.evaluate((hash) => (location.hash = hash), `${it.id}?preset=${first.name}`);
        await expect(it.part('problem'), 'a good state takes the notice away').toBeHidden();
      }
      await expect(it.root).toHaveAttribute('data-live', 'yes');
    });

    once('05 a guess opens the answer, which says what is right and why', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      const said = new Map();
      for (const preset of manifest.presets) {
        for (let idx = 0; idx < preset.choices.length; idx++) {
          // By way of another experiment: then nothing is answered yet.
          await it.press(it.preset(manifest.presets.find((other) => other !== preset)?.name ?? ''));
          await it.press(it.preset(preset.name));
          await expect(it.part('question')).toHaveText(preset.question);
          await expect(it.part('choices').locator('label')).toHaveText(preset.choices);
          await expect(it.part('outcome'), 'the question comes first').not.toHaveAttribute('open');
          await expect(it.root.locator('[data-guess]:checked')).toHaveCount(0);
          await it.guess(idx).check({ force: true });
          await it.rest();
          await expect(it.part('outcome')).toHaveAttribute('open');
          await expect(it.part('answer')).toContainText(preset.choices[preset.answer]);
          await expect(it.part('answer')).toContainText(preset.explanation);
          said.set(`${preset.name} ${idx === preset.answer}`, await it.part('answer').textContent());
        }
        const outcome = file.module.frame(`preset=${preset.name}`, true);
        await expect(it.part('outcome-narration')).toHaveText(outcome.narration);
        expect(said.get(`${preset.name} true`), 'right and wrong are answered differently').not.toBe(said.get(`${preset.name} false`));
      }
    });

    once('06 two to five presets, the first by default; each sets its scene', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      expect(manifest.presets.length).toBeGreaterThanOrEqual(2);
      expect(manifest.presets.length).toBeLessThanOrEqual(5);
      await expect(it.root.locator('[data-preset]')).toHaveText(manifest.presets.map(({ label }) => label));
      expect(it.expected('').preset).toBe(first.name);
      for (const preset of [...manifest.presets].reverse()) {
        await it.press(it.does('step'), 2);
        await it.press(it.preset(preset.name));
        await expect(it.root.locator('[data-preset][aria-pressed="true"]')).toHaveCount(1);
        await it.toShow(`preset=${preset.name}`);
      }
    });

    once('07 a knob moved goes back to event 0 and draws what the module draws', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      await it.root.locator('.demo-more > summary').click();
      for (const param of manifest.params.filter(({ kind }) => kind !== 'text')) {
        await it.press(it.preset(first.name));
        await it.press(it.does('step'));
        // A story may turn knobs itself: what the knob shows is what it is turned from.
        const before = it.expected(it.at(first.name, 1)).settings[param.name];
        const values = param.kind === 'range' ? [] : (param.options?.map(({ name }) => name) ?? param.values?.map(String) ?? []);
        const [step, min, max] = [param.step ?? 1, param.min ?? 0, param.max ?? 0];
        const place = values.indexOf(before);
        const up = param.kind === 'range' ? decimal(Number(before) + step) <= max : place + 1 < values.length;
        const after = param.kind === 'range' ? String(decimal(Number(before) + (up ? step : -step))) : values[place + (up ? 1 : -1)];
        expect(param.kind !== 'range' || Number(after) >= min).toBe(true);
        if (param.kind === 'choice') await it.knob(param.name).selectOption(after);
        else await it.root.locator(`[data-${up ? 'more' : 'less'}="${param.name}"]`).click();
        await it.rest();
        const frame = await it.toShow(`preset=${first.name}&${param.name}=${after}`);
        expect(frame.problems).toEqual([]);
        expect(frame.at).toBe(0);
      }
    });

    for (const param of manifest.params.filter(({ kind }) => kind === 'text')) {
      once(`07 what is typed as ${param.name} is played, or refused with a word and left to be mended`, async ({ figure }) => {
        const it = await figure(file, { reduce: true });
        await it.root.locator('.demo-more > summary').click();
        const field = it.knob(param.name);
        for (const sample of param.samples ?? []) {
          await it.press(it.preset(second.name));
          await it.press(it.does('step'));
          if ((await field.inputValue()) === sample) continue;
          await type(it, param.name, sample);
          const frame = await it.toShow(await it.settledAddress());
          expect(frame.problems).toEqual([]);
          expect([frame.settings[param.name], frame.at]).toEqual([sample, 0]);
          await expect(field).toHaveAttribute('aria-invalid', 'false');
        }
        expect(param.refused?.length ?? 0).toBeGreaterThan(0);
        for (const bad of param.refused ?? []) {
          await it.press(it.preset(first.name));
          const before = await it.settledAddress();
          await type(it, param.name, bad);
          await expect(it.part('narration')).toContainText('Not taken: ');
          await expect(it.part('status')).toContainText('Not taken: ');
          await expect(field).toHaveAttribute('aria-invalid', 'true');
          await expect(field, 'it can be mended').toHaveValue(bad);
          expect((await it.address()) ?? file.book).toBe(before);
          await it.press(it.does('reset'));
          await expect(field).toHaveValue(it.expected(it.at(first.name, 0)).settings[param.name]);
          const frame = it.expected(`preset=${first.name}&${param.name}=${encodeURIComponent(bad)}`);
          expect(frame.problems.map(({ key }) => key)).toEqual([param.name]);
        }
      });
    }

    once('09 a chart over time with the current point, and a sweep whose points can be pressed', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      const charts = manifest.panels.filter(({ place }) => place === 'chart');
      const sweeps = manifest.panels.filter(({ place }) => place === 'reveal');
      expect(charts.length).toBeGreaterThan(0);
      expect(sweeps.length).toBeGreaterThan(0);
      await it.press(it.preset(first.name));
      await it.does('seek').press('End');
      await it.rest();
      for (const { name } of charts) await expect(it.root.locator(`[data-panel="${name}"] .now`).first()).toBeVisible();
      for (const { name } of sweeps) {
        const svg = it.root.locator(`[data-panel="${name}"] svg`);
        await it.open('outcome');
        await expect(svg.locator('.measured').first()).toBeVisible();
        await expect(svg.locator('.theory').first()).toBeVisible();
        await expect(svg.locator('.now').first()).toBeVisible();
        const before = await it.shows();
        // The ends of the plot are the ends of the parameter's range: pressing them turns its knob there.
        const turned = [];
        for (const share of [0.97, 0.15]) {
          const box = await svg.evaluate((element) => {
            element.scrollIntoView({ behavior: 'instant', block: 'center' });
            const { width, height } = element.getBoundingClientRect();
            return { width, height };
          });
          await svg.click({ position: { x: box.width * share, y: box.height * 0.6 } });
          await it.rest();
          const { knobs, at } = await it.shows();
          turned.push(manifest.params.filter((param) => knobs[param.name].value !== before.knobs[param.name].value).map((param) => `${param.name}=${knobs[param.name].value}`));
          expect(at).toMatch(/^event 0 /);
          await it.toShow(await it.settledAddress());
        }
        expect(turned[0].concat(turned[1]).length, 'the knob was turned').toBeGreaterThan(0);
        expect(turned[0]).not.toEqual(turned[1]);
      }
    });

    once('09 fifty seeds show the spread, so that one run is not the argument', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      await it.press(it.preset(first.name));
      await it.guess(0).check({ force: true });
      await it.does('seeds').click();
      await expect(it.root.locator('[data-panel] .spread').first()).toBeAttached({ timeout: 30_000 });
      await it.rest();
      await expect(it.root).toHaveAttribute('data-live', 'yes');
    });

    once('19 the state is there as a table, in words and as a log, and follows each step', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      for (const part of ['table', 'words', 'log']) await it.part(part).locator('summary').click();
      await it.press(it.preset(second.name));
      const events = it.events(second.name);
      for (const event of [0, 1, Math.min(3, events), events]) {
        await it.does('seek').fill(String(event));
        await it.rest();
        const frame = it.expected(it.at(second.name, event));
        const table = it.part('table').locator('table');
        await expect(table.locator('caption')).toHaveText(frame.table.caption);
        await expect(table.locator('thead th[scope="col"]')).toHaveText(frame.table.head);
        const rows = await table.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
        expect(rows).toEqual(frame.table.rows);
        expect(await table.locator('tbody tr > th[scope="row"]:first-child').count()).toBe(rows.length);
        await expect(it.part('words').locator('p')).toHaveText(frame.words);
        await expect(it.part('log').locator('li')).toHaveText(frame.log);
      }
    });

    once('20 at the ends of every knob, and refused beyond them with a word', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      await it.root.locator('.demo-more > summary').click();
      await it.press(it.preset(first.name));
      for (const end of ['Home', 'End']) {
        for (const param of manifest.params) {
          if (param.kind === 'choice' || param.kind === 'text') continue;
          await it.knob(param.name).press(end);
          await it.press(it.root.locator(`[data-${end === 'End' ? 'more' : 'less'}="${param.name}"]:not([disabled])`).or(it.does('reset')).first());
        }
        await it.rest();
        await it.toShow(await it.settledAddress());
        await it.does('seek').press('End');
        await it.rest();
        for (const action of manifest.actions.filter(({ target }) => !target)) {
          await it.press(it.root.locator(`.demo-actions [data-action="${action.name}"]`));
          const said = `${await it.part('narration').textContent()} ${await it.part('status').textContent()} ${await it.part('problem').textContent()}`;
          expect(said.trim()).not.toBe('');
        }
        await expect(it.root).toHaveAttribute('data-live', 'yes');
      }
      const shown = (await it.root.textContent()) ?? '';
      expect(shown).not.toMatch(/NaN|undefined|Infinity|\binf\b/);
      expect(manifest.limits.length).toBeGreaterThan(0);
    });

    once('20 ten thousand random inputs, and it still runs and tells the truth', async ({ figure }) => {
      test.setTimeout(120_000);
      const it = await figure(file, { reduce: true });
      await it.root.evaluate(wildInputs, { seed: 20, inputs: 10_000 });
      await expect(it.root).toHaveAttribute('data-live', 'yes');
      if ((await it.does('play').getAttribute('aria-label')) === 'Pause') await it.does('play').click();
      await it.rest();
      expect(await it.root.textContent()).not.toMatch(/NaN|undefined|Infinity/);
      // A selection is drawn but not in the address.
      await it.part('stage').focus();
      await it.part('stage').press('Escape');
      await it.rest();
      await it.settledAddress();
    });
  });
}

/** Types a text into a knob, as a reader does. */
const type = async (/** @type {import('../../lib/figure.mjs').Figure} */ it, /** @type {string} */ name, /** @type {string} */ text) => {
  await it.knob(name).fill(text);
  await it.knob(name).press('Enter');
  await it.rest();
};

/** The state as the figure gets it: what stands in the address is escaped by the browser. */
const decoded = (/** @type {string} */ text) => new URL(`http://book/#${text}`).hash.slice(1);

/**
 * Runs in the page: buttons, ranges, choices, keys and pointers at random, by a fixed seed, with time to draw in between.
 * @param {Element} root
 * @param {{ seed: number, inputs: number }} plan
 */
const wildInputs = async (root, { seed, inputs }) => {
  let state = seed;
  const below = (/** @type {number} */ n) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % n;
  };
  const one = (/** @type {any[]} */ of) => of[below(of.length)];
  const all = (/** @type {string} */ selector) => [...root.querySelectorAll(selector)];
  const send = (/** @type {Element} */ to, /** @type {Event} */ event) => to.dispatchEvent(event);
  const change = (/** @type {Element} */ to) => ['input', 'change'].forEach((type) => send(to, new Event(type, { bubbles: true })));
  const keys = ['.', ',', '0', '1', '2', '3', '4', '5', '9', '?', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', 'Escape', 'Delete', 'a', 'r', 'Tab', 'Backspace'];
  const press = () => one(all('button, summary'))?.click();
  const slide = () => {
    const range = one(all('input[type="range"]'));
    range.value = String(Number(range.min) + below(Number(range.max) - Number(range.min) + 1));
    change(range);
  };
  const choose = () => {
    const select = one(all('select'));
    // At full speed to the end and back is what the transport test does; here time is short.
    select.selectedIndex = below(select.options.length);
    change(select);
  };
  const write = () => {
    const field = one(all('input[type="text"]'));
    field.value = one(['', '0', '7', '-1', '1e9', '999999999', 'x', '٣', '  12 ', '1 2 3 1', 'a&b=%', '9'.repeat(40)]);
    change(field);
  };
  const key = () => {
    const to = one([root.querySelector('[data-part="stage"]'), ...all('button')]);
    const event = { key: one(keys), bubbles: true, cancelable: true, ctrlKey: below(20) === 0, shiftKey: below(10) === 0 };
    send(to, new KeyboardEvent('keydown', event));
    send(to, new KeyboardEvent('keyup', event));
  };
  const point = () => {
    const svg = one(all('.demo-panel svg'));
    const box = svg.getBoundingClientRect();
    const at = { clientX: box.left + below(Math.ceil(box.width) + 1), clientY: box.top + below(Math.ceil(box.height) + 1), bubbles: true, cancelable: true, button: below(8) === 0 ? 2 : 0 };
    const target = document.elementFromPoint(at.clientX, at.clientY);
    const to = target && root.contains(target) ? target : svg;
    for (const type of ['pointerdown', one(['pointerup', 'pointercancel'])]) send(to, new PointerEvent(type, at));
    for (const type of ['mousemove', one(['click', 'mousemove', 'mouseleave'])]) send(to, new MouseEvent(type, at));
  };
  const guess = () => one(all('[data-guess]'))?.click();
  for (let input = 0; input < inputs; input++) {
    one([press, press, press, slide, slide, choose, write, key, key, key, point, point, guess])();
    if (input % 50 === 49) await /** @type {any} */ (window).seen.drawn(1);
  }
};
