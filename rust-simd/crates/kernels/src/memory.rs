//! One kernel per file: what it means, its scalar and its simd128 form, and the tests of both.

pub mod aggregate;
pub mod groups;
pub mod int8;
pub mod matrix;
pub mod members;
pub mod q_update;
pub mod ranges;
pub mod similarity;
pub mod top_k;

#[cfg(test)]
pub mod testing;

use crate::error::KernelError;
use alloc::vec::Vec;

/// A vector of `len` times `value`, or MEMORY_ERROR where `vec![]` would trap.
///
/// # Errors
/// MEMORY_ERROR when memory cannot grow that far.
pub fn filled<T: Copy>(value: T, len: usize) -> Result<Vec<T>, KernelError> {
    let mut items = Vec::new();
    let size_bytes = len.saturating_mul(size_of::<T>());
    items.try_reserve_exact(len).map_err(|_| KernelError::memory(size_bytes))?;
    items.resize(len, value);
    Ok(items)
}
