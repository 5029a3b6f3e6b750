//! What a result's text is: a number, a vector, missing, or something that is told.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::positions::Position;
use super::{Measurements, flag};
use crate::limits::MAX_VALUES_PER_OBJECT;
use crate::number::number;
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
        let row = match &self.row {
            Ok(row) => *row,
            Err((reason, value)) => {
                let told = if *reason == Reason::OutsideObject { text } else { value };
                self.rejections.add(at, *reason, told);
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
                let by_order = format!("{} by order", ordinal + 1);
                let is_by_order =
                    self.position == Position::Missing && reason != Reason::PositionMissing;
                let told = if is_by_order { by_order.as_bytes() } else { told };
                self.rejections.add(at, reason, told);
                Ok(())
            }
        }
    }

    /// Give a list of results the counters of the list of names, where there are as many.
    pub(super) fn take_list(&mut self, text: &[u8], at: usize) -> Result<(), Box<Stop>> {
        let words = || text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let n_words = words().count();
        let row = match &self.row {
            Ok(row) => *row,
            Err((reason, value)) => {
                let told = if *reason == Reason::OutsideObject { text.trim_ascii() } else { value };
                self.rejections.add_many(at, *reason, told, n_words);
                return Ok(());
            }
        };
        let found = self.positions.list().map(Vec::from_iter);
        let (reason, told) = match found {
            Ok(counters) if counters.len() == n_words && self.ordinal == 0 => {
                self.has_list = true;
                for (word, counter) in words().zip(counters) {
                    self.take_word(row, counter, word, at)?;
                }
                return Ok(());
            }
            Ok(counters) if self.ordinal == 0 && !self.has_list => {
                let told = format!("{n_words} results stand for {}", counters.len());
                (Reason::ListLength, told)
            }
            Ok(_) => (Reason::PositionRepeated, String::from("1 and so on")),
            Err(reason) => (reason, String::from_utf8_lossy(text.trim_ascii()).into_owned()),
        };
        self.rejections.add_many(at, reason, told.as_bytes(), n_words);
        Ok(())
    }

    /// Take one result of a list.
    fn take_word(
        &mut self,
        row: u32,
        counter: Option<u32>,
        word: &[u8],
        at: usize,
    ) -> Result<(), Box<Stop>> {
        self.ordinal += 1;
        match counter {
            Some(counter) => self.take_value(row, counter, word, at),
            None => {
                let told = format!("{}", self.ordinal);
                self.rejections.add(at, Reason::CounterUnnamed, told.as_bytes());
                Ok(())
            }
        }
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
            return Err(Stop::new(Fault::TooManyValues, at, b""));
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
        self.push_vector(row, counter, first);
    }

    /// Take the items from `first` on as a vector; one that is all blank is missing.
    #[inline]
    pub(super) fn push_vector(&mut self, row: u32, counter: u32, first: usize) {
        let items = &self.columns.items()[first..];
        if items.iter().all(|item| item.is_nan()) {
            self.columns.items().truncate(first);
            self.columns.push(row, counter, f64::NAN, flag::MISSING);
            return;
        }
        let n_items = items.len();
        let is_pairs = self.shapes.add(counter, items);
        let flags = if is_pairs { flag::VECTOR | flag::PAIRS } else { flag::VECTOR };
        self.columns.push(row, counter, n_items as f64, flags);
    }

    fn take_other(&mut self, row: u32, counter: u32, text: &[u8], at: usize) {
        if self.allows_text {
            self.columns.push_text(row, counter, text);
        } else {
            self.rejections.add(at, Reason::NotANumber, text);
        }
    }
}
