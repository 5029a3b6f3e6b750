//! What the elements of a model are, and which may stand in which.

use super::flag;

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

impl Role {
    pub(super) fn of(local: &[u8]) -> Self {
        match local {
            b"models" => Self::Models,
            b"mim" | b"interMim" => Self::Mim,
            b"class" => Self::Class,
            b"struct" | b"exclusiveStruct" => Self::Struct,
            b"enum" => Self::Enum,
            b"derivedDataType" => Self::Derived,
            b"attribute" => Self::Attribute,
            b"structMember" => Self::StructMember,
            b"enumMember" => Self::EnumMember,
            b"value" => Self::EnumValue,
            b"dataType" | b"baseType" => Self::DataType,
            b"boolean" | b"string" | b"wstring" | b"integer" | b"int8" | b"int16" | b"int32"
            | b"int64" | b"uint8" | b"uint16" | b"uint32" | b"uint64" | b"octet" | b"char"
            | b"short" | b"long" | b"longlong" | b"float" | b"double" | b"void" => Self::Type,
            b"enumRef" | b"structRef" | b"moRef" | b"derivedDataTypeRef" => Self::Reference,
            b"mimName" => Self::ReferenceModel,
            b"sequence" => Self::Sequence,
            b"range" => Self::Range,
            b"lengthRange" => Self::LengthRange,
            b"min" => Self::Min,
            b"max" => Self::Max,
            b"minLength" => Self::MinLength,
            b"maxLength" => Self::MaxLength,
            b"defaultValue" | b"seqDefaultValue" => Self::Default,
            b"unit" => Self::Unit,
            b"validValues" => Self::ValidValues,
            b"description" => Self::Description,
            b"relationship" => Self::Relationship,
            b"containment" => Self::Containment,
            b"parent" => Self::Parent,
            b"child" => Self::Child,
            b"hasClass" => Self::HasClass,
            b"cardinality" => Self::Cardinality,
            _ => flag::of(local).map_or(Self::Unknown, Self::Flag),
        }
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
