//! Links that hold a layer together: algorithm 4 alone may leave a vector that nothing links to.
//!
//! The first link of a list is the vector's anchor, the nearest that had room when it was linked. An anchor
//! links back, and neither of these two links is given up while both vectors are there. So the anchors of a
//! layer are a tree of links in both directions, and **every vector of a layer can be reached from every
//! other**, whatever was added, replaced and removed: a search of layer 0 with `ef` = n finds all n. Those
//! whose anchor is removed are joined anew by a minimum spanning tree (`remove`).

use super::graph::Graph;
use alloc::vec::Vec;

impl Graph {
    /// The first link of a slot in a layer; the only vector of a layer has none.
    #[must_use]
    pub fn anchor(&self, slot: u32, layer: u8) -> Option<u32> {
        if layer == 0 {
            self.base.first(slot)
        } else {
            self.upper.first(self.upper_list(slot, layer))
        }
    }

    /// Whether one of two linked slots is the anchor of the other.
    #[must_use]
    pub fn is_held(&self, slot: u32, other: u32, layer: u8) -> bool {
        self.anchor(slot, layer) == Some(other) || self.anchor(other, layer) == Some(slot)
    }

    /// The links of a slot that must stay, its anchor first.
    pub fn held(&self, slot: u32, layer: u8) -> Vec<u32> {
        let mut links = Vec::new();
        self.links(slot, layer, &mut links);
        links.retain(|&other| self.is_held(slot, other, layer));
        links
    }

    /// Whether a slot can be one more's anchor: half of a full list stays for algorithm 4 to choose.
    #[must_use]
    pub fn has_room(&self, slot: u32, layer: u8, most: usize) -> bool {
        self.length(slot, layer) < most || self.held(slot, layer).len() < (most / 2).max(2)
    }

    /// A slot that can be an anchor, near another in the tree. `salt` spreads many over its branches.
    ///
    /// A walk through a tree that never turns back ends at a leaf, which has room; `without` is not entered.
    pub fn room_near(&self, near: u32, layer: u8, most: usize, without: u32, salt: u32) -> u32 {
        let (mut before, mut slot, mut salt) = (without, near, salt as usize);
        for _ in 0..self.levels.len() {
            if self.has_room(slot, layer, most) {
                break;
            }
            let mut ahead = self.held(slot, layer);
            ahead.retain(|&other| other != before && other != without);
            let n = ahead.len().max(1);
            let Some(&next) = ahead.get(salt % n) else { break };
            (before, slot, salt) = (slot, next, salt / n);
        }
        slot
    }

    /// Whether the anchors of a layer link back and are one tree.
    #[must_use]
    pub fn is_held_together(&self, layer: u8) -> bool {
        let mut is_reached = alloc::vec![false; self.levels.len()];
        let mut ahead: Vec<u32> = self.members(layer).take(1).collect();
        let (mut n_reached, mut n_ends) = (0, 0);
        while let Some(slot) = ahead.pop() {
            if !core::mem::replace(&mut is_reached[slot as usize], true) {
                let held = self.held(slot, layer);
                n_reached += 1;
                n_ends += held.len();
                ahead.extend(held);
            }
        }
        let n = self.members(layer).count();
        n_reached == n && n_ends == 2 * n.saturating_sub(1)
    }
}
