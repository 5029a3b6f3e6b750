/**
 * Makes proptest draw the same examples every time, for CI.
 *
 * On WebAssembly it reads no environment, so PROPTEST_RNG_SEED is not heard; its seeds come from here.
 */
globalThis.crypto.getRandomValues = (/** @type {Uint8Array} */ bytes) => bytes.fill(0x5e);
