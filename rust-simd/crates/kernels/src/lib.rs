//! The hot loops of ELEX Browser as one WebAssembly module, built with and without simd128.
//!
//! Both builds add in the same order and return the same bits. The finished module is `no_std` so that
//! its panic handler can trap at once: std's would bring the whole of message formatting with it.

#![cfg_attr(
    all(target_arch = "wasm32", any(feature = "module", feature = "in_place"), not(test)),
    no_std
)]

extern crate alloc;

#[cfg(all(target_arch = "wasm32", not(feature = "in_place")))]
pub mod api;
pub mod columns;
pub mod error;
pub mod hnsw;
pub mod kernels;
pub mod q_table;
#[cfg(test)]
mod testing;

#[cfg(all(target_arch = "wasm32", feature = "module", not(test)))]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// What must not be called: the memory belongs to somebody else.
#[cfg(all(target_arch = "wasm32", feature = "in_place", not(test)))]
mod no_memory {
    use core::alloc::{GlobalAlloc, Layout};

    struct NoMemory;

    // SAFETY: it gives out nothing.
    unsafe impl GlobalAlloc for NoMemory {
        unsafe fn alloc(&self, _: Layout) -> *mut u8 {
            core::arch::wasm32::unreachable()
        }
        unsafe fn dealloc(&self, _: *mut u8, _: Layout) {
            core::arch::wasm32::unreachable()
        }
    }

    #[global_allocator]
    static ALLOCATOR: NoMemory = NoMemory;
}

/// A panic is a bug: trap, and let `kernels.js` drop the instance and say what happened.
#[cfg(all(target_arch = "wasm32", any(feature = "module", feature = "in_place"), not(test)))]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
