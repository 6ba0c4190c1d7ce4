// @ts-check
// Keeps a page that is being written up to date: reloads it where the reader stands, or shows why it cannot be built.
// Only `serve` puts it into pages; the files of a built site do not know it.

const own = new URL(import.meta.url);
const version = own.searchParams.get('v');
const PLACE = `cutaway-place:${location.pathname}`;

/** @type {HTMLElement | undefined} */
let plate;

/** Storage may be forbidden; then the page begins at its top. */
const keepPlace = () => {
  try {
    sessionStorage.setItem(PLACE, `${scrollX} ${scrollY}`);
  } catch {}
};

const takePlace = () => {
  try {
    const place = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    return place?.split(' ').map(Number);
  } catch {
    return undefined;
  }
};

/** Goes back to where the reader stood, at once and again when all has its size, unless the reader moves first. */
const goBack = () => {
  const place = takePlace();
  if (!place) return;
  const [left, top] = place;
  const go = () => scrollTo({ left, top, behavior: 'instant' });
  const moved = new AbortController();
  for (const type of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
    addEventListener(type, () => moved.abort(), { once: true, passive: true, signal: moved.signal });
  }
  go();
  const later = () => requestAnimationFrame(() => moved.signal.aborted || go());
  if (document.readyState === 'complete') later();
  else addEventListener('load', later, { once: true, signal: moved.signal });
};

/** The state of the demos is in the address, which a reload keeps. */
const reload = () => {
  keepPlace();
  location.reload();
};

/**
 * Lays a report over the page. Text only: it quotes what the author wrote.
 * @param {string} report
 */
const show = (report) => {
  hide();
  plate = document.createElement('cutaway-report');
  const root = plate.attachShadow({ mode: 'open' });
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = new URL('report.css', own).href;
  const section = document.createElement('section');
  section.setAttribute('role', 'alert');
  const title = document.createElement('h2');
  title.textContent = 'The newest version does not build';
  const text = document.createElement('pre');
  text.tabIndex = 0;
  text.textContent = report;
  const close = document.createElement('button');
  close.textContent = 'Hide';
  close.addEventListener('click', hide);
  section.append(title, close, text);
  root.append(style, section);
  document.body.append(plate);
};

const hide = () => {
  plate?.remove();
  plate = undefined;
};

/** @param {MessageEvent<string>} message */
const hear = ({ data }) => {
  /** @type {{ version: string, report: string | null }} */
  const now = JSON.parse(data);
  if (now.report !== null) show(now.report);
  else if (now.version !== version) reload();
  else hide();
};

/** @type {EventSource | undefined} */
let events;

/** Only the page that is seen listens: browsers allow six connections to a host, and there may be more tabs. */
const listen = () => {
  events?.close();
  events = undefined;
  if (document.visibilityState !== 'visible') return;
  events = new EventSource(new URL('events', own));
  events.addEventListener('message', hear);
};

goBack();
listen();
document.addEventListener('visibilitychange', listen);
