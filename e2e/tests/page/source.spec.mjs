// The pages as files: valid HTML, nothing inline, nothing from elsewhere, and every link and anchor answers.

import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { SITE, attributes, pages, readablePages, source } from '../../lib/site.mjs';
import { expect, test } from '../../lib/test.mjs';

const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: {} });

/** Start tags of a page, with what they carry. */
const tags = (/** @type {string} */ page) =>
  [...source(page).matchAll(/<([a-z][\w-]*)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].map(([tag, name]) => ({ ...attributes(tag), element: name.toLowerCase(), tag }));

/** What a page points to, by attribute; an address in a `content` is none. */
const targets = (/** @type {string} */ page) =>
  tags(page).flatMap((tag) => ['href', 'src', 'data-js', 'data-wasm', 'poster'].filter((name) => tag[name] !== undefined).map((name) => ({ name, element: tag.element, to: tag[name], rel: tag.rel })));

const ids = new Map();
const idsOf = (/** @type {string} */ page) => {
  if (!ids.has(page)) ids.set(page, new Set(tags(page).map(({ id }) => id).filter(Boolean)));
  return ids.get(page);
};

for (const path of pages()) {
  test(`${path} is valid HTML`, async () => {
    // The whole book on one page takes its time.
    test.setTimeout(300_000);
    const report = await validator.validateString(source(path), path);
    const found = report.results.flatMap(({ messages }) => messages.map(({ line, column, message, ruleId }) => `${line}:${column} ${ruleId}: ${message}`));
    expect(found).toEqual([]);
  });

  test(`${path} has nothing inline and asks nobody else`, () => {
    const all = tags(path);
    expect(all[all.findIndex(({ element }) => element === 'head') + 1]).toMatchObject({ element: 'meta', charset: 'utf-8' });
    const policy = all.find((tag) => tag['http-equiv'] === 'Content-Security-Policy')?.content ?? '';
    expect(policy).toMatch(/default-src 'none'|default-src 'self'/);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/);
    expect(all.filter((tag) => tag.element === 'style' || (tag.element === 'script' && !tag.src && tag.type !== 'application/ld+json')).map(({ tag }) => tag)).toEqual([]);
    expect(all.filter(({ tag }) => /\s(style|on[a-z]+)\s*=/i.test(tag.replaceAll(/"[^"]*"/g, '""'))).map(({ tag }) => tag)).toEqual([]);
    const loads = targets(path).filter(({ element, name, rel }) => name !== 'href' || (element === 'link' && !/canonical|prev|next|alternate/.test(rel ?? '')));
    expect(loads.filter(({ to }) => /^([a-z]+:)?\/\//i.test(to))).toEqual([]);
  });

  test(`${path}: every link and anchor answers`, () => {
    const broken = targets(path).flatMap(({ to, rel }) => {
      if (/^[a-z]+:/i.test(to) || rel === 'canonical') return [];
      const [target, anchor] = decodeURI(to).split('#');
      const relative = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(path), target);
      // Only the page for unknown addresses may not know where it stands.
      if (target.startsWith('/') && path !== '404.html') return [`${to}: not relative`];
      let file = target === '' ? path : posix.normalize(relative.split('?')[0] || '.');
      if (existsSync(join(SITE, file)) && statSync(join(SITE, file)).isDirectory()) return target.endsWith('/') && path !== '404.html' ? [`${to}: a folder, which no file:// opens`] : [];
      if (file.startsWith('..') || !existsSync(join(SITE, file))) return [`${to}: no such file`];
      if (anchor && file.endsWith('.html') && !idsOf(file).has(anchor.split('?')[0])) return [`${to}: no such anchor`];
      return [];
    });
    expect(broken).toEqual([]);
  });
}

test('the pages can be read one after the other, forward and back', () => {
  const link = (/** @type {string} */ page, /** @type {string} */ rel) => {
    const to = tags(page).find((tag) => tag.element === 'a' && tag.rel === rel)?.href;
    return to && posix.join(posix.dirname(page), to);
  };
  const starts = readablePages().filter((page) => link(page, 'next') && !link(page, 'prev'));
  expect(starts, 'one page has no page before it').toHaveLength(1);
  const forward = [starts[0]];
  for (let page = link(starts[0], 'next'); page; page = link(page, 'next')) {
    expect(forward).not.toContain(page);
    expect(link(page, 'prev'), `${page} leads back`).toBe(forward.at(-1));
    forward.push(page);
  }
  expect(forward.length).toBeGreaterThan(1);
});
