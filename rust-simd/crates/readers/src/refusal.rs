//! Why a file, or the rest of it, is not read: a stable code, the line, and the value.

use alloc::boxed::Box;
use alloc::string::String;

use crate::digits::decimal;
use crate::rejections::shortened;

/// What ends the reading of a file. The numbers are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Fault {
    /// The file ends before its last element does.
    CutShort = 1,
    /// There is no element at all.
    NoElement = 2,
    /// The root element is of another format.
    OtherRoot = 3,
    /// Bytes that are no UTF-8.
    NotUtf8 = 4,
    /// The file is in another encoding: feed it as UTF-8, with the tokenizer told so.
    NeedsTranscoding = 5,
    /// A character that XML does not allow, NUL among them.
    ForbiddenCharacter = 6,
    /// A document type declaration.
    Doctype = 7,
    /// An end tag that does not fit the element that is open.
    WrongEnd = 8,
    /// A tag that is not well-formed.
    BadTag = 9,
    /// An attribute that comes twice in one tag.
    AttributeTwice = 10,
    /// A `&` that begins no reference.
    BareAmpersand = 11,
    /// A reference that is none of the five of XML and no character.
    UnknownReference = 12,
    /// `]]>` in text.
    SectionEnd = 13,
    /// `--` in a comment, or a comment or section that is not well-formed.
    BadMarkup = 14,
    /// Text or an element beside the root element.
    BesideRoot = 15,
    /// Elements nest too deep.
    TooDeep = 16,
    /// A name is too long.
    NameTooLong = 17,
    /// A tag, or the value of an attribute, is too long.
    TagTooLong = 18,
    /// A tag has too many attributes.
    TooManyAttributes = 19,
    /// A text is too long.
    TextTooLong = 20,
    /// Too many different names of elements.
    TooManyNames = 21,
    /// An object has too many values.
    TooManyValues = 22,
    /// Objects as another vendor's export writes them.
    OtherExport = 23,
    /// A compressed file that is damaged.
    Damaged = 24,
    /// A checksum that does not fit the bytes.
    Checksum = 25,
    /// Compressed in a way, or encrypted, that is not read.
    Unsupported = 26,
    /// More bytes than can be read, or than were declared.
    TooLarge = 27,
    /// More files in an archive than can be read.
    TooManyEntries = 28,
}

/// What ended the reading, where, and the value that did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it was.
    pub fault: Fault,
    /// The line, from 1 on; 0 where there are no lines.
    pub line: u32,
    /// The value, shortened; may be empty.
    pub value: String,
}

impl Refusal {
    /// A sentence without its full stop, with the value.
    #[must_use]
    pub fn told(&self) -> String {
        let (before, after) = self.fault.words();
        [before, &self.value, after].concat()
    }
}

impl Fault {
    /// What is said before and after the value.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::CutShort => ("the file ends before its last element does", ""),
            Self::NoElement => ("the file holds no element", ""),
            Self::OtherRoot => ("the root element is <", ">"),
            Self::NotUtf8 => ("the bytes ", " are no UTF-8"),
            Self::NeedsTranscoding => ("the file is encoded in ", ""),
            Self::ForbiddenCharacter => ("the character ", " is not allowed in XML"),
            Self::Doctype => ("a document type is declared: ", ""),
            Self::WrongEnd => ("the end tag ", " fits no open element"),
            Self::BadTag => ("a tag is not well-formed: ", ""),
            Self::AttributeTwice => ("the attribute ", " comes twice in one tag"),
            Self::BareAmpersand => ("a & begins no reference: ", ""),
            Self::UnknownReference => ("the reference ", " is not known"),
            Self::SectionEnd => ("]]> stands in text", ""),
            Self::BadMarkup => ("a comment or section is not well-formed: ", ""),
            Self::BesideRoot => ("", " stands beside the root element"),
            Self::TooDeep => ("elements nest deeper than ", ""),
            Self::NameTooLong => ("a name is longer than ", " bytes"),
            Self::TagTooLong => ("a tag is too long: ", ""),
            Self::TooManyAttributes => ("a tag has more than ", " attributes"),
            Self::TextTooLong => ("a text is longer than ", " bytes"),
            Self::TooManyNames => ("elements have more than ", " different names"),
            Self::TooManyValues => ("an object has more than ", " values"),
            Self::OtherExport => ("<", "> is how another vendor's export writes objects"),
            Self::Damaged => ("the compressed file is damaged: ", ""),
            Self::Checksum => ("the checksum of ", " does not fit"),
            Self::Unsupported => ("", " is not read"),
            Self::TooLarge => ("", " is larger than it may be"),
            Self::TooManyEntries => ("there are more than ", " files"),
        }
    }
}

/// A fault at a place in the bytes at hand; its line is counted only once it is known.
#[derive(Debug)]
pub struct Stop {
    pub(crate) fault: Fault,
    pub(crate) at: usize,
    pub(crate) value: String,
}

impl Stop {
    /// A fault with the bytes that did it.
    #[cold]
    pub(crate) fn new(fault: Fault, at: usize, value: &[u8]) -> Box<Self> {
        // All bytes were found sound before they were looked at.
        let value = core::str::from_utf8(shortened(value)).map(String::from).unwrap_or_default();
        Box::new(Self { fault, at, value })
    }

    /// A fault of what is more or larger than a limit.
    #[cold]
    pub(crate) fn limit(fault: Fault, at: usize, limit: usize) -> Box<Self> {
        Self::new(fault, at, &decimal(limit as u64))
    }
}
