// Acceptance of figures with actions at a place of the picture: a drag, two clicks, two taps and keys do the same, as one event
// of the run that can be stepped back, shared and reloaded. What an action would do is shown before it is done.

import { figures } from '../../lib/site.mjs';
import { expect, onceADemo, test } from '../../lib/test.mjs';

/** @typedef {import('../../lib/figure.mjs').Figure} Figure */

/** From the middle of the panel, where the cross begins, so many steps of the arrow keys. */
const WAY = { right: 6, down: -9 };
/** What a step is, in tenths of a unit. */
const NUDGE = 32;

for (const file of figures()) {
  const { manifest } = file.module;
  const placed = manifest.actions.filter(({ target }) => target.includes('@'));
  if (placed.length === 0) continue;
  const once = onceADemo(file);
  const [first] = manifest.presets;
  const panelOf = (/** @type {string} */ target) => manifest.panels.find(({ name }) => name === target.split('@')[1]);

  /** Width and height of an action's panel in CSS px, brought into view. */
  const size = (/** @type {Figure} */ it, /** @type {string} */ target) =>
    it.root.locator(`[data-panel="${panelOf(target)?.name}"] svg`).evaluate((svg) => {
      svg.scrollIntoView({ behavior: 'instant', block: 'center' });
      const { left, top, width, height } = svg.getBoundingClientRect();
      return { left, top, width, height };
    });

  /** The last action of the state that is shown, and its place. */
  const lastAction = async (/** @type {Figure} */ it) => {
    const state = await it.settledAddress();
    const [, name, place] = state.match(/do=.*?(?:\d+)\.([\w-]+)\.(\d+)$/) ?? [];
    return { state, name, x: Math.floor(Number(place) / 10_000), y: Number(place) % 10_000 };
  };

  /** The figure shows the state that its address tells, and goes back to what it was. */
  const isOneEvent = async (/** @type {Figure} */ it, /** @type {string} */ state) => {
    const frame = await it.toShow(state, { words: false });
    expect(frame.problems).toEqual([]);
    const before = await it.shows();
    await it.press(it.does('back'));
    await it.press(it.does('step'));
    expect((await it.shows()).panels).toEqual(before.panels);
    await it.page.reload();
    await it.live();
    expect((await it.shows()).panels, 'reloaded').toEqual(before.panels);
  };

  test.describe(`${file.demo} in ${file.page}#${file.id}`, () => {
    for (const { name, target } of placed) {
      once(`12 ${name} by keys, by click and by tap reaches the same place`, async ({ figure }) => {
        const places = [];
        for (const hand of ['keys', 'mouse', 'touch']) {
          const touch = hand === 'touch';
          const it = await figure(file, { reduce: true, touch, ...(touch ? { width: 390, height: 740 } : {}) });
          await it.press(it.preset(first.name));
          const plain = await it.picture();
          const button = it.root.locator(`.demo-actions [data-action="${name}"]`);
          await (touch ? button.tap() : button.click());
          await expect(button).toHaveAttribute('aria-pressed', 'true');
          await expect(it.part('stage'), 'the keys go to the stage').toBeFocused();
          const box = await size(it, target);
          const pixel = 3200 / box.width;
          const middle = { x: 1600, y: 5 * Number(panelOf(target)?.height) };
          const wanted = { x: middle.x + WAY.right * NUDGE, y: middle.y + WAY.down * NUDGE };
          if (hand === 'keys') {
            // A cross begins at the handle, when there is one: its corner first, then the way from there.
            for (let step = 0; step < 11; step++) for (const key of ['Shift+ArrowLeft', 'Shift+ArrowUp']) await it.page.keyboard.press(key);
            for (let step = 0; step < Math.round(wanted.x / NUDGE); step++) await it.page.keyboard.press('ArrowRight');
            for (let step = 0; step < Math.round(wanted.y / NUDGE); step++) await it.page.keyboard.press('ArrowDown');
            await it.rest();
            expect(await it.picture(), 'what it would do is shown').not.toEqual(plain);
            expect((await it.address()) ?? '', 'nothing is done yet').not.toContain('do=');
            await it.page.keyboard.press('Enter');
          } else if (touch) {
            await it.page.touchscreen.tap(box.left + wanted.x / pixel, box.top + wanted.y / pixel);
          } else {
            await it.page.mouse.click(box.left + wanted.x / pixel, box.top + wanted.y / pixel);
          }
          await it.rest();
          await it.part('stage').focus();
          await it.page.keyboard.press('Escape');
          await it.page.mouse.move(0, 0);
          await it.rest();
          await expect(button).toHaveAttribute('aria-pressed', 'false');
          const done = await lastAction(it);
          expect(done.name, hand).toBe(name);
          for (const axis of /** @type {const} */ (['x', 'y'])) {
            expect(Math.abs(done[axis] - wanted[axis]), `${hand}: ${axis}`).toBeLessThanOrEqual(NUDGE / 2 + 1.5 * pixel);
          }
          places.push(done);
          await isOneEvent(it, done.state);
        }
        expect(places).toHaveLength(3);
      });
    }

    once('12 what has a handle is dragged by it, shown on the way, and done where the drag ends', async ({ figure }) => {
      const handles = placed.filter(({ target }) => !target.startsWith('@'));
      for (const touch of [false, true]) {
        const it = await figure(file, { reduce: true, touch, ...(touch ? { width: 390, height: 740 } : {}) });
        await it.press(it.preset(first.name));
        const done = new Set();
        for (let grip = 0; grip < handles.length; grip++) {
          await it.press(it.does('reset'));
          await it.settledAddress();
          const plain = await it.picture();
          const from = await it.root.locator('.demo-stage .grip').nth(grip).evaluate((handle) => {
            handle.scrollIntoView({ behavior: 'instant', block: 'center' });
            const { left, top, width, height } = handle.getBoundingClientRect();
            return { x: left + width / 2, y: top + height / 2 };
          });
          const to = { x: from.x + 41, y: from.y - 53 };
          const pointer = await pointerOf(it, touch);
          await pointer.down(from);
          await pointer.move({ x: from.x + 20, y: from.y - 30 });
          await it.rest();
          const onTheWay = await it.picture();
          expect(onTheWay, `${touch ? 'finger' : 'mouse'}, handle ${grip}: shown on the way`).not.toEqual(plain);
          expect((await it.address()) ?? '', 'not yet done').not.toContain('do=');
          await pointer.move(to);
          await pointer.up();
          await it.rest();
          expect(await it.picture()).not.toEqual(onTheWay);
          await it.page.mouse.move(0, 0);
          await it.part('stage').focus();
          await it.page.keyboard.press('Escape');
          await it.rest();
          const { state, name } = await lastAction(it);
          done.add(name);
          await isOneEvent(it, state);
        }
        expect([...done].sort()).toEqual(handles.map(({ name }) => name).sort());
      }
    });

    once('12 Escape and a drag that is taken away leave everything as it was', async ({ figure }) => {
      const it = await figure(file, { reduce: true });
      await it.press(it.preset(first.name));
      const plain = await it.picture();
      for (const { name, target } of placed) {
        await it.press(it.root.locator(`.demo-actions [data-action="${name}"]`));
        const box = await size(it, target);
        await it.page.mouse.move(box.left + box.width * 0.3, box.top + box.height * 0.3);
        await it.rest();
        expect(await it.picture(), name).not.toEqual(plain);
        await it.page.keyboard.press('Escape');
        await it.page.mouse.move(0, 0);
        await it.rest();
        expect(await it.picture(), name).toEqual(plain);
      }
      const grip = it.root.locator('.demo-stage .grip').first();
      if (await grip.count()) {
        await grip.hover();
        await it.page.mouse.down();
        await it.page.mouse.move(700, 300, { steps: 4 });
        await it.page.keyboard.press('Escape');
        await it.page.mouse.up();
        await it.page.mouse.move(0, 0);
        await it.rest();
        expect(await it.picture()).toEqual(plain);
      }
      expect((await it.address()) ?? '').not.toContain('do=');
    });
  });
}

/**
 * A pointer that can be put down, moved and lifted: the mouse, or a finger by the browser's own input.
 * @param {Figure} it
 * @param {boolean} touch
 */
const pointerOf = async (it, touch) => {
  const { mouse } = it.page;
  if (!touch) {
    return {
      down: async (/** @type {{ x: number, y: number }} */ { x, y }) => {
        await mouse.move(x, y);
        await mouse.down();
      },
      move: (/** @type {{ x: number, y: number }} */ { x, y }) => mouse.move(x, y, { steps: 3 }),
      up: () => mouse.up(),
    };
  }
  const browser = await it.page.context().newCDPSession(it.page);
  const send = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {{ x: number, y: number }[]} */ touchPoints) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (/** @type {{ x: number, y: number }} */ at) => send('touchStart', [at]),
    move: (/** @type {{ x: number, y: number }} */ at) => send('touchMove', [at]),
    up: () => send('touchEnd', []),
  };
};
