// The demo's own module, asked outside the browser: its manifest, and what it draws for a state.
// What the page shows must be what the module answers here.

import { readFileSync } from 'node:fs';

/**
 * @typedef {{ name: string, label: string, kind: 'range' | 'values' | 'choice' | 'text', min?: number, max?: number, step?: number,
 *   values?: number[], options?: { name: string, label: string }[], samples?: string[], refused?: string[], default: string, unit: string, more: boolean }} Param
 * @typedef {{ name: string, label: string, settings: Record<string, string>, seed: number, question: string,
 *   choices: string[], answer: number, explanation: string }} Preset
 * @typedef {{ name: string, title: string, version: number, params: Param[], presets: Preset[],
 *   actions: { name: string, label: string, key: string, target: string }[],
 *   panels: { name: string, title: string, place: string, width: number, height: number }[], keys: [string, string][], limits: string[] }} Manifest
 * @typedef {{ state: string, problems: { key: string, message: string, expected: string }[], preset: string, at: number, events: number,
 *   seed: number, settings: Record<string, string>, panels: { name: string, svg: string, empty: boolean }[], narration: string, words: string,
 *   meters: { name: string, measured: string, theory: string, difference: string, formula: string }[],
 *   table: { caption: string, head: string[], rows: string[][] }, log: string[] }} Frame
 * @typedef {{ manifest: Manifest, frame: (state: string, outcome?: boolean) => Frame }} Module
 */

/** @type {Map<string, Module>} */
const loaded = new Map();

/**
 * Runs a shipped module with every import refused.
 * @param {string} path
 * @returns {Module}
 */
export const loadModule = (path) => {
  const known = loaded.get(path);
  if (known) return known;
  const compiled = new WebAssembly.Module(readFileSync(path));
  const imports = {};
  for (const { module, name, kind } of WebAssembly.Module.imports(compiled)) {
    if (kind !== 'function') throw new Error(`${path} imports the ${kind} ${name}`);
    imports[module] ??= {};
    imports[module][name] = () => {
      throw new Error(`the module called ${name} while drawing`);
    };
  }
  const exports = /** @type {any} */ (new WebAssembly.Instance(compiled, imports).exports);
  const read = (/** @type {bigint} */ answer) => {
    const [start, length] = [Number(BigInt.asUintN(64, answer) >> 32n), Number(answer & 0xffffffffn)];
    return JSON.parse(new TextDecoder().decode(new Uint8Array(exports.memory.buffer, start, length)));
  };
  const frame = (/** @type {string} */ state, outcome = false) => {
    const bytes = new TextEncoder().encode(state);
    const start = exports.demo_alloc(bytes.length) >>> 0;
    new Uint8Array(exports.memory.buffer, start, bytes.length).set(bytes);
    return read(exports.demo_frame(start, bytes.length, outcome ? 1 : 0));
  };
  const module = { manifest: read(exports.demo_manifest()), frame };
  loaded.set(path, module);
  return module;
};

/**
 * A value of a knob after arithmetic: at most six decimal places, as 0.3 and not 0.30000000000000004.
 * @param {number} value
 */
export const decimal = (value) => Number(value.toFixed(6));
