//! State keys, each stored once and named by a number: a hash table of numbers, hashes kept.

use crate::error::KernelError;
use crate::hashing::{of_place, spread};
use alloc::vec::Vec;
use hashbrown::HashTable;

/// The keys of a table's states; the first is number 0.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// All keys, one after the other.
    text: Vec<u8>,
    /// Where each key ends in `text`.
    ends: Vec<u32>,
    /// Kept, so that growing the table reads no key again.
    hashes: Vec<u32>,
    /// The states, found by the hashes of their keys.
    numbers: HashTable<u32>,
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
        self.find_hashed(key, hash(key))
    }

    /// The number of a key, given out now if it has none.
    ///
    /// # Errors
    /// MEMORY_ERROR when there is no room for one more.
    pub fn intern(&mut self, key: &[u8]) -> Result<u32, KernelError> {
        let hash = hash(key);
        if let Some(state) = self.find_hashed(key, hash) {
            return Ok(state);
        }
        let no_room = || KernelError::memory(key.len() + 8);
        self.text.try_reserve(key.len()).map_err(|_| no_room())?;
        self.ends.try_reserve(1).map_err(|_| no_room())?;
        self.hashes.try_reserve(1).map_err(|_| no_room())?;
        self.numbers.try_reserve(1, of_place(&self.hashes)).map_err(|_| no_room())?;
        let state = self.ends.len() as u32;
        self.numbers.insert_unique(spread(hash), state, of_place(&self.hashes));
        self.text.extend_from_slice(key);
        self.ends.push(self.text.len() as u32);
        self.hashes.push(hash);
        Ok(state)
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let words = self.ends.capacity() + self.hashes.capacity();
        self.text.capacity() + 4 * words + self.numbers.allocation_size()
    }

    fn find_hashed(&self, key: &[u8], hash: u32) -> Option<u32> {
        let is_it = |&state: &u32| self.hashes[state as usize] == hash && self.key(state) == key;
        self.numbers.find(spread(hash), is_it).copied()
    }
}

/// FNV-1a (Fowler, Noll, Vo).
fn hash(key: &[u8]) -> u32 {
    key.iter().fold(0x811C_9DC5, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
