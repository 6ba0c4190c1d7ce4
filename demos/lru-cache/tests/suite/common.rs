//! What must hold of any demo, of this one.

use lru_cache::LruCache;

// A knob turned to 10,000 requests plays them all: fewer inputs than elsewhere, and more events.
demo_kit::suite!(LruCache, soak: 1_000);
