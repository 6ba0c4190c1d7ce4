// Acceptance of every figure, in the hand: keyboard, mouse and touch reach the same state; nothing needs a drag; targets are large enough.

import { targets } from '../../lib/look.mjs';
import { figures } from '../../lib/site.mjs';
import { expect, onceADemo, test } from '../../lib/test.mjs';

/** @typedef {import('../../lib/figure.mjs').Figure} Figure */

/** The element that has the focus, by its hook, and whether one can see that it has. */
const focused = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const ringed = (/** @type {Element} */ it) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(it);
      const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
      return outlined || boxShadow !== 'none';
    };
    const seen = [element, element.closest('label'), element.parentElement].filter((it) => it !== null).some(ringed);
    const hook = ['data-part', 'data-do', 'data-preset', 'data-guess', 'data-action', 'data-knob', 'data-less', 'data-more'].find((name) => element.hasAttribute(name));
    const name = hook ? `${hook.slice(5)} ${element.getAttribute(hook)}` : `${element.localName} ${element.textContent?.trim().slice(0, 30)}`;
    const figure = element.closest('figure.demo')?.id ?? null;
    return { name, seen, figure, inView: element.getBoundingClientRect().bottom > 0 && element.getBoundingClientRect().top < innerHeight };
  });

/** Puts the focus on the stage by the keyboard's way: Tab from the control before it. */
const toStage = async (/** @type {Figure} */ it) => {
  await it.part('stage').focus();
  await expect(it.part('stage')).toBeFocused();
};

/** Looks for the place of a mark as a pointer does: where the narration, on hovering, tells what it is. */
const findMark = async (/** @type {Figure} */ it, /** @type {string} */ told) => {
  for (const panel of await it.root.locator('.demo-stage [data-panel] svg, .demo-side [data-panel] svg').all()) {
    const position = await panel.evaluate((svg, wanted) => {
      svg.scrollIntoView({ behavior: 'instant', block: 'center' });
      const { left, top, width, height } = svg.getBoundingClientRect();
      const narration = svg.closest('figure')?.querySelector('[data-part="narration"]');
      const hover = (/** @type {number} */ x, /** @type {number} */ y) => svg.dispatchEvent(new MouseEvent('mousemove', { clientX: left + x, clientY: top + y, bubbles: true }));
      const grid = 48;
      for (let row = 1; row < grid; row++) {
        for (let column = 1; column < grid; column++) {
          const [x, y] = [(width * column) / grid, (height * row) / grid];
          hover(x, y);
          if (narration?.textContent === wanted) return { x, y };
        }
      }
      return null;
    }, told);
    if (position) return { panel, position };
  }
  throw new Error(`no place of the picture tells "${told}"`);
};

for (const file of figures()) {
  const { manifest } = file.module;
  const once = onceADemo(file);
  const [first, second] = manifest.presets;
  /** Actions on a mark of the picture, or with a mark as a handle. */
  const targeted = manifest.actions.filter(({ target }) => target && !target.startsWith('@'));
  const [knob] = manifest.params.filter(({ more, kind }) => !more && kind !== 'choice' && kind !== 'text');

  test.describe(`${file.demo} in ${file.page}#${file.id}`, () => {
    test('11 Tab goes through the figure in its order, and shows where it is', async ({ figure }) => {
      const it = await figure(file);
      await it.does('link').focus();
      const stops = [];
      for (let tab = 0; tab < 80; tab++) {
        await it.page.keyboard.press('Tab');
        const stop = await focused(it.page);
        if (stop?.figure !== it.id) break;
        expect(stop.seen, `focus on ${stop.name} is visible`).toBe(true);
        expect(stop.inView, `${stop.name} is in the window`).toBe(true);
        stops.push(stop.name);
      }
      // One stop each for the guess, the stage and the toolbar; every preset, knob and disclosure its own.
      const expected = [
        'guess 0',
        ...manifest.presets.map(({ name }) => `preset ${name}`),
        'part stage',
        /^do (back|play|step|reset)$/,
        'do speed',
        'do seek',
        ...(knob ? [`knob ${knob.name}`] : []),
        'summary More settings',
        'summary What happens',
        'summary State as a table',
        'do book',
      ];
      let place = -1;
      for (const wanted of expected) {
        const next = stops.findIndex((stop, idx) => idx > place && (wanted instanceof RegExp ? wanted.test(stop) : stop === wanted));
        expect(next, `${wanted} comes after ${stops[place] ?? 'the start'} in ${stops.join(' | ')}`).toBeGreaterThan(place);
        place = next;
      }
      expect(stops.filter((stop) => /^do (back|play|step|reset)$/.test(stop))).toHaveLength(1);
      expect(stops.filter((stop) => stop.startsWith('guess'))).toHaveLength(1);
      await it.page.keyboard.press('Shift+Tab');
      expect((await focused(it.page))?.figure, 'Tab leads out, Shift+Tab back in').toBe(it.id);
    });

    once('11 the keys of the figure do what its buttons do', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      const { keyboard } = it.page;
      await toStage(it);
      await keyboard.press('2');
      await it.rest();
      await it.toShow(it.at(second.name, 0));
      await keyboard.press('.');
      await keyboard.press('.');
      await it.rest();
      await it.toShow(it.at(second.name, 2));
      await keyboard.press(',');
      await it.rest();
      await it.toShow(it.at(second.name, 1));
      await keyboard.press('0');
      await it.rest();
      await it.toShow(it.at(second.name, 0));
      await keyboard.press('Space');
      await expect(it.does('play')).toHaveAttribute('aria-label', 'Pause');
      await keyboard.press('Space');
      await expect(it.does('play')).toHaveAttribute('aria-label', 'Play');
      await keyboard.press('?');
      await expect(it.part('keys')).toHaveAttribute('open');
      for (const [idx, preset] of manifest.presets.entries()) {
        await toStage(it);
        await keyboard.press(String(idx + 1));
        await it.rest();
        await it.toShow(it.at(preset.name, 0));
      }
      for (const [key] of manifest.keys.slice(0, 3)) await expect(it.part('keys')).toContainText(key);
    });

    once('11 keys belong to others while typing, with modifiers, and outside the figure', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      const { keyboard } = it.page;
      await it.press(it.preset(first.name));
      await toStage(it);
      for (const key of ['Control+.', 'Alt+2', 'Meta+2']) await keyboard.press(key);
      await it.rest();
      await it.toShow(it.at(first.name, 0));
      await it.root.locator('.demo-more > summary').click();
      await it.does('seed').click();
      for (const key of ['.', '2', '0', '?']) await keyboard.press(key);
      await it.rest();
      expect(await it.part('at').textContent()).toMatch(/^event 0 /);
      expect((await it.shows()).preset).toBe(first.name);
      await expect(it.part('keys')).not.toHaveAttribute('open');
      await keyboard.press('Escape');
      await it.does('seed').fill(String(first.seed));
      await it.does('seed').press('Enter');
      await it.page.locator('main').focus();
      for (const key of ['.', '2']) await keyboard.press(key);
      await it.rest();
      await it.toShow(it.at(first.name, 0));
    });

    once('11 in the toolbar arrows, Home and End move the focus', async ({ figure }) => {
      const it = await figure(file);
      const { keyboard } = it.page;
      await it.does('back').focus();
      const walk = [];
      for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'Home']) {
        await keyboard.press(key);
        walk.push((await focused(it.page))?.name);
      }
      expect(walk).toEqual(['do back', 'do play', 'do step', 'do reset', 'do step', 'do reset', 'do back']);
      for (const key of ['ArrowRight', 'ArrowRight']) await keyboard.press(key);
      await keyboard.press('Tab');
      await keyboard.press('Shift+Tab');
      expect((await focused(it.page))?.name, 'the toolbar remembers').toBe('do step');
    });

    once('11 arrows walk the marks of the stage, Enter leads to what can be done, Escape leaves', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      const { keyboard } = it.page;
      await it.press(it.preset(first.name));
      await toStage(it);
      const plain = await it.picture();
      const told = [];
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'Home']) {
        await keyboard.press(key);
        await it.rest();
        await expect(it.part('mark')).toBeVisible();
        expect(await it.picture(), 'the choice is seen in the picture').not.toEqual(plain);
        told.push(await it.part('mark').textContent());
      }
      expect(told[1], 'the next mark is another').not.toBe(told[0]);
      expect(told[2], 'back to the one before').toBe(told[0]);
      expect(told[4]).toBe(told[0]);
      expect(told[3]).not.toBe(told[4]);
      const named = await it.part('stage').evaluate((stage) => {
        const id = stage.getAttribute('aria-activedescendant');
        return id ? document.getElementById(id)?.getAttribute('aria-label') ?? document.getElementById(id)?.textContent ?? null : null;
      });
      const spoken = `${named ?? ''} ${(await it.part('status').textContent()) ?? ''}`;
      expect(spoken.trim(), 'the mark is named to a screen reader').not.toBe('');
      if (await it.part('mark').locator('[data-action]').count()) {
        await keyboard.press('Enter');
        await expect(it.part('mark').locator('[data-action]').first()).toBeFocused();
        await keyboard.press('Escape');
        await expect(it.part('stage'), 'Escape gives the focus back').toBeFocused();
      }
      await keyboard.press('Escape');
      await it.rest();
      await expect(it.part('mark')).toBeHidden();
      await it.toShow(it.at(first.name, 0));
    });

    once('11 12 keyboard, mouse and touch reach the same state, and none has to drag', async ({ figure }) => {
      const keys = await figure(file, { reduce: true });
      const { keyboard } = keys.page;
      // By keyboard alone, from the control before the stage on.
      await keys.preset(first.name).focus();
      await keyboard.press('2');
      for (let step = 0; step < 3; step++) await keyboard.press('.');
      if (knob) {
        await keys.knob(knob.name).focus();
        await keyboard.press('ArrowRight');
      }
      await toStage(keys);
      await keyboard.press('.');
      await keys.rest();
      const marked = await keys.expected(await keys.settledAddress());
      expect(marked.at).toBe(knob ? 1 : 4);
      await keyboard.press('ArrowRight');
      await keys.rest();
      const about = await keys.part('mark').textContent();
      const told = await keys.part('narration').textContent();
      const acts = (await keys.part('mark').locator('[data-action]').count()) > 0;
      if (acts) {
        await keyboard.press('Enter');
        await keyboard.press('Enter');
      }
      await keys.rest();
      await toStage(keys);
      await keyboard.press('Escape');
      await keys.rest();
      const wanted = await keys.settledAddress();
      const picture = await keys.shows();
      if (acts) expect(wanted).toContain('do=');

      for (const touch of [false, true]) {
        const it = await figure(file, { reduce: true, touch, ...(touch ? { width: 390, height: 740 } : {}) });
        const hit = (/** @type {import('@playwright/test').Locator} */ button) => (touch ? button.tap() : button.click());
        const hand = touch ? 'touch' : 'mouse';
        await hit(it.preset(second.name));
        for (let step = 0; step < 3; step++) await hit(it.does('step'));
        if (knob) await hit(it.root.locator(`[data-more="${knob.name}"]`));
        await hit(it.does('step'));
        await it.rest();
        const { panel, position } = await findMark(it, told ?? '');
        await (touch ? panel.tap({ position }) : panel.click({ position }));
        await it.rest();
        await expect(it.part('mark'), hand).toHaveText(about ?? '');
        if (acts) await hit(it.part('mark').locator('[data-action]').first());
        // What the pointer is on is explained: leave the picture.
        if (!touch) await it.page.mouse.move(0, 0);
        await it.rest();
        await toStage(it);
        await it.page.keyboard.press('Escape');
        await it.rest();
        expect(await it.settledAddress(), hand).toBe(wanted);
        const shown = await it.shows();
        expect(words(shown), hand).toEqual(words(picture));
        for (const name of it.following()) expect(shown.panels[name], `${hand}: ${name}`).toEqual(picture.panels[name]);
      }
    });

    once('12 whatever a drag can do, a press does', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      // Every range has buttons beside it: the knobs their own, the scrubber the transport.
      const ranges = await it.root.locator('input[type="range"]').evaluateAll((all) => all.map((range) => range.getAttribute('data-knob') ?? range.getAttribute('data-do')));
      for (const name of ranges) {
        if (name === 'seek') continue;
        await expect(it.root.locator(`button[data-less="${name}"]`)).toHaveCount(1);
        await expect(it.root.locator(`button[data-more="${name}"]`)).toHaveCount(1);
      }
      // Every action on a mark is a button once a mark of its kind is chosen by a key, no drag in sight.
      await it.press(it.preset(first.name));
      await it.does('seek').press('End');
      await toStage(it);
      const offered = new Set();
      for (let mark = 0; mark < 100 && offered.size < targeted.length; mark++) {
        // Along a group and on to the next one in turn: both ways lead to marks of every kind.
        await it.page.keyboard.press(mark % 2 ? 'ArrowDown' : 'ArrowRight');
        await it.rest();
        for (const name of await it.part('mark').locator('[data-action]').evaluateAll((all) => all.map((button) => button.getAttribute('data-action')))) offered.add(name);
      }
      expect([...offered].sort()).toEqual(targeted.map(({ name }) => name).sort());
    });

    once('13 targets are at least 24 px, and 44 px under a finger', async ({ figure }) => {
      for (const touch of [false, true]) {
        const it = await figure(file, { touch, width: touch ? 390 : 1280, height: 800 });
        for (const summary of await it.root.locator('details').all()) await summary.evaluate((details) => details.setAttribute('open', ''));
        await it.rest();
        const all = await targets(it.root);
        expect(all.length).toBeGreaterThan(10);
        const large = ['data-preset', 'data-guess'];
        const transport = ['back', 'play', 'step', 'reset', 'speed', 'seek'].map((name) => `data-do ${name}`);
        const needs = (/** @type {typeof all[number]} */ { kind, what }) => (touch && (large.includes(kind) || transport.includes(what)) ? 44 : 24);
        const small = all.filter((target) => target.height < needs(target) - 0.01 || target.width < needs(target) - 0.01);
        expect(small.map(({ what, width, height }) => `${what}: ${width.toFixed(1)} x ${height.toFixed(1)}`), touch ? 'finger' : 'mouse').toEqual([]);
      }
    });
  });
}

/** All that is shown but the pictures. */
const words = (/** @type {Record<string, unknown>} */ { panels: _, ...rest }) => rest;
