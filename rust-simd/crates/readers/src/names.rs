//! Names kept once each in one block of bytes, known by number.
//!
//! Files repeat their names in the same order, so that the name after the last one is guessed first
//! and compared; only where the guess fails is it hashed.

use alloc::vec::Vec;
use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// Stands for no name.
pub const NONE: u32 = u32::MAX;

/// Different names, numbered from 0 in the order of their first use.
#[derive(Debug)]
pub struct Names {
    bytes: Vec<u8>,
    /// Where each name begins, and where the last one ends.
    offsets: Vec<u32>,
    table: HashTable<u32>,
    /// The name that followed each one the last time.
    followers: Vec<u32>,
    last: u32,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            offsets: alloc::vec![0],
            table: HashTable::new(),
            followers: Vec::new(),
            last: NONE,
        }
    }
}

impl Names {
    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A name by its number.
    ///
    /// # Panics
    ///
    /// No name has that number.
    #[inline]
    #[must_use]
    pub fn get(&self, id: u32) -> &[u8] {
        let at = id as usize;
        &self.bytes[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }

    /// All names without gaps, UTF-8.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `len() + 1` places in `bytes()`.
    #[must_use]
    pub fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The number of a name, a new one if it was not known.
    pub fn id(&mut self, name: &[u8]) -> u32 {
        let hash = hash_of(name);
        let (bytes, offsets) = (&self.bytes, &self.offsets);
        let text =
            |id: u32| &bytes[offsets[id as usize] as usize..offsets[id as usize + 1] as usize];
        if let Some(&id) = self.table.find(hash, |&id| text(id) == name) {
            return id;
        }
        self.add(name, hash)
    }

    /// The name that most likely comes next.
    #[inline]
    #[must_use]
    pub fn guess(&self) -> u32 {
        if self.last == NONE { NONE } else { self.followers[self.last as usize] }
    }

    /// Take a name as the one that came.
    #[inline]
    pub fn follow(&mut self, id: u32) {
        if self.last != NONE {
            self.followers[self.last as usize] = id;
        }
        self.last = id;
    }

    /// The number of a name that most likely is the guess.
    #[inline]
    pub fn next_id(&mut self, name: &[u8]) -> u32 {
        let guess = self.guess();
        let id = if guess != NONE && self.get(guess) == name { guess } else { self.id(name) };
        self.follow(id);
        id
    }

    /// Keep a name as a new one without looking whether it is known; `id` does not find it.
    pub(crate) fn push(&mut self, name: &[u8]) -> u32 {
        let id = self.followers.len() as u32;
        self.bytes.extend_from_slice(name);
        self.offsets.push(self.bytes.len() as u32);
        self.followers.push(NONE);
        id
    }

    /// Forget all names but keep the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.offsets.truncate(1);
        self.table.clear();
        self.followers.clear();
        self.last = NONE;
    }

    fn add(&mut self, name: &[u8], hash: u64) -> u32 {
        let id = self.push(name);
        let (bytes, offsets) = (&self.bytes, &self.offsets);
        insert(&mut self.table, hash, id, &|id| {
            hash_of(&bytes[offsets[id as usize] as usize..offsets[id as usize + 1] as usize])
        });
        id
    }
}

/// Add a number to a table. All tables share this: what a table does when it grows is much code.
#[inline(never)]
pub(crate) fn insert(table: &mut HashTable<u32>, hash: u64, id: u32, hash_of: &dyn Fn(u32) -> u64) {
    table.insert_unique(hash, id, |&id| hash_of(id));
}

/// A hash of bytes, the same in every run.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> u64 {
    use core::hash::{BuildHasher, Hasher};
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn names_keep_their_numbers() {
        let mut names = Names::default();

        let ids: Vec<u32> =
            ["a", "b", "", "a", "", "cc"].iter().map(|name| names.id(name.as_bytes())).collect();

        assert_eq!(ids, [0, 1, 2, 0, 2, 3]);
        assert_eq!(names.get(3), b"cc");
        assert_eq!((names.bytes(), names.offsets()), (&b"abcc"[..], &[0, 1, 2, 2, 4][..]));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn guesses_never_change_what_a_name_is() {
        let mut names = Names::default();
        let words = ["a", "b", "a", "c", "a", "b", "b", "", "a"];

        for word in words.iter().cycle().take(100) {
            let id = names.next_id(word.as_bytes());
            assert_eq!(names.get(id), word.as_bytes());
        }

        assert_eq!(names.len(), 4);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn cleared_names_begin_anew() {
        let mut names = Names::default();
        names.next_id(b"a");
        names.clear();

        assert!(names.is_empty());
        assert_eq!(names.next_id(b"b"), 0);
    }
}
