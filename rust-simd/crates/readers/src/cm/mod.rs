//! Configurations: bulk CM XML (3GPP TS 32.615) and the XML of NETCONF.
//!
//! Objects become a tree, values become columns. A repeated element is a list, a nested one a struct.

mod bulk;
mod columns;
mod frames;
mod netconf;
mod paths;
mod tree;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use bulk::{BulkCm, Role};
pub use columns::{Batch, Columns, flag};
pub use netconf::Netconf;
pub use tree::Tree;

use crate::limits::MAX_VALUES_PER_OBJECT;
use crate::names::{NONE, Names};
use crate::refusal::{Fault, Stop};
use crate::rejections::{Reason, Rejections};
use crate::xml::{Tag, Text};
use frames::Owner;
use paths::{Paths, Step};

/// What was read of a configuration, whatever its format.
#[derive(Debug, Default)]
pub struct Configuration {
    /// The vendor, as the file's header names it.
    pub vendor: Vec<u8>,
    /// The version of the format.
    pub version: Vec<u8>,
    /// When the file was written, as its footer says.
    pub time: Vec<u8>,
    /// The values that were not taken yet.
    pub columns: Columns,
    /// What could not be taken.
    pub rejections: Rejections,
    /// Values that were read.
    pub n_values: u64,
    /// Values of objects that are to be created, changed or deleted.
    pub n_planned: u64,
    names: Names,
    tree: Tree,
    paths: Paths,
}

impl Configuration {
    /// The names of classes, attributes and formats.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// The objects.
    #[must_use]
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Take the value of an element that was left.
    #[inline]
    fn take(&mut self, step: Step, text: &[u8], plan: u8, at: usize) -> Result<(), Box<Stop>> {
        if self.columns.n_open() >= MAX_VALUES_PER_OBJECT {
            return Err(Stop::limit(Fault::TooManyValues, at, MAX_VALUES_PER_OBJECT));
        }
        let text = text.trim_ascii();
        let flags = if step.is_nil && text.is_empty() { plan | flag::NIL } else { plan };
        self.columns.push(step.attribute, text, step.item, flags);
        Ok(())
    }

    /// Give the waiting values their object, or reject them where there is none.
    fn settle(&mut self, owner: &Owner, class: u32, plan: u8, at: usize) {
        let n_open = self.columns.n_open();
        match owner {
            Owner::Object(object) => {
                self.n_values += n_open as u64;
                self.n_planned += if plan == 0 { 0 } else { n_open as u64 };
                self.columns.settle(*object);
            }
            Owner::None(reason, told) => {
                for attribute in self.columns.drop_open() {
                    let attribute = self.names.get(attribute);
                    let value = if told.is_empty() {
                        &[self.names.get(class), b".", attribute].concat()
                    } else {
                        told
                    };
                    self.rejections.add(at, *reason, value);
                }
            }
        }
    }

    /// Note that a place of the file describes an object.
    fn mention(&mut self, object: u32, plan: u8, format: u32) {
        self.tree.describe(object);
        self.columns.mention(object, plan, format);
    }

    /// Tell of text between elements.
    #[inline]
    fn check_blank(&mut self, text: Text<'_>, at: usize) {
        if !text.is_blank {
            self.rejections.add(at, Reason::StrayText, text.bytes.trim_ascii());
        }
    }
}

/// Whether a tag says that its element has no value.
#[inline]
fn is_nil(tag: &Tag<'_>) -> bool {
    tag.get(b"nil").is_some_and(|value| matches!(value.trim_ascii(), b"true" | b"1"))
}

/// No name of a format.
const NO_FORMAT: u32 = NONE;
