//! A resident matrix of unit rows: the rows nearest to one query or to many, by cosine similarity.

use crate::error::KernelError;
use crate::memory::filled;
use crate::similarity::{STEP, dot, normalise};
use crate::top_k::TopK;
use alloc::format;
use alloc::vec::Vec;

/// Rows that are searched by all of many queries before the next ones: 32 kB at 128 dimensions.
const BLOCK_ROWS: usize = 64;

/// Unit rows and the room for one query and its results. Filled from outside, then `seal`ed once.
#[derive(Debug)]
pub struct Matrix {
    rows: Vec<f32>,
    n_rows: usize,
    dimensions: usize,
    stride: usize,
    query: Vec<f32>,
    best: TopK,
    /// Row indices of the last search, best first.
    pub indices: Vec<u32>,
    /// Cosine similarities of the last search, in [-1, 1].
    pub scores: Vec<f32>,
}

impl Matrix {
    /// Room for `n_rows` rows of `dimensions` floats, all zero.
    ///
    /// # Errors
    /// VALIDATION_ERROR for no dimensions, MEMORY_ERROR when it does not fit.
    pub fn new(n_rows: usize, dimensions: usize) -> Result<Self, KernelError> {
        if dimensions == 0 {
            let problem = format!("a matrix of {n_rows} rows has no dimensions");
            return Err(KernelError::validation(problem, "Give rows of at least one number"));
        }
        let stride = dimensions.next_multiple_of(STEP);
        let len = n_rows.checked_mul(stride).ok_or(KernelError::memory(usize::MAX))?;
        Ok(Self {
            rows: filled(0.0, len)?,
            query: filled(0.0, stride)?,
            n_rows,
            dimensions,
            stride,
            best: TopK::default(),
            indices: Vec::new(),
            scores: Vec::new(),
        })
    }

    /// Where the rows are written before `seal`: row `i` begins at `i * stride()`.
    pub fn rows_mut(&mut self) -> &mut [f32] {
        &mut self.rows
    }

    /// Where the query is written before `search`; only the first `dimensions` floats.
    pub fn query_mut(&mut self) -> &mut [f32] {
        let dimensions = self.dimensions;
        &mut self.query[..dimensions]
    }

    /// Floats from one row to the next.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// Bytes held for rows, query and results.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let floats = self.rows.capacity() + self.query.capacity() + self.scores.capacity();
        size_of::<Self>() + 4 * (floats + self.indices.capacity())
    }

    /// Scale the rows to length 1.
    ///
    /// # Errors
    /// VALIDATION_ERROR naming the first row that is not finite.
    pub fn seal(&mut self) -> Result<(), KernelError> {
        for (i, row) in self.rows.chunks_exact_mut(self.stride).enumerate() {
            if !normalise(row) {
                let problem = format!("row {i} holds NaN or an infinity");
                return Err(KernelError::validation(problem, "Leave such rows out"));
            }
        }
        Ok(())
    }

    /// Find the `k` rows nearest to the query; afterwards `indices` and `scores` hold them.
    ///
    /// # Errors
    /// VALIDATION_ERROR for k = 0 or a query that is not finite, MEMORY_ERROR when k does not fit.
    pub fn search(&mut self, k: usize) -> Result<usize, KernelError> {
        if k == 0 {
            let problem = format!("k is {k}");
            return Err(KernelError::validation(problem, "Ask for at least one row"));
        }
        if !normalise(&mut self.query) {
            let problem =
                format!("the query of {} numbers holds NaN or an infinity", self.dimensions);
            return Err(KernelError::validation(problem, "Give finite numbers"));
        }
        self.best.reset(k.min(self.n_rows))?;
        offer_rows(&self.query, &self.rows, 0, &mut self.best);
        self.indices.clear();
        self.scores.clear();
        take_home(&mut self.best, &mut self.indices, &mut self.scores);
        Ok(self.indices.len())
    }

    /// Find the `k` nearest rows to each of many queries, each `stride()` floats, the last ones zero;
    /// afterwards `indices` and `scores` hold the findings of one query after the other.
    ///
    /// # Errors
    /// As `search`; the problem names the query.
    pub fn search_many(&mut self, queries: &mut [f32], k: usize) -> Result<usize, KernelError> {
        if k == 0 {
            let problem = format!("k is {k}");
            return Err(KernelError::validation(problem, "Ask for at least one row"));
        }
        let mut best = Vec::new();
        for (i, query) in queries.chunks_exact_mut(self.stride).enumerate() {
            if !normalise(query) {
                let problem = format!("query {i} holds NaN or an infinity");
                return Err(KernelError::validation(problem, "Give finite numbers"));
            }
            let mut top = TopK::default();
            top.reset(k.min(self.n_rows))?;
            best.push(top);
        }
        // Rows of one block stay in the first-level cache while all queries pass over them.
        for (block, rows) in self.rows.chunks(BLOCK_ROWS * self.stride).enumerate() {
            for (query, best) in queries.chunks_exact(self.stride).zip(&mut best) {
                offer_rows(query, rows, (block * BLOCK_ROWS) as u32, best);
            }
        }
        self.indices.clear();
        self.scores.clear();
        best.iter_mut().for_each(|best| take_home(best, &mut self.indices, &mut self.scores));
        Ok(self.indices.len())
    }
}

/// Offer every row with its similarity to the query; `first` is the number of the first row.
fn offer_rows(query: &[f32], rows: &[f32], first: u32, best: &mut TopK) {
    // One row after the other: two at a time share the loads of the query and read memory half as fast.
    for (row, values) in (first..).zip(rows.chunks_exact(query.len())) {
        best.offer(dot(query, values), row);
    }
}

/// Append what was found, best first.
fn take_home(best: &mut TopK, indices: &mut Vec<u32>, scores: &mut Vec<f32>) {
    for found in best.drain_sorted() {
        indices.push(found.row);
        // Rounding may carry the product of two unit vectors past 1 by a bit or two.
        scores.push(found.score.clamp(-1.0, 1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::Matrix;
    use crate::error::Code;
    use crate::testing::{config, cosine, moderate_f32};
    use proptest::prelude::*;

    fn filled_matrix(rows: &[Vec<f32>], dimensions: usize) -> Matrix {
        let mut matrix = Matrix::new(rows.len(), dimensions).unwrap();
        let stride = matrix.stride();
        for (i, row) in rows.iter().enumerate() {
            matrix.rows_mut()[i * stride..][..dimensions].copy_from_slice(row);
        }
        matrix
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn search_finds_what_an_f64_scan_finds(
            (rows, query) in (1_usize..40, 0_usize..40).prop_flat_map(|(d, n)| (
                prop::collection::vec(prop::collection::vec(moderate_f32(), d), n),
                prop::collection::vec(moderate_f32(), d),
            )),
            k in 1_usize..12,
        ) {
            let mut matrix = filled_matrix(&rows, query.len());
            matrix.seal().unwrap();
            matrix.query_mut().copy_from_slice(&query);
            let n_found = matrix.search(k).unwrap();

            prop_assert_eq!(n_found, k.min(rows.len()));
            let mut exact: Vec<f64> = rows.iter().map(|row| cosine(row, &query)).collect();
            for (&row, &score) in matrix.indices.iter().zip(&matrix.scores) {
                prop_assert!((exact[row as usize] - f64::from(score)).abs() < 2e-6);
            }
            exact.sort_by(|a, b| b.total_cmp(a));
            for (best, &score) in exact.iter().zip(&matrix.scores) {
                prop_assert!((best - f64::from(score)).abs() < 2e-6);
            }

            let single = (matrix.indices.clone(), matrix.scores.clone());
            let mut padded = query.clone();
            padded.resize(matrix.stride(), 0.0);
            matrix.search_many(&mut padded.repeat(3), k).unwrap();
            prop_assert_eq!(&matrix.indices, &single.0.repeat(3));
            prop_assert_eq!(&matrix.scores, &single.1.repeat(3));
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn equal_rows_come_in_the_order_of_their_index() {
        let mut matrix = filled_matrix(&vec![vec![1.0, 2.0, 3.0]; 9], 3);
        matrix.seal().unwrap();
        matrix.query_mut().copy_from_slice(&[3.0, 2.0, 1.0]);
        matrix.search(4).unwrap();
        assert_eq!(matrix.indices, [0, 1, 2, 3]);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn tiny_and_huge_rows_keep_their_direction_and_zero_rows_have_none() {
        let rows = [vec![1e-40, 1e-40], vec![3e38, 3e38], vec![0.0, 0.0]];
        let mut matrix = filled_matrix(&rows, 2);
        matrix.seal().unwrap();
        matrix.query_mut().copy_from_slice(&[1.0, 1.0]);
        matrix.search(3).unwrap();
        assert_eq!(matrix.indices, [0, 1, 2]);
        assert!((matrix.scores[1] - 1.0).abs() < 1e-6);
        assert_eq!(matrix.scores[2], 0.0);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_does_not_fit_is_refused() {
        let mut matrix = filled_matrix(&[vec![1.0], vec![f32::NAN]], 1);
        assert_eq!(matrix.seal().unwrap_err().code, Code::Validation);
        assert_eq!(matrix.search(0).unwrap_err().code, Code::Validation);
        matrix.query_mut()[0] = f32::INFINITY;
        assert_eq!(matrix.search(1).unwrap_err().code, Code::Validation);
        assert_eq!(Matrix::new(1, 0).unwrap_err().code, Code::Validation);
        assert_eq!(Matrix::new(usize::MAX / 2, 3).unwrap_err().code, Code::Memory);
    }
}
