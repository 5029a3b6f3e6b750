//! Cosine similarity of `f32` vectors: scaled to length 1 beforehand, it is one sum of products.
//!
//! Lengths are taken in `f64`, so that neither tiny nor huge vectors lose their direction. A zero vector
//! stays zero and has similarity 0 to everything.

use alloc::vec::Vec;

#[cfg(not(target_feature = "simd128"))]
pub use scalar::dot;
#[cfg(target_feature = "simd128")]
pub use simd128::dot;

/// Floats per vector register; rows are padded with zeros to a multiple of it, so that no sum has a tail.
pub const STEP: usize = 4;

/// Scale `vector` to length 1 in place; false when it holds NaN or an infinity (it is then unchanged).
pub fn normalise(vector: &mut [f32]) -> bool {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    if !squares.is_finite() {
        return false;
    }
    if squares > 0.0 {
        let scale = 1.0 / libm::sqrt(squares);
        for x in vector {
            *x = (f64::from(*x) * scale) as f32;
        }
    }
    true
}

/// Append the sum of products of `query` with each row of `rows` that `slots` names.
#[inline]
pub fn dots(query: &[f32], rows: &[f32], slots: &[u32], out: &mut Vec<f32>) {
    let stride = query.len();
    touch(rows, stride, slots);
    out.extend(slots.iter().map(|&slot| dot(query, &rows[slot as usize * stride..][..stride])));
}

/// Load one number of every cache line of these rows.
///
/// WebAssembly has no prefetch. These loads do not wait for each other as the sums of products do, so the
/// misses overlap: at 100,000 rows a search of the graph takes half the time.
pub fn touch<T: Copy>(rows: &[T], stride: usize, slots: &[u32]) {
    const LINE_BYTES: usize = 64;
    for &slot in slots {
        for line in rows[slot as usize * stride..][..stride].chunks(LINE_BYTES / size_of::<T>()) {
            // SAFETY: a reference is readable; volatile only so that the load is not left out.
            unsafe { core::ptr::read_volatile(&line[0]) };
        }
    }
}

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    /// Sum of products; both slices have one length, a multiple of `STEP`.
    #[must_use]
    pub fn dot(a: &[f32], b: &[f32]) -> f32 {
        let (a16, a_rest) = a.as_chunks::<16>();
        let (b16, b_rest) = b.as_chunks::<16>();
        let mut s = [0.0_f32; 16];
        for (x, y) in a16.iter().zip(b16) {
            for i in 0..16 {
                s[i] += x[i] * y[i];
            }
        }
        for (x, y) in a_rest.as_chunks::<4>().0.iter().zip(b_rest.as_chunks::<4>().0) {
            for i in 0..4 {
                s[i] += x[i] * y[i];
            }
        }
        let lane = |i: usize| (s[i] + s[i + 4]) + (s[i + 8] + s[i + 12]);
        (lane(0) + lane(1)) + (lane(2) + lane(3))
    }
}

#[cfg(target_feature = "simd128")]
mod simd128 {
    use core::arch::wasm32::*;

    #[inline]
    fn load(a: &[f32; 4]) -> v128 {
        // SAFETY: 16 readable bytes; `v128_load` needs no alignment.
        unsafe { v128_load(a.as_ptr().cast()) }
    }

    /// The one order in which partial sums are added.
    #[inline]
    fn total(s: [v128; 4]) -> f32 {
        let s = f32x4_add(f32x4_add(s[0], s[1]), f32x4_add(s[2], s[3]));
        (f32x4_extract_lane::<0>(s) + f32x4_extract_lane::<1>(s))
            + (f32x4_extract_lane::<2>(s) + f32x4_extract_lane::<3>(s))
    }

    /// Sum of products; both slices have one length, a multiple of `STEP`.
    #[must_use]
    #[inline]
    pub fn dot(a: &[f32], b: &[f32]) -> f32 {
        let (a16, a_rest) = a.as_chunks::<4>().0.as_chunks::<4>();
        let (b16, b_rest) = b.as_chunks::<4>().0.as_chunks::<4>();
        let mut s = [f32x4_splat(0.0); 4];
        for (x, y) in a16.iter().zip(b16) {
            for i in 0..4 {
                s[i] = f32x4_add(s[i], f32x4_mul(load(&x[i]), load(&y[i])));
            }
        }
        for (x, y) in a_rest.iter().zip(b_rest) {
            s[0] = f32x4_add(s[0], f32x4_mul(load(x), load(y)));
        }
        total(s)
    }
}

#[cfg(test)]
mod tests {
    use super::scalar;
    use crate::testing::{config, lengths, moderate_f32};
    use proptest::prelude::*;

    type Kernel = fn(&[f32], &[f32]) -> f32;

    fn implementations() -> Vec<(&'static str, Kernel)> {
        vec![
            ("scalar", scalar::dot as Kernel),
            #[cfg(target_feature = "simd128")]
            ("simd128", super::simd128::dot as Kernel),
        ]
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn every_sum_of_products_agrees_with_f64_and_with_the_other_bits(
            pairs in lengths().prop_flat_map(|n| prop::collection::vec(
                (moderate_f32(), moderate_f32()), n / 4 * 4)),
        ) {
            let (a, b): (Vec<f32>, Vec<f32>) = pairs.iter().copied().unzip();
            let products = pairs.iter().map(|&(x, y)| f64::from(x) * f64::from(y));
            let magnitude: f64 = products.clone().map(f64::abs).sum();
            let exact: f64 = products.sum();
            let first = scalar::dot(&a, &b).to_bits();
            for (name, kernel) in implementations() {
                let got = kernel(&a, &b);
                prop_assert!((f64::from(got) - exact).abs() <= 1e-5 * magnitude, "{}", name);
                prop_assert_eq!(got.to_bits(), first, "{}", name);
            }
        }
    }
}
