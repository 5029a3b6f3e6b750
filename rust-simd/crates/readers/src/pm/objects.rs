//! Which object a measValue is about: its name below the element's, below the file's prefix.

use alloc::vec::Vec;

use crate::dn;
use crate::names::{NONE, Names};

/// The objects of a file by their full names.
#[derive(Debug, Default)]
pub(super) struct Objects {
    names: Names,
    /// Per object: the base that it was last found below, and where in its name that began which the
    /// measValue said.
    found: Vec<(u32, u32)>,
    base: Vec<u8>,
    base_number: u32,
    /// Whether the element is not named, so that only full names say what they mean.
    is_unknown: bool,
}

impl Objects {
    pub(super) const fn names(&self) -> &Names {
        &self.names
    }

    /// Say which element the objects that follow belong to.
    pub(super) fn set_base(&mut self, prefix: &[u8], element: &[u8]) {
        self.is_unknown = false;
        let base = dn::below(&dn::canonical(prefix), &dn::canonical(element));
        if base != self.base {
            self.base = base;
            self.base_number += 1;
        }
    }

    /// Say that it is not known which element the objects that follow belong to.
    pub(super) fn set_unknown(&mut self) {
        self.base.clear();
        self.base_number += 1;
        self.is_unknown = true;
    }

    /// The number of the object that `ldn` names; the name where it cannot be one.
    pub(super) fn id(&mut self, ldn: &[u8]) -> Result<u32, Vec<u8>> {
        let guess = self.names.guess();
        if guess != NONE {
            let (base, begin) = self.found[guess as usize];
            // One base and one text always give one name.
            if base == self.base_number && &self.names.get(guess)[begin as usize..] == ldn {
                self.names.follow(guess);
                return Ok(guess);
            }
        }
        let name = dn::below(&self.base, &dn::canonical(ldn));
        let is_lost = self.is_unknown && !dn::is_full(&name);
        if name.is_empty() || is_lost || dn::has_controls(&name) {
            return Err(name);
        }
        let id = self.names.next_id(&name);
        let found = match name.len().checked_sub(ldn.len()) {
            Some(begin) if name.ends_with(ldn) => (self.base_number, begin as u32),
            _ => (NONE, 0),
        };
        if id as usize == self.found.len() {
            self.found.push(found);
        } else {
            self.found[id as usize] = found;
        }
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn objects_keep_their_numbers_under_any_spelling() {
        let mut objects = Objects::default();
        objects.set_base(b"SubNetwork=A", b"ManagedElement=1");

        let spellings =
            ["Cell=1", "Cell=2", " Cell=1", "ManagedElement=1,Cell=1", "Cell = 1", "Cell=2"];
        let ids: Vec<_> = spellings.iter().map(|ldn| objects.id(ldn.as_bytes())).collect();

        assert_eq!(ids, [Ok(0), Ok(1), Ok(0), Ok(0), Ok(0), Ok(1)]);
        assert_eq!(objects.names().get(1), b"SubNetwork=A,ManagedElement=1,Cell=2");
        assert_eq!(objects.id(b""), Ok(2), "the element itself");
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_guess_is_of_the_same_element_only() {
        let mut objects = Objects::default();
        for n in 0..3 {
            for element in ["ManagedElement=1", "ManagedElement=2"] {
                objects.set_base(b"", element.as_bytes());
                let id = objects.id(b"Cell=1").unwrap();
                let name = format!("{element},Cell=1");
                assert_eq!(objects.names().get(id), name.as_bytes(), "round {n}");
            }
        }
        assert_eq!(objects.names().len(), 2);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn below_an_unknown_element_only_full_names_are_objects() {
        let mut objects = Objects::default();
        objects.set_base(b"SubNetwork=A", b"ManagedElement=1");
        objects.set_unknown();
        assert_eq!(objects.id(b"Cell=1"), Err(b"Cell=1".to_vec()));
        assert_eq!(objects.id(b"ManagedElement=2,Cell=1"), Ok(0));
        objects.set_base(b"SubNetwork=A", b"ManagedElement=1");
        assert_eq!(objects.id(b"Cell=1"), Ok(1));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_no_command_may_carry_is_no_name() {
        let mut objects = Objects::default();
        assert_eq!(objects.id(b""), Err(Vec::new()));
        assert_eq!(objects.id(b"Cell=1\ndelete"), Err(b"Cell=1\ndelete".to_vec()));
    }
}
