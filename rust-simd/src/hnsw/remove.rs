//! Removal, which the paper leaves open: no link to the removed vector stays, and whoever had one
//! chooses anew among its links and those of the removed one (algorithm 4).

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
            let detours = beyond.iter().filter(|&&far| far != other);
            let new: Vec<u32> = detours.copied().filter(|far| !links.contains(far)).collect();
            links.extend(new);
            self.builder.choose(&self.vectors, other, &mut links, most);
            self.graph.set_links(other, layer, &links);
        }
    }
}
