#[test]
fn seeds() {
    use demo_kit::Demo;
    for seed in 1..4000u32 {
        let run = demo_kit::lint::at_end(token_bucket::TokenBucket::new(&demo_kit::lint::settings::<token_bucket::TokenBucket>(4, &[]), seed));
        let th = token_bucket::TokenBucket::theory(&run.setup).unwrap();
        let (a, p) = run.counted();
        let alt = run.limiter.requests.windows(2).filter(|w| matches!(w[0].fate, token_bucket::limiter::Fate::Passed(_)) != matches!(w[1].fate, token_bucket::limiter::Fate::Passed(_))).count();
        if (p as f64 / a as f64 - th).abs() < 0.012 && alt >= 20 && (76..=84).contains(&a) { println!("gcra {seed}: {p}/{a} {alt}"); }
        if seed < 60 {
        let run = demo_kit::lint::at_end(token_bucket::TokenBucket::new(&demo_kit::lint::settings::<token_bucket::TokenBucket>(3, &[]), seed));
        let (a, p) = run.counted();
        if p == 42 { println!("jit {seed}: {p}/{a}"); }}
    }
}
