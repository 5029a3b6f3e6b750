//! Models of managed objects in XML: documents with `<models><mim …>` and with `<mim>` alone.
//!
//! They say of each attribute its type, ranges, default, unit and text, and which class lies below which.
//! Actions, and what is only of interest to printed documents, are passed over.

mod model;
mod roles;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use model::{Attributes, EnumMembers, Lengths, Model, Owners, Ranges, Relations, flag, kind};
pub use roles::Role;

use crate::names::NONE;
use crate::number::number;
use crate::refusal::{Fault, Stop};
use crate::rejections::{Reason, Rejections};
use crate::xml::{Element, Format, Roles, Tag, Text, Tokenizer};

/// A span of numbers that is being read.
#[derive(Clone, Copy, Debug)]
struct Span {
    min: f64,
    max: f64,
}

const OPEN: Span = Span { min: f64::NEG_INFINITY, max: f64::INFINITY };
const ANY_NUMBER: Span = Span { min: 0.0, max: f64::INFINITY };

/// Reads one model.
#[derive(Debug)]
pub struct Mom {
    /// What was read.
    pub model: Model,
    /// What could not be taken.
    pub rejections: Rejections,
    roles: Roles<Role>,
    context: Vec<Role>,
    /// The text of the element at hand, whatever elements lie in it.
    text: Vec<u8>,
    span: Span,
    parent: u32,
    child: u32,
    /// An element where a type should be.
    no_type: Vec<u8>,
    /// Whether the value at hand had a name.
    has_name: bool,
}

impl Default for Mom {
    fn default() -> Self {
        Self {
            model: Model::default(),
            rejections: Rejections::default(),
            roles: Roles::default(),
            context: Vec::new(),
            text: Vec::new(),
            span: OPEN,
            parent: NONE,
            child: NONE,
            no_type: Vec::new(),
            has_name: false,
        }
    }
}

impl Format for Mom {
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        tokenizer.run(self as &mut dyn Format, data, at)
    }

    fn allows_doctype(&self, name: &[u8]) -> bool {
        matches!(name, b"models" | b"mim") // these documents name their schema
    }

    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        let name_role = self.roles.of(element, Role::of);
        let Some(&parent) = self.context.last() else {
            if !matches!(name_role, Role::Models | Role::Mim) {
                return Err(Stop::new(Fault::OtherRoot, element.at, element.local()));
            }
            self.start_named(name_role, tag);
            self.context.push(name_role);
            return Ok(());
        };
        let role = name_role.within(parent);
        self.context.push(role);
        match role {
            Role::Inner => self.add_text(before),
            Role::Unknown if parent.holds_a_type() => self.no_type = element.local().to_vec(),
            Role::DataType => self.no_type.clear(),
            Role::Type | Role::Reference => {
                let reference = if role == Role::Reference { tag.get(b"name") } else { None };
                self.model.set_type(element.local(), reference);
            }
            Role::Sequence => self.model.set_flag(flag::SEQUENCE),
            Role::Flag(bit) => match parent {
                Role::Class | Role::Struct | Role::Enum => self.model.set_owner_flag(bit),
                Role::EnumMember => {}
                _ => self.model.set_flag(bit),
            },
            Role::Range | Role::LengthRange => self.span = OPEN,
            Role::Containment => {
                (self.parent, self.child, self.span) = (NONE, NONE, ANY_NUMBER);
            }
            Role::HasClass => {
                let class = self.model.name(tag.get(b"name").unwrap_or_default().trim_ascii());
                let side = if parent == Role::Parent { &mut self.parent } else { &mut self.child };
                *side = class;
            }
            Role::ValidValue => {
                self.text.clear();
                let name = tag.get(b"name");
                self.has_name = name.is_some();
                if let Some(name) = name {
                    self.model.add_valid_value(name.trim_ascii());
                }
            }
            _ if role.is_leaf() => self.text.clear(),
            _ => self.start_named(role, tag),
        }
        Ok(())
    }

    fn end(&mut self, element: &Element<'_>, text: Text<'_>) -> Result<(), Box<Stop>> {
        let Some(role) = self.context.pop() else { return Ok(()) };
        match role {
            Role::Inner => self.add_text(text),
            Role::Range => self.model.add_range(self.span.min, self.span.max),
            Role::LengthRange => self.model.add_length(self.span.min, self.span.max),
            Role::DataType if !self.model.has_type() => {
                self.rejections.add(element.at, Reason::UnknownType, &self.no_type);
            }
            Role::ValidValues if !text.is_blank => {
                self.model.add_valid_value(text.bytes.trim_ascii());
            }
            Role::Containment if self.parent != NONE && self.child != NONE => {
                self.model.add_relation(self.parent, self.child, self.span.min, self.span.max);
            }
            _ if role.is_leaf() => {
                self.add_text(text);
                let text = core::mem::take(&mut self.text);
                self.end_leaf(role, text.trim_ascii(), element.at);
                self.text = text;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) {}

    fn rejections(&mut self) -> &mut Rejections {
        &mut self.rejections
    }
}

impl Mom {
    fn add_text(&mut self, text: Text<'_>) {
        self.text.extend_from_slice(text.bytes);
    }

    /// Begin something with a name.
    fn start_named(&mut self, role: Role, tag: &Tag<'_>) {
        let name = tag.get(b"name").unwrap_or_default().trim_ascii();
        match role {
            Role::Mim => {
                let version = tag.get(b"version").unwrap_or_default();
                let release = tag.get(b"release").unwrap_or_default();
                self.model.start_model(name, version, release);
            }
            Role::Class => self.model.start_owner(kind::CLASS, name),
            Role::Struct => self.model.start_owner(kind::STRUCT, name),
            Role::Enum => self.model.start_owner(kind::ENUM, name),
            Role::Derived => {
                self.model.start_owner(kind::DERIVED, name);
                self.model.start_attribute(name);
            }
            Role::Attribute | Role::StructMember => self.model.start_attribute(name),
            Role::EnumMember => self.model.start_enum_member(name),
            _ => {}
        }
    }

    /// Take the text of an element.
    fn end_leaf(&mut self, role: Role, text: &[u8], at: usize) {
        match role {
            Role::Min | Role::Max => {
                let Some(value) = self.limit(text, at) else { return };
                if role == Role::Min {
                    self.span.min = value;
                } else {
                    self.span.max = value;
                }
            }
            Role::MinLength => {
                if let Some(value) = self.limit(text, at) {
                    self.model.set_list_length(Some(value), None);
                }
            }
            Role::MaxLength => {
                if let Some(value) = self.limit(text, at) {
                    self.model.set_list_length(None, Some(value));
                }
            }
            Role::EnumValue => {
                if let Some(value) = self.limit(text, at) {
                    self.model.set_enum_value(value);
                }
            }
            Role::Default => self.model.set_default(text),
            Role::Unit => self.model.set_unit(text),
            Role::ReferenceModel => self.model.set_reference_model(text),
            Role::ValidValue if !self.has_name => self.model.add_valid_value(text),
            Role::ValidValue => {
                if let Some(value) = number(text) {
                    self.model.set_enum_value(value);
                }
            }
            Role::Description => match self.context.last() {
                Some(Role::Attribute | Role::StructMember) => self.model.describe_attribute(text),
                Some(Role::EnumMember) => self.model.describe_enum_member(text),
                _ => self.model.describe_owner(text),
            },
            _ => {}
        }
    }

    fn limit(&mut self, text: &[u8], at: usize) -> Option<f64> {
        let value = number(text);
        if value.is_none() && !text.is_empty() {
            self.rejections.add(at, Reason::BadLimit, text);
        }
        value
    }
}
