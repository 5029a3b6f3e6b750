//! Which forms the results of a counter have: some nodes write a distribution as "1,1,20", a count and
//! then pairs of index and value, and the file alone does not say which counters these are.

use alloc::vec::Vec;

/// The forms of one counter's results so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Vectors.
    pub n_vectors: u32,
    /// Vectors that may be a count and pairs of index and value.
    pub n_pairs: u32,
    /// Items of the first vector.
    pub n_items: u32,
    /// Whether a later vector has another number of items.
    pub differs: bool,
}

impl Shape {
    /// Whether every vector may be a count and pairs, and they differ in length, as bins do not.
    #[must_use]
    pub const fn looks_like_pairs(&self) -> bool {
        self.n_vectors > 0 && self.n_pairs == self.n_vectors && self.differs
    }
}

/// The forms of all counters, by their number.
#[derive(Debug, Default)]
pub struct Shapes(Vec<Shape>);

impl Shapes {
    /// The forms of a counter's results.
    #[must_use]
    pub fn get(&self, counter: u32) -> Shape {
        self.0.get(counter as usize).copied().unwrap_or_default()
    }

    /// Count a vector; returns whether it may be a count and pairs.
    pub(super) fn add(&mut self, counter: u32, items: &[f64]) -> bool {
        let at = counter as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, Shape::default());
        }
        let shape = &mut self.0[at];
        let n_items = items.len() as u32;
        if shape.n_vectors == 0 {
            shape.n_items = n_items;
        }
        shape.differs |= shape.n_items != n_items;
        shape.n_vectors = shape.n_vectors.saturating_add(1);
        let may_be_pairs = is_pairs(items);
        shape.n_pairs = shape.n_pairs.saturating_add(u32::from(may_be_pairs));
        may_be_pairs
    }
}

/// Whether items may be a count and as many pairs, the indexes whole and rising.
fn is_pairs(items: &[f64]) -> bool {
    let [count, pairs @ ..] = items else { return false };
    if items.len().is_multiple_of(2) || *count != (pairs.len() / 2) as f64 {
        return false;
    }
    let mut last = -1.0;
    pairs.iter().step_by(2).all(|&index| {
        let rises = index > last && index == f64::from(index as u32);
        last = index;
        rises
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn pairs_are_told_from_bins_by_their_form() {
        assert!(is_pairs(&[1.0, 1.0, 20.0]));
        assert!(is_pairs(&[2.0, 0.0, 980.0, 9.0, 50_000.0]));
        assert!(is_pairs(&[1.0, 0.0, f64::NAN]));
        assert!(!is_pairs(&[1.0, 1.0, 20.0, 3.0]));
        assert!(!is_pairs(&[2.0, 9.0, 1.0, 1.0, 1.0]), "indexes fall");
        assert!(!is_pairs(&[1.0, 1.5, 20.0]));
        assert!(!is_pairs(&[1.0, -1.0, 20.0]));
        assert!(!is_pairs(&[f64::NAN, 1.0, 20.0]));
        assert!(!is_pairs(&[3.0, 1.0, 20.0]));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_counter_looks_like_pairs_when_all_its_vectors_do_and_their_lengths_differ() {
        let mut shapes = Shapes::default();
        shapes.add(1, &[1.0, 1.0, 20.0]);
        assert!(!shapes.get(1).looks_like_pairs(), "three bins are as likely");
        shapes.add(1, &[2.0, 1.0, 20.0, 3.0, 4.0]);
        assert!(shapes.get(1).looks_like_pairs());
        shapes.add(1, &[5.0, 5.0, 5.0]);
        assert!(!shapes.get(1).looks_like_pairs());
        assert_eq!(shapes.get(7), Shape::default());
    }
}
