//! Models of managed objects in XML: documents with `<models><mim …>` and with `<mim>` alone.
//!
//! They say of each attribute its type, ranges, default, unit and text, and which class lies below which.
//! Actions, and what is only of interest to printed documents, are passed over.

mod model;
mod roles;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use model::{Attribute, EnumMember, Model, Owner, Range, Relation, flag, kind};
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
        tokenizer.run_shared(&mut { self }, data, at)
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
                let reference = tag.get(b"name").filter(|_| role == Role::Reference);
                self.set_type(element.local(), reference);
            }
            Role::Sequence => self.set_flag(parent, flag::SEQUENCE),
            Role::Flag(bit) => self.set_flag(parent, bit),
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
                    self.add_valid_value(name);
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
            Role::Range | Role::LengthRange => {
                let (attribute, Span { min, max }) = (self.model.attribute_number(), self.span);
                let is_length = role == Role::LengthRange;
                self.model.ranges.push(Range { attribute, is_length, min, max });
            }
            Role::DataType if self.has_no_type() => {
                self.rejections.add(element.at, Reason::UnknownType, &self.no_type);
            }
            Role::ValidValues if !text.is_blank => self.add_valid_value(text.bytes),
            Role::Containment if self.parent != NONE && self.child != NONE => {
                let (parent, child, Span { min, max }) = (self.parent, self.child, self.span);
                self.model.relations.push(Relation { parent, child, min, max });
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
            Role::EnumMember => {
                let owner = (self.model.owners.len() as u32).wrapping_sub(1);
                self.model.add_member(owner, NONE, name);
            }
            _ => {}
        }
    }

    fn set_type(&mut self, name: &[u8], reference: Option<&[u8]>) {
        let type_name = self.model.name(name);
        let reference = reference.map_or(NONE, |name| self.model.name(name.trim_ascii()));
        if let Some(attribute) = self.model.attribute() {
            (attribute.type_name, attribute.reference) = (type_name, reference);
        }
    }

    fn has_no_type(&mut self) -> bool {
        self.model.attribute().is_some_and(|attribute| attribute.type_name == NONE)
    }

    fn set_flag(&mut self, parent: Role, bit: u32) {
        let flags = match parent {
            Role::Class | Role::Struct | Role::Enum => {
                self.model.owner().map(|owner| &mut owner.flags)
            }
            Role::EnumMember => None,
            _ => self.model.attribute().map(|attribute| &mut attribute.flags),
        };
        if let Some(flags) = flags {
            *flags |= bit;
        }
    }

    fn add_valid_value(&mut self, name: &[u8]) {
        self.model.add_member(NONE, self.model.attribute_number(), name.trim_ascii());
    }

    /// Take the text of an element.
    fn end_leaf(&mut self, role: Role, text: &[u8], at: usize) {
        match role {
            Role::Min | Role::Max | Role::MinLength | Role::MaxLength | Role::EnumValue => {
                self.end_number(role, text, at);
            }
            Role::ValidValue if !self.has_name => self.add_valid_value(text),
            Role::ValidValue => {
                let value = number(text);
                if let (Some(value), Some(member)) = (value, self.model.enum_members.last_mut()) {
                    member.value = value;
                }
            }
            Role::ReferenceModel => {
                let name = self.model.name(text);
                if let Some(attribute) = self.model.attribute() {
                    attribute.reference_model = name;
                }
            }
            Role::Default | Role::Unit | Role::Description => self.end_text(role, text),
            _ => {}
        }
    }

    fn end_text(&mut self, role: Role, text: &[u8]) {
        let text = self.model.text(text);
        let is_of_attribute = !matches!(role, Role::Description)
            || matches!(self.context.last(), Some(Role::Attribute | Role::StructMember));
        if is_of_attribute {
            let Some(attribute) = self.model.attribute() else { return };
            match role {
                Role::Default => attribute.default = text,
                Role::Unit => attribute.unit = text,
                _ => attribute.description = text,
            }
        } else if self.context.last() == Some(&Role::EnumMember) {
            if let Some(member) = self.model.enum_members.last_mut() {
                member.description = text;
            }
        } else if let Some(owner) = self.model.owner() {
            owner.description = text;
        }
    }

    fn end_number(&mut self, role: Role, text: &[u8], at: usize) {
        let Some(value) = number(text) else {
            if !text.is_empty() {
                self.rejections.add(at, Reason::BadLimit, text);
            }
            return;
        };
        match role {
            Role::Min => self.span.min = value,
            Role::Max => self.span.max = value,
            Role::EnumValue => {
                if let Some(member) = self.model.enum_members.last_mut() {
                    member.value = value;
                }
            }
            _ => {
                let Some(attribute) = self.model.attribute() else { return };
                match role {
                    Role::MinLength => attribute.min_items = value,
                    _ => attribute.max_items = value,
                }
            }
        }
    }
}
