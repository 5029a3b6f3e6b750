//! Sum, weighted sum, minimum, maximum and count above a threshold of a column, in one pass, in `f64`.
//!
//! Eight partial sums run side by side and are added in one fixed order, so that the scalar and the
//! simd128 form give the same bits. `f64`, because in `f32` a counter past 2^24 would lose its units.
//!
//! Minimum and maximum are taken of four pairs before they meet what was found so far: that takes no more
//! operations, and with all else in a loop of eight values stays within the 15 vector registers of x86.

/// Values that are summed side by side.
pub const LANES: usize = 8;

/// What a column gave so far. Columns longer than one block are pushed block by block; every block but
/// the last must hold a multiple of `LANES` values, so that the result does not depend on the cut.
#[derive(Clone, Debug)]
pub struct Aggregate {
    totals: [f64; LANES],
    weighted: [f64; LANES],
    minima: [f64; 2],
    maxima: [f64; 2],
    threshold: f64,
    n_above: u32,
    n_values: usize,
    has_nan: bool,
}

impl Aggregate {
    /// An empty column; a value counts when it is greater than `threshold`.
    #[must_use]
    pub fn new(threshold: f64) -> Self {
        Self {
            totals: [0.0; LANES],
            weighted: [0.0; LANES],
            minima: [f64::INFINITY; 2],
            maxima: [f64::NEG_INFINITY; 2],
            threshold,
            n_above: 0,
            n_values: 0,
            has_nan: false,
        }
    }

    /// Add a block; both slices have one length.
    pub fn push(&mut self, values: &[f64], weights: &[f64]) {
        let (v8, v_tail) = values.as_chunks::<LANES>();
        let (w8, w_tail) = weights.as_chunks::<LANES>();
        push_lanes(self, v8, w8);
        for (i, (&value, &weight)) in v_tail.iter().zip(w_tail).enumerate() {
            self.totals[i] += value;
            self.weighted[i] += value * weight;
            self.minima[i % 2] = lesser(self.minima[i % 2], value);
            self.maxima[i % 2] = greater(self.maxima[i % 2], value);
            self.n_above += u32::from(value > self.threshold);
        }
        self.n_values += values.len();
        // A NaN shows in its sum for ever; only then is it worth looking whether it was a value.
        if !self.has_nan && self.totals.iter().any(|total| total.is_nan()) {
            self.has_nan = values.iter().any(|value| value.is_nan());
        }
    }

    /// Sum of the values.
    #[must_use]
    pub fn total(&self) -> f64 {
        fold(&self.totals)
    }

    /// Sum of value times weight.
    #[must_use]
    pub fn weighted_total(&self) -> f64 {
        fold(&self.weighted)
    }

    /// Greatest value; NaN for an empty column and for one with a NaN in it. It is never -0, so that the
    /// order in which values meet does not show.
    #[must_use]
    pub fn maximum(&self) -> f64 {
        if self.n_values == 0 || self.has_nan {
            return f64::NAN;
        }
        self.maxima.iter().copied().fold(f64::NEG_INFINITY, greater) + 0.0
    }

    /// Least value; NaN and zeros as in `maximum`.
    #[must_use]
    pub fn minimum(&self) -> f64 {
        if self.n_values == 0 || self.has_nan {
            return f64::NAN;
        }
        self.minima.iter().copied().fold(f64::INFINITY, lesser) + 0.0
    }

    /// How many values are greater than the threshold.
    #[must_use]
    pub fn count_above(&self) -> u32 {
        self.n_above
    }
}

/// The lesser of two; the first where the second is NaN. The meaning of simd128's `pmin`.
fn lesser(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The greater of two; the first where the second is NaN. The meaning of simd128's `pmax`.
fn greater(a: f64, b: f64) -> f64 {
    if a < b { b } else { a }
}

/// The one order in which partial sums are added.
fn fold(s: &[f64; LANES]) -> f64 {
    ((s[0] + s[2]) + (s[4] + s[6])) + ((s[1] + s[3]) + (s[5] + s[7]))
}

#[cfg(not(target_feature = "simd128"))]
use scalar::push_lanes;
#[cfg(target_feature = "simd128")]
use simd128::push_lanes;

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    use super::{Aggregate, LANES, greater, lesser};

    pub fn push_lanes(state: &mut Aggregate, values: &[[f64; LANES]], weights: &[[f64; LANES]]) {
        for (v, w) in values.iter().zip(weights) {
            for i in 0..LANES {
                state.totals[i] += v[i];
                state.weighted[i] += v[i] * w[i];
                // One value after the other: a processor foresees that a new extreme is rare.
                state.minima[i % 2] = lesser(state.minima[i % 2], v[i]);
                state.maxima[i % 2] = greater(state.maxima[i % 2], v[i]);
                state.n_above += u32::from(v[i] > state.threshold);
            }
        }
    }
}

#[cfg(target_feature = "simd128")]
mod simd128 {
    use super::{Aggregate, LANES};
    use core::arch::wasm32::*;

    const PAIRS: usize = LANES / 2;

    fn load(from: &[f64; LANES]) -> [v128; PAIRS] {
        core::array::from_fn(|p| f64x2(from[2 * p], from[2 * p + 1]))
    }

    fn pair(from: v128) -> [f64; 2] {
        [f64x2_extract_lane::<0>(from), f64x2_extract_lane::<1>(from)]
    }

    fn store(pairs: [v128; PAIRS], to: &mut [f64; LANES]) {
        for (to, from) in to.as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
            *to = pair(from);
        }
    }

    pub fn push_lanes(state: &mut Aggregate, values: &[[f64; LANES]], weights: &[[f64; LANES]]) {
        let (mut totals, mut weighted) = (load(&state.totals), load(&state.weighted));
        let [low, high] = [state.minima, state.maxima];
        let (mut minima, mut maxima) = (f64x2(low[0], low[1]), f64x2(high[0], high[1]));
        let threshold = f64x2_splat(state.threshold);
        // A true comparison is all ones, that is twice -1 in 32 bits: subtracting it counts in every second lane.
        let mut above = i32x4_splat(0);
        for (v, w) in values.iter().zip(weights) {
            let (v, w) = (load(v), load(w));
            for p in 0..PAIRS {
                totals[p] = f64x2_add(totals[p], v[p]);
                weighted[p] = f64x2_add(weighted[p], f64x2_mul(v[p], w[p]));
                above = i32x4_sub(above, f64x2_gt(v[p], threshold));
            }
            let least = f64x2_pmin(f64x2_pmin(v[0], v[1]), f64x2_pmin(v[2], v[3]));
            let most = f64x2_pmax(f64x2_pmax(v[0], v[1]), f64x2_pmax(v[2], v[3]));
            minima = f64x2_pmin(minima, least);
            maxima = f64x2_pmax(maxima, most);
        }
        store(totals, &mut state.totals);
        store(weighted, &mut state.weighted);
        (state.minima, state.maxima) = (pair(minima), pair(maxima));
        state.n_above += (i32x4_extract_lane::<0>(above) + i32x4_extract_lane::<2>(above)) as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::{Aggregate, LANES, scalar};
    use crate::testing::{any_f64, config, lengths, moderate_f64};
    use proptest::prelude::*;

    fn bits(state: &Aggregate) -> [u64; 5] {
        // Which NaN a sum of NaNs gives is not fixed by WebAssembly, so they count as one.
        let canonical = |x: f64| if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() };
        [
            canonical(state.total()),
            canonical(state.weighted_total()),
            canonical(state.minimum()),
            canonical(state.maximum()),
            u64::from(state.count_above()),
        ]
    }

    fn columns(
        value: impl Strategy<Value = f64> + Clone,
    ) -> impl Strategy<Value = Vec<(f64, f64)>> {
        lengths().prop_flat_map(move |n| prop::collection::vec((value.clone(), value.clone()), n))
    }

    /// `Aggregate::push` with the scalar lanes, whatever the build.
    fn push_scalar(state: &mut Aggregate, values: &[f64], weights: &[f64]) {
        let whole = values.len() / LANES * LANES;
        let (v8, w8) = (values.as_chunks::<LANES>().0, weights.as_chunks::<LANES>().0);
        scalar::push_lanes(state, v8, w8);
        state.n_values += whole;
        state.has_nan = values[..whole].iter().any(|value| value.is_nan());
        state.push(&values[whole..], &weights[whole..]);
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn it_agrees_with_plain_sums(rows in columns(moderate_f64()), threshold in moderate_f64()) {
            let (values, weights): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
            let mut state = Aggregate::new(threshold);
            state.push(&values, &weights);

            let magnitude: f64 = values.iter().map(|v| v.abs()).sum();
            prop_assert!((state.total() - values.iter().sum::<f64>()).abs() <= 1e-12 * magnitude);
            let products = rows.iter().map(|(v, w)| v * w);
            let magnitude: f64 = products.clone().map(f64::abs).sum();
            prop_assert!((state.weighted_total() - products.sum::<f64>()).abs() <= 1e-12 * magnitude);
            let maximum = values.iter().copied().reduce(f64::max);
            prop_assert_eq!(maximum, Some(state.maximum()).filter(|x| !x.is_nan()));
            let minimum = values.iter().copied().reduce(f64::min);
            prop_assert_eq!(minimum, Some(state.minimum()).filter(|x| !x.is_nan()));
            let n_above = values.iter().filter(|v| **v > threshold).count();
            prop_assert_eq!(n_above as u32, state.count_above());
        }

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn both_forms_and_any_cut_give_the_same_bits(
            rows in columns(any_f64()), threshold in any_f64(), cut in 0_usize..200,
        ) {
            let (values, weights): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
            let mut whole = Aggregate::new(threshold);
            whole.push(&values, &weights);
            let mut plain = Aggregate::new(threshold);
            push_scalar(&mut plain, &values, &weights);
            prop_assert_eq!(bits(&whole), bits(&plain));

            let cut = (cut / LANES * LANES).min(values.len() / LANES * LANES);
            let mut parts = Aggregate::new(threshold);
            parts.push(&values[..cut], &weights[..cut]);
            parts.push(&values[cut..], &weights[cut..]);
            prop_assert_eq!(bits(&whole), bits(&parts));
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_counter_keeps_its_units_past_two_to_the_thirty_one() {
        let mut state = Aggregate::new(0.0);
        state.push(&[4_294_967_296.0, 1.0, 1.0], &[1.0, 1.0, 1.0]);
        assert_eq!(state.total(), 4_294_967_298.0);
    }
}
