//! The objects whose end was not read yet, and whom their values belong to.

use alloc::vec::Vec;

use super::{NO_FORMAT, Tree, flag};
use crate::dn;
use crate::names::NONE;
use crate::rejections::Reason;

/// Whom values belong to.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    /// An object.
    Object(u32),
    /// Nobody, for a reason with a value, which may be empty.
    None(Reason, Vec<u8>),
}

/// An object whose end was not read yet.
#[derive(Debug)]
pub(super) struct Frame {
    /// The name of its class.
    pub class: u32,
    /// Whether it is a container of a vendor's data.
    pub is_vendors: bool,
    /// What is planned with it, see [`flag`].
    pub plan: u8,
    /// The name of the format of its data.
    pub format: u32,
    /// Whom its values belong to, once that was needed.
    pub owner: Option<Owner>,
    /// Whether an object was in it.
    pub has_children: bool,
    /// Where its id begins among the ids of the open objects.
    id_begin: usize,
}

/// The open objects, the outermost first.
#[derive(Debug)]
pub(super) struct Frames {
    open: Vec<Frame>,
    ids: Vec<u8>,
    /// The object that all others lie below.
    prefix: u32,
}

impl Default for Frames {
    fn default() -> Self {
        Self { open: Vec::new(), ids: Vec::new(), prefix: NONE }
    }
}

impl Frames {
    pub(super) const fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) const fn len(&self) -> usize {
        self.open.len()
    }

    #[inline]
    pub(super) fn last(&self) -> Option<&Frame> {
        self.open.last()
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Frame> {
        self.open.last_mut()
    }

    pub(super) const fn set_prefix(&mut self, prefix: u32) {
        self.prefix = prefix;
    }

    /// Open an object; without an id it waits for one.
    pub(super) fn push(&mut self, class: u32, id: &[u8], is_vendors: bool, plan: u8) {
        let above = self.open.last_mut().map_or(0, |parent| {
            parent.has_children = true;
            parent.plan & flag::DELETE
        });
        let id_begin = self.ids.len();
        self.ids.extend_from_slice(id.trim_ascii());
        self.open.push(Frame {
            class,
            is_vendors,
            // What lies below a deleted object is deleted with it.
            plan: if above == 0 { plan } else { above },
            format: NO_FORMAT,
            owner: None,
            has_children: false,
            id_begin,
        });
    }

    /// Give the innermost object its id, if it has none yet.
    pub(super) fn set_id(&mut self, id: &[u8]) {
        if self.open.last().is_some_and(|frame| frame.id_begin == self.ids.len()) {
            self.ids.extend_from_slice(id.trim_ascii());
        }
    }

    /// Close the innermost object.
    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.open.pop()?;
        self.ids.truncate(frame.id_begin);
        Some(frame)
    }

    /// Whether the innermost object has an id.
    pub(super) fn has_id(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.id_begin < self.ids.len())
    }

    /// Find the owners of all open objects, the outer ones first.
    pub(super) fn own_all(&mut self, tree: &mut Tree) {
        let first = self.open.iter().rposition(|frame| frame.owner.is_some());
        for at in first.map_or(0, |at| at + 1)..self.open.len() {
            let owner = self.owner(at, tree);
            self.open[at].owner = Some(owner);
        }
    }

    fn owner(&self, at: usize, tree: &mut Tree) -> Owner {
        let (above, frame) = (at.checked_sub(1).map(|at| &self.open[at]), &self.open[at]);
        let id_end = self.open.get(at + 1).map_or(self.ids.len(), |below| below.id_begin);
        let id = &self.ids[frame.id_begin..id_end];
        let parent = match above.map(|frame| &frame.owner) {
            Some(Some(Owner::None(reason, told))) => return Owner::None(*reason, told.clone()),
            Some(Some(Owner::Object(object))) => *object,
            _ => NONE,
        };
        if id.is_empty() {
            return Owner::None(Reason::NoId, Vec::new());
        }
        if dn::has_controls(id) {
            return Owner::None(Reason::ControlInName, id.to_vec());
        }
        // The vendor's attributes of a standard object come in a container below it, of the same name.
        if let Some(above) = above
            && frame.is_vendors
            && !above.is_vendors
            && frame.class == above.class
            && self.ids[above.id_begin..frame.id_begin] == *id
        {
            return Owner::Object(parent);
        }
        let parent = if at == 0 { root_of(tree, self.prefix, frame.class, id) } else { parent };
        Owner::Object(tree.object(parent, frame.class, id))
    }
}

/// The parent of an object at the top: the prefix, or what is above the object in it.
fn root_of(tree: &Tree, prefix: u32, class: u32, id: &[u8]) -> u32 {
    let mut at = prefix;
    while at != NONE {
        let above = tree.parents()[at as usize];
        if tree.classes()[at as usize] == class && tree.id(at) == id {
            return above;
        }
        at = above;
    }
    prefix
}
