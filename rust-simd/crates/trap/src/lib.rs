//! How a module without std ends when it must: it traps, and JavaScript drops the instance.
//!
//! std's panic handler would bring the whole of message formatting along. Every released module links this
//! crate, tests do not.

#![cfg(all(target_arch = "wasm32", not(test)))]
#![no_std]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::unreachable;
use core::panic::PanicInfo;

/// A panic is a bug: trap, and let the caller say what was being done.
#[panic_handler]
fn trap(_: &PanicInfo) -> ! {
    unreachable()
}

/// The allocator of a module that must not allocate: the memory belongs to somebody else.
#[derive(Debug)]
pub struct NoMemory;

// SAFETY: it gives out nothing.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        unreachable()
    }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {
        unreachable()
    }
}
