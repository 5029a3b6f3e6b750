//! The k best of a stream of scored rows: high score first, equal scores by lower row index.

use crate::error::KernelError;
use alloc::collections::BinaryHeap;
use core::cmp::Ordering;

/// A row and how well it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Great is good; never NaN.
    pub score: f32,
    /// Index of the row.
    pub row: u32,
}

impl Eq for Scored {}

impl Ord for Scored {
    /// The better one is `Less`, so that a sorted list is best first and a max-heap has the worst on top.
    fn cmp(&self, other: &Self) -> Ordering {
        // `partial_cmp` and not `total_cmp`: 0.0 and -0.0 are equal scores.
        let by_score = other.score.partial_cmp(&self.score).unwrap_or(Ordering::Equal);
        by_score.then(self.row.cmp(&other.row))
    }
}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Keeps the k best of what is offered; its memory stays for the next search.
#[derive(Debug, Default)]
pub struct TopK {
    heap: BinaryHeap<Scored>,
    k: usize,
}

impl TopK {
    /// Start over, keeping the `k` best from now on.
    ///
    /// # Errors
    /// MEMORY_ERROR when there is no room for `k` rows.
    pub fn reset(&mut self, k: usize) -> Result<(), KernelError> {
        self.heap.clear();
        self.k = k;
        let size_bytes = k.saturating_mul(size_of::<Scored>());
        self.heap.try_reserve(k).map_err(|_| KernelError::memory(size_bytes))
    }

    /// Offer a row; rows must come in rising order, or a tie at the edge would go to the wrong one.
    #[inline]
    pub fn offer(&mut self, score: f32, row: u32) {
        if self.heap.len() < self.k {
            self.heap.push(Scored { score, row });
        } else if self.heap.peek().is_some_and(|worst| score > worst.score) {
            self.replace_worst(Scored { score, row });
        }
    }

    /// The kept rows, best first; empties the heap.
    pub fn drain_sorted(&mut self) -> impl Iterator<Item = Scored> {
        let mut kept = core::mem::take(&mut self.heap).into_vec();
        kept.sort_unstable();
        kept.into_iter()
    }

    // Out of line: after the first rows of a search it is rare, and inlined it slows the scan.
    #[inline(never)]
    fn replace_worst(&mut self, better: Scored) {
        if let Some(mut worst) = self.heap.peek_mut() {
            *worst = better;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TopK;
    use crate::testing::config;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn it_keeps_what_sorting_everything_would(
            scores in prop::collection::vec((-3_i8..3).prop_map(|x| f32::from(x) * 0.5), 0..60),
            k in 1_usize..20,
        ) {
            let mut best = TopK::default();
            best.reset(k).unwrap();
            for (row, &score) in scores.iter().enumerate() { best.offer(score, row as u32); }
            let kept: Vec<u32> = best.drain_sorted().map(|s| s.row).collect();

            let mut all: Vec<u32> = (0..scores.len() as u32).collect();
            all.sort_by(|&a, &b| scores[b as usize].partial_cmp(&scores[a as usize]).unwrap());
            all.truncate(k);
            prop_assert_eq!(kept, all);
        }
    }
}
