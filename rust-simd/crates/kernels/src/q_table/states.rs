//! State keys, each stored once and named by a number: open addressing over numbers, hashes kept.

use crate::error::KernelError;
use crate::memory::filled;
use alloc::vec::Vec;

const FREE: u32 = u32::MAX;

/// The keys of a table's states; the first is number 0.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// All keys, one after the other.
    text: Vec<u8>,
    /// Where each key ends in `text`.
    ends: Vec<u32>,
    /// Kept, so that growing the table reads no key again.
    hashes: Vec<u32>,
    /// A power of two of places, each a state or `FREE`; at most half are taken.
    places: Vec<u32>,
}

impl States {
    /// How many states there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The key of a state.
    #[must_use]
    pub fn key(&self, state: u32) -> &[u8] {
        let at = state as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[start..self.ends[at] as usize]
    }

    /// All keys, one after the other.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where each key ends in `text`.
    #[must_use]
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// The number of a key, if it has one.
    #[must_use]
    pub fn find(&self, key: &[u8]) -> Option<u32> {
        if self.places.is_empty() {
            return None;
        }
        match self.places[self.place_of(key, hash(key))] {
            FREE => None,
            state => Some(state),
        }
    }

    /// The number of a key, given out now if it has none.
    ///
    /// # Errors
    /// MEMORY_ERROR when there is no room for one more.
    pub fn intern(&mut self, key: &[u8]) -> Result<u32, KernelError> {
        self.grow()?;
        let hash = hash(key);
        let place = self.place_of(key, hash);
        if self.places[place] != FREE {
            return Ok(self.places[place]);
        }
        let no_room = |_| KernelError::memory(key.len() + 8);
        self.text.try_reserve(key.len()).map_err(no_room)?;
        self.ends.try_reserve(1).map_err(no_room)?;
        self.hashes.try_reserve(1).map_err(no_room)?;
        let state = self.ends.len() as u32;
        self.text.extend_from_slice(key);
        self.ends.push(self.text.len() as u32);
        self.hashes.push(hash);
        self.places[place] = state;
        Ok(state)
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let words = self.ends.capacity() + self.hashes.capacity() + self.places.capacity();
        self.text.capacity() + 4 * words
    }

    /// Where a key lies, or the free place where it would.
    fn place_of(&self, key: &[u8], hash: u32) -> usize {
        let last = self.places.len() - 1;
        let mut place = hash as usize & last;
        loop {
            let state = self.places[place];
            let is_it = || self.hashes[state as usize] == hash && self.key(state) == key;
            if state == FREE || is_it() {
                return place;
            }
            place = (place + 1) & last;
        }
    }

    /// Double the places when half are taken.
    fn grow(&mut self) -> Result<(), KernelError> {
        if 2 * (self.count() + 1) <= self.places.len() {
            return Ok(());
        }
        let mut places = filled(FREE, (2 * self.places.len()).max(64))?;
        let last = places.len() - 1;
        for (state, &hash) in (0_u32..).zip(&self.hashes) {
            let mut place = hash as usize & last;
            while places[place] != FREE {
                place = (place + 1) & last;
            }
            places[place] = state;
        }
        self.places = places;
        Ok(())
    }
}

/// FNV-1a (Fowler, Noll, Vo), its bits mixed once more because places are its lowest ones.
fn hash(key: &[u8]) -> u32 {
    let sum = key
        .iter()
        .fold(0x811C_9DC5_u32, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (sum ^ (sum >> 15)).wrapping_mul(0x85EB_CA6B) ^ (sum >> 13)
}
