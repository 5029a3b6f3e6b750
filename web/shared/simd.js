/** Which of the two builds of the kernels this browser runs. */

/** The smallest module with a vector instruction: `(func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0))))`. */
const SIMD_PROBE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

/** @returns {boolean} whether this browser runs the simd128 build */
export function simdAvailable() {
  return WebAssembly.validate(SIMD_PROBE);
}
