//! The layers of the graph: who links to whom, and where a search begins.

use super::lists::Lists;
use alloc::vec::Vec;

/// Bits for a layer: there are at most 16.
const LAYER_BITS: u32 = 5;

/// The level of a slot that holds no linked vector.
const UNLINKED: u8 = u8::MAX;

/// Layered neighbour lists over slots. Every link of a layer leads to a slot that is in that layer.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Layer 0: list number = slot.
    pub(super) base: Lists,
    /// Layers above: one vector in m is there, so their lists are found by search.
    pub(super) upper: Lists,
    /// (slot and layer as `key` joins them, list number in `upper`), sorted.
    pub(super) upper_of: Vec<(u32, u32)>,
    /// Lists in `upper` that removed vectors left.
    pub(super) spare: Vec<u32>,
    /// Highest layer of each slot, or `UNLINKED`.
    pub(super) levels: Vec<u8>,
    /// Where every search begins: a vector of the highest layer.
    pub(super) entry: Option<u32>,
}

impl Graph {
    /// The highest layer that a linked slot is in.
    #[must_use]
    pub fn level(&self, slot: u32) -> Option<u8> {
        self.levels.get(slot as usize).copied().filter(|&level| level != UNLINKED)
    }

    /// Where a search begins, and in which layer.
    #[must_use]
    pub fn entry(&self) -> Option<(u32, u8)> {
        self.entry.map(|slot| (slot, self.levels[slot as usize]))
    }

    /// Add a slot with empty lists in layers 0 to `level`; it becomes the entry when it is the highest.
    pub fn join(&mut self, slot: u32, level: u8) {
        while self.levels.len() <= slot as usize {
            self.levels.push(UNLINKED);
            self.base.push_list();
        }
        self.levels[slot as usize] = level;
        for layer in 1..=level {
            let list = self.spare.pop().unwrap_or_else(|| {
                self.upper.push_list();
                self.upper.count() as u32 - 1
            });
            let key = key(slot, layer);
            let at = self.upper_of.partition_point(|&(other, _)| other < key);
            self.upper_of.insert(at, (key, list));
        }
        if self.entry().is_none_or(|(_, highest)| level > highest) {
            self.entry = Some(slot);
        }
    }

    /// Take a slot that nobody links to out of all layers; another of the highest becomes the entry.
    pub fn leave(&mut self, slot: u32) {
        let Some(level) = self.level(slot) else { return };
        self.base.write(slot, &[]);
        for layer in 1..=level {
            let list = self.upper_list(slot, layer);
            self.upper.write(list, &[]);
            self.spare.push(list);
        }
        self.upper_of.retain(|&(key, _)| key >> LAYER_BITS != slot);
        self.levels[slot as usize] = UNLINKED;
        if self.entry == Some(slot) {
            let linked = (0_u32..).zip(&self.levels).filter(|&(_, &level)| level != UNLINKED);
            // The first of the highest, so that the same history gives the same entry.
            self.entry = linked.min_by_key(|&(_, &level)| u8::MAX - level).map(|(slot, _)| slot);
        }
    }

    /// Replace `out` by the links of a slot in a layer that it is in.
    #[inline]
    pub fn links(&self, slot: u32, layer: u8, out: &mut Vec<u32>) {
        if layer == 0 {
            self.base.read(slot, out);
        } else {
            self.upper.read(self.upper_list(slot, layer), out);
        }
    }

    /// Give a slot these links in a layer that it is in.
    pub fn set_links(&mut self, slot: u32, layer: u8, links: &[u32]) {
        if layer == 0 {
            self.base.write(slot, links);
        } else {
            self.upper.write(self.upper_list(slot, layer), links);
        }
    }

    /// Add a link, unless there are `most` already.
    pub fn add_link(&mut self, slot: u32, layer: u8, link: u32, most: usize) -> bool {
        let has_room = self.length(slot, layer) < most;
        let list = if layer == 0 { slot } else { self.upper_list(slot, layer) };
        let lists = if layer == 0 { &mut self.base } else { &mut self.upper };
        if has_room {
            lists.push(list, link);
        }
        has_room
    }

    /// Links of a slot in a layer that it is in.
    #[must_use]
    pub fn length(&self, slot: u32, layer: u8) -> usize {
        if layer == 0 {
            self.base.length(slot)
        } else {
            self.upper.length(self.upper_list(slot, layer))
        }
    }

    /// The slots that are in a layer, in rising order.
    pub fn members(&self, layer: u8) -> impl Iterator<Item = u32> {
        (0_u32..)
            .zip(&self.levels)
            .filter(move |&(_, &level)| level != UNLINKED && level >= layer)
            .map(|(slot, _)| slot)
    }

    /// Give back room that nothing uses.
    pub fn compact(&mut self) {
        self.base.compact();
        self.upper.compact();
        self.upper_of.shrink_to_fit();
        self.levels.shrink_to_fit();
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let upper_of = self.upper_of.capacity() * size_of::<(u32, u32)>();
        let small = self.levels.capacity() + 4 * self.spare.capacity();
        self.base.size_bytes() + self.upper.size_bytes() + upper_of + small
    }

    /// # Panics
    /// The slot is not in the layer: a bug.
    pub(super) fn upper_list(&self, slot: u32, layer: u8) -> u32 {
        let key = key(slot, layer);
        let at = self.upper_of.partition_point(|&(other, _)| other < key);
        self.upper_of[at].1
    }
}

/// Sorts by slot and then by layer.
fn key(slot: u32, layer: u8) -> u32 {
    slot << LAYER_BITS | u32::from(layer)
}
