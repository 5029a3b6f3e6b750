//! Columns as JavaScript sees them: arrays of any length stream through one block.

use crate::error::Thrown;
use alloc::vec::Vec;
use kernels::aggregate::Aggregate;
use kernels::groups::{self, Group};
use kernels::members::Members;
use kernels::memory::filled;
use kernels::{q_update::q_update, ranges::check_ranges};
use wasm_bindgen::prelude::*;

/// Columns of one block, through which arrays of any length stream.
#[wasm_bindgen]
pub struct Workspace {
    f64_columns: [Vec<f64>; 3],
    f32_columns: [Vec<f32>; 3],
    u32_column: Vec<u32>,
    bits: Vec<u8>,
    aggregate: Aggregate,
    groups: Vec<Group>,
    members: Members,
}

#[wasm_bindgen]
impl Workspace {
    /// Room for blocks of up to `block` values, a multiple of 8.
    #[wasm_bindgen(constructor)]
    pub fn new(block: usize) -> Result<Workspace, Thrown> {
        Ok(Self {
            f64_columns: [filled(0.0, block)?, filled(0.0, block)?, filled(0.0, block)?],
            f32_columns: [filled(0.0, block)?, filled(0.0, block)?, filled(0.0, block)?],
            u32_column: filled(0, block)?,
            bits: filled(0, block.div_ceil(8))?,
            aggregate: Aggregate::new(0.0),
            groups: Vec::new(),
            members: Members::default(),
        })
    }

    /// Where the `f64` column `index` (0 to 2) begins.
    pub fn f64_column(&mut self, index: usize) -> *mut f64 {
        self.f64_columns[index].as_mut_ptr()
    }

    /// Where the `f32` column `index` (0 to 2) begins.
    pub fn f32_column(&mut self, index: usize) -> *mut f32 {
        self.f32_columns[index].as_mut_ptr()
    }

    /// Where the `u32` column begins.
    pub fn u32_column(&mut self) -> *mut u32 {
        self.u32_column.as_mut_ptr()
    }

    /// Where the bit set of the last check begins.
    pub fn bits(&self) -> *const u8 {
        self.bits.as_ptr()
    }

    /// Update the Q-values in `f32` column 0 by rewards (1) and next maxima (2).
    pub fn q_update(&mut self, n: usize, alpha: f32, gamma: f32) {
        let [q_values, rewards, next_max_q] = &mut self.f32_columns;
        q_update(&mut q_values[..n], &rewards[..n], &next_max_q[..n], alpha, gamma);
    }

    /// Check `f64` column 0 against minima (1) and maxima (2); returns how many are invalid.
    pub fn check_ranges(&mut self, n: usize) -> u32 {
        let [values, minima, maxima] = &self.f64_columns;
        let bits = &mut self.bits[..n.div_ceil(8)];
        check_ranges(&values[..n], &minima[..n], &maxima[..n], bits)
    }

    /// Take the set of allowed numbers.
    pub fn set_members(&mut self, numbers: Vec<f64>) -> Result<(), Thrown> {
        self.members = Members::new(numbers)?;
        Ok(())
    }

    /// Check `f64` column 0 against the set; returns how many are outside.
    pub fn check_members(&mut self, n: usize) -> u32 {
        self.members.check(&self.f64_columns[0][..n], &mut self.bits[..n.div_ceil(8)])
    }

    /// Begin an aggregation of `n_groups` groups over blocks.
    pub fn groups_begin(&mut self, n_groups: usize) -> Result<(), Thrown> {
        self.groups = groups::empty(n_groups)?;
        Ok(())
    }

    /// Add a block: values in `f64` column 0, weights in 1, groups in the `u32` column.
    pub fn groups_push(&mut self, n: usize, first: usize, threshold: f64) -> Result<(), Thrown> {
        let [values, weights, _] = &self.f64_columns;
        let of_row = &self.u32_column[..n];
        let groups = &mut self.groups;
        Ok(groups::push(groups, &values[..n], &weights[..n], of_row, threshold, first)?)
    }

    /// Where the groups begin: of each total, weighted total, minimum and maximum as `f64`, then the
    /// counts above the threshold and of rows as `u32`.
    pub fn groups(&self) -> *const f64 {
        self.groups.as_ptr().cast()
    }

    /// Begin an aggregation over blocks.
    pub fn aggregate_begin(&mut self, threshold: f64) {
        self.aggregate = Aggregate::new(threshold);
    }

    /// Add a block: values in `f64` column 0, weights in 1.
    pub fn aggregate_push(&mut self, n: usize) {
        let [values, weights, _] = &self.f64_columns;
        self.aggregate.push(&values[..n], &weights[..n]);
    }

    /// Sum of the values.
    pub fn total(&self) -> f64 {
        self.aggregate.total()
    }

    /// Sum of value times weight.
    pub fn weighted_total(&self) -> f64 {
        self.aggregate.weighted_total()
    }

    /// Least value, or NaN.
    pub fn minimum(&self) -> f64 {
        self.aggregate.minimum()
    }

    /// Greatest value, or NaN.
    pub fn maximum(&self) -> f64 {
        self.aggregate.maximum()
    }

    /// How many values are greater than the threshold.
    pub fn count_above(&self) -> u32 {
        self.aggregate.count_above()
    }
}
