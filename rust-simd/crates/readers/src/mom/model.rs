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

/// Classes, structs, enums and derived types, by column.
#[derive(Debug, Default)]
pub struct Owners {
    /// See [`kind`].
    pub kinds: Vec<u8>,
    /// Their names.
    pub names: Vec<u32>,
    /// The models that they are of.
    pub models: Vec<u32>,
    /// See [`flag`].
    pub flags: Vec<u32>,
    /// Their texts, or `NONE`.
    pub descriptions: Vec<u32>,
}

/// Attributes and members of structs, by column.
#[derive(Debug, Default)]
pub struct Attributes {
    /// The owner of each, by its place among the owners.
    pub owners: Vec<u32>,
    /// Their names.
    pub names: Vec<u32>,
    /// The names of their types ("int32", "enumRef"), or `NONE`.
    pub types: Vec<u32>,
    /// The names of the types that these refer to, or `NONE`.
    pub references: Vec<u32>,
    /// The models of the types that are referred to, or `NONE`.
    pub reference_models: Vec<u32>,
    /// See [`flag`].
    pub flags: Vec<u32>,
    /// The text of the default, or `NONE`.
    pub defaults: Vec<u32>,
    /// The unit, or `NONE`.
    pub units: Vec<u32>,
    /// Their texts, or `NONE`.
    pub descriptions: Vec<u32>,
    /// The least number of items of a list; NaN where nothing is said.
    pub min_items: Vec<f64>,
    /// The greatest number of items of a list; NaN where nothing is said.
    pub max_items: Vec<f64>,
}

/// Spans that values may lie in, several of one attribute being a union.
#[derive(Debug, Default)]
pub struct Ranges {
    /// The attribute of each.
    pub attributes: Vec<u32>,
    /// Minus infinity where there is no lower end.
    pub mins: Vec<f64>,
    /// Infinity where there is no upper end.
    pub maxs: Vec<f64>,
}

/// Spans that the lengths of texts may lie in.
pub type Lengths = Ranges;

/// Members of enumerations, and values that a text may have.
#[derive(Debug, Default)]
pub struct EnumMembers {
    /// The owner of each, or `NONE` where it is a value of an attribute.
    pub owners: Vec<u32>,
    /// The attribute of each, or `NONE` where it is a member of an enumeration.
    pub attributes: Vec<u32>,
    /// Their names.
    pub names: Vec<u32>,
    /// Their numbers, or NaN.
    pub values: Vec<f64>,
    /// Their texts, or `NONE`.
    pub descriptions: Vec<u32>,
}

/// Which class lies below which.
#[derive(Debug, Default)]
pub struct Relations {
    /// The classes above.
    pub parents: Vec<u32>,
    /// The classes below.
    pub children: Vec<u32>,
    /// The least number of objects.
    pub mins: Vec<f64>,
    /// The greatest number of objects, or infinity.
    pub maxs: Vec<f64>,
}

/// What a file says of managed objects.
#[derive(Debug, Default)]
pub struct Model {
    /// Classes, structs, enums and derived types.
    pub owners: Owners,
    /// Attributes and members of structs.
    pub attributes: Attributes,
    /// Spans of values.
    pub ranges: Ranges,
    /// Spans of lengths.
    pub lengths: Lengths,
    /// Members of enumerations.
    pub enum_members: EnumMembers,
    /// Which class lies below which.
    pub relations: Relations,
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

    /// Begin a model; its name is made of name, version and release, as nodes call it.
    pub(super) fn start_model(&mut self, name: &[u8], version: &[u8], release: &[u8]) {
        let parts = [name, version, release];
        let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        self.model = self.names.id(&parts.join(&b"_"[..]));
    }

    pub(super) fn start_owner(&mut self, kind: u8, name: &[u8]) {
        let name = self.names.id(name);
        self.owners.kinds.push(kind);
        self.owners.names.push(name);
        self.owners.models.push(self.model);
        self.owners.flags.push(0);
        self.owners.descriptions.push(NONE);
    }

    pub(super) fn start_attribute(&mut self, name: &[u8]) {
        let name = self.names.id(name);
        let all = &mut self.attributes;
        all.owners.push(self.owners.names.len() as u32 - 1);
        all.names.push(name);
        for column in [
            &mut all.types,
            &mut all.references,
            &mut all.reference_models,
            &mut all.defaults,
            &mut all.units,
            &mut all.descriptions,
        ] {
            column.push(NONE);
        }
        all.flags.push(0);
        all.min_items.push(f64::NAN);
        all.max_items.push(f64::NAN);
    }

    /// The number of the attribute at hand.
    fn attribute(&self) -> u32 {
        (self.attributes.names.len() as u32).wrapping_sub(1)
    }

    pub(super) fn set_type(&mut self, name: &[u8], reference: Option<&[u8]>) {
        set(&mut self.attributes.types, self.names.id(name));
        if let Some(reference) = reference {
            set(&mut self.attributes.references, self.names.id(reference.trim_ascii()));
        }
    }

    pub(super) fn set_reference_model(&mut self, name: &[u8]) {
        set(&mut self.attributes.reference_models, self.names.id(name));
    }

    pub(super) fn set_flag(&mut self, bit: u32) {
        if let Some(flags) = self.attributes.flags.last_mut() {
            *flags |= bit;
        }
    }

    pub(super) fn set_owner_flag(&mut self, bit: u32) {
        if let Some(flags) = self.owners.flags.last_mut() {
            *flags |= bit;
        }
    }

    /// Whether the attribute at hand has a type.
    pub(super) fn has_type(&self) -> bool {
        self.attributes.types.last().is_some_and(|&name| name != NONE)
    }

    pub(super) fn set_default(&mut self, text: &[u8]) {
        set(&mut self.attributes.defaults, self.texts.id(text));
    }

    pub(super) fn set_unit(&mut self, text: &[u8]) {
        set(&mut self.attributes.units, self.texts.id(text));
    }

    pub(super) fn describe_attribute(&mut self, text: &[u8]) {
        set(&mut self.attributes.descriptions, self.texts.id(text));
    }

    pub(super) fn describe_owner(&mut self, text: &[u8]) {
        set(&mut self.owners.descriptions, self.texts.id(text));
    }

    pub(super) fn describe_enum_member(&mut self, text: &[u8]) {
        set(&mut self.enum_members.descriptions, self.texts.id(text));
    }

    pub(super) fn set_list_length(&mut self, min: Option<f64>, max: Option<f64>) {
        if let Some(min) = min {
            set(&mut self.attributes.min_items, min);
        }
        if let Some(max) = max {
            set(&mut self.attributes.max_items, max);
        }
    }

    pub(super) fn add_range(&mut self, min: f64, max: f64) {
        let attribute = self.attribute();
        add_span(&mut self.ranges, attribute, min, max);
    }

    pub(super) fn add_length(&mut self, min: f64, max: f64) {
        let attribute = self.attribute();
        add_span(&mut self.lengths, attribute, min, max);
    }

    pub(super) fn start_enum_member(&mut self, name: &[u8]) {
        let owner = self.owners.names.len() as u32 - 1;
        self.add_member(owner, NONE, name);
    }

    pub(super) fn add_valid_value(&mut self, name: &[u8]) {
        self.add_member(NONE, self.attribute(), name);
    }

    fn add_member(&mut self, owner: u32, attribute: u32, name: &[u8]) {
        let name = self.names.id(name);
        let all = &mut self.enum_members;
        all.owners.push(owner);
        all.attributes.push(attribute);
        all.names.push(name);
        all.values.push(f64::NAN);
        all.descriptions.push(NONE);
    }

    pub(super) fn set_enum_value(&mut self, value: f64) {
        set(&mut self.enum_members.values, value);
    }

    pub(super) fn add_relation(&mut self, parent: u32, child: u32, min: f64, max: f64) {
        self.relations.parents.push(parent);
        self.relations.children.push(child);
        self.relations.mins.push(min);
        self.relations.maxs.push(max);
    }
}

/// Replace the last value of a column.
fn set<T>(column: &mut [T], value: T) {
    if let Some(last) = column.last_mut() {
        *last = value;
    }
}

fn add_span(spans: &mut Ranges, attribute: u32, min: f64, max: f64) {
    spans.attributes.push(attribute);
    spans.mins.push(min);
    spans.maxs.push(max);
}
