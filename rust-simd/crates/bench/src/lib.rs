//! The kernels alone: each repeated inside WebAssembly over columns that stay there, beside a plain loop.
//!
//! A call from Python takes hundreds of times as long as a kernel of some hundred values; here one call stands
//! for thousands. `tests/bench/page/alone.js` lays the columns and keeps the time. The plain loops are of
//! interest in the scalar build: with simd128 the compiler makes vectors of some of them.
//!
//! # Safety
//! Of every function: each address begins `n` numbers of its kind, `out` as many as the answer has, and what
//! is written overlaps nothing else.

#![cfg(all(target_arch = "wasm32", not(test)))]
#![no_std]
// Said once, above.
#![allow(clippy::missing_safety_doc)]

mod plain;

use core::cell::UnsafeCell;
use core::hint::black_box;
use core::slice::{from_raw_parts, from_raw_parts_mut};
use kernels::aggregate::Aggregate;
use kernels::{q_update, ranges, similarity};
use trap::NoMemory;

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

const ALPHA: f32 = 0.1;
const GAMMA: f32 = 0.9;
const THRESHOLD: f64 = 50.0;
const ROOM_BYTES: usize = 1 << 16;

#[repr(align(16))]
struct Room(UnsafeCell<[u8; ROOM_BYTES]>);

// SAFETY: the module has one thread.
unsafe impl Sync for Room {}

static ROOM: Room = Room(UnsafeCell::new([0; ROOM_BYTES]));

/// Where JavaScript may lay columns.
#[unsafe(no_mangle)]
pub extern "C" fn room() -> *mut u8 {
    ROOM.0.get().cast()
}

/// How many bytes of it there are.
#[unsafe(no_mangle)]
pub extern "C" fn room_bytes() -> usize {
    ROOM_BYTES
}

/// Similarity of two unit vectors, to `out`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn similarity(
    times: u32,
    n: usize,
    a: *const f32,
    b: *const f32,
    out: *mut f32,
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe { *out = similarity::dot(column(a, n), column(b, n)) });
}

/// The same, plain.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn plain_similarity(
    times: u32,
    n: usize,
    a: *const f32,
    b: *const f32,
    out: *mut f32,
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe { *out = plain::dot(column(a, n), column(b, n)) });
}

/// One Q-learning step of the values at `out`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn q_update(
    times: u32,
    n: usize,
    rewards: *const f32,
    next: *const f32,
    out: *mut f32,
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe {
        q_update::q_update(column_mut(out, n), column(rewards, n), column(next, n), ALPHA, GAMMA);
    });
}

/// The same, plain.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn plain_q_update(
    times: u32,
    n: usize,
    rewards: *const f32,
    next: *const f32,
    out: *mut f32,
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe {
        plain::q_update(column_mut(out, n), column(rewards, n), column(next, n), ALPHA, GAMMA);
    });
}

/// Which values lie in their range, as bits to `out`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ranges(
    times: u32,
    n: usize,
    values: *const f64,
    minima: *const f64,
    maxima: *const f64,
    out: *mut u8,
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe {
        let bits = column_mut(out, n.div_ceil(8));
        ranges::check_ranges(column(values, n), column(minima, n), column(maxima, n), bits)
    });
}

/// The same, plain.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn plain_ranges(
    times: u32,
    n: usize,
    values: *const f64,
    minima: *const f64,
    maxima: *const f64,
    out: *mut u8,
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe {
        let bits = column_mut(out, n.div_ceil(8));
        plain::check_ranges(column(values, n), column(minima, n), column(maxima, n), bits)
    });
}

/// Total, weighted total, maximum, count above the threshold and minimum, to `out`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aggregation(
    times: u32,
    n: usize,
    values: *const f64,
    weights: *const f64,
    out: *mut [f64; 5],
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe {
        let mut state = Aggregate::new(THRESHOLD);
        state.push(column(values, n), column(weights, n));
        *out = [
            state.total(),
            state.weighted_total(),
            state.maximum(),
            f64::from(state.count_above()),
            state.minimum(),
        ];
    });
}

/// The same, plain.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn plain_aggregation(
    times: u32,
    n: usize,
    values: *const f64,
    weights: *const f64,
    out: *mut [f64; 5],
) {
    // SAFETY: as the caller promises.
    repeat(times, || unsafe {
        *out = plain::aggregate(column(values, n), column(weights, n), THRESHOLD);
    });
}

fn repeat<T>(times: u32, mut work: impl FnMut() -> T) {
    for _ in 0..times {
        black_box(work());
    }
}

/// `black_box` hides that every repetition reads the same numbers, so none is left out.
unsafe fn column<'a, T>(at: *const T, n: usize) -> &'a [T] {
    // SAFETY: as the caller promises.
    unsafe { from_raw_parts(black_box(at), n) }
}

unsafe fn column_mut<'a, T>(at: *mut T, n: usize) -> &'a mut [T] {
    // SAFETY: as the caller promises.
    unsafe { from_raw_parts_mut(black_box(at), n) }
}
