//! Searching: algorithms 2 (SEARCH-LAYER) and 5 (K-NN-SEARCH) of Malkov & Yashunin 2018.

use super::graph::Graph;
use super::vectors::{Query, Vectors};
use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

/// A vector and how far it is from the query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// 1 - cosine; never NaN.
    pub distance: f32,
    /// Its slot; the lower one wins a tie.
    pub slot: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_distance = self.distance.partial_cmp(&other.distance).unwrap_or(Ordering::Equal);
        by_distance.then(self.slot.cmp(&other.slot))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Which slots a search has seen: a mark per slot, valid for one search, so that nothing is cleared.
#[derive(Clone, Debug, Default)]
struct Visited {
    marks: Vec<u8>,
    current: u8,
}

impl Visited {
    fn begin(&mut self, n_slots: usize) {
        if n_slots > self.marks.len() {
            // Not doubling: a mark for each slot is counted as memory of the index.
            self.marks.reserve_exact((n_slots - self.marks.len()).max(n_slots / 16));
            self.marks.resize(n_slots, 0);
        }
        self.current = self.current.wrapping_add(1);
        if self.current == 0 {
            self.marks.fill(0);
            self.current = 1;
        }
    }

    /// Mark a slot; true the first time.
    #[inline]
    fn mark(&mut self, slot: u32) -> bool {
        core::mem::replace(&mut self.marks[slot as usize], self.current) != self.current
    }
}

/// The `ef` nearest so far, nearest first, and which of them were expanded.
///
/// This list is both C and W of algorithm 2: a candidate that is no longer among the `ef` nearest is
/// farther than the farthest of W, and the algorithm would stop before it expanded that one.
#[derive(Clone, Debug, Default)]
struct Nearest {
    found: Vec<Candidate>,
    is_expanded: Vec<bool>,
    /// All before this one are expanded.
    next: usize,
    ef: usize,
}

impl Nearest {
    fn begin(&mut self, ef: usize) {
        self.found.clear();
        self.is_expanded.clear();
        self.next = 0;
        self.ef = ef;
    }

    #[inline]
    fn offer(&mut self, candidate: Candidate) {
        if self.found.len() == self.ef {
            if self.found.last().is_none_or(|worst| candidate >= *worst) {
                return;
            }
            self.found.pop();
            self.is_expanded.pop();
        }
        let at = self.found.partition_point(|other| *other < candidate);
        self.found.insert(at, candidate);
        self.is_expanded.insert(at, false);
        self.next = self.next.min(at);
    }

    /// The nearest that was not expanded yet; it counts as expanded from now on.
    #[inline]
    fn expand(&mut self) -> Option<u32> {
        while *self.is_expanded.get(self.next)? {
            self.next += 1;
        }
        self.is_expanded[self.next] = true;
        self.next += 1;
        Some(self.found[self.next - 1].slot)
    }
}

/// What a search needs beside the index; kept from one search to the next.
#[derive(Clone, Debug, Default)]
pub struct Searcher {
    visited: Visited,
    nearest: Nearest,
    links: Vec<u32>,
    distances: Vec<f32>,
}

impl Searcher {
    /// Walk from the entry down to `layer`, in each layer above it to the vector nearest to the query.
    pub fn descend(
        &mut self,
        graph: &Graph,
        vectors: &Vectors,
        query: &Query,
        layer: u8,
    ) -> Option<u32> {
        let (mut nearest, highest) = graph.entry()?;
        for above in (layer + 1..=highest).rev() {
            nearest = self.search_layer(graph, vectors, query, &[nearest], 1, above)[0].slot;
        }
        Some(nearest)
    }

    /// Algorithm 2: the `ef` vectors of a layer that are nearest to the query, nearest first.
    pub fn search_layer(
        &mut self,
        graph: &Graph,
        vectors: &Vectors,
        query: &Query,
        entries: &[u32],
        ef: usize,
        layer: u8,
    ) -> &[Candidate] {
        self.visited.begin(graph.levels.len());
        self.nearest.begin(ef);
        self.links.clear();
        self.links.extend_from_slice(entries);
        loop {
            self.links.retain(|&slot| self.visited.mark(slot));
            vectors.distances(query, &self.links, &mut self.distances);
            for (&slot, &distance) in self.links.iter().zip(&self.distances) {
                self.nearest.offer(Candidate { distance, slot });
            }
            let Some(slot) = self.nearest.expand() else { break };
            graph.links(slot, layer, &mut self.links);
        }
        &self.nearest.found
    }

    /// As `search_layer` in layer 0, but only what `allows` counts; the rest is walked through.
    pub fn search_allowed(
        &mut self,
        graph: &Graph,
        vectors: &Vectors,
        query: &Query,
        entry: u32,
        ef: usize,
        allows: impl Fn(u32) -> bool,
    ) -> &[Candidate] {
        self.visited.begin(graph.levels.len());
        self.nearest.begin(ef);
        let mut candidates: BinaryHeap<Reverse<Candidate>> = BinaryHeap::new();
        self.links.clear();
        self.links.push(entry);
        loop {
            self.links.retain(|&slot| self.visited.mark(slot));
            vectors.distances(query, &self.links, &mut self.distances);
            for (&slot, &distance) in self.links.iter().zip(&self.distances) {
                let candidate = Candidate { distance, slot };
                if allows(slot) {
                    self.nearest.offer(candidate);
                }
                candidates.push(Reverse(candidate));
            }
            let Some(Reverse(candidate)) = candidates.pop() else { break };
            let is_full = self.nearest.found.len() == ef;
            if is_full && self.nearest.found.last().is_some_and(|worst| candidate > *worst) {
                break;
            }
            graph.links(candidate.slot, 0, &mut self.links);
        }
        &self.nearest.found
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let nearest = self.nearest.found.capacity() * size_of::<Candidate>();
        let small = self.nearest.is_expanded.capacity() + self.visited.marks.capacity();
        nearest + small + 4 * (self.links.capacity() + self.distances.capacity())
    }
}
