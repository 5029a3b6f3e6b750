//! Which slot holds which id: a hash table of slots, so that each id is stored once.

use super::reorder::permute;
use crate::hashing::{of_place, spread};
use alloc::vec::Vec;
use hashbrown::HashTable;

/// Ids of the occupied slots, both ways.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// The id in each slot; of a vacant slot, whatever it held last.
    of_slot: Vec<u32>,
    /// The occupied slots, found by the hashes of their ids.
    slots: HashTable<u32>,
}

impl Ids {
    /// How many ids there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.slots.len()
    }

    /// The id in an occupied slot.
    #[must_use]
    pub fn of(&self, slot: u32) -> u32 {
        self.of_slot[slot as usize]
    }

    /// The slot of an id.
    #[must_use]
    pub fn slot(&self, id: u32) -> Option<u32> {
        self.slots.find(spread(id), |&slot| self.of(slot) == id).copied()
    }

    /// Make room for this many slots more.
    pub fn reserve(&mut self, n_more: usize) {
        self.of_slot.reserve_exact(n_more);
        self.slots.reserve(n_more, of_place(&self.of_slot));
    }

    /// Put a new id into a slot; slots begin at 0 and grow by one.
    pub fn insert(&mut self, id: u32, slot: u32) {
        if slot as usize == self.of_slot.len() {
            self.of_slot.push(id);
        } else {
            self.of_slot[slot as usize] = id;
        }
        self.slots.insert_unique(spread(id), slot, of_place(&self.of_slot));
    }

    /// Leave the next slot vacant; `id` is what it held last.
    pub fn skip(&mut self, id: u32) {
        self.of_slot.push(id);
    }

    /// Forget an id; returns the slot that it leaves vacant.
    pub fn remove(&mut self, id: u32) -> Option<u32> {
        let found = self.slots.find_entry(spread(id), |&slot| self.of_slot[slot as usize] == id);
        found.ok().map(|entry| entry.remove().0)
    }

    /// Give each slot its new number; the slots that hold an id must be numbered first.
    pub fn reorder(&mut self, new_of: &[u32]) {
        permute(&mut self.of_slot, 1, new_of);
        self.of_slot.truncate(self.count());
        self.slots.iter_mut().for_each(|slot| *slot = new_of[*slot as usize]);
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        4 * self.of_slot.capacity() + self.slots.allocation_size()
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;
    use crate::testing::config;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn it_behaves_as_a_map(steps in prop::collection::vec((0_u32..60, any::<bool>()), 0..300)) {
            let mut ids = Ids::default();
            let mut plain = BTreeMap::new();
            let mut vacant = Vec::new();
            let mut n_slots = 0;
            for (key, add) in steps {
                let id = key.wrapping_mul(0x0101_0101);
                if add && !plain.contains_key(&id) {
                    let slot = vacant.pop().unwrap_or_else(|| { n_slots += 1; n_slots - 1 });
                    ids.insert(id, slot);
                    plain.insert(id, slot);
                } else if !add {
                    let gone = plain.remove(&id);
                    prop_assert_eq!(ids.remove(id), gone);
                    vacant.extend(gone);
                }
                prop_assert_eq!(ids.count(), plain.len());
            }
            for key in 0..60_u32 {
                let id = key.wrapping_mul(0x0101_0101);
                prop_assert_eq!(ids.slot(id), plain.get(&id).copied());
            }
        }
    }
}
