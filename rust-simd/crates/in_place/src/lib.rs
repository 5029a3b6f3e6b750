//! The column kernels over the memory of somebody else, Pyodide's: NumPy arrays are read where they lie.
//!
//! This module imports its memory and owns nothing in it, neither data nor stack: the build refuses it
//! otherwise. So it can run in any memory, and no number is copied. Addresses come from `heap_host.js`.

#![cfg(all(target_arch = "wasm32", not(test)))]
#![no_std]

use kernels::aggregate::Aggregate;
use kernels::{q_update, ranges};
use trap::NoMemory;

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

/// Update `q_values` in place.
///
/// # Safety
/// Each address begins `n` numbers of its kind; those of `q_values` are not among the others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn q_update(
    n: usize,
    q_values: *mut f32,
    rewards: *const f32,
    next_max_q: *const f32,
    alpha: f32,
    gamma: f32,
) {
    // SAFETY: as the caller promises.
    let (q_values, rewards, next_max_q) = unsafe {
        (
            core::slice::from_raw_parts_mut(q_values, n),
            core::slice::from_raw_parts(rewards, n),
            core::slice::from_raw_parts(next_max_q, n),
        )
    };
    q_update::q_update(q_values, rewards, next_max_q, alpha, gamma);
}

/// Write one bit per value to `bits` and return how many values are invalid.
///
/// # Safety
/// Each address begins `n` numbers; `bits` begins a byte for every eight, and overlaps none of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn check_ranges(
    n: usize,
    values: *const f64,
    minima: *const f64,
    maxima: *const f64,
    bits: *mut u8,
) -> u32 {
    // SAFETY: as the caller promises.
    let (values, minima, maxima, bits) = unsafe {
        (
            core::slice::from_raw_parts(values, n),
            core::slice::from_raw_parts(minima, n),
            core::slice::from_raw_parts(maxima, n),
            core::slice::from_raw_parts_mut(bits, n.div_ceil(8)),
        )
    };
    ranges::check_ranges(values, minima, maxima, bits)
}

/// Bytes that `aggregate` needs at `state`.
#[unsafe(no_mangle)]
pub extern "C" fn aggregate_bytes() -> usize {
    size_of::<Aggregate>()
}

/// Write total, weighted total, maximum, count above and minimum to `out`.
///
/// # Safety
/// `values` and `weights` begin `n` numbers, `out` five, and `state` `aggregate_bytes()` bytes on a
/// multiple of 8; the last two overlap nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aggregate(
    n: usize,
    values: *const f64,
    weights: *const f64,
    threshold: f64,
    state: *mut Aggregate,
    out: *mut [f64; 5],
) {
    // SAFETY: as the caller promises. The sums live at `state` because there is no stack for them.
    unsafe {
        state.write(Aggregate::new(threshold));
        let state = &mut *state;
        state.push(core::slice::from_raw_parts(values, n), core::slice::from_raw_parts(weights, n));
        (*out)[0] = state.total();
        (*out)[1] = state.weighted_total();
        (*out)[2] = state.maximum();
        (*out)[3] = f64::from(state.count_above());
        (*out)[4] = state.minimum();
    }
}
