//! How large the pieces of a file may be. No real export comes near; what is larger is refused by name.

/// Bytes of an element's or attribute's name.
pub const MAX_NAME_BYTES: usize = 1 << 10;
/// Bytes of one tag with all its attributes.
pub const MAX_TAG_BYTES: usize = 1 << 18;
/// Bytes of the value of one attribute.
pub const MAX_ATTRIBUTE_BYTES: usize = 1 << 16;
/// Attributes of one tag.
pub const MAX_ATTRIBUTES: usize = 256;
/// Bytes of text between two tags.
pub const MAX_TEXT_BYTES: usize = 1 << 20;
/// How deep elements may nest.
pub const MAX_DEPTH: usize = 200;
/// Different names of elements in one file.
pub const MAX_ELEMENT_NAMES: usize = 1 << 16;
/// The greatest `p` that a measurement type may have.
pub const MAX_POSITION: u32 = 1 << 20;
/// Results of one object in one block, and values of one object's attributes.
pub const MAX_VALUES_PER_OBJECT: usize = 1 << 20;
/// Rejections that are kept one by one; what comes after them is only counted.
pub const MAX_REJECTIONS: usize = 10_000;
/// Bytes of a value that a rejection names.
pub const MAX_TOLD_BYTES: usize = 80;
/// Bytes that one compressed file may unpack to.
pub const MAX_PLAIN_BYTES: u64 = 4 << 30;
/// Files in one archive.
pub const MAX_ENTRIES: usize = 100_000;
