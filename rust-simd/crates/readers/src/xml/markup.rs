//! What is neither text nor a tag: comments, instructions, the declaration, sections, document types.

use alloc::boxed::Box;

use super::characters::{is_blank, is_name_start};
use super::format::Text;
use super::tokenizer::{State, Tokenizer};
use crate::limits::MAX_TAG_BYTES;
use crate::refusal::{Fault, Stop};
use crate::scan::n_bytes_before;

type Step<T> = Result<T, Box<Stop>>;
const COMMENT: &[u8] = b"<!--";
const SECTION: &[u8] = b"<![CDATA[";
const DOCTYPE: &[u8] = b"<!DOCTYPE";

impl Tokenizer {
    /// Begin what follows `text`; `at` moves behind its opening characters.
    #[cold]
    pub(super) fn markup(
        &mut self,
        data: &[u8],
        text: Text<'_>,
        at: &mut usize,
        allows: &dyn Fn(&[u8]) -> bool,
    ) -> Step<bool> {
        let begin = *at + text.bytes.len();
        let rest = &data[begin..];
        let (state, length) = if rest[1] == b'?' {
            match self.instruction(data, begin, text)? {
                Some(found) => found,
                None => return Ok(false),
            }
        } else if rest.starts_with(COMMENT) {
            (State::Comment, COMMENT.len())
        } else if rest.starts_with(SECTION) && !self.open.is_empty() {
            (State::Section, SECTION.len())
        } else if rest.starts_with(DOCTYPE) {
            match self.doctype(data, begin, allows)? {
                Some(length) => (State::Content, length),
                None => return Ok(false),
            }
        } else if [COMMENT, SECTION, DOCTYPE].iter().any(|opening| opening.starts_with(rest)) {
            return Ok(false);
        } else {
            // Where it stops to be an opening is the same for any pieces.
            let fits =
                |opening: &&[u8]| rest.iter().zip(*opening).take_while(|(a, b)| a == b).count();
            let length = [COMMENT, SECTION, DOCTYPE].iter().map(fits).max().unwrap_or(0) + 1;
            return Err(Stop::new(Fault::BadMarkup, begin, &rest[..length.min(rest.len())]));
        };
        if !self.open.is_empty() {
            self.add_piece(text.bytes, *at)?;
        }
        self.is_first = false;
        self.state = state;
        *at = begin + length;
        Ok(true)
    }

    /// Begin an instruction; the declaration of the file is read whole.
    fn instruction(
        &self,
        data: &[u8],
        begin: usize,
        text: Text<'_>,
    ) -> Step<Option<(State, usize)>> {
        const OPENING: &[u8] = b"<?xml";
        let rest = &data[begin..];
        match rest.get(2) {
            None => return Ok(None),
            Some(&first) if is_name_start(first) => {}
            Some(_) => return Err(Stop::new(Fault::BadMarkup, begin, &rest[..3])),
        }
        let Some(&next) = rest.get(OPENING.len()) else {
            // Too short to be a declaration; it can only be another instruction or go on.
            let is_other = !OPENING.starts_with(rest);
            return Ok(is_other.then_some((State::Instruction, 2)));
        };
        if !rest.starts_with(OPENING) || !(is_blank(next) || next == b'?') {
            return Ok(Some((State::Instruction, 2)));
        }
        if !self.is_first || !text.bytes.is_empty() {
            return Err(Stop::new(Fault::BadMarkup, begin, b"<?xml behind the beginning"));
        }
        let length = n_bytes_before(rest, b"?>");
        if length.unwrap_or(rest.len()) > MAX_TAG_BYTES {
            return Err(Stop::new(Fault::TagTooLong, begin, rest));
        }
        let Some(length) = length else { return Ok(None) };
        if let Some(label) = encoding_of(&rest[..length]) {
            let is_utf8 = ["utf-8", "utf8", "us-ascii", "ascii"]
                .iter()
                .any(|name| label.eq_ignore_ascii_case(name.as_bytes()));
            if !is_utf8 && !self.is_transcoded {
                return Err(Stop::new(Fault::NeedsTranscoding, begin, label));
            }
        }
        Ok(Some((State::Content, length + 2)))
    }

    /// Let a document type pass that only names a file, where the format has one; returns its length.
    fn doctype(
        &self,
        data: &[u8],
        begin: usize,
        allows: &dyn Fn(&[u8]) -> bool,
    ) -> Step<Option<usize>> {
        let rest = &data[begin..];
        let mut quote = None;
        let stop = rest.iter().position(|&byte| {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (None, b'"' | b'\'') => quote = Some(byte),
                _ => {}
            }
            quote.is_none() && matches!(byte, b'[' | b'>')
        });
        if stop.unwrap_or(rest.len()) > MAX_TAG_BYTES {
            return Err(Stop::new(Fault::TagTooLong, begin, rest));
        }
        let Some(stop) = stop else { return Ok(None) };
        let name = rest[DOCTYPE.len()..stop].trim_ascii_start();
        let name = &name[..name.iter().position(|&byte| is_blank(byte)).unwrap_or(name.len())];
        let is_first = self.open.is_empty() && !self.had_root;
        if rest[stop] == b'[' || !is_first || !allows(name) {
            return Err(Stop::new(Fault::Doctype, begin, name));
        }
        Ok(Some(stop + 1))
    }

    #[cold]
    /// Go on in a comment, which may be of any length.
    pub(super) fn comment(&mut self, data: &[u8], at: &mut usize) -> Step<bool> {
        let Some(length) = n_bytes_before(&data[*at..], b"--") else {
            *at = (*at).max(data.len().saturating_sub(1));
            return Ok(false);
        };
        *at += length;
        match data.get(*at + 2) {
            None => return Ok(false),
            Some(b'>') => *at += 3,
            Some(_) => return Err(Stop::new(Fault::BadMarkup, *at, b"-- in a comment")),
        }
        self.state = State::Content;
        Ok(true)
    }

    #[cold]
    /// Go on behind `end`; what lies before it is dropped.
    pub(super) fn skip_to(&mut self, end: &[u8], data: &[u8], at: &mut usize) -> bool {
        let Some(length) = n_bytes_before(&data[*at..], end) else {
            *at = (*at).max(data.len().saturating_sub(end.len() - 1));
            return false;
        };
        *at += length + end.len();
        self.state = State::Content;
        true
    }

    #[cold]
    /// Go on in a section, whose characters are text as they are.
    pub(super) fn section(&mut self, data: &[u8], at: &mut usize) -> Step<bool> {
        let end = n_bytes_before(&data[*at..], b"]]>");
        let mut length = end.unwrap_or_else(|| (data.len() - *at).saturating_sub(2));
        if end.is_none() && length > 0 && data[*at + length - 1] == b'\r' {
            length -= 1; // its line feed may follow
        }
        self.add_section(&data[*at..*at + length], *at)?;
        *at += length;
        if end.is_some() {
            *at += 3;
            self.state = State::Content;
        }
        Ok(end.is_some())
    }
}

/// What the declaration says that the file is encoded in.
fn encoding_of(declaration: &[u8]) -> Option<&[u8]> {
    let name = n_bytes_before(declaration, b"encoding")?;
    let rest = declaration[name + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = *rest.first().filter(|&&byte| byte == b'"' || byte == b'\'')?;
    let length = rest[1..].iter().position(|&byte| byte == quote)?;
    Some(&rest[1..=length])
}

/// The encoding that the first bytes of a file show, where it is not UTF-8; and the bytes of a mark.
pub(crate) fn sniffed(head: &[u8]) -> (Option<&'static str>, usize) {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => (None, 3),
        [0xFF, 0xFE, 0, 0, ..] | [b'<', 0, 0, 0, ..] => (Some("utf-32le"), 0),
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => (Some("utf-32be"), 0),
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => (Some("utf-16le"), 0),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => (Some("utf-16be"), 0),
        _ => (None, 0),
    }
}
