//! Which attribute a value belongs to: the names of the elements around it, joined by points.

use alloc::vec::Vec;

use crate::names::{NONE, Names};

/// An element around a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Its name with those of the elements around it.
    pub attribute: u32,
    /// Which occurrence of the outermost element in its object it belongs to.
    pub item: u32,
    /// Whether the element says that it has no value.
    pub is_nil: bool,
}

/// The elements around the value at hand, and the names that they give.
#[derive(Debug, Default)]
pub(super) struct Paths {
    path: Vec<Step>,
    /// Whether the last element had no element in it so far.
    is_leaf: bool,
    /// Per element name: the attribute of that name; most attributes have no struct around them.
    outermost: Vec<u32>,
    /// The members of structs, by struct and name of the element.
    members: Names,
    /// The attribute of each.
    member_attributes: Vec<u32>,
    /// Per attribute: the object that had it last, and how often.
    occurrences: Vec<(u32, u32)>,
    /// Counts the objects.
    object: u32,
}

impl Paths {
    /// Begin the attributes of an object.
    pub(super) fn begin_object(&mut self) {
        self.object += 1;
    }

    /// How many elements are around the value at hand.
    pub(super) fn depth(&self) -> usize {
        self.path.len()
    }

    /// Enter an element.
    #[inline]
    pub(super) fn enter(&mut self, element: u32, local: &[u8], is_nil: bool, names: &mut Names) {
        self.is_leaf = true;
        let step = match self.path.last().copied() {
            None => {
                let attribute = self.outermost(element, local, names);
                Step { attribute, item: self.occurrence(attribute), is_nil }
            }
            Some(around) => {
                let attribute = self.member(around.attribute, element, local, names);
                Step { attribute, item: around.item, is_nil }
            }
        };
        self.path.push(step);
    }

    /// Leave an element; returns it if it may have a value, since no element was in it.
    #[inline]
    pub(super) fn leave(&mut self) -> Option<Step> {
        let step = self.path.pop();
        step.filter(|_| core::mem::take(&mut self.is_leaf))
    }

    #[inline]
    fn outermost(&mut self, element: u32, local: &[u8], names: &mut Names) -> u32 {
        let at = element as usize;
        if self.outermost.len() <= at {
            self.outermost.resize(at + 1, NONE);
        }
        if self.outermost[at] == NONE {
            self.outermost[at] = names.id(local);
        }
        self.outermost[at]
    }

    fn member(&mut self, around: u32, element: u32, local: &[u8], names: &mut Names) -> u32 {
        let key = (u64::from(around) << 32 | u64::from(element)).to_le_bytes();
        let member = self.members.next_id(&key) as usize;
        if member == self.member_attributes.len() {
            let name = [names.get(around), b".", local].concat();
            self.member_attributes.push(names.id(&name));
        }
        self.member_attributes[member]
    }

    /// How often the object at hand had an attribute before.
    #[inline]
    fn occurrence(&mut self, attribute: u32) -> u32 {
        let at = attribute as usize;
        if self.occurrences.len() <= at {
            self.occurrences.resize(at + 1, (0, 0));
        }
        let known = &mut self.occurrences[at];
        *known = if known.0 == self.object { (known.0, known.1 + 1) } else { (self.object, 0) };
        known.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn members_are_named_with_their_struct() {
        let (mut paths, mut names) = (Paths::default(), Names::default());
        paths.begin_object();
        for item in 0..2 {
            paths.enter(0, b"plmn", false, &mut names);
            paths.enter(1, b"mcc", true, &mut names);
            let step = paths.leave().unwrap();
            assert_eq!(names.get(step.attribute), b"plmn.mcc");
            assert_eq!((step.item, step.is_nil), (item, true));
            assert!(paths.leave().is_none(), "a struct has no value itself");
        }
        paths.begin_object();
        paths.enter(0, b"plmn", false, &mut names);
        assert_eq!(paths.leave().unwrap().item, 0);
        assert_eq!(paths.depth(), 0);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn elements_of_one_local_name_are_one_attribute() {
        let (mut paths, mut names) = (Paths::default(), Names::default());
        paths.begin_object();
        paths.enter(3, b"tac", false, &mut names);
        let first = paths.leave().unwrap();
        paths.enter(9, b"tac", false, &mut names);
        let second = paths.leave().unwrap();
        assert_eq!((first.attribute, first.item + 1), (second.attribute, second.item));
    }
}
