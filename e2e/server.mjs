// A static server for the tests: the built book, under several addresses at once, on a free port.
//
// The book's links are page-relative, so a fault can be a prefix of the path:
//   /             the book as it is                 /sub/path/   the same, below a folder
//   /no-wasm/     every module is missing (404)     /cut-wasm/   every module ends in the middle
// Anything unknown is answered as a static host does: status 404 with the book's own 404.html.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
};

/** What hosts send compressed. */
const COMPRESSIBLE = /^text\/|json|xml|wasm/;

/** The addresses below which the book stands, the longest first. */
const MOUNTS = [
  { prefix: '/sub/path/', fault: null },
  { prefix: '/cut-wasm/', fault: 'cut' },
  { prefix: '/no-wasm/', fault: 'missing' },
  { prefix: '/', fault: null },
];

/**
 * Serves a folder until `close` is called.
 * @param {string} folder the built book
 * @param {{ port?: number, gzip?: boolean }} [options] port: none for a free one; gzip: compress as hosts do, to whoever takes it
 */
export const serve = async (folder, { port = 0, gzip = false } = {}) => {
  const server = createServer((request, response) => {
    answer(folder, request.url ?? '/').then(
      ({ status, type, body }) => {
        const packed = gzip && COMPRESSIBLE.test(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
        const bytes = packed ? gzipSync(body) : body;
        const encoding = packed ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {};
        response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, 'cache-control': 'no-cache', ...encoding });
        response.end(request.method === 'HEAD' ? undefined : bytes);
      },
      (error) => {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(error));
      },
    );
  });
  await new Promise((listening) => server.listen(port, '127.0.0.1', () => listening(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () =>
    new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed(undefined));
    });
  return { url: `http://127.0.0.1:${address.port}/`, close };
};

/**
 * What a request gets.
 * @param {string} folder
 * @param {string} target path and query, as they stand in the request
 */
const answer = async (folder, target) => {
  const path = decodeURIComponent(target.replace(/[?#].*$/s, ''));
  const mount = MOUNTS.find(({ prefix }) => path.startsWith(prefix)) ?? MOUNTS[MOUNTS.length - 1];
  const rest = path.slice(mount.prefix.length);
  const name = rest === '' || rest.endsWith('/') ? `${rest}index.html` : rest;
  const file = normalize(join(folder, name));
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const inside = file.startsWith(folder + sep);
  const missing = !inside || (mount.fault === 'missing' && type === TYPES['.wasm']);
  const body = missing ? null : await readFile(file).catch(() => null);
  if (body === null) {
    const page = await readFile(join(folder, '404.html')).catch(() => Buffer.from('not found'));
    return { status: 404, type: TYPES['.html'], body: page };
  }
  const cut = mount.fault === 'cut' && type === TYPES['.wasm'];
  return { status: 200, type, body: cut ? body.subarray(0, Math.floor(body.length / 2)) : body };
};

// By hand: `node server.mjs [FOLDER] [PORT]`.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { SITE } = await import('./lib/site.mjs');
  const { url } = await serve(process.argv[2] ?? SITE, { port: Number(process.argv[3] ?? 0) });
  console.log(url);
}
