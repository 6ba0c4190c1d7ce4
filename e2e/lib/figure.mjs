// A figure in a page, with the words of the contract: parts, buttons, knobs, presets, panels.

import { expect } from '@playwright/test';
import { lines } from './svg.mjs';

/** A number as readers see it: 12,345.6. */
export const grouped = (/** @type {number | string} */ number) => Number(number).toLocaleString('en-US', { maximumFractionDigits: 6 });

export class Figure {
  /**
   * @param {import('@playwright/test').Page} page
   * @param {import('./site.mjs').FigureFile} file
   * @param {string} [id] when it is not the one in the file
   */
  constructor(page, file, id = file.id) {
    this.page = page;
    this.file = file;
    this.id = id;
    this.manifest = file.module.manifest;
    this.root = page.locator(`[id="${id}"]`);
  }

  /** A control of the figure: back, play, step, reset, speed, seek, seed, new-seed, seeds, link, book. */
  does(/** @type {string} */ what) {
    return this.root.locator(`[data-do="${what}"]`);
  }

  part(/** @type {string} */ name) {
    return this.root.locator(`[data-part="${name}"]`);
  }

  preset(/** @type {string} */ name) {
    return this.root.locator(`[data-preset="${name}"]`);
  }

  knob(/** @type {string} */ name) {
    return this.root.locator(`[data-knob="${name}"]`);
  }

  guess(/** @type {number} */ idx) {
    return this.root.locator(`[data-guess="${idx}"]`);
  }

  /** Waits until the figure runs. */
  async live() {
    await this.root.scrollIntoViewIfNeeded();
    await expect(this.root, 'the figure runs').toHaveAttribute('data-live', 'yes');
    await this.rest();
  }

  /** Waits until every tween has ended. */
  async rest() {
    await this.page.evaluate(() => /** @type {any} */ (window).seen.rest());
  }

  /** Presses a button of the figure by a real click, some times, and waits for the picture to come to rest. */
  async press(/** @type {import('@playwright/test').Locator} */ button, times = 1) {
    for (let press = 0; press < times; press++) await button.click();
    await this.rest();
  }

  /** Opens a `details` of the figure; the figure hears of it by an event of its own time. */
  async open(/** @type {string} */ part) {
    await this.part(part).evaluate((details) => details.setAttribute('open', ''));
    await this.page.evaluate(() => /** @type {any} */ (window).seen.drawn(2));
    await this.rest();
  }

  /** Everything that the figure shows of its state. */
  async shows() {
    const raw = await this.root.evaluate((root) => {
      const text = (/** @type {Element | null | undefined} */ element) => element?.textContent?.trim() ?? '';
      const all = (/** @type {string} */ selector) => [...root.querySelectorAll(selector)];
      const rows = (/** @type {string} */ part) =>
        all(`[data-part="${part}"] tbody tr`).map((row) => [...row.children].map((cell) => text(cell)));
      const knobs = all('[data-knob]').map((knob) => {
        const { name, value } = { name: knob.getAttribute('data-knob'), value: /** @type {HTMLInputElement} */ (knob).value };
        const read = knob.getAttribute('aria-valuetext');
        return [name, { value, read, shown: text(root.querySelector(`[data-value="${name}"]`)) }];
      });
      const panels = all('[data-panel]').map((panel) => [panel.getAttribute('data-panel'), panel.querySelector('svg')?.outerHTML ?? '']);
      return {
        panels: Object.fromEntries(panels),
        narration: text(root.querySelector('[data-part="narration"]')),
        at: text(root.querySelector('[data-part="at"]')),
        preset: root.querySelector('[data-preset][aria-pressed="true"]')?.getAttribute('data-preset') ?? '',
        question: text(root.querySelector('[data-part="question"]')),
        seed: /** @type {HTMLInputElement} */ (root.querySelector('[data-do="seed"]')).value,
        knobs: Object.fromEntries(knobs),
        meters: rows('meters'),
      };
    });
    return { ...raw, panels: Object.fromEntries(Object.entries(raw.panels).map(([name, svg]) => [name, lines(svg)])) };
  }

  /** The picture alone: the panels that follow the event, as lines. */
  async picture() {
    const { panels } = await this.shows();
    return Object.fromEntries(this.following().map((name) => [name, panels[name]]));
  }

  /** Names of the panels that follow the event shown; those of the outcome do not. */
  following() {
    return this.manifest.panels.filter(({ place }) => place !== 'reveal').map(({ name }) => name);
  }

  /** What the module itself, outside the browser, draws and says for a state. */
  expected(/** @type {string} */ state) {
    return this.file.module.frame(state);
  }

  /** The figure shows this state and nothing else: picture, words, knobs and meters are the module's answer. */
  async toShow(/** @type {string} */ state, { words = true } = {}) {
    const frame = this.expected(state);
    const shown = await this.shows();
    const wanted = Object.fromEntries(frame.panels.map(({ name, svg }) => [name, lines(svg)]));
    for (const name of this.following()) expect(shown.panels[name], `panel ${name} of ${state}`).toEqual(wanted[name]);
    // A notice, or what a mark is, may stand in the narration's place.
    if (words) expect(shown.narration).toBe(frame.narration.trim());
    expect(shown.at).toBe(`event ${grouped(frame.at)} of ${grouped(frame.events)}`);
    expect(shown.preset).toBe(frame.preset);
    expect(shown.seed).toBe(String(frame.seed));
    expect(shown.meters).toEqual(
      frame.meters.map((row) => [`${row.name} ${row.formula}`.trim(), row.measured, row.theory, row.difference]),
    );
    for (const param of this.manifest.params) {
      const value = frame.settings[param.name];
      const index = param.kind === 'values' ? String(param.values?.indexOf(Number(value))) : value;
      const knob = shown.knobs[param.name];
      expect(knob.value, `knob ${param.name} of ${state}`).toBe(index);
      if (param.kind !== 'range' && param.kind !== 'values') continue;
      expect(knob.shown, `knob ${param.name} of ${state}`).toBe(grouped(value) + (param.unit === 'percent' ? '\u00a0%' : ''));
      expect(knob.read).toBe(`${grouped(value)} ${param.unit}`.trim());
    }
    return frame;
  }

  /** The state in the page's address, when it is this figure's. */
  async address() {
    return stateOf(this.page.url(), this.id);
  }

  /** Waits until the page's address tells the state that is shown, and gives it. */
  async settledAddress() {
    await expect(async () => {
      const state = (await this.address()) ?? this.file.book;
      await this.toShow(state, { words: false });
    }, 'the address tells what is shown').toPass({ intervals: [50, 100], timeout: 5_000 });
    return (await this.address()) ?? this.file.book;
  }

  /** The states of a preset's events 0..=n are numbered; this names one. */
  at(/** @type {string} */ preset, /** @type {number} */ event) {
    return event > 0 ? `preset=${preset}&at=${event}` : `preset=${preset}`;
  }

  /** How many events a preset has. */
  events(/** @type {string} */ preset) {
    return this.expected(`preset=${preset}`).events;
  }
}

/**
 * The state of a figure in an address; null when the address names none.
 * @param {string} url
 * @param {string} id
 */
export const stateOf = (url, id) => {
  const hash = new URL(url).hash.slice(1);
  return hash.startsWith(`${id}?`) ? hash.slice(id.length + 1) : null;
};
