//! Removal, which the paper leaves open: no link to the removed vector stays, and whoever had one gets
//! those of the removed one's that algorithm 4 chooses beside its own.

use super::Index;
use alloc::vec::Vec;

impl Index {
    /// Remove the vector of an id; false when there is none. The others that linked to it are found by
    /// going through all lists of its layers, because links need not be mutual.
    pub fn remove(&mut self, id: u32) -> bool {
        let Some(slot) = self.ids.remove(id) else { return false };
        for layer in (0..=self.graph.level(slot).unwrap_or(0)).rev() {
            if self.graph.level(slot).is_some() {
                self.bypass(slot, layer);
            }
        }
        self.graph.leave(slot);
        self.vacant.push(slot);
        true
    }

    /// Let nobody in a layer link to `slot` any more.
    fn bypass(&mut self, slot: u32, layer: u8) {
        let most = if layer == 0 { self.parameters.m_max0 } else { self.parameters.m } as usize;
        let (mut beyond, mut links) = (Vec::new(), Vec::new());
        self.graph.links(slot, layer, &mut beyond);
        let members: Vec<u32> = self.graph.members(layer).filter(|&other| other != slot).collect();
        for other in members {
            self.graph.links(other, layer, &mut links);
            let Some(at) = links.iter().position(|&link| link == slot) else { continue };
            links.swap_remove(at);
            let is_new = |far: &&u32| **far != other && !links.contains(far);
            let mut all: Vec<u32> =
                links.iter().chain(beyond.iter().filter(is_new)).copied().collect();
            self.builder.choose(&self.vectors, other, &mut all, most);
            // What was linked stays so: it may be the only way to where it leads.
            let chosen: Vec<u32> = all.into_iter().filter(|to| !links.contains(to)).collect();
            links.extend(chosen);
            links.truncate(most);
            self.graph.set_links(other, layer, &links);
        }
    }
}
