//! What must hold of any demo, of this one.

use token_bucket::TokenBucket;

// Five presets: 10,000 inputs in all.
demo_kit::suite!(TokenBucket, soak: 2_000);
