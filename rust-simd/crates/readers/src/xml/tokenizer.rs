//! The tokenizer: bytes in, start and end tags out, each with the text before it.
//!
//! It looks at whole tokens only. What is not complete at the end of a piece stays in the reader's
//! buffer, so that nothing but the state below must be remembered between pieces, and any pieces give
//! the same tags.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::characters::{append_decoded, append_lines, is_name, is_name_start};
use super::format::{Element, Format, Text};
use super::tag::Attributes;
use crate::limits::{MAX_DEPTH, MAX_ELEMENT_NAMES, MAX_NAME_BYTES, MAX_TAG_BYTES, MAX_TEXT_BYTES};
use crate::names::{NONE, Names};
use crate::refusal::{Fault, Stop};
use crate::scan::{AMPERSAND, GREATER, INK, RETURN, text_end};

/// What the bytes at hand begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Text and tags.
    Content,
    /// The inside of a comment.
    Comment,
    /// The inside of a processing instruction.
    Instruction,
    /// The inside of a CDATA section.
    Section,
}

/// Cuts bytes into tags; it holds what is remembered between pieces.
#[derive(Debug)]
pub struct Tokenizer {
    pub(super) state: State,
    /// Whether nothing but a byte order mark was read.
    pub(super) is_first: bool,
    pub(super) had_root: bool,
    /// Whether the bytes were made UTF-8 before, whatever the file says of itself.
    pub(super) is_transcoded: bool,
    names: Names,
    pub(super) open: Vec<u32>,
    /// The pieces of a text that comments, sections or references cut.
    pieces: Vec<u8>,
    has_pieces: bool,
    attributes: Attributes,
}

type Step<T> = Result<T, Box<Stop>>;

impl Default for Tokenizer {
    fn default() -> Self {
        Self {
            state: State::Content,
            is_first: true,
            had_root: false,
            is_transcoded: false,
            names: Names::default(),
            open: Vec::new(),
            pieces: Vec::new(),
            has_pieces: false,
            attributes: Attributes::default(),
        }
    }
}

impl Tokenizer {
    /// Whether the root element has ended and nothing is left open.
    pub(super) fn is_complete(&self) -> bool {
        self.had_root && self.open.is_empty() && self.state == State::Content
    }

    pub(super) fn had_root(&self) -> bool {
        self.had_root || !self.open.is_empty()
    }

    /// Read all whole tokens from `at` on, which moves behind them.
    ///
    /// # Errors
    ///
    /// The rest of the file must not be read.
    #[inline]
    pub fn run<F: Format + ?Sized>(
        &mut self,
        format: &mut F,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        loop {
            let went_on = match self.state {
                State::Content => self.content(format, data, at)?,
                State::Comment => self.comment(data, at)?,
                State::Instruction => self.skip_to(b"?>", data, at),
                State::Section => self.section(data, at)?,
            };
            if !went_on {
                return Ok(());
            }
        }
    }

    /// Read all whole tokens from `at` on by code that formats share.
    ///
    /// # Errors
    ///
    /// The rest of the file must not be read.
    pub fn run_shared(
        &mut self,
        format: &mut dyn Format,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        self.run(format, data, at)
    }

    /// Read the text at hand and the tag behind it.
    #[inline]
    fn content<F: Format + ?Sized>(
        &mut self,
        format: &mut F,
        data: &[u8],
        at: &mut usize,
    ) -> Step<bool> {
        if !self.has_pieces {
            *at = format.leap(data, *at);
        }
        let from = *at;
        let (tag, seen) = text_end(data, from);
        if tag - from > MAX_TEXT_BYTES {
            return Err(Stop::limit(Fault::TextTooLong, from, MAX_TEXT_BYTES));
        }
        let Some(&kind) = data.get(tag + 1) else { return Ok(false) };
        if self.open.is_empty() && seen & INK != 0 {
            return Err(Stop::new(Fault::BesideRoot, from, data[from..tag].trim_ascii()));
        }
        let mut text = Text { bytes: &data[from..tag], is_blank: seen & INK == 0 };
        if kind == b'!' || kind == b'?' {
            return self.markup(data, text, at, &|name| format.allows_doctype(name));
        }
        if self.has_pieces || (seen & INK != 0 && seen & (AMPERSAND | GREATER | RETURN) != 0) {
            self.add_piece(text.bytes, from)?;
            *at = tag;
            text.bytes = &[];
        }
        let next = if kind == b'/' {
            self.end_tag(format, data, tag, text)?
        } else {
            self.start_tag(format, data, tag, text)?
        };
        if let Some(next) = next {
            *at = next;
            self.is_first = false;
        }
        Ok(next.is_some())
    }

    fn start_tag<F: Format + ?Sized>(
        &mut self,
        format: &mut F,
        data: &[u8],
        begin: usize,
        text: Text<'_>,
    ) -> Step<Option<usize>> {
        let Some((id, name_end)) = self.element_name(data, begin)? else { return Ok(None) };
        let Some((end, is_empty)) = self.attributes.read(data, begin, name_end)? else {
            return Ok(None);
        };
        if self.had_root && self.open.is_empty() {
            return Err(Stop::new(Fault::BesideRoot, begin, &data[begin..name_end]));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(Stop::limit(Fault::TooDeep, begin, MAX_DEPTH));
        }
        self.names.follow(id);
        let element = Element { id, at: begin, name: self.names.get(id) };
        let tag = self.attributes.of(data);
        format.start(&element, &tag, text_of(text, self.has_pieces, &self.pieces))?;
        forget(&mut self.has_pieces, &mut self.pieces);
        if is_empty {
            format.end(&element, Text { bytes: &[], is_blank: true })?;
            self.had_root |= self.open.is_empty();
        } else {
            self.open.push(id);
        }
        Ok(Some(end))
    }

    /// Read the name of an element whose tag begins at `begin`; returns its number and its end.
    #[inline]
    fn element_name(&mut self, data: &[u8], begin: usize) -> Step<Option<(u32, usize)>> {
        let from = begin + 1;
        let guess = self.names.guess();
        if guess != NONE {
            let name = self.names.get(guess);
            let end = from + name.len();
            if data[from..].starts_with(name) && data.get(end).is_some_and(|&byte| !is_name(byte)) {
                return Ok(Some((guess, end)));
            }
        }
        let length = data[from..].iter().position(|&byte| !is_name(byte));
        if length.unwrap_or(data.len() - from) > MAX_NAME_BYTES {
            return Err(Stop::limit(Fault::NameTooLong, begin, MAX_NAME_BYTES));
        }
        let Some(length) = length else { return Ok(None) };
        let name = &data[from..from + length];
        if length == 0 || !is_name_start(name[0]) {
            return Err(Stop::new(Fault::BadTag, begin, &data[begin..=from + length]));
        }
        let id = self.names.id(name);
        if id as usize == MAX_ELEMENT_NAMES {
            return Err(Stop::limit(Fault::TooManyNames, begin, MAX_ELEMENT_NAMES));
        }
        Ok(Some((id, from + length)))
    }

    #[inline]
    fn end_tag<F: Format + ?Sized>(
        &mut self,
        format: &mut F,
        data: &[u8],
        begin: usize,
        text: Text<'_>,
    ) -> Step<Option<usize>> {
        let open = self.open.last().copied();
        let name = open.map_or(&b""[..], |id| self.names.get(id));
        let end = begin + 2 + name.len();
        let next = if data.get(end) == Some(&b'>') && data[begin + 2..end] == *name {
            end + 1
        } else {
            match other_end(data, begin, open.map(|_| name))? {
                Some(next) => next,
                None => return Ok(None),
            }
        };
        let Some(id) = self.open.pop() else { return Ok(None) };
        let element = Element { id, at: begin, name };
        format.end(&element, text_of(text, self.has_pieces, &self.pieces))?;
        forget(&mut self.has_pieces, &mut self.pieces);
        self.had_root |= self.open.is_empty();
        Ok(Some(next))
    }

    /// Keep text that goes on behind a comment, or that must be decoded.
    #[cold]
    pub(super) fn add_piece(&mut self, raw: &[u8], at: usize) -> Step<()> {
        if let Some(place) = raw.windows(3).position(|three| three == b"]]>") {
            return Err(Stop::new(Fault::SectionEnd, at + place, b""));
        }
        self.has_pieces = true;
        append_decoded(&mut self.pieces, raw, at, false)?;
        self.check_pieces(at)
    }

    /// Keep the characters of a section.
    pub(super) fn add_section(&mut self, raw: &[u8], at: usize) -> Step<()> {
        self.has_pieces = true;
        append_lines(&mut self.pieces, raw);
        self.check_pieces(at)
    }

    fn check_pieces(&self, at: usize) -> Step<()> {
        if self.pieces.len() > MAX_TEXT_BYTES {
            return Err(Stop::limit(Fault::TextTooLong, at, MAX_TEXT_BYTES));
        }
        Ok(())
    }
}

#[inline]
fn forget(has_pieces: &mut bool, pieces: &mut Vec<u8>) {
    if *has_pieces {
        *has_pieces = false;
        pieces.clear();
    }
}

/// The text at hand, or all its pieces.
#[inline]
fn text_of<'a>(text: Text<'a>, has_pieces: bool, pieces: &'a [u8]) -> Text<'a> {
    if !has_pieces {
        return text;
    }
    Text { bytes: pieces, is_blank: pieces.trim_ascii().is_empty() }
}

/// Where an end tag ends that is not written as most are; `name` is of the element that is open.
#[cold]
fn other_end(data: &[u8], begin: usize, name: Option<&[u8]>) -> Step<Option<usize>> {
    let length = data[begin..].iter().position(|&byte| byte == b'>');
    if length.unwrap_or(data.len() - begin) > MAX_TAG_BYTES {
        return Err(Stop::new(Fault::TagTooLong, begin, &data[begin..]));
    }
    let Some(length) = length else { return Ok(None) };
    let end = begin + length;
    if name != Some(data[begin + 2..end].trim_ascii_end()) {
        return Err(Stop::new(Fault::WrongEnd, begin, &data[begin..=end]));
    }
    Ok(Some(end + 1))
}
