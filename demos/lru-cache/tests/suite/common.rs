//! What must hold of any demo, of this one.

use lru_cache::LruCache;

// Five presets: 10,000 inputs in all.
demo_kit::suite!(LruCache, soak: 2_000);
