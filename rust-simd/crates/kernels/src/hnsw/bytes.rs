//! An index as bytes: header, columns, checksum; little endian.
//!
//! Layout: magic, version, parameters, state of the generator, then columns, each with its length in
//! bytes before it, and at the end a 64-bit checksum of everything before. A sound checksum does not
//! make bytes trustworthy, so every number that is used as an index is checked as well.

use super::Index;
use super::graph::Graph;
use super::parameters::Parameters;
use super::random::Random;
use super::vectors::Rows;
use crate::columns::{Reader, Writer};
use crate::error::KernelError;
use alloc::vec::Vec;

const MAGIC: [u8; 8] = *b"ELEXHNSW";
const VERSION: u32 = 2;
/// Written for a slot that is not linked; real levels stay far below.
const UNLINKED: u8 = u8::MAX;
const HIGHEST_LEVEL: u8 = 31;

impl Index {
    /// Everything that a search needs; `from_bytes` gives an index with the same answers.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let p = &self.parameters;
        let n_slots = (self.len() + self.vacant.len()) as u32;
        let mut out = Writer::new(MAGIC, VERSION);
        for number in [p.dimensions, p.m, p.m_max0, p.ef_construction, p.ef_search, p.seed] {
            out.u32(number);
        }
        out.u32(u32::from(p.int8));
        out.u32(p.exact_up_to);
        out.u64(self.random.0);
        out.u32(n_slots);
        out.u32(self.graph.entry().map_or(u32::MAX, |(slot, _)| slot));
        out.column_u32((0..n_slots).map(|slot| self.ids.of(slot)));
        out.column_u32(self.vacant.iter().copied());
        let levels = (0..n_slots).map(|slot| self.graph.level(slot).unwrap_or(UNLINKED));
        out.column_u8(levels);
        match self.vectors.rows() {
            Rows::F32(rows) => out.column_u32(rows.iter().map(|x| x.to_bits())),
            Rows::Int8 { codes, scales } => {
                out.column_u8(codes.iter().map(|&code| code as u8));
                out.column_u32(scales.iter().map(|x| x.to_bits()));
            }
        }
        let (mut lengths, mut links, mut list) = (Vec::new(), Vec::new(), Vec::new());
        for slot in 0..n_slots {
            for layer in 0..=self.graph.level(slot).unwrap_or(0) {
                if self.graph.level(slot).is_some() {
                    self.graph.links(slot, layer, &mut list);
                    lengths.push(list.len() as u8);
                    links.extend_from_slice(&list);
                }
            }
        }
        out.column_u8(lengths.into_iter());
        out.column_u32(links.into_iter());
        out.finish()
    }

    /// Rebuild an index.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR for bytes that are damaged, cut off or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KernelError> {
        let mut from = Reader::open(bytes, MAGIC, VERSION)?;
        let parameters = Parameters {
            dimensions: from.u32()?,
            m: from.u32()?,
            m_max0: from.u32()?,
            ef_construction: from.u32()?,
            ef_search: from.u32()?,
            seed: from.u32()?,
            int8: from.u32()? != 0,
            exact_up_to: from.u32()?,
        };
        let mut index =
            Self::new(parameters).map_err(|error| KernelError::damaged(error.problem))?;
        index.random = Random(from.u64()?);
        let n_slots = from.u32()?;
        let entry = from.u32()?;
        let ids = from.column_u32()?;
        let vacant = from.column_u32()?;
        let levels = from.column_u8()?.to_vec();
        index.read_vectors(&mut from, n_slots as usize)?;
        let lengths = from.column_u8()?.to_vec();
        let links = from.column_u32()?;
        from.close()?;
        let sound = ids.len() == n_slots as usize && levels.len() == ids.len();
        check(sound, "its columns have different lengths")?;
        index.fill_slots(&ids, vacant)?;
        index.graph = read_graph(&parameters, &levels, &lengths, &links, entry)?;
        let is_vacant = |slot: &u32| index.graph.level(*slot).is_none();
        let n_linked = index.graph.members(0).count();
        let is_whole =
            !index.has_graph() || (n_linked == index.len() && index.vacant.iter().all(is_vacant));
        check(is_whole, "its graph leaves out a vector")?;
        index.n_ordered = index.len();
        // What only scans wrote no graph.
        if !index.has_graph() && index.len() > parameters.exact_up_to as usize {
            index.link_all();
        }
        Ok(index)
    }

    fn read_vectors(&mut self, from: &mut Reader<'_>, n_slots: usize) -> Result<(), KernelError> {
        let n_numbers = n_slots.saturating_mul(self.parameters.dimensions as usize);
        let (n_read, are_finite) = match self.vectors.rows_mut() {
            Rows::F32(rows) => {
                *rows = from.column_u32()?.into_iter().map(f32::from_bits).collect();
                (rows.len(), rows.iter().all(|x| x.is_finite()))
            }
            Rows::Int8 { codes, scales } => {
                *codes = from.column_u8()?.iter().map(|&code| code as i8).collect();
                *scales = from.column_u32()?.into_iter().map(f32::from_bits).collect();
                check(scales.len() == n_slots, "its scales are not one for each vector")?;
                (codes.len(), scales.iter().all(|x| x.is_finite()))
            }
        };
        check(n_read == n_numbers, "its vectors have another size")?;
        check(are_finite, "its vectors are not finite")
    }

    /// Put the ids of all slots that are not vacant in place.
    fn fill_slots(&mut self, ids: &[u32], vacant: Vec<u32>) -> Result<(), KernelError> {
        let mut is_vacant = alloc::vec![false; ids.len()];
        for &slot in &vacant {
            let flag = is_vacant.get_mut(slot as usize);
            check(flag.as_deref() == Some(&false), "its vacant slots are not its own")?;
            flag.into_iter().for_each(|flag| *flag = true);
        }
        self.ids.reserve(ids.len());
        for (slot, &id) in (0_u32..).zip(ids) {
            if is_vacant[slot as usize] {
                self.ids.skip(id);
            } else {
                check(self.ids.slot(id).is_none(), "an id is there twice")?;
                self.ids.insert(id, slot);
            }
        }
        self.vacant = vacant;
        Ok(())
    }
}

fn read_graph(
    parameters: &Parameters,
    levels: &[u8],
    lengths: &[u8],
    links: &[u32],
    entry: u32,
) -> Result<Graph, KernelError> {
    let mut graph = Graph::default();
    for (slot, &level) in (0_u32..).zip(levels).filter(|&(_, &level)| level != UNLINKED) {
        check(level <= HIGHEST_LEVEL, "a level is too high")?;
        graph.join(slot, level);
    }
    let (mut lengths, mut links) = (lengths.iter(), links);
    let linked: Vec<(u32, u8)> =
        graph.members(0).filter_map(|slot| Some((slot, graph.level(slot)?))).collect();
    for (slot, level) in linked {
        for layer in 0..=level {
            let n = usize::from(*lengths.next().unwrap_or(&0));
            let most = parameters.most_links(layer);
            check(n <= most && n <= links.len(), "a list of links is too long")?;
            let (list, rest) = links.split_at(n);
            let in_layer = |&to: &u32| graph.level(to).is_some_and(|level| level >= layer);
            check(list.iter().all(in_layer), "a link leads nowhere")?;
            graph.set_links(slot, layer, list);
            links = rest;
        }
    }
    check(links.is_empty() && lengths.next().is_none(), "there are links of nobody")?;
    let is_highest = graph.entry().is_none_or(|(_, highest)| graph.level(entry) == Some(highest));
    check(is_highest, "its entry is not of the highest layer")?;
    graph.entry = graph.entry.map(|_| entry);
    let mut layers = 0..=graph.entry().map_or(0, |(_, highest)| highest);
    check(layers.all(|layer| graph.is_held_together(layer)), "its graph falls apart")?;
    graph.compact();
    Ok(graph)
}

fn check(is_sound: bool, problem: &str) -> Result<(), KernelError> {
    if is_sound {
        Ok(())
    } else {
        Err(KernelError::damaged(alloc::format!("the index is damaged: {problem}")))
    }
}
