// What happens inside a page: written down from before its first script by a script of ours.

/**
 * Runs in the page. `window.seen` counts animation frames, collects layout shifts and the theme at first paint.
 */
const witness = () => {
  const native = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const pending = new Set();
  const seen = {
    /** Animation frames asked for and not yet given. */
    pending,
    /** Animation frames ever asked for. */
    asked: 0,
    /** The most that were wanted at once of those asked for from within a frame: how many loops there are. */
    loops: 0,
    /** Layout shifts that no input explains: how much, and what moved. */
    shifts: [],
    /** Waits for the browser to draw `n` frames. */
    drawn: (/** @type {number} */ n) =>
      new Promise((done) => {
        const next = (left) => (left > 0 ? native(() => next(left - 1)) : done(undefined));
        next(n);
      }),
    /** Waits until nobody wants a frame: every tween has ended. */
    rest: () =>
      new Promise((done) => {
        const look = () => (pending.size === 0 ? done(undefined) : setTimeout(look, 4));
        look();
      }),
  };
  Object.assign(window, { seen });
  /**
   * Frames asked for from within a frame and not yet given: a loop has one of them. (Not told apart by their time: on a busy
   * machine two frames in a row may have the same.)
   */
  const again = new Set();
  let within = false;
  window.requestAnimationFrame = (callback) => {
    seen.asked += 1;
    const id = native((now) => {
      pending.delete(id);
      again.delete(id);
      within = true;
      try {
        callback(now);
      } finally {
        within = false;
      }
    });
    pending.add(id);
    if (within) again.add(id);
    seen.loops = Math.max(seen.loops, again.size);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    pending.delete(id);
    again.delete(id);
    cancel(id);
  };
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy: ${event.violatedDirective} refuses ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber}`);
  });
  const name = (/** @type {Node | null} */ node) => (node instanceof Element ? `${node.localName}.${node.getAttribute('class')}` : String(node?.nodeName));
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) {
      if (!entry.hadRecentInput) seen.shifts.push({ value: entry.value, moved: entry.sources.map((source) => name(source.node)) });
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

/**
 * Notes every fault of a browser context: console errors, refused or failed requests, requests to other hosts.
 * @param {import('@playwright/test').BrowserContext} context
 * @param {{ home: string, faults: string[] }} notes home: the only address that may be asked
 */
export const observe = async (context, { home, faults }) => {
  await context.addInitScript(witness);
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error()}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !/^(data|blob|about):/.test(url)) faults.push(`asks another host: ${url}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`answered ${response.status()}: ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left takes its unfinished requests with it.
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} (${reason})`);
  });
};
