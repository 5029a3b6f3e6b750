//! Cosine similarity of a query to every row of a resident `f32` matrix.
//!
//! Rows and query are scaled to length 1 on the way in (in `f64`, so that neither tiny nor huge vectors
//! lose their direction), which leaves one sum of products per row. A zero vector stays zero and has
//! similarity 0 to everything.

use crate::error::KernelError;
use crate::kernels::filled;
use crate::kernels::top_k::TopK;
use alloc::format;
use alloc::vec::Vec;

#[cfg(not(target_feature = "simd128"))]
pub use scalar::dot;
#[cfg(target_feature = "simd128")]
pub use simd128::dot;

/// Floats per vector register; rows are padded with zeros to a multiple of it, so that no sum has a tail.
pub const STEP: usize = 4;

/// Scale `vector` to length 1 in place; false when it holds NaN or an infinity (it is then unchanged).
pub fn normalise(vector: &mut [f32]) -> bool {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    if !squares.is_finite() {
        return false;
    }
    if squares > 0.0 {
        let scale = 1.0 / libm::sqrt(squares);
        for x in vector {
            *x = (f64::from(*x) * scale) as f32;
        }
    }
    true
}

/// Append the sum of products of `query` with each row of `rows` that `slots` names.
#[inline]
pub fn dots(query: &[f32], rows: &[f32], slots: &[u32], out: &mut Vec<f32>) {
    let stride = query.len();
    touch(rows, stride, slots);
    out.extend(slots.iter().map(|&slot| dot(query, &rows[slot as usize * stride..][..stride])));
}

/// Load one number of every cache line of these rows.
///
/// WebAssembly has no prefetch. These loads do not wait for each other as the sums of products do, so the
/// misses overlap: at 100,000 rows a search of the graph takes half the time.
pub fn touch<T: Copy>(rows: &[T], stride: usize, slots: &[u32]) {
    const LINE_BYTES: usize = 64;
    for &slot in slots {
        for line in rows[slot as usize * stride..][..stride].chunks(LINE_BYTES / size_of::<T>()) {
            // SAFETY: a reference is readable; volatile only so that the load is not left out.
            unsafe { core::ptr::read_volatile(&line[0]) };
        }
    }
}

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
        for (i, row) in self.rows.chunks_exact(self.stride).enumerate() {
            self.best.offer(dot(&self.query, row), i as u32);
        }
        self.indices.clear();
        self.scores.clear();
        for found in self.best.drain_sorted() {
            self.indices.push(found.row);
            // Rounding may carry the product of two unit vectors past 1 by a bit or two.
            self.scores.push(found.score.clamp(-1.0, 1.0));
        }
        Ok(self.indices.len())
    }
}

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    /// Sum of products; both slices have one length, a multiple of `STEP`.
    #[must_use]
    pub fn dot(a: &[f32], b: &[f32]) -> f32 {
        let (a16, a_rest) = a.as_chunks::<16>();
        let (b16, b_rest) = b.as_chunks::<16>();
        let mut s = [0.0_f32; 16];
        for (x, y) in a16.iter().zip(b16) {
            for i in 0..16 {
                s[i] += x[i] * y[i];
            }
        }
        for (x, y) in a_rest.as_chunks::<4>().0.iter().zip(b_rest.as_chunks::<4>().0) {
            for i in 0..4 {
                s[i] += x[i] * y[i];
            }
        }
        let lane = |i: usize| (s[i] + s[i + 4]) + (s[i + 8] + s[i + 12]);
        (lane(0) + lane(1)) + (lane(2) + lane(3))
    }
}

#[cfg(target_feature = "simd128")]
mod simd128 {
    use core::arch::wasm32::*;

    #[inline]
    fn product(a: &[f32; 4], b: &[f32; 4]) -> v128 {
        // SAFETY: both are exactly 16 readable bytes; `v128_load` needs no alignment.
        unsafe { f32x4_mul(v128_load(a.as_ptr().cast()), v128_load(b.as_ptr().cast())) }
    }

    /// Sum of products; both slices have one length, a multiple of `STEP`.
    #[must_use]
    #[inline]
    pub fn dot(a: &[f32], b: &[f32]) -> f32 {
        let (a4, b4) = (a.as_chunks::<4>().0, b.as_chunks::<4>().0);
        let (a16, a_rest) = a4.as_chunks::<4>();
        let (b16, b_rest) = b4.as_chunks::<4>();
        let mut s = [f32x4_splat(0.0); 4];
        for (x, y) in a16.iter().zip(b16) {
            for i in 0..4 {
                s[i] = f32x4_add(s[i], product(&x[i], &y[i]));
            }
        }
        for (x, y) in a_rest.iter().zip(b_rest) {
            s[0] = f32x4_add(s[0], product(x, y));
        }
        let s = f32x4_add(f32x4_add(s[0], s[1]), f32x4_add(s[2], s[3]));
        (f32x4_extract_lane::<0>(s) + f32x4_extract_lane::<1>(s))
            + (f32x4_extract_lane::<2>(s) + f32x4_extract_lane::<3>(s))
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, scalar};
    use crate::error::Code;
    use crate::kernels::testing::{lengths, moderate_f32};
    use proptest::prelude::*;

    type Kernel = fn(&[f32], &[f32]) -> f32;

    fn implementations() -> Vec<(&'static str, Kernel)> {
        vec![
            ("scalar", scalar::dot as Kernel),
            #[cfg(target_feature = "simd128")]
            ("simd128", super::simd128::dot as Kernel),
        ]
    }

    fn filled_matrix(rows: &[Vec<f32>], dimensions: usize) -> Matrix {
        let mut matrix = Matrix::new(rows.len(), dimensions).unwrap();
        let stride = matrix.stride();
        for (i, row) in rows.iter().enumerate() {
            matrix.rows_mut()[i * stride..][..dimensions].copy_from_slice(row);
        }
        matrix
    }

    proptest! {
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn every_sum_of_products_agrees_with_f64_and_with_the_other_bits(
            pairs in lengths().prop_flat_map(|n| prop::collection::vec(
                (moderate_f32(), moderate_f32()), n / 4 * 4)),
        ) {
            let (a, b): (Vec<f32>, Vec<f32>) = pairs.iter().copied().unzip();
            let products = pairs.iter().map(|&(x, y)| f64::from(x) * f64::from(y));
            let magnitude: f64 = products.clone().map(f64::abs).sum();
            let exact: f64 = products.sum();
            let first = scalar::dot(&a, &b).to_bits();
            for (name, kernel) in implementations() {
                let got = kernel(&a, &b);
                prop_assert!((f64::from(got) - exact).abs() <= 1e-5 * magnitude, "{}", name);
                prop_assert_eq!(got.to_bits(), first, "{}", name);
            }
        }

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
            let length = |v: &[f32]| v.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
            let cosine = |row: &[f32]| -> f64 {
                let products = row.iter().zip(&query).map(|(&x, &y)| f64::from(x) * f64::from(y));
                let scale = length(row) * length(&query);
                if scale == 0.0 { 0.0 } else { products.sum::<f64>() / scale }
            };
            let mut exact: Vec<f64> = rows.iter().map(|row| cosine(row)).collect();
            for (&row, &score) in matrix.indices.iter().zip(&matrix.scores) {
                prop_assert!((exact[row as usize] - f64::from(score)).abs() < 2e-6);
            }
            exact.sort_by(|a, b| b.total_cmp(a));
            for (best, &score) in exact.iter().zip(&matrix.scores) {
                prop_assert!((best - f64::from(score)).abs() < 2e-6);
            }
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
