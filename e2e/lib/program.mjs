// The generator's program, for tests that build a book of their own.

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './site.mjs';

/** Where it is: CUTAWAY_BIN, or the one that cargo built last. */
export const program = () => {
  const built = ['debug', 'release'].map((profile) => join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), profile, 'cutaway'));
  const found = (process.env.CUTAWAY_BIN ? [process.env.CUTAWAY_BIN] : built).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('no cutaway program: build it (cargo build), or name it in CUTAWAY_BIN');
  return found;
};
