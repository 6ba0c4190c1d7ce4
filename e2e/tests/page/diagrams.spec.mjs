// Diagrams as the browser draws them, with the fonts that are there: every label inside its box, no box on another,
// nothing cut off, no letter too small. The book's own, and a book with every kind and with labels that are hard to fit.

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overflow } from '../../lib/look.mjs';
import { withSample } from '../../lib/sample.mjs';
import { ROOT, readablePages, source } from '../../lib/site.mjs';
import { expect, test as base } from '../../lib/test.mjs';

const LONG = 'a label of very many words that goes on and on until nobody reads it '.repeat(5).trim();

/** Labels that a careless measure would cut off. */
const LABELS = [
  'WWWWWWWW MMMMMMMM @@@@@@@@ %%%%%%%%',
  LONG,
  'x'.repeat(300),
  '負荷分散装置とキャッシュの整合性を保つための仕組み',
  'موازن التحميل يوزع الطلبات على الخوادم',
  'מאזן עומסים מחלק בקשות בין שרתים',
  'Балансировщик нагрузки Щщжшы',
  'ÄÖÜ ŵœæ ΩΨΞ ∑∏√ → ← ↔ ≤ ≥ ≠ … — –',
  '🙂 🚀 👩‍💻 ✅',
  '&lt;script&gt;alert(1)&lt;/script&gt; #quot;quoted#quot; &amp; co',
];

const SHAPES = [['["', '"]'], ['("', '")'], ['(["', '"])'], ['[["', '"]]'], ['[("', '")]'], ['(("', '"))'], ['((("', '")))'],
  ['>"', '"]'], ['{"', '"}'], ['{{"', '"}}'], ['[/"', '"/]'], ['[\\"', '"\\]'], ['[/"', '"\\]'], ['[\\"', '"/]']];

const fence = (/** @type {string[]} */ lines) => `\n\`\`\`mermaid alt="x"\n${lines.join('\n')}\n\`\`\`\n`;

const labels = () => {
  const flow = LABELS.flatMap((label, idx) => {
    const shapes = SHAPES.map(([open, close], shape) => `n${shape}${open}${label}${close}`);
    return fence(['flowchart TB', ...shapes.map((it) => `  ${it}`), `  n0 -->|"${label}"| n1`, `  subgraph g${idx} ["${label}"]`, '    m', '  end']);
  });
  const rest = LABELS.flatMap((label) => [
    fence(['sequenceDiagram', `  participant A as ${label}`, '  participant B', `  A->>B: ${label}`, `  A->>A: ${label}`, `  Note over A,B: ${label}`,
      `  Note left of A: ${label}`, `  alt ${label}`, `    B-->>A: ${label}`, `  else ${label}`, '    A->>B: x', '  end']),
    fence(['stateDiagram-v2', `  s : ${label}`, '  s --> t', '  note right of t', `    ${label}`, '  end note']),
    fence(['classDiagram', '  class A {', `    ${label.replaceAll('}', '')}`, '  }', `  A "${label}" --> B : ${label.replaceAll(':', ' ')}`]),
    fence(['erDiagram', `  A["${label}"] {`, `    int x PK "${label}"`, '  }', `  A ||--o{ B : "${label}"`]),
  ]);
  return `# Labels\n${[...flow, ...rest].join('')}`;
};

const test = withSample('Diagrams', (content) => {
  cpSync(join(ROOT, 'generator/tests/sites/diagrams/content'), content, { recursive: true });
  writeFileSync(join(content, 'labels.md'), labels());
});

/** What is wrong with the drawings of a page, in words. */
const faultsOf = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(() => {
    /** @type {string[]} */
    const wrong = [];
    const corners = (/** @type {DOMRect} */ { x, y, width, height }, inset = 0) =>
      [[x, y + inset], [x + width, y + inset], [x, y + height - inset], [x + width, y + height - inset]].map(([x, y]) => new DOMPoint(x, y));
    for (const svg of /** @type {NodeListOf<SVGSVGElement>} */ (document.querySelectorAll('svg.drawing'))) {
      const where = svg.closest('figure')?.id;
      const { width, height } = svg.viewBox.baseVal;
      const scale = /** @type {DOMMatrix} */ (svg.getScreenCTM()).a;
      for (const text of svg.querySelectorAll('text')) {
        const box = text.getBBox();
        const said = `${where}: "${text.textContent?.slice(0, 40)}"`;
        if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height) wrong.push(`${said} leaves the picture`);
        const px = parseFloat(getComputedStyle(text).fontSize) * scale;
        if (px < 12) wrong.push(`${said} is ${px} px high`);
        const group = /** @type {SVGGElement} */ (text.parentNode);
        const outline = /** @type {SVGGeometryElement | null} */ (group.querySelector(':scope > .box'));
        // A line box is taller than its letters: the outer two px above and below are air.
        if (group.matches('.node') && outline && !corners(box, 2).every((corner) => outline.isPointInFill(corner))) wrong.push(`${said} leaves its box`);
        const ground = group.querySelector(':scope > .ground')?.getBoundingClientRect();
        const { left, right } = text.getBoundingClientRect();
        if (ground && (left < ground.left || right > ground.right)) wrong.push(`${said} leaves its ground`);
      }
      for (const tab of svg.querySelectorAll('.tab + text')) {
        const outline = /** @type {SVGGeometryElement} */ (tab.previousElementSibling);
        const box = /** @type {SVGTextElement} */ (tab).getBBox();
        if (!corners(box, 2).every((corner) => outline.isPointInFill(corner))) wrong.push(`${where}: the name of a frame leaves its tab`);
      }
      const nodes = [...svg.querySelectorAll('.node')].map((node) => /** @type {SVGGElement} */ (node).getBBox());
      nodes.forEach((a, idx) =>
        nodes.slice(idx + 1).forEach((b) => {
          const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
          const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
          if (wide > 0.5 && high > 0.5) wrong.push(`${where}: two boxes overlap`);
        }),
      );
      const name = document.getElementById(svg.getAttribute('aria-labelledby') ?? '');
      if (!name?.textContent || !svg.contains(name)) wrong.push(`${where} has no name`);
    }
    return wrong;
  });

const PAGES = ['index.html', 'other.html', 'flowchart.html', 'sequence.html', 'state.html', 'class.html', 'entity.html', 'labels.html'];

for (const path of PAGES) {
  test(`labels and boxes of ${path} keep their places`, async ({ open }) => {
    for (const width of [320, 390, 1280]) {
      const page = await open(path, { viewport: { width, height: 800 } });
      expect(await page.locator('svg.drawing').count()).toBeGreaterThan(0);
      expect(await faultsOf(page)).toEqual([]);
      expect(await overflow(page), `the page at ${width} px`).toBeLessThanOrEqual(0);
    }
  });
}

test('what is wider than its frame scrolls there, and the keyboard reaches it', async ({ open }) => {
  const page = await open('flowchart.html', { viewport: { width: 360, height: 740 } });
  const frames = await page.locator('.diagram-frame').evaluateAll((all) =>
    all.map((frame) => ({ scrolls: frame.scrollWidth > frame.clientWidth, reached: frame.matches('[tabindex="0"][aria-label]') })),
  );
  expect(frames.some(({ scrolls }) => scrolls)).toBe(true);
  expect(frames.filter(({ scrolls, reached }) => scrolls && !reached)).toEqual([]);
});

test('colors follow the page: light, dark and the reader\'s own', async ({ open }) => {
  /** Fill of the letters and of the ground behind them, stroke of a box. */
  const colors = (/** @type {import('@playwright/test').Page} */ page) =>
    page.evaluate(() => {
      const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
      return { text: style('.node text').fill, box: style('.node .box').stroke, page: style('.diagram-plate').backgroundColor };
    });
  const light = await colors(await open('index.html', { colorScheme: 'light' }));
  const dark = await colors(await open('index.html', { colorScheme: 'dark' }));
  const forced = await colors(await open('index.html', { colorScheme: 'dark', forcedColors: 'active' }));
  expect(light.text).not.toBe(dark.text);
  expect(light.page).not.toBe(dark.page);
  expect(light.text).toBe(light.box);
  const page = await open('index.html', { colorScheme: 'dark', forcedColors: 'active' });
  const system = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = 'color: CanvasText; background: Canvas; forced-color-adjust: none';
    const { color, backgroundColor } = getComputedStyle(probe);
    return { color, backgroundColor };
  });
  expect(forced.text).toBe(system.color);
  expect(forced.page).toBe(system.backgroundColor);
});

for (const path of readablePages().filter((path) => source(path).includes('class="drawing"'))) {
  base(`the diagrams of ${path} are whole`, async ({ visit }) => {
    for (const width of [320, 1280]) {
      const page = await visit(path, { width });
      expect(await faultsOf(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
  });
}
