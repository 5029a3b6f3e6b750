//! The index as JavaScript sees it.

use crate::error::Thrown;
use alloc::format;
use alloc::vec::Vec;
use kernels::error::KernelError;
use kernels::hnsw;
use kernels::hnsw::parameters::Parameters;
use kernels::memory::filled;
use wasm_bindgen::prelude::*;

/// Vectors by id with the room through which rows, ids and queries come in.
#[wasm_bindgen]
pub struct Index {
    index: hnsw::Index,
    rows: Vec<f32>,
    ids: Vec<u32>,
}

#[wasm_bindgen]
impl Index {
    /// An empty index.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        dimensions: u32,
        m: u32,
        m_max0: u32,
        ef_construction: u32,
        ef_search: u32,
        seed: u32,
        int8: bool,
        exact_up_to: u32,
    ) -> Result<Index, Thrown> {
        let parameters = Parameters {
            dimensions,
            m,
            m_max0,
            ef_construction,
            ef_search,
            seed,
            int8,
            exact_up_to,
        };
        Ok(Self::around(hnsw::Index::new(parameters)?))
    }

    /// The index that `to_bytes` gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Index, Thrown> {
        Ok(Self::around(hnsw::Index::from_bytes(bytes)?))
    }

    /// Everything that a search needs.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.index.to_bytes()
    }

    /// Make room for exactly this many vectors more.
    pub fn reserve(&mut self, n_more: usize) -> Result<(), Thrown> {
        Ok(self.index.reserve(n_more)?)
    }

    /// Room for `n` rows; where it begins.
    pub fn rows(&mut self, n: usize) -> Result<*mut f32, Thrown> {
        let len = n * self.index.parameters().dimensions as usize;
        if self.rows.len() != len {
            self.rows = filled(0.0, len)?;
        }
        Ok(self.rows.as_mut_ptr())
    }

    /// Room for `n` ids, of rows or of a filter; where it begins.
    pub fn ids(&mut self, n: usize) -> Result<*mut u32, Thrown> {
        if self.ids.len() != n {
            self.ids = filled(0, n)?;
        }
        Ok(self.ids.as_mut_ptr())
    }

    /// Refuse rows that are not finite, before any of them is added; `first` is the number of the first.
    pub fn check_rows(&self, first: usize) -> Result<(), Thrown> {
        let dimensions = self.index.parameters().dimensions as usize;
        let is_bad = |row: &[f32]| !row.iter().all(|x| x.is_finite());
        match self.rows.chunks_exact(dimensions).position(is_bad) {
            None => Ok(()),
            Some(at) => {
                let problem = format!("row {} holds NaN or an infinity", first + at);
                Err(KernelError::validation(problem, "Leave such rows out").into())
            }
        }
    }

    /// Add the rows as written, each under its id; a row replaces the one that has its id.
    pub fn add(&mut self) -> Result<(), Thrown> {
        let dimensions = self.index.parameters().dimensions as usize;
        for (&id, row) in self.ids.iter().zip(self.rows.chunks_exact_mut(dimensions)) {
            self.index.add(id, row)?;
        }
        Ok(())
    }

    /// Give back room that nothing uses.
    pub fn compact(&mut self) {
        self.index.compact();
        self.rows = Vec::new();
        self.ids = Vec::new();
    }

    /// Remove a vector; false when there is none of this id.
    pub fn remove(&mut self, id: u32) -> bool {
        self.index.remove(id)
    }

    /// Whether there is a vector of this id.
    pub fn contains(&self, id: u32) -> bool {
        self.index.contains(id)
    }

    /// Search for the one row as written, among the ids as written if `is_filtered`; how many were found.
    pub fn search(&mut self, k: usize, ef: usize, is_filtered: bool) -> Result<usize, Thrown> {
        Ok(self.index.search(&mut self.rows, k, ef, is_filtered.then_some(&self.ids))?)
    }

    /// Where the found ids begin.
    pub fn found_ids(&self) -> *const u32 {
        self.index.found_ids.as_ptr()
    }

    /// Where the found distances begin.
    pub fn found_distances(&self) -> *const f32 {
        self.index.found_distances.as_ptr()
    }

    /// How many vectors it holds.
    pub fn count(&self) -> usize {
        self.index.len()
    }

    /// Numbers in a vector.
    pub fn dimensions(&self) -> u32 {
        self.index.parameters().dimensions
    }

    /// Whether searches walk a graph rather than scan.
    pub fn has_graph(&self) -> bool {
        self.index.has_graph()
    }

    /// Bytes held, counted.
    pub fn memory_bytes(&self) -> usize {
        self.index.memory_bytes() + 4 * (self.rows.capacity() + self.ids.capacity())
    }

    fn around(index: hnsw::Index) -> Self {
        Self { index, rows: Vec::new(), ids: Vec::new() }
    }
}
