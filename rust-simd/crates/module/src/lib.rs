//! Everything JavaScript sees: check, call, translate. `kernels.js` is its only caller.
//!
//! Numbers come in through buffers that live here: an object tells where its buffer begins, JavaScript
//! writes into it between two calls, and the next call reads it. So an array is copied once, and no call
//! allocates for its arguments.

#![cfg(all(target_arch = "wasm32", not(test)))]
#![no_std]

extern crate alloc;

mod error;
pub mod index;
pub mod matrix;
pub mod q_table;
pub mod workspace;

use dlmalloc::GlobalDlmalloc;
use trap as _;
use wasm_bindgen::prelude::*;

#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

/// The version of the kernels.
#[wasm_bindgen]
pub fn version() -> alloc::string::String {
    env!("CARGO_PKG_VERSION").into()
}

/// Whether this build computes with simd128.
#[wasm_bindgen]
pub fn is_simd() -> bool {
    cfg!(target_feature = "simd128")
}

/// The memory of this instance; its `buffer` must be read anew after every call that allocates.
#[wasm_bindgen(unchecked_return_type = "WebAssembly.Memory")]
pub fn wasm_memory() -> JsValue {
    wasm_bindgen::memory()
}
