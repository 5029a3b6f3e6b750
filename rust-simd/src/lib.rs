//! The hot loops of ELEX Browser as one WebAssembly module, built with and without simd128.
//!
//! Both builds add in the same order and return the same bits. The finished module is `no_std` so that
//! its panic handler can trap at once: std's would bring the whole of message formatting with it.

#![cfg_attr(all(target_arch = "wasm32", feature = "module", not(test)), no_std)]

extern crate alloc;

#[cfg(target_arch = "wasm32")]
pub mod api;
pub mod columns;
pub mod error;
pub mod hnsw;
pub mod kernels;
pub mod q_table;

#[cfg(all(target_arch = "wasm32", feature = "module", not(test)))]
mod module {
    #[global_allocator]
    static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

    /// A panic is a bug: trap, and let `kernels.js` drop the instance and say what happened.
    #[panic_handler]
    fn trap(_: &core::panic::PanicInfo) -> ! {
        core::arch::wasm32::unreachable()
    }
}
