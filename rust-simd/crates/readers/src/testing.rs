//! How the property tests draw: the same examples on every machine where `CI` is set while they are
//! compiled, new ones elsewhere. `PROPTEST_CASES` sets how many. WebAssembly has neither an environment
//! nor files when it runs, so both are read by the compiler.

use proptest::test_runner::{Config, RngSeed};

const SEED: u64 = 2018;

/// Settings of every property test; a failure prints its seed.
pub fn config() -> Config {
    let rng_seed = option_env!("CI").map_or(RngSeed::Random, |_| RngSeed::Fixed(SEED));
    let cases = option_env!("PROPTEST_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(256);
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}
