//! What must hold of any demo, of this one.

use hash_ring::HashRing;

// Five presets: 10,000 inputs in all.
demo_kit::suite!(HashRing, soak: 2_000);
