//! Why a file, or the rest of it, is not read: a stable code, the line, and the value.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

use crate::limits;
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
        let value = &self.value;
        match self.fault {
            Fault::CutShort => String::from("the file ends before its last element does"),
            Fault::NoElement => String::from("the file holds no element"),
            Fault::OtherRoot => format!("the root element is <{value}>"),
            Fault::NotUtf8 => format!("the bytes {value} are no UTF-8"),
            Fault::NeedsTranscoding => format!("the file is encoded in {value}"),
            Fault::ForbiddenCharacter => format!("the character {value} is not allowed in XML"),
            Fault::Doctype => format!("a document type is declared: {value}"),
            Fault::WrongEnd => format!("the end tag {value} fits no open element"),
            Fault::BadTag => format!("a tag is not well-formed: {value}"),
            Fault::AttributeTwice => format!("the attribute {value} comes twice in one tag"),
            Fault::BareAmpersand => format!("a & begins no reference: {value}"),
            Fault::UnknownReference => format!("the reference {value} is not known"),
            Fault::SectionEnd => String::from("]]> stands in text"),
            Fault::BadMarkup => format!("a comment or section is not well-formed: {value}"),
            Fault::BesideRoot => format!("{value} stands beside the root element"),
            Fault::TooDeep => format!("elements nest deeper than {}", limits::MAX_DEPTH),
            Fault::NameTooLong => format!("a name is longer than {} bytes", limits::MAX_NAME_BYTES),
            Fault::TagTooLong => format!("a tag is too long: {value}"),
            Fault::TooManyAttributes => {
                format!("a tag has more than {} attributes", limits::MAX_ATTRIBUTES)
            }
            Fault::TextTooLong => format!("a text is longer than {} bytes", limits::MAX_TEXT_BYTES),
            Fault::TooManyNames => {
                format!("elements have more than {} different names", limits::MAX_ELEMENT_NAMES)
            }
            Fault::TooManyValues => {
                format!("an object has more than {} values", limits::MAX_VALUES_PER_OBJECT)
            }
            Fault::OtherExport => {
                format!("<{value}> is how another vendor's export writes objects")
            }
            Fault::Damaged => format!("the compressed file is damaged: {value}"),
            Fault::Checksum => format!("the checksum of {value} does not fit"),
            Fault::Unsupported => format!("{value} is not read"),
            Fault::TooLarge => format!("{value} is larger than it may be"),
            Fault::TooManyEntries => format!("there are more than {} files", limits::MAX_ENTRIES),
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
        let value = String::from_utf8_lossy(shortened(value)).into_owned();
        Box::new(Self { fault, at, value })
    }
}
