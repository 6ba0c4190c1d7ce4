// Lighthouse of the built book: `cargo xtask lighthouse [PAGE...]`. Without names: home, the longest chapter with a figure that
// runs and the longest without, since what is fast enough for these is so for all. Fails below 100.

import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { readablePages, SITE, source } from '../lib/site.mjs';
import { serve } from '../server.mjs';

/** Lighthouse's own phone, with a slow network and processor, and its desk. */
const DEVICES = { phone: undefined, desk: desktopConfig };
const CATEGORIES = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices', seo: 'SEO' };

/** The pages that stand for the book. */
const samples = () => {
  const chapters = readablePages().filter((page) => source(page).includes('data-kind="chapter"'));
  const byLength = chapters.sort((a, b) => source(b).length - source(a).length);
  const runs = (/** @type {string} */ page) => source(page).includes(' data-demo="');
  return ['index.html', byLength.find(runs), byLength.find((page) => !runs(page))].filter((page) => page !== undefined);
};

/** The audits that take something from a score, with what was measured. */
const failing = (/** @type {import('lighthouse').Result} */ { audits }, /** @type {import('lighthouse').Result.Category} */ category) =>
  category.auditRefs
    .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1)
    .map(({ id }) => `  ${category.id}: ${audits[id].title} (${[id, audits[id].displayValue].filter(Boolean).join(', ')})`);

const pages = process.argv.length > 2 ? process.argv.slice(2) : samples();
const width = Math.max(...pages.map(({ length }) => length));
const row = (/** @type {(string | number)[]} */ [device, page, ...scores]) =>
  console.log([`${device}`.padEnd(5), `${page}`.padEnd(width), ...scores.map((it, at) => `${it}`.padStart(Object.values(CATEGORIES)[at].length))].join('  '));

// A phone's scores are a matter of bytes, and hosts compress.
const server = await serve(SITE, { gzip: true });
const browser = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
/** @type {Set<string>} */
const lacking = new Set();
row(['on a', 'page', ...Object.values(CATEGORIES)]);
for (const page of pages) {
  for (const [device, config] of Object.entries(DEVICES)) {
    const report = await lighthouse(server.url + page, { port: browser.port, logLevel: 'error' }, config);
    if (!report || report.lhr.runtimeError) throw new Error(`${page}: ${report?.lhr.runtimeError?.message ?? 'no report'}`);
    const categories = Object.keys(CATEGORIES).map((id) => report.lhr.categories[id]);
    // Rounded as Lighthouse shows it.
    const scores = categories.map(({ score }) => Math.round((score ?? 0) * 100));
    row([device, page, ...scores]);
    for (const [at, category] of categories.entries()) {
      if (scores[at] === 100) continue;
      lacking.add(category.id);
      console.log(failing(report.lhr, category).join('\n'));
    }
  }
}
browser.kill();
await server.close();
if (lacking.has('performance')) console.log('\nPerformance is a time, and this machine may be busy: run it once more before you look for a cause.');
process.exitCode = lacking.size > 0 ? 1 : 0;
