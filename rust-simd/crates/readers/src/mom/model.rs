//! A model as columns: owners (classes, structs, enums, derived types), their attributes and members.

use alloc::vec::Vec;

use crate::names::{NONE, Names};

/// What an owner is.
pub mod kind {
    /// A class of objects.
    pub const CLASS: u8 = 0;
    /// A struct.
    pub const STRUCT: u8 = 1;
    /// An enumeration.
    pub const ENUM: u8 = 2;
    /// A type made from another one; its only attribute has its name.
    pub const DERIVED: u8 = 3;
}

/// What is said of an attribute or an owner by an element that is there.
pub mod flag {
    /// A list.
    pub const SEQUENCE: u32 = 1;
    /// Only the node sets it.
    pub const READ_ONLY: u32 = 2;
    /// Set only when the object is created.
    pub const RESTRICTED: u32 = 4;
    /// Must be given when the object is created.
    pub const MANDATORY: u32 = 8;
    /// The key of the object.
    pub const KEY: u32 = 16;
    /// No notification when it changes.
    pub const NO_NOTIFICATION: u32 = 32;
    /// Not kept over a restart.
    pub const NON_PERSISTENT: u32 = 64;
    /// May have no value.
    pub const NILLABLE: u32 = 128;
    /// Going to be taken away.
    pub const DEPRECATED: u32 = 256;
    /// Not in use any more.
    pub const OBSOLETE: u32 = 512;
    /// May still change.
    pub const PRELIMINARY: u32 = 1024;
    /// Created by the node itself.
    pub const SYSTEM_CREATED: u32 = 2048;
    /// A counter.
    pub const COUNTER: u32 = 4096;

    const NAMES: [(&str, u32); 13] = [
        ("readOnly", READ_ONLY),
        ("restricted", RESTRICTED),
        ("mandatory", MANDATORY),
        ("key", KEY),
        ("noNotification", NO_NOTIFICATION),
        ("nonPersistent", NON_PERSISTENT),
        ("isNillable", NILLABLE),
        ("nillable", NILLABLE),
        ("deprecated", DEPRECATED),
        ("obsolete", OBSOLETE),
        ("preliminary", PRELIMINARY),
        ("systemCreated", SYSTEM_CREATED),
        ("counterType", COUNTER),
    ];

    pub(crate) fn of(local: &[u8]) -> Option<u32> {
        crate::xml::meaning_of(&NAMES, local)
    }
}

/// A class, struct, enumeration or derived type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Owner {
    /// See [`kind`].
    pub kind: u8,
    /// Its name.
    pub name: u32,
    /// The model that it is of.
    pub model: u32,
    /// See [`flag`].
    pub flags: u32,
    /// Its text, or `NONE`.
    pub description: u32,
}

/// An attribute or a member of a struct.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute {
    /// Its owner, by its place among the owners.
    pub owner: u32,
    /// Its name.
    pub name: u32,
    /// The name of its type ("int32", "enumRef"), or `NONE`.
    pub type_name: u32,
    /// The name of the type that this one refers to, or `NONE`.
    pub reference: u32,
    /// The model of the type that is referred to, or `NONE`.
    pub reference_model: u32,
    /// See [`flag`].
    pub flags: u32,
    /// The text of the default, or `NONE`.
    pub default: u32,
    /// The unit, or `NONE`.
    pub unit: u32,
    /// Its text, or `NONE`.
    pub description: u32,
    /// The least number of items of a list; NaN where nothing is said.
    pub min_items: f64,
    /// The greatest number of items of a list; NaN where nothing is said.
    pub max_items: f64,
}

/// A span of an attribute's values or of the lengths of its texts; several are a union.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The attribute, by its place among the attributes.
    pub attribute: u32,
    /// Whether it is of lengths.
    pub is_length: bool,
    /// Minus infinity where there is no lower end.
    pub min: f64,
    /// Infinity where there is no upper end.
    pub max: f64,
}

/// A member of an enumeration, or a value that a text may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnumMember {
    /// The enumeration, or `NONE` where it is a value of an attribute.
    pub owner: u32,
    /// The attribute, or `NONE` where it is a member of an enumeration.
    pub attribute: u32,
    /// Its name.
    pub name: u32,
    /// Its number, or NaN.
    pub value: f64,
    /// Its text, or `NONE`.
    pub description: u32,
}

/// A class that lies below another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// The class above.
    pub parent: u32,
    /// The class below.
    pub child: u32,
    /// The least number of objects.
    pub min: f64,
    /// The greatest number of objects, or infinity.
    pub max: f64,
}

/// What a file says of managed objects.
#[derive(Debug, Default)]
pub struct Model {
    /// Classes, structs, enumerations and derived types.
    pub owners: Vec<Owner>,
    /// Attributes and members of structs.
    pub attributes: Vec<Attribute>,
    /// Spans of values and lengths.
    pub ranges: Vec<Range>,
    /// Members of enumerations.
    pub enum_members: Vec<EnumMember>,
    /// Which class lies below which.
    pub relations: Vec<Relation>,
    names: Names,
    texts: Names,
    model: u32,
}

impl Model {
    /// All names.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// Descriptions, defaults and units.
    #[must_use]
    pub const fn texts(&self) -> &Names {
        &self.texts
    }

    pub(super) fn name(&mut self, name: &[u8]) -> u32 {
        self.names.id(name)
    }

    pub(super) fn text(&mut self, text: &[u8]) -> u32 {
        self.texts.id(text)
    }

    /// Begin a model; its name is made of name, version and release, as nodes call it.
    pub(super) fn start_model(&mut self, name: &[u8], version: &[u8], release: &[u8]) {
        let parts = [name, version, release];
        let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        self.model = self.names.id(&parts.join(&b"_"[..]));
    }

    pub(super) fn start_owner(&mut self, kind: u8, name: &[u8]) {
        let name = self.names.id(name);
        self.owners.push(Owner { kind, name, model: self.model, flags: 0, description: NONE });
    }

    pub(super) fn start_attribute(&mut self, name: &[u8]) {
        let name = self.names.id(name);
        self.attributes.push(Attribute {
            owner: (self.owners.len() as u32).wrapping_sub(1),
            name,
            type_name: NONE,
            reference: NONE,
            reference_model: NONE,
            flags: 0,
            default: NONE,
            unit: NONE,
            description: NONE,
            min_items: f64::NAN,
            max_items: f64::NAN,
        });
    }

    /// The owner at hand.
    pub(super) fn owner(&mut self) -> Option<&mut Owner> {
        self.owners.last_mut()
    }

    /// The attribute at hand.
    pub(super) fn attribute(&mut self) -> Option<&mut Attribute> {
        self.attributes.last_mut()
    }

    /// The number of the attribute at hand, or `NONE`.
    pub(super) fn attribute_number(&self) -> u32 {
        (self.attributes.len() as u32).wrapping_sub(1)
    }

    pub(super) fn add_member(&mut self, owner: u32, attribute: u32, name: &[u8]) {
        let name = self.names.id(name);
        let (value, description) = (f64::NAN, NONE);
        self.enum_members.push(EnumMember { owner, attribute, name, value, description });
    }
}
