//! Which slot holds which id: open addressing over slots, so that each id is stored once.

use super::reorder::permute;
use alloc::vec;
use alloc::vec::Vec;

const FREE: u32 = u32::MAX;

/// Ids of the occupied slots, both ways.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// The id in each slot; of a vacant slot, whatever it held last.
    of_slot: Vec<u32>,
    /// Places, each a slot or `FREE`; at most six sevenths are taken.
    places: Vec<u32>,
    n_taken: usize,
}

impl Ids {
    /// How many ids there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.n_taken
    }

    /// The id in an occupied slot.
    #[must_use]
    pub fn of(&self, slot: u32) -> u32 {
        self.of_slot[slot as usize]
    }

    /// The slot of an id.
    #[must_use]
    pub fn slot(&self, id: u32) -> Option<u32> {
        let mut place = self.home(id)?;
        loop {
            match self.places[place] {
                FREE => return None,
                slot if self.of(slot) == id => return Some(slot),
                _ => place = self.after(place),
            }
        }
    }

    /// Make room for exactly this many slots more.
    pub fn reserve(&mut self, n_more: usize) {
        self.of_slot.reserve_exact(n_more);
        self.rehash(places_for(self.n_taken + n_more));
    }

    /// Put a new id into a slot; slots begin at 0 and grow by one.
    pub fn insert(&mut self, id: u32, slot: u32) {
        if slot as usize == self.of_slot.len() {
            self.of_slot.push(id);
        } else {
            self.of_slot[slot as usize] = id;
        }
        if places_for(self.n_taken + 1) > self.places.len() {
            self.rehash(places_for(self.n_taken + 1).max(self.places.len() / 2 * 3));
        }
        self.place(slot);
        self.n_taken += 1;
    }

    /// Leave the next slot vacant; `id` is what it held last.
    pub fn skip(&mut self, id: u32) {
        self.of_slot.push(id);
    }

    /// Forget an id; returns the slot that it leaves vacant.
    pub fn remove(&mut self, id: u32) -> Option<u32> {
        let removed = self.slot(id)?;
        let n = self.places.len();
        let mut gap = self.home(id)?;
        while self.places[gap] != removed {
            gap = self.after(gap);
        }
        // Close the gap with later places that may lie there (Knuth, volume 3, algorithm 6.4 R).
        let mut place = gap;
        loop {
            place = self.after(place);
            let slot = self.places[place];
            if slot == FREE {
                break;
            }
            let home = self.home(self.of(slot))?;
            if (place + n - home) % n >= (place + n - gap) % n {
                self.places[gap] = slot;
                gap = place;
            }
        }
        self.places[gap] = FREE;
        self.n_taken -= 1;
        Some(removed)
    }

    /// Give each slot its new number; the slots that hold an id must be numbered first.
    pub fn reorder(&mut self, new_of: &[u32]) {
        permute(&mut self.of_slot, 1, new_of);
        self.of_slot.truncate(self.n_taken);
        for place in self.places.iter_mut().filter(|place| **place != FREE) {
            *place = new_of[*place as usize];
        }
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        4 * (self.of_slot.capacity() + self.places.capacity())
    }

    /// Where an id would lie if nothing were in its way; `None` while there is no place at all.
    fn home(&self, id: u32) -> Option<usize> {
        // Fibonacci hashing (Knuth, volume 3, section 6.4): consecutive ids spread evenly. The upper bits,
        // scaled to the number of places, need no power of two, which would waste up to half of them.
        let hash = u64::from(id.wrapping_mul(0x9E37_79B9));
        let n = self.places.len();
        (n > 0).then(|| ((hash * n as u64) >> 32) as usize)
    }

    fn after(&self, place: usize) -> usize {
        if place + 1 == self.places.len() { 0 } else { place + 1 }
    }

    fn place(&mut self, slot: u32) {
        let mut place = self.home(self.of(slot)).unwrap_or(0);
        while self.places[place] != FREE {
            place = self.after(place);
        }
        self.places[place] = slot;
    }

    /// Have at least so many places.
    fn rehash(&mut self, wanted: usize) {
        if wanted > self.places.len() {
            let old = core::mem::replace(&mut self.places, vec![FREE; wanted]);
            old.into_iter().filter(|&slot| slot != FREE).for_each(|slot| self.place(slot));
        }
    }
}

/// Places that `n` ids need, of which one is always free.
fn places_for(n: usize) -> usize {
    n + n / 6 + 2
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
