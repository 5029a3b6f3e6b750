//! XML as a stream of tags (XML 1.0, fifth edition), pushed in pieces of any size.
//!
//! Not a validating parser: no document type is read, so that no entities exist but the five of XML,
//! and prefixes are told apart from local names but not looked up. Everything else that makes a file
//! not well-formed ends it with a reason.

mod characters;
mod format;
mod markup;
mod reader;
mod tag;
mod tokenizer;

pub(crate) use characters::local_name;
pub use format::{Element, Format, Text};
pub(crate) use format::{Roles, meaning_of};
pub(crate) use markup::sniffed;
pub use reader::Reader;
pub use tag::Tag;
pub use tokenizer::Tokenizer;
