//! Approximate nearest neighbours by cosine: Hierarchical Navigable Small World graphs.
//!
//! Malkov & Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical
//! Navigable Small World graphs", 2018 (arXiv:1603.09320v4); names and algorithm numbers are theirs.
//! Up to `exact_up_to` vectors there is no graph, and searches scan.

pub mod anchors;
pub mod build;
pub mod bytes;
pub mod graph;
pub mod ids;
pub mod lists;
pub mod parameters;
pub mod random;
pub mod remove;
pub mod reorder;
pub mod search;
pub mod vectors;

#[cfg(test)]
mod histories;
#[cfg(test)]
mod tests;

use crate::error::KernelError;
use crate::similarity::normalise;
use alloc::format;
use alloc::vec::Vec;
use build::Builder;
use graph::Graph;
use ids::Ids;
use parameters::Parameters;
use random::Random;
use search::{Candidate, Searcher};
use vectors::{Query, Vectors};

/// Links name a vector with 25 bits.
const MOST_VECTORS: usize = 1 << 25;

/// Up to twice as many vectors fit the cache in any order.
const ORDERED_FROM: usize = 4096;

/// Vectors by id, searchable by cosine distance.
#[derive(Clone, Debug)]
pub struct Index {
    parameters: Parameters,
    vectors: Vectors,
    ids: Ids,
    /// Slots that removed vectors left.
    vacant: Vec<u32>,
    graph: Graph,
    /// How many vectors there were when they were last put in order.
    n_ordered: usize,
    random: Random,
    searcher: Searcher,
    builder: Builder,
    query: Query,
    /// Ids that the last search found, nearest first.
    pub found_ids: Vec<u32>,
    /// Their distances, 1 - cosine.
    pub found_distances: Vec<f32>,
}

impl Index {
    /// An empty index.
    ///
    /// # Errors
    /// VALIDATION_ERROR for settings that do not work.
    pub fn new(parameters: Parameters) -> Result<Self, KernelError> {
        parameters.check()?;
        Ok(Self {
            vectors: Vectors::new(parameters.dimensions as usize, parameters.int8),
            random: Random(u64::from(parameters.seed)),
            parameters,
            ids: Ids::default(),
            vacant: Vec::new(),
            graph: Graph::default(),
            n_ordered: 0,
            searcher: Searcher::default(),
            builder: Builder::default(),
            query: Query::default(),
            found_ids: Vec::new(),
            found_distances: Vec::new(),
        })
    }

    /// How many vectors it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.count()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What it was made with.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Whether searches walk a graph rather than scan.
    #[must_use]
    pub fn has_graph(&self) -> bool {
        self.graph.entry().is_some()
    }

    /// Whether it holds an id.
    #[must_use]
    pub fn contains(&self, id: u32) -> bool {
        self.ids.slot(id).is_some()
    }

    /// Make room for exactly this many vectors more.
    ///
    /// # Errors
    /// MEMORY_ERROR when they do not fit.
    pub fn reserve(&mut self, n_more: usize) -> Result<(), KernelError> {
        let n_more = n_more.saturating_sub(self.vacant.len());
        self.vectors.reserve(n_more)?;
        self.ids.reserve(n_more);
        Ok(())
    }

    /// Add a vector, or replace the one that has this id. The vector is scaled to length 1 in place.
    ///
    /// # Errors
    /// VALIDATION_ERROR for another number of dimensions or a vector that is not finite; the index is
    /// then unchanged.
    pub fn add(&mut self, id: u32, vector: &mut [f32]) -> Result<(), KernelError> {
        self.accept(vector)?;
        if self.len() >= MOST_VECTORS && !self.contains(id) {
            return Err(KernelError::memory(vector.len()));
        }
        self.remove(id);
        let mut query = core::mem::take(&mut self.query);
        self.vectors.prepare(vector, &mut query);
        let n_slots = (self.len() + self.vacant.len()) as u32;
        let slot = self.vacant.pop().unwrap_or(n_slots);
        self.vectors.write(slot, &query);
        self.ids.insert(id, slot);
        if self.has_graph() {
            self.link(slot, &query);
            self.keep_in_order();
        } else if self.len() > self.parameters.exact_up_to as usize {
            self.link_all();
        }
        self.query = query;
        Ok(())
    }

    /// Find the `k` nearest vectors (fewer where there are fewer); see `found_ids`, `found_distances`.
    ///
    /// `ef` 0 means `ef_search`; `allowed`, where given, limits the search to these ids.
    ///
    /// # Errors
    /// VALIDATION_ERROR for k = 0, another number of dimensions, or a query that is not finite.
    pub fn search(
        &mut self,
        vector: &mut [f32],
        k: usize,
        ef: usize,
        allowed: Option<&[u32]>,
    ) -> Result<usize, KernelError> {
        if k == 0 {
            return Err(KernelError::validation(
                format!("k is {k}"),
                "Ask for at least one vector",
            ));
        }
        self.accept(vector)?;
        let mut query = core::mem::take(&mut self.query);
        self.vectors.prepare(vector, &mut query);
        let ef = if ef == 0 { self.parameters.ef_search as usize } else { ef }.max(k);
        let mut found = match (allowed, self.has_graph()) {
            (None, false) => self.scan(&query, self.occupied()),
            (None, true) => self.walk(&query, ef),
            (Some(ids), _) => self.search_among(&query, ef, ids),
        };
        keep_nearest(&mut found, ef);
        if self.vectors.is_int8() {
            found.iter_mut().for_each(|c| c.distance = self.vectors.exact_distance(&query, c.slot));
        }
        found.sort_unstable();
        found.truncate(k);
        self.query = query;
        self.found_ids.clear();
        self.found_distances.clear();
        self.found_ids.extend(found.iter().map(|candidate| self.ids.of(candidate.slot)));
        self.found_distances.extend(found.iter().map(|candidate| candidate.distance.max(0.0)));
        Ok(found.len())
    }

    /// Put neighbours side by side and give back room that nothing uses; worth it after many changes.
    pub fn compact(&mut self) {
        self.reorder();
        self.n_ordered = self.len();
        self.graph.compact();
    }

    /// Bytes held, counted from the capacities of everything in it.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        let found = 4 * (self.found_ids.capacity() + self.found_distances.capacity());
        let work = self.searcher.size_bytes() + self.builder.size_bytes();
        let parts = self.vectors.size_bytes() + self.ids.size_bytes() + self.graph.size_bytes();
        size_of::<Self>() + parts + work + found + 4 * self.vacant.capacity()
    }

    /// Scale a vector to length 1, or refuse it.
    fn accept(&self, vector: &mut [f32]) -> Result<(), KernelError> {
        let dimensions = self.parameters.dimensions as usize;
        if vector.len() != dimensions {
            let problem =
                format!("the vector has {} dimensions, the index {dimensions}", vector.len());
            return Err(KernelError::validation(
                problem,
                "Use the embedding the index was made with",
            ));
        }
        if !normalise(vector) {
            let problem = format!("the vector of {dimensions} numbers holds NaN or an infinity");
            return Err(KernelError::validation(problem, "Give finite numbers"));
        }
        Ok(())
    }

    /// Slots that hold a vector.
    fn occupied(&self) -> Vec<u32> {
        let n_slots = (self.len() + self.vacant.len()) as u32;
        let mut is_vacant = alloc::vec![false; n_slots as usize];
        self.vacant.iter().for_each(|&slot| is_vacant[slot as usize] = true);
        (0..n_slots).filter(|&slot| !is_vacant[slot as usize]).collect()
    }

    fn scan(&mut self, query: &Query, slots: Vec<u32>) -> Vec<Candidate> {
        let mut distances = Vec::new();
        self.vectors.distances(query, &slots, &mut distances);
        slots
            .into_iter()
            .zip(distances)
            .map(|(slot, distance)| Candidate { distance, slot })
            .collect()
    }

    /// Algorithm 5: down to layer 0, and there the `ef` nearest.
    fn walk(&mut self, query: &Query, ef: usize) -> Vec<Candidate> {
        let (graph, vectors) = (&self.graph, &self.vectors);
        let Some(entry) = self.searcher.descend(graph, vectors, query, 0) else {
            return Vec::new();
        };
        self.searcher.search_layer(graph, vectors, query, &[entry], ef, 0).to_vec()
    }

    /// The nearest among given ids; few of them are scanned, many are a condition on the walk.
    fn search_among(&mut self, query: &Query, ef: usize, ids: &[u32]) -> Vec<Candidate> {
        let mut is_allowed = alloc::vec![false; self.len() + self.vacant.len()];
        for slot in ids.iter().filter_map(|&id| self.ids.slot(id)) {
            is_allowed[slot as usize] = true;
        }
        let slots: Vec<u32> =
            (0_u32..).zip(&is_allowed).filter(|&(_, &is)| is).map(|(slot, _)| slot).collect();
        if !self.has_graph() || slots.len() <= self.parameters.exact_up_to as usize {
            return self.scan(query, slots);
        }
        let (graph, vectors) = (&self.graph, &self.vectors);
        let Some(entry) = self.searcher.descend(graph, vectors, query, 0) else {
            return Vec::new();
        };
        let allows = |slot: u32| is_allowed[slot as usize];
        self.searcher.search_allowed(graph, vectors, query, entry, ef, allows).to_vec()
    }

    /// Put the vectors in order when there are twice as many as when that was last done.
    fn keep_in_order(&mut self) {
        if self.len() >= 2 * self.n_ordered.max(ORDERED_FROM) {
            self.reorder();
            self.n_ordered = self.len();
        }
    }

    fn link(&mut self, slot: u32, query: &Query) {
        let level = build::draw_level(&mut self.random, self.parameters.m);
        self.builder.insert(
            &mut self.graph,
            &self.vectors,
            &mut self.searcher,
            &self.parameters,
            slot,
            level,
            query,
        );
    }

    /// Begin the graph: what was only scanned so far is linked.
    fn link_all(&mut self) {
        let mut query = Query::default();
        for slot in self.occupied() {
            self.vectors.load(slot, &mut query);
            self.link(slot, &query);
        }
    }
}

/// Drop all but the `n` nearest, in any order.
fn keep_nearest(found: &mut Vec<Candidate>, n: usize) {
    if found.len() > n {
        found.select_nth_unstable(n);
        found.truncate(n);
    }
}
