// What can be measured of the look of a figure: contrast, size of text, size of targets, what is visible.

/** Marks that carry meaning; a grid, an axis, a wash or a dimmed mark may be fainter. */
const MARKS = ['arc', 'tick', 'dots', 'node', 'bar', 'halo', 'mean', 'measured', 'theory', 'bound', 'mark', 'now', 'walk', 'select'];

/**
 * Contrast of every mark and text of the figure's pictures against what lies behind the picture, the faintest first.
 * @param {import('@playwright/test').Locator} root
 * @returns {Promise<{ what: string, ratio: number, needs: number }[]>}
 */
export const contrasts = (root) =>
  root.evaluate((figure, marks) => {
    const brush = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d', { willReadFrequently: true }));
    const painted = (/** @type {string[]} */ colors) => {
      brush.clearRect(0, 0, 1, 1);
      for (const color of colors) {
        brush.fillStyle = color;
        brush.fillRect(0, 0, 1, 1);
      }
      return [...brush.getImageData(0, 0, 1, 1).data];
    };
    const opaque = (/** @type {string} */ color) => painted([color])[3] === 255;
    const ground = (/** @type {Element} */ element) => {
      const layers = [];
      for (let it = /** @type {Element | null} */ (element); it; it = it.parentElement) {
        const color = getComputedStyle(it).backgroundColor;
        layers.unshift(color);
        if (opaque(color)) return layers;
      }
      return ['Canvas', ...layers];
    };
    const luminance = (/** @type {number[]} */ rgb) => {
      const [r, g, b] = rgb.slice(0, 3).map((it) => (it <= 10.31475 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (/** @type {number[]} */ a, /** @type {number[]} */ b) => {
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const found = new Map();
    for (const svg of figure.querySelectorAll('svg.panel')) {
      if (!svg.checkVisibility()) continue;
      const behind = ground(svg);
      for (const mark of svg.querySelectorAll('*')) {
        const names = [...mark.classList];
        const text = mark.localName === 'text';
        if (names.includes('dim') || !(text || names.some((name) => marks.includes(name)))) continue;
        const { fill, stroke, opacity } = getComputedStyle(mark);
        const colors = [fill, stroke].filter((color) => color !== 'none' && painted([color])[3] > 0);
        const least = colors.map((color) => ratio(painted([...behind, color]), painted(behind)));
        const what = `${mark.localName}.${names.join('.')} ${text ? mark.textContent : ''} in ${svg.getAttribute('class')} (${colors}, opacity ${opacity})`;
        found.set(what, { what, ratio: Math.max(0, ...least), needs: text ? 4.5 : 3 });
      }
    }
    return [...found.values()].sort((a, b) => a.ratio / a.needs - b.ratio / b.needs);
  }, MARKS);

/**
 * Texts of the visible pictures: their size in CSS px, and how far they leave their picture, in its units.
 * @param {import('@playwright/test').Locator} root
 */
export const texts = (root) =>
  root.evaluate((figure) =>
    [...figure.querySelectorAll('svg.panel')]
      .filter((svg) => svg.checkVisibility())
      .flatMap((svg, picture) => {
        const { width, height } = /** @type {SVGSVGElement} */ (svg).viewBox.baseVal;
        return [...svg.querySelectorAll('text')].map((text) => {
          const box = text.getBBox();
          const scale = /** @type {DOMMatrix} */ (text.getScreenCTM()).a;
          const out = Math.max(-box.x, -box.y, box.x + box.width - width, box.y + box.height - height, 0);
          const panel = svg.getAttribute('class')?.split(' ').pop();
          return { text: text.textContent, panel, picture, box: { x: box.x, y: box.y, width: box.width, height: box.height }, px: parseFloat(getComputedStyle(text).fontSize) * scale, out };
        });
      }),
  );

/**
 * Pairs of texts of one picture of which one covers more than a tenth of the other.
 * @param {Awaited<ReturnType<typeof texts>>} all
 */
export const collisions = (all) =>
  all.flatMap((a, idx) =>
    all.slice(idx + 1).flatMap((b) => {
      if (a.picture !== b.picture) return [];
      const width = Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x);
      const height = Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y);
      const least = Math.min(a.box.width * a.box.height, b.box.width * b.box.height);
      // A line box is taller than its letters: the outer fifths above and below are air.
      const covered = width > 0 && height > 0.4 * Math.min(a.box.height, b.box.height) ? (width * height) / least : 0;
      return covered > 0.1 ? [`${a.panel}: "${a.text}" and "${b.text}"`] : [];
    }),
  );

/**
 * Everything in the figure that can be pressed, with its size in CSS px. Of a radio or range with a label round it, the label counts.
 * @param {import('@playwright/test').Locator} root
 */
export const targets = (root) =>
  root.evaluate((figure) =>
    [...figure.querySelectorAll('button, select, input, summary, a')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.closest('figcaption, [data-part="words"], [data-part="answer"]'))
      .map((element) => {
        const area = element.closest('label') ?? element;
        const { width, height } = area.getBoundingClientRect();
        const hook = ['data-do', 'data-preset', 'data-guess', 'data-action', 'data-knob', 'data-less', 'data-more'].find((name) => element.hasAttribute(name));
        return { kind: hook ?? element.localName, what: `${hook ?? element.localName} ${hook ? element.getAttribute(hook) : element.textContent}`, width, height };
      }),
  );

/** How much wider the page is than its window, in CSS px. */
export const overflow = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth);
