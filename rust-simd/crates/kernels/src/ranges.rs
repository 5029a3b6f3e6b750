//! Which values lie in their closed range, as a bit set: bit `i % 8` of byte `i / 8`, set when valid.
//!
//! NaN and infinities are never valid, whatever the bounds; a NaN bound admits nothing; an infinite
//! bound leaves its side open. `f64`, because a 3GPP integer of 53 bits must compare exactly.

#[cfg(not(target_feature = "simd128"))]
pub use scalar::check_ranges;
#[cfg(target_feature = "simd128")]
pub use simd128::check_ranges;

#[inline]
fn is_valid(value: f64, minimum: f64, maximum: f64) -> bool {
    value >= minimum && value <= maximum && value.abs() < f64::INFINITY
}

/// The byte of up to eight values, unset above them, written without branches.
#[inline]
fn byte_of(values: &[f64], minima: &[f64], maxima: &[f64]) -> u8 {
    let bounds = minima.iter().zip(maxima);
    values.iter().zip(bounds).enumerate().fold(0, |byte, (i, (&value, (&low, &high)))| {
        byte | (u8::from(is_valid(value, low, high)) << i)
    })
}

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    /// Write `bits` (one byte per eight values, rounded up) and return how many values are invalid.
    pub fn check_ranges(values: &[f64], minima: &[f64], maxima: &[f64], bits: &mut [u8]) -> u32 {
        let mut valid = 0;
        let bounds = minima.chunks(8).zip(maxima.chunks(8));
        for ((v, (low, high)), byte) in values.chunks(8).zip(bounds).zip(bits) {
            *byte = super::byte_of(v, low, high);
            valid += byte.count_ones();
        }
        values.len() as u32 - valid
    }
}

#[cfg(target_feature = "simd128")]
mod simd128 {
    use core::arch::wasm32::*;

    /// All ones for each of the two values at `i` that is valid.
    #[inline]
    fn pair(values: &[f64; 8], minima: &[f64; 8], maxima: &[f64; 8], i: usize) -> v128 {
        let load = |from: &[f64; 8]| f64x2(from[i], from[i + 1]);
        // An infinite bound becomes the greatest finite number, and only finite values lie within; a NaN stays.
        let low = f64x2_pmax(load(minima), f64x2_splat(f64::MIN));
        let high = f64x2_pmin(load(maxima), f64x2_splat(f64::MAX));
        let value = load(values);
        v128_and(f64x2_ge(value, low), f64x2_le(value, high))
    }

    /// One bit for each of eight values: every second half of the masks, packed until they are bytes.
    #[inline]
    fn byte(masks: [v128; 4]) -> u8 {
        let four = |a, b| i32x4_shuffle::<0, 2, 4, 6>(a, b);
        let eight = i16x8_narrow_i32x4(four(masks[0], masks[1]), four(masks[2], masks[3]));
        i8x16_bitmask(i8x16_narrow_i16x8(eight, eight)) as u8
    }

    /// Write `bits` (one byte per eight values, rounded up) and return how many values are invalid.
    pub fn check_ranges(values: &[f64], minima: &[f64], maxima: &[f64], bits: &mut [u8]) -> u32 {
        let (v8, v_tail) = values.as_chunks::<8>();
        let (low8, low_tail) = minima.as_chunks::<8>();
        let (high8, high_tail) = maxima.as_chunks::<8>();
        let mut valid = 0;
        for ((v, (low, high)), out) in v8.iter().zip(low8.iter().zip(high8)).zip(bits.iter_mut()) {
            *out = byte([0, 2, 4, 6].map(|i| pair(v, low, high, i)));
            valid += out.count_ones();
        }
        if !v_tail.is_empty() {
            bits[v8.len()] = super::byte_of(v_tail, low_tail, high_tail);
            valid += bits[v8.len()].count_ones();
        }
        values.len() as u32 - valid
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{any_f64, config, lengths};
    use proptest::prelude::*;

    type Kernel = fn(&[f64], &[f64], &[f64], &mut [u8]) -> u32;

    fn implementations() -> Vec<(&'static str, Kernel)> {
        vec![
            ("scalar", super::scalar::check_ranges as Kernel),
            #[cfg(target_feature = "simd128")]
            ("simd128", super::simd128::check_ranges as Kernel),
        ]
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn a_bit_is_set_exactly_where_a_finite_value_lies_in_its_range(
            rows in lengths().prop_flat_map(|n| prop::collection::vec(
                (any_f64(), any_f64(), any_f64()), n)),
        ) {
            let values: Vec<f64> = rows.iter().map(|row| row.0).collect();
            let minima: Vec<f64> = rows.iter().map(|row| row.1).collect();
            let maxima: Vec<f64> = rows.iter().map(|row| row.2).collect();
            for (name, kernel) in implementations() {
                let mut bits = vec![0xAA_u8; rows.len().div_ceil(8)];
                let n_invalid = kernel(&values, &minima, &maxima, &mut bits);
                let mut expected = vec![0_u8; bits.len()];
                for (i, &(value, low, high)) in rows.iter().enumerate() {
                    if value.is_finite() && (low..=high).contains(&value) {
                        expected[i / 8] |= 1 << (i % 8);
                    }
                }
                let n_valid: u32 = expected.iter().map(|byte| byte.count_ones()).sum();
                prop_assert_eq!(&bits, &expected, "{}", name);
                prop_assert_eq!(n_invalid, rows.len() as u32 - n_valid);
            }
        }
    }
}
