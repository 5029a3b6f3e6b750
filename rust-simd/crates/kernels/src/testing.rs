//! What the property tests share: how they draw, lengths around the lane steps, and awkward numbers.
//!
//! The same examples are drawn on every machine where `CI` is set while the tests are compiled, new ones
//! elsewhere. `PROPTEST_CASES` sets how many. WebAssembly has neither an environment nor files when it runs,
//! so both are read by the compiler and what failed is kept as a test by hand.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

const SEED: u64 = 2018;

/// Settings of every property test.
pub fn config() -> Config {
    let rng_seed = option_env!("CI").map_or(RngSeed::Random, |_| RngSeed::Fixed(SEED));
    let cases = option_env!("PROPTEST_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(256);
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}

/// Lengths just below, at and just above each lane step, and a few long ones.
pub fn lengths() -> impl Strategy<Value = usize> {
    prop_oneof![
        prop::sample::select(vec![
            0_usize, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 127, 128
        ]),
        0_usize..200,
    ]
}

/// Numbers whose products neither overflow nor vanish.
pub fn moderate_f32() -> impl Strategy<Value = f32> + Clone {
    prop_oneof![4 => -1000.0_f32..1000.0, 1 => Just(0.0), 1 => -0.001_f32..0.001]
}

/// Finite numbers of every size that leave room for a sum.
pub fn finite_f32() -> impl Strategy<Value = f32> + Clone {
    prop_oneof![4 => -1e6_f32..1e6, 1 => -1e30_f32..1e30, 1 => Just(0.0), 1 => Just(-0.0)]
}

/// Numbers whose products neither overflow nor vanish.
pub fn moderate_f64() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![4 => -1e9_f64..1e9, 1 => Just(0.0), 1 => (0_u32..5).prop_map(f64::from)]
}

/// Everything a cell of a file can hold, with many equal values so that bounds are met exactly.
pub fn any_f64() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        6 => (-3_i32..4).prop_map(f64::from),
        2 => -1e300_f64..1e300,
        1 => prop::sample::select(vec![
            f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 5e-324, -0.0]),
    ]
}

/// Cosine in `f64`; 0 where a vector is zero.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum()
    };
    let scale = (dot(a, a) * dot(b, b)).sqrt();
    if scale == 0.0 { 0.0 } else { dot(a, b) / scale }
}
