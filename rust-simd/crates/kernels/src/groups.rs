//! What `aggregate` gives, for each group of a column at once: rows bring the number of their group.
//!
//! Groups meet in any order, so there are no lanes to fill: one pass of plain `f64` in row order, the
//! same code in both builds.

use crate::error::KernelError;
use crate::memory::filled;
use alloc::format;
use alloc::vec::Vec;

/// What one group gave; `minimum` and `maximum` are NaN where it has no rows or a NaN among them.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Group {
    /// Sum of the values.
    pub total: f64,
    /// Sum of value times weight.
    pub weighted_total: f64,
    /// Least value.
    pub minimum: f64,
    /// Greatest value.
    pub maximum: f64,
    /// How many values are greater than the threshold.
    pub n_above: u32,
    /// How many rows the group has.
    pub n_rows: u32,
}

/// Numbers of 8 bytes that a group takes in memory: four `f64` and a pair of `u32`.
pub const WORDS: usize = size_of::<Group>() / size_of::<f64>();

/// `n_groups` groups without rows.
///
/// # Errors
/// MEMORY_ERROR when there is no room for them.
pub fn empty(n_groups: usize) -> Result<Vec<Group>, KernelError> {
    let group = Group {
        total: 0.0,
        weighted_total: 0.0,
        minimum: f64::NAN,
        maximum: f64::NAN,
        n_above: 0,
        n_rows: 0,
    };
    filled(group, n_groups)
}

/// Add rows; the three slices have one length, and `first` is the number of the first row.
///
/// # Errors
/// VALIDATION_ERROR for a group that does not exist; rows before it are already added.
pub fn push(
    groups: &mut [Group],
    values: &[f64],
    weights: &[f64],
    of_row: &[u32],
    threshold: f64,
    first: usize,
) -> Result<(), KernelError> {
    let n_groups = groups.len();
    for (i, ((&value, &weight), &group)) in values.iter().zip(weights).zip(of_row).enumerate() {
        let Some(group) = groups.get_mut(group as usize) else {
            let problem = format!("row {} is of group {group} of {n_groups}", first + i);
            return Err(KernelError::validation(problem, "Number the groups from 0"));
        };
        group.total += value;
        group.weighted_total += value * weight;
        // A NaN stays: it compares with nothing. The first row replaces the NaN of an empty group.
        let is_first = group.n_rows == 0;
        if is_first || value < group.minimum || value.is_nan() {
            group.minimum = value;
        }
        if is_first || value > group.maximum || value.is_nan() {
            group.maximum = value;
        }
        group.n_above += u32::from(value > threshold);
        group.n_rows += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{empty, push};
    use crate::error::Code;
    use crate::testing::{config, moderate_f64};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn each_group_is_the_aggregate_of_its_rows(
            rows in prop::collection::vec((moderate_f64(), moderate_f64(), 0_u32..5), 0..100),
            threshold in moderate_f64(),
        ) {
            let values: Vec<f64> = rows.iter().map(|row| row.0).collect();
            let weights: Vec<f64> = rows.iter().map(|row| row.1).collect();
            let of_row: Vec<u32> = rows.iter().map(|row| row.2).collect();
            let mut groups = empty(5).unwrap();
            push(&mut groups, &values, &weights, &of_row, threshold, 0).unwrap();
            for (number, group) in (0_u32..).zip(&groups) {
                let own = rows.iter().filter(|row| row.2 == number);
                let own_values = || own.clone().map(|row| row.0);
                prop_assert_eq!(group.total, own_values().fold(0.0, |sum, x| sum + x));
                let weighted = own.clone().fold(0.0, |sum, row| sum + row.0 * row.1);
                prop_assert_eq!(group.weighted_total, weighted);
                prop_assert_eq!(group.n_rows as usize, own.clone().count());
                prop_assert_eq!(group.n_above as usize, own_values().filter(|x| *x > threshold).count());
                let known = |x: f64| Some(x).filter(|x| !x.is_nan());
                prop_assert_eq!(known(group.minimum), own_values().reduce(f64::min));
                prop_assert_eq!(known(group.maximum), own_values().reduce(f64::max));
            }
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_nan_shows_only_in_its_group_and_a_wrong_group_is_named() {
        let mut groups = empty(2).unwrap();
        push(&mut groups, &[1.0, f64::NAN, 2.0, 3.0], &[1.0; 4], &[0, 1, 0, 1], 0.0, 0).unwrap();
        assert_eq!((groups[0].total, groups[0].maximum), (3.0, 2.0));
        assert!(
            groups[1].total.is_nan() && groups[1].minimum.is_nan() && groups[1].maximum.is_nan()
        );
        let error = push(&mut groups, &[1.0], &[1.0], &[2], 0.0, 40).unwrap_err();
        assert_eq!(error.code, Code::Validation);
        assert!(error.problem.contains("row 40"));
    }
}
