//! SplitMix64 has published answers; streams must not run into each other.

use demo_kit::Rng;

#[test]
fn known_answers() {
    let mut zero = Rng::new(0);
    let first = [zero.bits(), zero.bits(), zero.bits()];
    assert_eq!(first, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
    let mut other = Rng::new(1_234_567);
    let first = [other.bits(), other.bits(), other.bits()];
    assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
}

#[test]
fn streams_of_a_seed_differ_and_repeat() {
    let mut seen: Vec<u64> =
        (0..50).flat_map(|seed| (0..20).map(move |purpose| Rng::stream(seed, purpose).bits())).collect();
    seen.sort_unstable();
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!(Rng::stream(42, 3), Rng::stream(42, 3));
}

#[test]
fn whole_numbers_are_even_and_in_range() {
    let mut rng = Rng::new(5);
    let mut counts = [0_i32; 10];
    for _ in 0..10_000 {
        counts[rng.below(10) as usize] += 1;
    }
    // Standard deviation 30: four of them.
    assert!(counts.iter().all(|count| (count - 1000).abs() < 120), "{counts:?}");
    assert_eq!((rng.below(0), rng.below(1)), (0, 0));
    assert!((0..1000).all(|_| (0.0..1.0).contains(&rng.f())));
}

#[test]
fn exponential_numbers_have_their_moments_and_no_memory() {
    let mut rng = Rng::new(9);
    let draws: Vec<f64> = (0..100_000).map(|_| rng.exponential()).collect();
    let n = draws.len() as f64;
    // Mean and variance 1; standard errors 1/sqrt(n) and sqrt(8/n): four of each.
    let mean = draws.iter().sum::<f64>() / n;
    let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    assert!((mean - 1.0).abs() < 4.0 / n.sqrt(), "{mean}");
    assert!((variance - 1.0).abs() < 4.0 * (8.0 / n).sqrt(), "{variance}");
    // P(X > x) = 1/e at 1, 1/e^2 at 2: also beyond the whole numbers, where the method adds 1.
    for (bound, share) in [(0.5, 0.606_53), (1.0, 0.367_88), (2.0, 0.135_34), (2.5, 0.082_08)] {
        let above = draws.iter().filter(|x| **x > bound).count() as f64 / n;
        assert!((above - share).abs() < 4.0 * (share / n).sqrt(), "{bound}: {above}");
    }
}
