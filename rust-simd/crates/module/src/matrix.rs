//! The resident matrix as JavaScript sees it.

use crate::error::Thrown;
use alloc::vec::Vec;
use kernels::matrix;
use kernels::memory::filled;
use wasm_bindgen::prelude::*;

/// Unit rows that stay here; each search brings only its query.
#[wasm_bindgen]
pub struct Matrix {
    matrix: matrix::Matrix,
    queries: Vec<f32>,
}

#[wasm_bindgen]
impl Matrix {
    /// Room for `n_rows` rows; write them at `rows()`, `stride()` floats apart, then call `seal`.
    #[wasm_bindgen(constructor)]
    pub fn new(n_rows: usize, dimensions: usize) -> Result<Matrix, Thrown> {
        let matrix = matrix::Matrix::new(n_rows, dimensions)?;
        Ok(Self { matrix, queries: Vec::new() })
    }

    /// Where the rows begin.
    pub fn rows(&mut self) -> *mut f32 {
        self.matrix.rows_mut().as_mut_ptr()
    }

    /// Floats from one row to the next.
    pub fn stride(&self) -> usize {
        self.matrix.stride()
    }

    /// Where the query begins.
    pub fn query(&mut self) -> *mut f32 {
        self.matrix.query_mut().as_mut_ptr()
    }

    /// Take the rows as written.
    pub fn seal(&mut self) -> Result<(), Thrown> {
        Ok(self.matrix.seal()?)
    }

    /// Search for the query as written; returns how many rows were found.
    pub fn search(&mut self, k: usize) -> Result<usize, Thrown> {
        Ok(self.matrix.search(k)?)
    }

    /// Room for `n` queries, all zero, `stride()` floats apart; where it begins.
    pub fn queries(&mut self, n: usize) -> Result<*mut f32, Thrown> {
        self.queries = filled(0.0, n * self.matrix.stride())?;
        Ok(self.queries.as_mut_ptr())
    }

    /// Search for the queries as written; returns how many rows were found for all of them together.
    pub fn search_many(&mut self, k: usize) -> Result<usize, Thrown> {
        let found = self.matrix.search_many(&mut self.queries, k);
        self.queries = Vec::new();
        Ok(found?)
    }

    /// Where the found row indices begin.
    pub fn indices(&self) -> *const u32 {
        self.matrix.indices.as_ptr()
    }

    /// Where the found similarities begin.
    pub fn scores(&self) -> *const f32 {
        self.matrix.scores.as_ptr()
    }

    /// Bytes held.
    pub fn size_bytes(&self) -> usize {
        self.matrix.size_bytes()
    }
}
