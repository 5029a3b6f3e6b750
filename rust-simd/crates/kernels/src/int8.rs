//! Sums of products of 8-bit codes: with each other (exact in `i32`), and with an `f32` vector.

#[cfg(not(target_feature = "simd128"))]
pub use scalar::{dot, dot_f32};
#[cfg(target_feature = "simd128")]
pub use simd128::{dot, dot_f32};

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    /// Sum of products; both slices have one length of at most 65,536.
    #[must_use]
    pub fn dot(a: &[i8], b: &[i8]) -> i32 {
        a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
    }

    /// Sum of products; both slices have one length, a multiple of 4.
    #[must_use]
    pub fn dot_f32(a: &[f32], codes: &[i8]) -> f32 {
        let mut s = [0.0_f32; 4];
        for (x, c) in a.as_chunks::<4>().0.iter().zip(codes.as_chunks::<4>().0) {
            for i in 0..4 {
                s[i] += x[i] * f32::from(c[i]);
            }
        }
        (s[0] + s[1]) + (s[2] + s[3])
    }
}

#[cfg(target_feature = "simd128")]
mod simd128 {
    use core::arch::wasm32::*;

    /// Sum of products; both slices have one length of at most 65,536.
    #[must_use]
    #[inline]
    pub fn dot(a: &[i8], b: &[i8]) -> i32 {
        let (a16, a_tail) = a.as_chunks::<16>();
        let (b16, b_tail) = b.as_chunks::<16>();
        let mut sums = [i32x4_splat(0); 2];
        for (x, y) in a16.iter().zip(b16) {
            // SAFETY: both are exactly 16 readable bytes; `v128_load` needs no alignment.
            let (x, y) = unsafe { (v128_load(x.as_ptr().cast()), v128_load(y.as_ptr().cast())) };
            let low = i32x4_dot_i16x8(i16x8_extend_low_i8x16(x), i16x8_extend_low_i8x16(y));
            let high = i32x4_dot_i16x8(i16x8_extend_high_i8x16(x), i16x8_extend_high_i8x16(y));
            sums = [i32x4_add(sums[0], low), i32x4_add(sums[1], high)];
        }
        let s = i32x4_add(sums[0], sums[1]);
        let whole = (i32x4_extract_lane::<0>(s) + i32x4_extract_lane::<1>(s))
            + (i32x4_extract_lane::<2>(s) + i32x4_extract_lane::<3>(s));
        let tail = a_tail.iter().zip(b_tail).map(|(&x, &y)| i32::from(x) * i32::from(y));
        whole + tail.sum::<i32>()
    }

    /// Sum of products; both slices have one length, a multiple of 4.
    #[must_use]
    pub fn dot_f32(a: &[f32], codes: &[i8]) -> f32 {
        let mut s = f32x4_splat(0.0);
        for (x, c) in a.as_chunks::<4>().0.iter().zip(codes.as_chunks::<4>().0) {
            let c = i32x4(i32::from(c[0]), i32::from(c[1]), i32::from(c[2]), i32::from(c[3]));
            let x = f32x4(x[0], x[1], x[2], x[3]);
            s = f32x4_add(s, f32x4_mul(x, f32x4_convert_i32x4(c)));
        }
        (f32x4_extract_lane::<0>(s) + f32x4_extract_lane::<1>(s))
            + (f32x4_extract_lane::<2>(s) + f32x4_extract_lane::<3>(s))
    }
}

#[cfg(test)]
mod tests {
    use super::scalar;
    use crate::testing::{config, lengths, moderate_f32};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn both_forms_give_the_same_bits_and_agree_with_wide_sums(
            rows in lengths().prop_flat_map(|n| prop::collection::vec(
                (-127_i8..=127, -127_i8..=127, moderate_f32()), n)),
        ) {
            let a: Vec<i8> = rows.iter().map(|row| row.0).collect();
            let b: Vec<i8> = rows.iter().map(|row| row.1).collect();
            let exact: i64 = rows.iter().map(|row| i64::from(row.0) * i64::from(row.1)).sum();
            prop_assert_eq!(i64::from(scalar::dot(&a, &b)), exact);
            prop_assert_eq!(super::dot(&a, &b), scalar::dot(&a, &b));

            let n = rows.len() / 4 * 4;
            let x: Vec<f32> = rows[..n].iter().map(|row| row.2).collect();
            let products = rows[..n].iter().map(|row| f64::from(row.2) * f64::from(row.0));
            let magnitude: f64 = products.clone().map(f64::abs).sum();
            let got = super::dot_f32(&x, &a[..n]);
            prop_assert!((f64::from(got) - products.sum::<f64>()).abs() <= 1e-5 * magnitude);
            prop_assert_eq!(got.to_bits(), scalar::dot_f32(&x, &a[..n]).to_bits());
        }
    }
}
