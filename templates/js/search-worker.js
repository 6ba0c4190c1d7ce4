// Answers queries in a thread of its own: loads the index piece by piece, as the module of the search asks for it. A worker
// has the policy of its own address, so pages without a figure need not allow modules.

const SITE = new URL("../", import.meta.url);
/** Rounds of loading for one query: dictionary, corrections, lists, texts. */
const ROUNDS = 6;

/** @typedef {{ id: number, query: string, part: number, pages: number }} Job */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @type {any} */
let engine;

const get = async (/** @type {URL} */ url, /** @type {RequestCache} */ cache = "default") => {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${url.pathname} was answered with ${response.status}`);
  return response;
};

/** Puts texts and files into the module's buffer, one behind the other. */
const put = (/** @type {Uint8Array[]} */ ...pieces) => {
  let at = engine.search_buffer(pieces.reduce((sum, { length }) => sum + length, 0)) >>> 0;
  for (const piece of pieces) {
    new Uint8Array(engine.memory.buffer, at, piece.length).set(piece);
    at += piece.length;
  }
};

/** What the module answers: address and length in one number. */
const taken = (/** @type {bigint} */ answer) => {
  const [at, length] = [Number((answer >> 32n) & 0xffffffffn), Number(answer & 0xffffffffn)];
  const said = JSON.parse(decoder.decode(new Uint8Array(engine.memory.buffer, at, length)));
  if (said.error) throw new Error(said.error);
  return said;
};

const open = async () => {
  const address = new URL("./search.wasm", import.meta.url);
  const root = new URL("search.bin", SITE);
  // The root has no hash in its name: ask whether it has changed, and without a network take the one that was kept.
  const [module, bytes] = await Promise.all([
    get(address).then((response) => response.arrayBuffer()).then((it) => WebAssembly.instantiate(it)),
    get(root, "no-cache").catch(() => get(root, "force-cache")).then((response) => response.arrayBuffer()),
  ]);
  engine = module.instance.exports;
  put(new Uint8Array(bytes));
  postMessage(taken(engine.search_open()));
};

/** @type {Promise<void> | undefined} */
let opened;
const ready = () => {
  // What failed may work the next time.
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
};

const answer = async (/** @type {Job} */ { query, part, pages }) => {
  await ready();
  for (let round = 0; round < ROUNDS; round += 1) {
    put(encoder.encode(query));
    const said = taken(engine.search_ask(part, pages));
    if (!said.needs) return said;
    const files = said.needs.map(async (/** @type {string} */ name) => ({ name, bytes: await (await get(new URL(name, SITE))).arrayBuffer() }));
    for (const { name, bytes } of await Promise.all(files)) {
      const words = encoder.encode(name);
      put(words, new Uint8Array(bytes));
      taken(engine.search_add(words.length));
    }
  }
  throw new Error("the search asks for ever more files");
};

/** Only the newest query is worth an answer. @type {Job | undefined} */
let waiting;
let busy = false;

const work = async () => {
  if (busy) return;
  busy = true;
  while (waiting) {
    const job = waiting;
    waiting = undefined;
    const said = await answer(job).catch((error) => ({ error: String(error) }));
    postMessage({ id: job.id, ...said });
  }
  busy = false;
};

addEventListener("message", ({ data }) => {
  if (data.id === undefined) {
    ready().catch(() => {});
    return;
  }
  waiting = data;
  work();
});
