//! Which values belong to a set of allowed numbers, as a bit set like that of `ranges`.
//!
//! NaN and infinities belong to no set. Few members are compared one after the other, many are searched.

use crate::error::KernelError;
use alloc::format;
use alloc::vec::Vec;

/// Up to this many members a value is compared with each: no branch to guess wrong.
const FEW: usize = 16;

/// A set of finite numbers, sorted.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<f64>);

impl Members {
    /// The set of these numbers; they may repeat.
    ///
    /// # Errors
    /// VALIDATION_ERROR for a number that is not finite.
    pub fn new(mut numbers: Vec<f64>) -> Result<Self, KernelError> {
        if let Some(at) = numbers.iter().position(|x| !x.is_finite()) {
            let problem = format!("member {at} of the set is not finite");
            return Err(KernelError::validation(
                problem,
                "Leave it out: no value is ever equal to it",
            ));
        }
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        Ok(Self(numbers))
    }

    /// Write `bits` (one byte per eight values, rounded up) and return how many values are outside.
    pub fn check(&self, values: &[f64], bits: &mut [u8]) -> u32 {
        let mut n_inside = 0;
        for (eight, byte) in values.chunks(8).zip(bits) {
            *byte = (0..).zip(eight).fold(0, |byte, (i, &value)| byte | (self.bit(value) << i));
            n_inside += byte.count_ones();
        }
        values.len() as u32 - n_inside
    }

    #[inline]
    fn bit(&self, value: f64) -> u8 {
        if self.0.len() <= FEW {
            return self.0.iter().fold(0, |found, &member| found | u8::from(member == value));
        }
        let at = self.0.partition_point(|&member| member < value);
        u8::from(self.0.get(at) == Some(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::Members;
    use crate::testing::{any_f64, config};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn a_bit_is_set_exactly_for_members(
            numbers in prop_oneof![
                prop::collection::vec((-4_i8..4).prop_map(f64::from), 0..10),
                prop::collection::vec((-90_i8..90).prop_map(f64::from), 0..60)],
            values in prop::collection::vec(any_f64(), 0..40),
        ) {
            let set = Members::new(numbers.clone()).unwrap();
            let mut bits = vec![0xFF; values.len().div_ceil(8)];
            let n_outside = set.check(&values, &mut bits);
            let mut expected = vec![0_u8; bits.len()];
            for (i, _) in values.iter().enumerate().filter(|(_, value)| numbers.contains(value)) {
                expected[i / 8] |= 1 << (i % 8);
            }
            prop_assert_eq!(&bits, &expected);
            let n_inside: u32 = expected.iter().map(|byte| byte.count_ones()).sum();
            prop_assert_eq!(n_outside, values.len() as u32 - n_inside);
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_set_holds_finite_numbers_only() {
        assert!(Members::new(vec![1.0, f64::NAN]).is_err());
        assert!(Members::new(vec![f64::INFINITY]).is_err());
    }
}
