//! Files for the tests, made from a seed, and what the readers took from them as plain values.

#![allow(dead_code, unused_imports, reason = "no test needs all of it")]

pub mod cm;
pub mod counted;
pub mod packed;
pub mod pm;
pub mod random;
pub mod recorded;
pub mod taken;
#[path = "../../src/testing.rs"]
mod testing;

use random::Random;
pub use testing::config;

/// The same bytes in pieces: all at once, byte by byte, or cut at random.
pub fn pieces<'a>(data: &'a [u8], random: &mut Random) -> Vec<&'a [u8]> {
    let size = match random.below(4) {
        0 => data.len().max(1),
        1 => 1,
        2 => 1 + random.below(16),
        _ => 1 + random.below(data.len().max(1)),
    };
    let mut rest = data;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let length = (1 + random.below(2 * size)).min(rest.len());
        let (piece, others) = rest.split_at(if size == 1 { 1 } else { length });
        found.push(piece);
        rest = others;
    }
    found
}
