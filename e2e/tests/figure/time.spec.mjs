// Acceptance of every figure, in time: rest, steps forth and back, play, pause, and what is said meanwhile.

import { figures, source } from '../../lib/site.mjs';
import { decimal } from '../../lib/oracle.mjs';
import { expect, onceADemo, test } from '../../lib/test.mjs';
import { Figure, grouped } from '../../lib/figure.mjs';

/** Counts the drawn frames in which something of the figure's pictures changes while `act` runs and comes to rest. */
const changingFrames = async (/** @type {Figure} */ it, /** @type {() => Promise<unknown>} */ act) => {
  await it.root.evaluate((root) => {
    const notes = { frame: 0, changed: new Set(), on: true };
    const count = async () => {
      while (notes.on) {
        await /** @type {any} */ (window).seen.drawn(1);
        notes.frame += 1;
      }
    };
    count();
    const observer = new MutationObserver(() => notes.changed.add(notes.frame));
    for (const panel of root.querySelectorAll('.demo-panel')) observer.observe(panel, { attributes: true, childList: true, characterData: true, subtree: true });
    Object.assign(window, { notes });
  });
  await act();
  await it.rest();
  return it.page.evaluate(async () => {
    const { seen, notes } = /** @type {any} */ (window);
    await seen.drawn(10);
    notes.on = false;
    return notes.changed.size;
  });
};

/** Puts the page's clock into our hands: time stands until it is told to run. */
const holdClock = async (/** @type {Figure} */ it) => {
  await it.page.clock.install();
  await it.page.clock.pauseAt(Date.now() + 60_000);
};

const playing = (/** @type {Figure} */ it) => expect(it.does('play')).toHaveAttribute('aria-label', 'Pause');
const paused = (/** @type {Figure} */ it) => expect(it.does('play')).toHaveAttribute('aria-label', 'Play');

for (const file of figures()) {
  const { manifest } = file.module;
  const once = onceADemo(file);
  const run = longRun(file.module);
  /** The preset with the longest story. */
  const [longest] = manifest.presets
    .map(({ name }) => ({ name, events: file.module.frame(`preset=${name}`).events }))
    .sort((a, b) => b.events - a.events);

  test.describe(`${file.demo} in ${file.page}#${file.id}`, () => {
    test('02 it is paused at load: mounting changes nothing, and at rest no frame is asked for', async ({ figure }) => {
      const it = await figure(file);
      await it.toShow(file.book);
      await paused(it);
      const before = await it.page.evaluate(() => /** @type {any} */ (window).seen.asked);
      const changes = await changingFrames(it, () => it.page.evaluate(() => /** @type {any} */ (window).seen.drawn(20)));
      expect(changes).toBe(0);
      expect(await it.page.evaluate(() => /** @type {any} */ (window).seen.asked)).toBe(before);
      await expect(it.part('status')).toBeEmpty();
    });

    once('03 twenty steps forward and twenty back give the same pictures', async ({ figure }) => {
      const it = await figure(file, { state: run, reduce: true });
      const forward = [await it.shows()];
      for (let event = 1; event <= 20; event++) {
        await it.press(it.does('step'));
        forward.push(await it.shows());
      }
      await it.toShow(`${run}&at=20`);
      expect(new Set(forward.map((shown) => JSON.stringify(shown.panels))).size, 'steps change the picture').toBeGreaterThan(10);
      for (let event = 19; event >= 0; event--) {
        await it.press(it.does('back'));
        expect(await it.shows(), `back to event ${event}`).toEqual(forward[event]);
      }
    });

    once('03 hurried steps, interrupted in their motion, end where patient ones do', async ({ figure }) => {
      const it = await figure(file, { state: run });
      await it.press(it.does('step'), 20);
      await it.toShow(`${run}&at=20`);
      await it.press(it.does('back'), 20);
      await it.toShow(run);
      // Back and forth at once, without a pause to come to rest.
      for (const what of ['step', 'step', 'back', 'step', 'back', 'back', 'step', 'step']) await it.does(what).click();
      await it.rest();
      await it.toShow(`${run}&at=2`);
    });

    once('03 scrubbing, resetting, playing and running to the end reach the same events as steps', async ({ figure }) => {
      const it = await figure(file);
      await it.press(it.preset(longest.name));
      const middle = Math.floor(longest.events / 2);
      await it.does('seek').fill(String(middle));
      await it.rest();
      await it.toShow(it.at(longest.name, middle));
      await expect(it.does('seek')).toHaveAttribute('aria-valuetext', `event ${grouped(middle)} of ${grouped(longest.events)}`);
      await it.press(it.does('reset'));
      await it.toShow(it.at(longest.name, 0));
      const start = await it.picture();
      await it.press(it.does('back'));
      expect(await it.picture(), 'before the start there is nothing').toEqual(start);
      await it.does('speed').selectOption('end');
      await it.press(it.does('play'));
      await it.toShow(it.at(longest.name, longest.events));
      await paused(it);
      await it.press(it.does('reset'));
      await it.does('speed').selectOption('16');
      await it.does('play').click();
      await expect(it.part('at')).toHaveText(`event ${longest.events} of ${longest.events}`, { timeout: 30_000 });
      await paused(it);
      await it.rest();
      await it.toShow(it.at(longest.name, longest.events));
      const end = await it.picture();
      await it.press(it.does('step'));
      expect(await it.picture(), 'after the end there is nothing').toEqual(end);
    });

    once('10 the narration tells each step in at most 140 letters', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      for (const preset of manifest.presets) {
        await it.press(it.preset(preset.name));
        const told = [];
        for (let event = 0; event <= Math.min(8, it.events(preset.name)); event++) {
          if (event > 0) await it.press(it.does('step'));
          const narration = (await it.part('narration').textContent())?.trim() ?? '';
          expect(narration).toBe(it.expected(it.at(preset.name, event)).narration);
          expect([...narration].length, narration).toBeLessThanOrEqual(140);
          expect(narration).not.toBe(told.at(-1));
          told.push(narration);
        }
      }
    });

    once('10 a longer narration moves nothing', async ({ figure }) => {
      const it = await figure(file, { width: 390, height: 740, reduce: true });
      const tops = () =>
        it.root.evaluate((root) => ['.demo-narration', '.demo-transport'].map((part) => Number(root.querySelector(part)?.getBoundingClientRect().top) - Number(root.querySelector('.demo-stage')?.getBoundingClientRect().top)));
      const before = await tops();
      for (const preset of manifest.presets) {
        await it.press(it.preset(preset.name));
        const events = it.events(preset.name);
        // The whole story, then one step too many, which is answered by a sentence of the kit.
        for (let event = 0; event <= Math.min(30, events); event++) {
          await it.does('seek').fill(String(event));
          expect(await tops(), `${preset.name}: ${await it.part('narration').textContent()}`).toEqual(before);
        }
        await it.does('seek').press('End');
        await it.press(it.does('step'));
        expect(await tops(), `${preset.name}, after its end`).toEqual(before);
      }
      await it.part('stage').focus();
      await it.part('stage').press('End');
      expect(await tops(), `a mark: ${await it.part('narration').textContent()}`).toEqual(before);
    });

    once('15 with reduced motion a step is one change, and play goes by steps', async ({ figure }) => {
      const moving = await figure(file);
      await moving.press(moving.preset(longest.name));
      // The measure sees motion where there is some: a few steps of this story are drawn in more than one frame.
      const tweened = await changingFrames(moving, async () => {
        for (let step = 0; step < 3; step++) await moving.press(moving.does('step'));
      });
      expect(tweened).toBeGreaterThan(3);
      const still = await figure(file, { reduce: true });
      await still.press(still.preset(longest.name));
      for (let step = 0; step < 3; step++) {
        expect(await changingFrames(still, () => still.press(still.does('step')))).toBeLessThanOrEqual(1);
      }
      await holdClock(still);
      await still.does('reset').click();
      await still.does('play').click();
      await still.root.evaluate((root) => {
        const times = [];
        new MutationObserver(() => times.push(performance.now())).observe(/** @type {Node} */ (root.querySelector('[data-part="at"]')), { childList: true, characterData: true, subtree: true });
        Object.assign(window, { times });
      });
      await still.page.clock.runFor(3_600);
      const times = await still.page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (window).times));
      const gaps = times.slice(1).map((time, idx) => time - times[idx]);
      expect(times.length).toBeGreaterThanOrEqual(Math.min(4, longest.events));
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(600);
    });

    once('18 the live region is quiet while it plays, and speaks of what the reader does', async ({ figure }) => {
      const it = await figure(file);
      await it.press(it.preset(longest.name));
      await it.press(it.does('step'));
      await expect(it.part('status')).not.toBeEmpty();
      await it.press(it.does('reset'));
      await it.does('speed').selectOption('2');
      await holdClock(it);
      await it.root.evaluate((root) => {
        const said = [];
        const button = root.querySelector('[data-do="play"]');
        const note = () => button?.getAttribute('aria-label') === 'Pause' && said.push(performance.now());
        new MutationObserver(note).observe(/** @type {Node} */ (root.querySelector('[data-part="status"]')), { childList: true, characterData: true, subtree: true });
        Object.assign(window, { said });
      });
      await it.does('play').click();
      await it.page.clock.runFor(8_000);
      const said = await it.page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (window).said));
      const gaps = said.slice(1).map((time, idx) => time - said[idx]);
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1_900);
      expect(said.length).toBeLessThanOrEqual(5);
      await expect(it.part('at')).not.toHaveText(/^event [01] /);
      const role = it.part('status');
      await expect(role).toHaveAttribute('role', 'status');
    });

    once('21 a step changes only what differs: the elements of the picture stay', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      await it.press(it.preset(longest.name));
      const size = await it.root.evaluate((root) => {
        const all = [...root.querySelectorAll('.demo-stage svg, .demo-side svg')];
        Object.assign(window, { kept: all.flatMap((svg) => [svg, ...svg.querySelectorAll('*')]) });
        return all.reduce((sum, svg) => sum + svg.querySelectorAll('*').length, 0);
      });
      expect(size, 'elements in the picture').toBeLessThanOrEqual(400);
      await it.press(it.does('step'), Math.min(3, longest.events));
      const gone = await it.page.evaluate(() => /** @type {any} */ (window).kept.filter((element) => !element.isConnected).length);
      expect(gone / size, 'share of elements that were thrown away').toBeLessThanOrEqual(0.5);
    });

    once('22 it pauses when it leaves the window or the page is hidden, and does not catch up', async ({ figure }) => {
      const it = await figure(file, { height: 400 });
      await it.press(it.preset(longest.name));
      await it.does('speed').selectOption('0.25');
      await it.does('play').click();
      await playing(it);
      await it.page.evaluate(async (id) => {
        const figure = /** @type {Element} */ (document.getElementById(id));
        const top = figure.getBoundingClientRect().top + scrollY;
        scrollTo({ top: top > innerHeight ? 0 : document.documentElement.scrollHeight, behavior: 'instant' });
        await /** @type {any} */ (window).seen.drawn(2);
      }, it.id);
      await expect(it.root).not.toBeInViewport();
      await paused(it);
      await it.rest();
      const left = await it.part('at').textContent();
      await it.page.evaluate(() => /** @type {any} */ (window).seen.drawn(30));
      await it.root.evaluate((root) => root.querySelector('.demo-transport')?.scrollIntoView({ behavior: 'instant', block: 'center' }));
      await expect(it.does('play')).toBeInViewport();
      expect(await it.part('at').textContent()).toBe(left);

      if ((await it.does('play').getAttribute('aria-label')) === 'Play') await it.does('play').click();
      await playing(it);
      await it.page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await paused(it);
      await it.rest();
    });

    once('22 one figure plays at a time, by one loop of frames', async ({ visit }) => {
      const twin = `${file.id}-twin`;
      const page = await visit(file.page, {
        before: (context) =>
          context.route(`**/${file.page}`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: withTwin(file, twin) })),
      });
      const [one, two] = [new Figure(page, file), new Figure(page, file, twin)];
      for (const it of [one, two]) {
        await it.live();
        await it.press(it.preset(longest.name));
        await it.does('speed').selectOption('0.25');
      }
      await page.setViewportSize({ width: 1280, height: 3_000 });
      await one.does('play').scrollIntoViewIfNeeded();
      await page.evaluate(() => /** @type {any} */ (window).seen.rest());
      await page.evaluate(() => Object.assign(/** @type {any} */ (window).seen, { loops: 0 }));
      await one.does('play').evaluate((button) => /** @type {HTMLElement} */ (button).click());
      await playing(one);
      await two.does('play').evaluate((button) => /** @type {HTMLElement} */ (button).click());
      await playing(two);
      await paused(one);
      await page.evaluate(() => /** @type {any} */ (window).seen.drawn(20));
      await two.does('play').evaluate((button) => /** @type {HTMLElement} */ (button).click());
      await paused(two);
      await two.rest();
      expect(await page.evaluate(() => /** @type {any} */ (window).seen.loops)).toBe(1);
    });
  });
}

/**
 * The state of a run of at least twenty events: a preset as it is, or with one of its knobs turned.
 * @param {import('../../lib/oracle.mjs').Module} module
 */
function longRun({ manifest, frame }) {
  const turned = manifest.params.flatMap(({ name, min = 0, max = -1, step = 1, values = [] }) => {
    const range = Array.from({ length: Math.max(0, Math.floor((max - min) / step) + 1) }, (_, idx) => decimal(min + step * idx));
    return [...values, ...range].slice(0, 64).map((value) => `&${name}=${value}`);
  });
  for (const knob of ['', ...turned]) {
    for (const { name } of manifest.presets) {
      const { events, problems } = frame(`preset=${name}${knob}`);
      if (events >= 20 && events <= 100 && problems.length === 0) return `preset=${name}${knob}`;
    }
  }
  throw new Error(`${manifest.name} has no run of twenty events`);
}

/** The figure's page with the figure in it twice, the second time under another id. */
const withTwin = (/** @type {import('../../lib/site.mjs').FigureFile} */ file, /** @type {string} */ twin) => {
  const html = source(file.page);
  const start = html.indexOf(html.match(new RegExp(`<figure\\b[^>]*\\bid="${file.id}"`))?.[0] ?? '\0');
  // A figure of a demo holds no other figure.
  const end = html.indexOf('</figure>', start) + '</figure>'.length;
  const copy = html.slice(start, end).replaceAll(new RegExp(`((?<!-)\\b(?:id|for|name|href|aria-[a-z]+)="#?)${file.id}\\b`, 'g'), `$1${twin}`);
  return html.slice(0, end) + copy + html.slice(end);
};
