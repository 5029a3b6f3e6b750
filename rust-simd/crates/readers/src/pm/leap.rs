//! The fast way through `<r p="1">7</r><r p="2">0,5,1</r>`, which is most of a measurement file.
//!
//! It only speculates: at whatever is written in another way it gives up before that element and leaves
//! no trace, and the tokenizer reads on.

use super::{Measurements, Role, flag};
use crate::limits::{MAX_TEXT_BYTES, MAX_VALUES_PER_OBJECT};
use crate::number::leading;

const OPENING: &[u8] = b"<r p=\"";
const CLOSING: &[u8] = b"</r>";
const MAX_DIGITS: usize = 6;

/// What stands between the tags of a result.
enum Found {
    Missing,
    Number(f64),
    Vector(usize),
}

/// The position that `text` begins with, and how many digits it takes.
#[inline]
fn position(text: &[u8]) -> Option<(u32, usize)> {
    let mut value = 0;
    for (n_digits, byte) in text.iter().take(MAX_DIGITS + 1).enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return (n_digits > 0).then_some((value, n_digits));
        }
        value = value * 10 + u32::from(digit);
    }
    None
}

impl Measurements {
    /// Take whole results from `at` on; returns where it gave up.
    #[inline]
    pub(super) fn take_results(&mut self, data: &[u8], mut at: usize) -> usize {
        let Ok(row) = self.row else { return at };
        if self.has_list || self.context.last() != Some(&Role::Value) {
            return at;
        }
        loop {
            let rest = &data[at..];
            let n_blank = rest.iter().position(|&byte| byte > b' ').unwrap_or(rest.len());
            if n_blank > MAX_TEXT_BYTES {
                return at;
            }
            match self.take_result(&rest[n_blank..], row) {
                Some(length) => at += n_blank + length,
                None => return at,
            }
        }
    }

    /// Take the result that `data` begins with; returns its length.
    #[inline]
    fn take_result(&mut self, data: &[u8], row: u32) -> Option<usize> {
        let rest = data.strip_prefix(OPENING)?;
        let (position, n_digits) = position(rest)?;
        let text = rest[n_digits..].strip_prefix(b"\">")?;
        let counter = self.positions.take(position, row)?;
        if self.columns.n_open() >= MAX_VALUES_PER_OBJECT {
            return None;
        }
        let (found, length) = self.found(text)?;
        let (number, flags) = match found {
            Found::Number(number) => (number, 0),
            Found::Missing => (f64::NAN, flag::MISSING),
            Found::Vector(first) => self.end_vector(counter, first),
        };
        self.columns.push(row, counter, number, flags);
        self.positions.mark(position, row);
        self.ordinal += 1;
        let head = data.len() - text.len();
        Some(head + length + CLOSING.len())
    }

    /// What stands before the closing tag, and its length.
    #[inline]
    fn found(&mut self, text: &[u8]) -> Option<(Found, usize)> {
        let Some((number, length)) = leading(text) else {
            return text.starts_with(CLOSING).then_some((Found::Missing, 0));
        };
        let rest = &text[length..];
        if rest.starts_with(CLOSING) {
            return Some((Found::Number(number), length));
        }
        if rest.first() != Some(&b',') {
            return None;
        }
        let first = self.columns.items().len();
        let found = self.vector(text);
        if found.is_none() || self.columns.n_open() > MAX_VALUES_PER_OBJECT {
            self.columns.items().truncate(first);
            return None;
        }
        found.map(|length| (Found::Vector(first), length))
    }

    /// Append the items of a vector; returns its length, or none with some of them left behind.
    #[inline]
    fn vector(&mut self, text: &[u8]) -> Option<usize> {
        let items = self.columns.items();
        let mut at = 0;
        loop {
            let (item, length) = match text[at..] {
                // Most bins of a distribution are empty or nearly so.
                [digit @ b'0'..=b'9', b',' | b'<', ..] => (f64::from(digit - b'0'), 1),
                // A blank item, or something else, which the next byte shows.
                _ => leading(&text[at..]).unwrap_or((f64::NAN, 0)),
            };
            at += length;
            items.push(item);
            match text.get(at) {
                Some(b',') => at += 1,
                Some(b'<') => break,
                _ => return None,
            }
        }
        (text[at..].starts_with(CLOSING) && at <= MAX_TEXT_BYTES).then_some(at)
    }
}
