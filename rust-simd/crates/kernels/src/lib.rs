//! The hot loops of ELEX Browser in pure Rust: one kernel per file, the vector index and the Q-table.
//!
//! Each kernel has a scalar and, where simd128 gains, a simd128 form. Both add in the same order and return
//! the same bits. Nothing here knows JavaScript; `module` and `in_place` make WebAssembly modules of it.

#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod aggregate;
pub mod columns;
pub mod error;
pub mod groups;
pub mod hashing;
pub mod hnsw;
pub mod int8;
pub mod matrix;
pub mod members;
pub mod memory;
pub mod q_table;
pub mod q_update;
pub mod ranges;
pub mod similarity;
#[cfg(test)]
mod testing;
pub mod top_k;
