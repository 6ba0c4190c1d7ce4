//! What must hold of any demo, of this one.

use quadtree::Quadtree;

// Five presets: 5,000 inputs in all.
demo_kit::suite!(Quadtree, soak: 1_000);
