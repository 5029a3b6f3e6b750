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

    /// Two bits for the two values at `i`.
    #[inline]
    fn pair(values: &[f64; 8], minima: &[f64; 8], maxima: &[f64; 8], i: usize) -> u8 {
        let load = |from: &[f64; 8]| f64x2(from[i], from[i + 1]);
        let value = load(values);
        let inside = v128_and(f64x2_ge(value, load(minima)), f64x2_le(value, load(maxima)));
        let finite = f64x2_lt(f64x2_abs(value), f64x2_splat(f64::INFINITY));
        i64x2_bitmask(v128_and(inside, finite)) << i
    }

    /// Write `bits` (one byte per eight values, rounded up) and return how many values are invalid.
    pub fn check_ranges(values: &[f64], minima: &[f64], maxima: &[f64], bits: &mut [u8]) -> u32 {
        let (v8, v_tail) = values.as_chunks::<8>();
        let (low8, low_tail) = minima.as_chunks::<8>();
        let (high8, high_tail) = maxima.as_chunks::<8>();
        let mut valid = 0;
        for ((v, (low, high)), byte) in v8.iter().zip(low8.iter().zip(high8)).zip(bits.iter_mut()) {
            *byte = pair(v, low, high, 0)
                | pair(v, low, high, 2)
                | pair(v, low, high, 4)
                | pair(v, low, high, 6);
            valid += byte.count_ones();
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
