//! What the elements of a model are, and which may stand in which.

use super::flag;
use crate::xml::meaning_of;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Passed over, with all that lies in it.
    Unknown,
    /// Inside a text.
    Inner,
    /// `models`.
    Models,
    /// `mim`, `interMim`.
    Mim,
    /// `class`.
    Class,
    /// `struct`.
    Struct,
    /// `enum`.
    Enum,
    /// `derivedDataType`.
    Derived,
    /// `attribute`.
    Attribute,
    /// `structMember`.
    StructMember,
    /// `enumMember`.
    EnumMember,
    /// `value` of an `enumMember`.
    EnumValue,
    /// `dataType`, `baseType`.
    DataType,
    /// A type that says all by its name.
    Type,
    /// A type that names another one.
    Reference,
    /// `mimName`: the model of the type that is named.
    ReferenceModel,
    /// `sequence`.
    Sequence,
    /// `range`.
    Range,
    /// `lengthRange`.
    LengthRange,
    /// `min`.
    Min,
    /// `max`.
    Max,
    /// `minLength` of a sequence.
    MinLength,
    /// `maxLength` of a sequence.
    MaxLength,
    /// `defaultValue`.
    Default,
    /// `unit`.
    Unit,
    /// `validValues`: a pattern, or around values.
    ValidValues,
    /// `value` in it.
    ValidValue,
    /// `description`.
    Description,
    /// An element that says something by being there, see [`flag`].
    Flag(u32),
    /// `relationship`.
    Relationship,
    /// `containment`.
    Containment,
    /// `parent`.
    Parent,
    /// `child`.
    Child,
    /// `hasClass`.
    HasClass,
    /// `cardinality`.
    Cardinality,
}

/// What a name means, wherever it stands.
const NAMES: [(&str, Role); 57] = [
    ("models", Role::Models),
    ("mim", Role::Mim),
    ("interMim", Role::Mim),
    ("class", Role::Class),
    ("struct", Role::Struct),
    ("exclusiveStruct", Role::Struct),
    ("enum", Role::Enum),
    ("derivedDataType", Role::Derived),
    ("attribute", Role::Attribute),
    ("structMember", Role::StructMember),
    ("enumMember", Role::EnumMember),
    ("value", Role::EnumValue),
    ("dataType", Role::DataType),
    ("baseType", Role::DataType),
    ("boolean", Role::Type),
    ("string", Role::Type),
    ("wstring", Role::Type),
    ("integer", Role::Type),
    ("int8", Role::Type),
    ("int16", Role::Type),
    ("int32", Role::Type),
    ("int64", Role::Type),
    ("uint8", Role::Type),
    ("uint16", Role::Type),
    ("uint32", Role::Type),
    ("uint64", Role::Type),
    ("octet", Role::Type),
    ("char", Role::Type),
    ("short", Role::Type),
    ("long", Role::Type),
    ("longlong", Role::Type),
    ("float", Role::Type),
    ("double", Role::Type),
    ("void", Role::Type),
    ("enumRef", Role::Reference),
    ("structRef", Role::Reference),
    ("moRef", Role::Reference),
    ("derivedDataTypeRef", Role::Reference),
    ("mimName", Role::ReferenceModel),
    ("sequence", Role::Sequence),
    ("range", Role::Range),
    ("lengthRange", Role::LengthRange),
    ("min", Role::Min),
    ("max", Role::Max),
    ("minLength", Role::MinLength),
    ("maxLength", Role::MaxLength),
    ("defaultValue", Role::Default),
    ("seqDefaultValue", Role::Default),
    ("unit", Role::Unit),
    ("validValues", Role::ValidValues),
    ("description", Role::Description),
    ("relationship", Role::Relationship),
    ("containment", Role::Containment),
    ("parent", Role::Parent),
    ("child", Role::Child),
    ("hasClass", Role::HasClass),
    ("cardinality", Role::Cardinality),
];

impl Role {
    pub(super) fn of(local: &[u8]) -> Self {
        meaning_of(&NAMES, local)
            .or_else(|| flag::of(local).map(Self::Flag))
            .unwrap_or(Self::Unknown)
    }

    /// What an element of that name is inside `parent`.
    pub(super) fn within(self, parent: Self) -> Self {
        if parent.is_leaf() {
            return Self::Inner;
        }
        let fits = match self {
            Self::Mim => parent == Self::Models,
            Self::Class | Self::Struct | Self::Enum | Self::Derived | Self::Relationship => {
                matches!(parent, Self::Mim | Self::Models)
            }
            Self::Attribute => parent == Self::Class,
            Self::StructMember => parent == Self::Struct,
            Self::EnumMember => parent == Self::Enum,
            Self::EnumValue if parent == Self::ValidValues => return Self::ValidValue,
            Self::EnumValue => parent == Self::EnumMember,
            Self::DataType => parent.is_typed(),
            Self::Type | Self::Reference | Self::Sequence => {
                parent.holds_a_type() || parent == Self::StructMember
            }
            Self::Range | Self::LengthRange | Self::ValidValues => parent == Self::Type,
            Self::ReferenceModel => parent == Self::Reference,
            Self::Min | Self::Max => {
                matches!(parent, Self::Range | Self::LengthRange | Self::Cardinality)
            }
            Self::MinLength | Self::MaxLength => parent == Self::Sequence,
            Self::Default | Self::Unit => {
                parent.is_typed() || parent.holds_a_type() || parent.is_type()
            }
            Self::Description | Self::Flag(_) => parent.is_described(),
            Self::Containment => parent == Self::Relationship,
            Self::Parent | Self::Child => parent == Self::Containment,
            Self::HasClass => matches!(parent, Self::Parent | Self::Child),
            Self::Cardinality => matches!(parent, Self::Child | Self::HasClass),
            _ => false,
        };
        if fits { self } else { Self::Unknown }
    }

    const fn is_typed(self) -> bool {
        matches!(self, Self::Attribute | Self::StructMember | Self::Derived)
    }

    const fn is_type(self) -> bool {
        matches!(self, Self::Type | Self::Reference)
    }

    const fn is_described(self) -> bool {
        matches!(self, Self::Class | Self::Struct | Self::Enum | Self::EnumMember)
            || self.is_typed()
            || self.holds_a_type()
    }

    /// Whether a type stands in it.
    pub(super) const fn holds_a_type(self) -> bool {
        matches!(self, Self::DataType | Self::Sequence)
    }

    /// Whether it holds text.
    pub(super) const fn is_leaf(self) -> bool {
        matches!(
            self,
            Self::Min
                | Self::Max
                | Self::MinLength
                | Self::MaxLength
                | Self::EnumValue
                | Self::Default
                | Self::Unit
                | Self::ReferenceModel
                | Self::ValidValue
                | Self::Description
                | Self::Inner
        )
    }
}
