//! Memory that may not be there: an error where `vec![]` would trap.

use crate::error::KernelError;
use alloc::vec::Vec;

/// A vector of `len` times `value`.
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
