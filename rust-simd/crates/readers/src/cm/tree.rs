//! The objects of a configuration as a tree; an object is its parent, its class and its id.

use alloc::vec::Vec;

use hashbrown::HashTable;

use crate::dn;
use crate::names::{NONE, Names, hash_of, insert};

/// Objects, numbered in the order in which they are first named; `NONE` stands for the root above all.
#[derive(Debug)]
pub struct Tree {
    parents: Vec<u32>,
    classes: Vec<u32>,
    id_bytes: Vec<u8>,
    id_offsets: Vec<u32>,
    is_described: Vec<bool>,
    n_described: usize,
    table: HashTable<u32>,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            parents: Vec::new(),
            classes: Vec::new(),
            id_bytes: Vec::new(),
            id_offsets: alloc::vec![0],
            is_described: Vec::new(),
            n_described: 0,
            table: HashTable::new(),
        }
    }
}

impl Tree {
    /// How many objects there are, those included that are only named as parents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// How many objects the file describes.
    #[must_use]
    pub const fn n_described(&self) -> usize {
        self.n_described
    }

    /// Per object: its parent.
    #[must_use]
    pub fn parents(&self) -> &[u32] {
        &self.parents
    }

    /// Per object: the name of its class.
    #[must_use]
    pub fn classes(&self) -> &[u32] {
        &self.classes
    }

    /// The ids of all objects, UTF-8 without gaps.
    #[must_use]
    pub fn id_bytes(&self) -> &[u8] {
        &self.id_bytes
    }

    /// Where each id begins, and where the last one ends.
    #[must_use]
    pub fn id_offsets(&self) -> &[u32] {
        &self.id_offsets
    }

    /// The id of an object.
    #[must_use]
    pub fn id(&self, object: u32) -> &[u8] {
        let at = object as usize;
        &self.id_bytes[self.id_offsets[at] as usize..self.id_offsets[at + 1] as usize]
    }

    /// The full name of an object, its classes being `names`.
    #[must_use]
    pub fn name(&self, object: u32, names: &Names) -> Vec<u8> {
        let mut steps = Vec::new();
        let mut at = object;
        while at != NONE {
            let class = names.get(self.classes[at as usize]);
            steps.push([class, b"=", self.id(at)].concat());
            at = self.parents[at as usize];
        }
        steps.reverse();
        steps.join(&b","[..])
    }

    /// The number of an object, a new one if it was not known.
    pub(super) fn object(&mut self, parent: u32, class: u32, id: &[u8]) -> u32 {
        let hash = hash_of(id) ^ key_of(parent, class);
        let found = self.table.find(hash, |&other| {
            let at = other as usize;
            self.parents[at] == parent && self.classes[at] == class && self.id(other) == id
        });
        if let Some(&object) = found {
            return object;
        }
        let object = self.parents.len() as u32;
        self.parents.push(parent);
        self.classes.push(class);
        self.id_bytes.extend_from_slice(id);
        self.id_offsets.push(self.id_bytes.len() as u32);
        self.is_described.push(false);
        let (parents, classes) = (&self.parents, &self.classes);
        let (bytes, offsets) = (&self.id_bytes, &self.id_offsets);
        insert(&mut self.table, hash, object, &|other| {
            let at = other as usize;
            let id = &bytes[offsets[at] as usize..offsets[at + 1] as usize];
            hash_of(id) ^ key_of(parents[at], classes[at])
        });
        object
    }

    /// Count an object as one that the file describes.
    pub(super) fn describe(&mut self, object: u32) {
        let known = &mut self.is_described[object as usize];
        self.n_described += usize::from(!*known);
        *known = true;
    }

    /// The object that a name leads to.
    pub(super) fn object_of(&mut self, name: &[u8], names: &mut Names) -> u32 {
        let mut object = NONE;
        for step in dn::steps(name) {
            let (class, id) = dn::split(step);
            object = self.object(object, names.id(class), id);
        }
        object
    }
}

/// Spreads a parent and a class over all bits (the constants of splitmix64).
fn key_of(parent: u32, class: u32) -> u64 {
    let key = (u64::from(parent) << 32 | u64::from(class)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (key ^ (key >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn an_object_is_its_parent_class_and_id() {
        let (mut tree, mut names) = (Tree::default(), Names::default());
        let cell = tree.object_of(b"Node=1, Cell=7", &mut names);

        assert_eq!(tree.object_of(b"Node=1,Cell=7", &mut names), cell);
        assert_ne!(tree.object_of(b"Node=2,Cell=7", &mut names), cell);
        assert_ne!(tree.object_of(b"Node=1,Cell=8", &mut names), cell);
        assert_ne!(tree.object_of(b"Node=1,Sector=7", &mut names), cell);
        assert_eq!(tree.name(cell, &names), b"Node=1,Cell=7");
        assert_eq!(tree.id(cell), b"7");
        assert_eq!(tree.len(), 6);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn many_objects_keep_their_numbers() {
        let mut tree = Tree::default();
        for round in 0..2 {
            for n in 0..5000_u32 {
                let object = tree.object(n / 7, n % 3, n.to_string().as_bytes());
                assert_eq!(object, n, "round {round}");
                tree.describe(object);
            }
        }
        assert_eq!((tree.len(), tree.n_described()), (5000, 5000));
    }
}
