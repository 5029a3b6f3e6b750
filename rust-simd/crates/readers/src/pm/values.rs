//! What a result's text is: a number, a vector, missing, or something that is told.

use alloc::boxed::Box;

use super::periods::Problem;
use super::positions::Position;
use super::{Measurements, flag};
use crate::digits::decimal;
use crate::limits::MAX_VALUES_PER_OBJECT;
use crate::names::{NONE, Names};
use crate::number::{leading, number};
use crate::refusal::{Fault, Stop};
use crate::rejections::Reason;

/// One item of a result.
enum Item {
    Missing,
    Number(f64),
    Other,
}

impl Item {
    fn of(text: &[u8]) -> Self {
        let is_nil = |nil: &[u8]| text.eq_ignore_ascii_case(nil);
        match number(text) {
            Some(value) => Self::Number(value),
            None if text.is_empty() || is_nil(b"nil") || is_nil(b"null") => Self::Missing,
            None => Self::Other,
        }
    }
}

impl Measurements {
    /// Take the result at hand, or say why not.
    pub(super) fn take_text(&mut self, text: &[u8], at: usize) -> Result<(), Box<Stop>> {
        let text = text.trim_ascii();
        let row = match self.row {
            Ok(row) => row,
            Err(problem) => {
                self.reject_all(problem, text, 1, at);
                return Ok(());
            }
        };
        if self.has_list {
            self.rejections.add(at, Reason::PositionRepeated, &self.position_text);
            return Ok(());
        }
        let ordinal = self.ordinal;
        self.ordinal += 1;
        match self.positions.pair(self.position, ordinal, row) {
            Ok(counter) => self.take_value(row, counter, text, at),
            Err(reason) => {
                let told =
                    if reason == Reason::PositionMissing { text } else { &self.position_text };
                let by_order = [&decimal(ordinal as u64 + 1)[..], b" by order"].concat();
                let is_by_order =
                    self.position == Position::Missing && reason != Reason::PositionMissing;
                let told = if is_by_order { &by_order } else { told };
                self.rejections.add(at, reason, told);
                Ok(())
            }
        }
    }

    /// Give a list of results the counters of the list of names, where there are as many.
    pub(super) fn take_list(&mut self, text: &[u8], at: usize) -> Result<(), Box<Stop>> {
        let n_words = n_words(text);
        let row = match self.row {
            Ok(row) => row,
            Err(problem) => {
                self.reject_all(problem, text, n_words, at);
                return Ok(());
            }
        };
        let (reason, told) = match self.positions.n_listed() {
            Ok(n) if n == n_words && self.ordinal == 0 => {
                self.has_list = true;
                let mut rest = text;
                while !rest.is_empty() {
                    let length = self.take_word(row, rest, at)?;
                    rest = rest[length..].trim_ascii_start();
                }
                return Ok(());
            }
            Ok(n) if self.ordinal == 0 && !self.has_list => {
                let [words, names] = [n_words, n].map(|n| decimal(n as u64));
                (Reason::ListLength, [&words[..], b" results stand for ", &names].concat())
            }
            Ok(_) => (Reason::PositionRepeated, b"1 and so on".to_vec()),
            Err(reason) => (reason, text.to_vec()),
        };
        self.rejections.add_many(at, reason, &told, n_words);
        Ok(())
    }

    /// Reject what belongs to no row.
    #[cold]
    fn reject_all(&mut self, (reason, note): Problem, text: &[u8], count: usize, at: usize) {
        let told = if reason == Reason::OutsideObject { text } else { told(&self.notes, note) };
        self.rejections.add_many(at, reason, told, count);
    }

    /// Take the next result of a list, which `text` begins with; returns its length.
    #[inline]
    fn take_word(&mut self, row: u32, text: &[u8], at: usize) -> Result<usize, Box<Stop>> {
        let counter = self.positions.listed(self.ordinal);
        self.ordinal += 1;
        // What stands behind a number lets it be read eight bytes at a time.
        if let Some(counter) = counter
            && let Some((number, length)) = leading(text)
            && text.get(length).is_none_or(u8::is_ascii_whitespace)
            && self.columns.n_open() < MAX_VALUES_PER_OBJECT
        {
            self.columns.push(row, counter, number, 0);
            return Ok(length);
        }
        let length = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
        match counter {
            Some(counter) => self.take_value(row, counter, &text[..length], at)?,
            None => {
                let told = decimal(self.ordinal as u64);
                self.rejections.add(at, Reason::CounterUnnamed, &told);
            }
        }
        Ok(length)
    }

    /// Take a value of a counter, or say why not.
    fn take_value(
        &mut self,
        row: u32,
        counter: u32,
        text: &[u8],
        at: usize,
    ) -> Result<(), Box<Stop>> {
        let n_items = text.iter().filter(|&&byte| byte == b',').count();
        if self.columns.n_open() + n_items >= MAX_VALUES_PER_OBJECT {
            return Err(Stop::limit(Fault::TooManyValues, at, MAX_VALUES_PER_OBJECT));
        }
        if n_items > 0 {
            self.take_vector(row, counter, text, at);
            return Ok(());
        }
        match Item::of(text) {
            Item::Number(number) => self.columns.push(row, counter, number, 0),
            Item::Missing => self.columns.push(row, counter, f64::NAN, flag::MISSING),
            Item::Other => self.take_other(row, counter, text, at),
        }
        Ok(())
    }

    fn take_vector(&mut self, row: u32, counter: u32, text: &[u8], at: usize) {
        let first = self.columns.items().len();
        for item in text.split(|&byte| byte == b',') {
            let value = match Item::of(item.trim_ascii()) {
                Item::Number(value) => value,
                Item::Missing => f64::NAN,
                Item::Other => {
                    self.columns.items().truncate(first);
                    self.take_other(row, counter, text, at);
                    return;
                }
            };
            self.columns.items().push(value);
        }
        let (number, flags) = self.end_vector(counter, first);
        self.columns.push(row, counter, number, flags);
    }

    /// Take the items from `first` on as a vector; returns its number and flags.
    ///
    /// One that is all blank is missing.
    pub(super) fn end_vector(&mut self, counter: u32, first: usize) -> (f64, u8) {
        let items = &self.columns.items()[first..];
        if items.iter().all(|item| item.is_nan()) {
            self.columns.items().truncate(first);
            return (f64::NAN, flag::MISSING);
        }
        let n_items = items.len() as f64;
        let is_pairs = self.shapes.add(counter, items);
        (n_items, if is_pairs { flag::VECTOR | flag::PAIRS } else { flag::VECTOR })
    }

    fn take_other(&mut self, row: u32, counter: u32, text: &[u8], at: usize) {
        if self.allows_text {
            self.columns.push_text(row, counter, text);
        } else {
            self.rejections.add(at, Reason::NotANumber, text);
        }
    }
}

/// The value that a note says, or nothing.
pub(super) fn told(notes: &Names, note: u32) -> &[u8] {
    if note == NONE { b"" } else { notes.get(note) }
}

/// The words of a text, between blanks.
pub(super) fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

/// How many words a text has.
pub(super) fn n_words(text: &[u8]) -> usize {
    let mut was_blank = true;
    let mut n = 0;
    for &byte in text {
        let is_blank = byte <= b' ';
        n += usize::from(was_blank && !is_blank);
        was_blank = is_blank;
    }
    n
}
