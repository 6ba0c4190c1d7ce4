// The pictures that chats show with a link: every page with a figure that runs has one, and it is of what the page shows today.

import { readFileSync } from 'node:fs';
import { cards, SIZE, sizeOf, stamp, stampOf } from '../../lib/card.mjs';
import { expect, test } from '../../lib/test.mjs';

/** More than this some chats do not load, in bytes. */
const LIMIT = 60_000;

for (const { page, picture } of cards()) {
  test(`${page} has a picture of its figure for cards`, () => {
    expect(picture, 'name it in the front matter, `image = "..."`, and run `cargo xtask pictures`').not.toBeNull();
    const png = readFileSync(/** @type {string} */ (picture));
    expect(sizeOf(png)).toEqual(SIZE);
    expect(png.length).toBeLessThan(LIMIT);
    expect(stampOf(png), 'the figure, its title or its look has changed: run `cargo xtask pictures`').toBe(stamp(page));
  });
}
