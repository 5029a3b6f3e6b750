//! Building: algorithms 1 (INSERT), 3 and 4 (SELECT-NEIGHBORS) of Malkov & Yashunin 2018.

use super::graph::Graph;
use super::parameters::Parameters;
use super::random::Random;
use super::search::{Candidate, Searcher};
use super::vectors::{Query, Vectors};
use alloc::vec::Vec;

/// Layers above this one would hold less than one vector in 2^60.
const HIGHEST_LEVEL: f64 = 15.0;

/// Draw the highest layer of a new vector: floor(-ln(unif(0..1]) * mL) with mL = 1 / ln(m), section 4.1.
pub fn draw_level(random: &mut Random, m: u32) -> u8 {
    let level = -libm::log(random.next_unit()) / libm::log(f64::from(m));
    level.min(HIGHEST_LEVEL) as u8
}

/// What linking needs beside the index; kept from one vector to the next.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    candidates: Vec<Candidate>,
    chosen: Vec<u32>,
    links: Vec<u32>,
    held: Vec<u32>,
    distances: Vec<f32>,
    query: Query,
}

impl Builder {
    /// Algorithm 1: link the vector of a slot, prepared as `query`, into layers 0 to `level`.
    #[allow(clippy::too_many_arguments)]
    pub fn insert(
        &mut self,
        graph: &mut Graph,
        vectors: &Vectors,
        searcher: &mut Searcher,
        parameters: &Parameters,
        slot: u32,
        level: u8,
        query: &Query,
    ) {
        let Some((_, highest)) = graph.entry() else {
            graph.join(slot, level);
            return;
        };
        let first = level.min(highest);
        let mut entries: Vec<u32> =
            searcher.descend(graph, vectors, query, first).into_iter().collect();
        // Its lists are empty until they are written below, so no search on the way finds it.
        graph.join(slot, level);
        for layer in (0..=first).rev() {
            let ef = parameters.ef_construction as usize;
            let found = searcher.search_layer(graph, vectors, query, &entries, ef, layer);
            entries.clear();
            entries.extend(found.iter().map(|candidate| candidate.slot));
            select_neighbors(vectors, found, parameters.m as usize, &mut self.chosen);
            self.put_anchor_first(graph, parameters, slot, layer);
            graph.set_links(slot, layer, &self.chosen);
            for at in 0..self.chosen.len() {
                self.link_back(graph, vectors, parameters, self.chosen[at], slot, layer);
            }
        }
    }

    /// Make the nearest of the chosen that can be an anchor the first of them.
    fn put_anchor_first(&mut self, graph: &Graph, parameters: &Parameters, slot: u32, layer: u8) {
        let most = parameters.most_links(layer);
        if let Some(at) = self.chosen.iter().position(|&to| graph.has_room(to, layer, most)) {
            self.chosen[..=at].rotate_right(1);
        } else if let Some(&nearest) = self.chosen.first() {
            // Where hundreds of vectors are the same.
            self.chosen.truncate(parameters.m as usize - 1);
            self.chosen.insert(0, graph.room_near(nearest, layer, most, slot, slot));
        }
    }

    /// Link `from` to `to`; where that is one link too many, choose anew among all of them, except what
    /// holds the layer together.
    pub fn link_back(
        &mut self,
        graph: &mut Graph,
        vectors: &Vectors,
        parameters: &Parameters,
        from: u32,
        to: u32,
        layer: u8,
    ) {
        let most = parameters.most_links(layer);
        if graph.add_link(from, layer, to, most) {
            return;
        }
        let mut links = core::mem::take(&mut self.links);
        graph.links(from, layer, &mut links);
        links.push(to);
        let mut kept = core::mem::take(&mut self.held);
        kept.clear();
        kept.extend(links.iter().filter(|&&other| graph.is_held(from, other, layer)));
        self.choose(vectors, from, &mut links, most);
        links.retain(|other| !kept.contains(other));
        kept.append(&mut links);
        kept.truncate(most);
        graph.set_links(from, layer, &kept);
        (self.links, self.held) = (links, kept);
    }

    /// Keep of `links` those that algorithm 4 chooses for a slot, at most `most`.
    pub fn choose(&mut self, vectors: &Vectors, slot: u32, links: &mut Vec<u32>, most: usize) {
        vectors.load(slot, &mut self.query);
        vectors.distances(&self.query, links, &mut self.distances);
        self.candidates.clear();
        let pairs = links.iter().zip(&self.distances);
        self.candidates.extend(pairs.map(|(&slot, &distance)| Candidate { distance, slot }));
        self.candidates.sort_unstable();
        select_neighbors(vectors, &self.candidates, most, links);
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let words = self.chosen.capacity() + self.links.capacity() + self.held.capacity();
        4 * (words + self.distances.capacity())
            + self.candidates.capacity() * size_of::<Candidate>()
    }
}

/// Algorithm 4: of candidates, nearest first, take each that is no nearer to one taken than to the query.
///
/// So links lead in all directions and not only into the nearest cluster. As in hnswlib, candidates are
/// neither extended nor are discarded ones kept.
fn select_neighbors(
    vectors: &Vectors,
    candidates: &[Candidate],
    most: usize,
    chosen: &mut Vec<u32>,
) {
    chosen.clear();
    for candidate in candidates {
        if chosen.len() == most {
            break;
        }
        let is_near = |&slot: &u32| vectors.between(candidate.slot, slot) < candidate.distance;
        if !chosen.iter().any(is_near) {
            chosen.push(candidate.slot);
        }
    }
}
