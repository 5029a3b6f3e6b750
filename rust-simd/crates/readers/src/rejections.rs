//! What of a file could not be taken: the line, a stable code for the reason, the value, and how many
//! of the file's values that costs.

use alloc::string::String;
use alloc::vec::Vec;

use crate::limits::{MAX_REJECTIONS, MAX_TOLD_BYTES};

/// Why something was not taken. The numbers are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Reason {
    /// A result or a bin of a vector that is no number.
    NotANumber = 1,
    /// A measured object without a name.
    NoObject = 2,
    /// A name with control characters, which no command may carry.
    ControlInName = 3,
    /// A result that lies in no object.
    OutsideObject = 4,
    /// A result without `p` among names with `p`.
    PositionMissing = 5,
    /// A `p` that is no whole number within the limit.
    PositionUnreadable = 6,
    /// A `p` that no name has.
    PositionUnknown = 7,
    /// A `p` that two names, or two results of one object, have.
    PositionRepeated = 8,
    /// A name of a counter that is empty.
    CounterUnnamed = 9,
    /// A list of results that is not as long as the list of names.
    ListLength = 10,
    /// A list of results beside names whose positions give no order.
    ListOrder = 11,
    /// The end of the period cannot be read.
    TimeUnreadable = 12,
    /// The length of the period cannot be read.
    DurationUnreadable = 13,
    /// The period is not given, not by the file's header and footer either.
    PeriodMissing = 14,
    /// A suspect mark that is neither true nor false: what the object has is not taken.
    SuspectUnreadable = 15,
    /// An element that the format does not know there: its text, or with a count of 0 that there is one.
    UnknownElement = 16,
    /// Text where the format has none.
    StrayText = 17,
    /// A value of an object without id.
    NoId = 18,
    /// A range, length or other number of a model that is no number.
    BadLimit = 19,
    /// A type of a model that is not known.
    UnknownType = 20,
}

impl Reason {
    /// A sentence without its full stop, with the value.
    #[must_use]
    pub fn told(self, value: &str) -> String {
        let (before, after) = self.words(value.is_empty());
        [before, value, after].concat()
    }

    /// What is said before and after the value.
    const fn words(self, is_empty: bool) -> (&'static str, &'static str) {
        match self {
            Self::NotANumber | Self::BadLimit => ("'", "' is no number"),
            Self::NoObject if is_empty => ("measValue names no object", ""),
            Self::NoObject => ("the managed element of '", "' is not named"),
            Self::ControlInName => ("the name '", "' holds control characters"),
            Self::OutsideObject => ("'", "' lies in no object"),
            Self::PositionMissing => ("the result '", "' has no p, but the counters have"),
            Self::PositionUnreadable => ("p='", "' is no position"),
            Self::PositionUnknown => ("no measType has p='", "'"),
            Self::PositionRepeated => ("p='", "' comes more than once"),
            Self::CounterUnnamed => ("the measType with p='", "' is empty"),
            Self::ListLength => ("", " counters"),
            Self::ListOrder => ("the positions of the counters give no order to '", "'"),
            Self::TimeUnreadable => ("the time '", "' cannot be read"),
            Self::DurationUnreadable => ("the duration '", "' cannot be read"),
            Self::PeriodMissing => ("the time of this measInfo is not given", ""),
            Self::SuspectUnreadable => ("suspect is '", "', neither true nor false"),
            Self::UnknownElement => ("<", "> is not known here"),
            Self::StrayText => ("the text '", "' belongs to no element"),
            Self::NoId => ("", " belongs to an object without id"),
            Self::UnknownType => ("the type <", "> is not known"),
        }
    }
}

/// Rejections in the order of the file, as columns.
#[derive(Debug, Default)]
pub struct Rejections {
    /// The line of each, from 1 on.
    pub lines: Vec<u32>,
    /// The reason of each, see [`Reason`].
    pub reasons: Vec<u8>,
    /// How many values of the file each stands for; 0 for what is only told.
    pub counts: Vec<u32>,
    /// The values, UTF-8 without gaps.
    pub bytes: Vec<u8>,
    /// Where each value ends in `bytes`.
    pub ends: Vec<u32>,
    /// How many values were rejected in all, also by rejections that are not kept.
    pub n_values: u64,
    /// How many rejections were not kept because there are too many.
    pub n_left_out: u64,
    n_kept: usize,
    /// Where in the bytes at hand the newest ones were found; their lines are not known yet.
    places: Vec<usize>,
}

impl Rejections {
    /// How many are kept and not taken yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reasons.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reasons.is_empty()
    }

    /// The value of a rejection.
    #[must_use]
    pub fn value(&self, at: usize) -> &[u8] {
        let begin = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.bytes[begin..self.ends[at] as usize]
    }

    /// Reject one value.
    #[cold]
    pub(crate) fn add(&mut self, at: usize, reason: Reason, value: &[u8]) {
        self.add_many(at, reason, value, 1);
    }

    /// Reject several values for one reason.
    #[cold]
    pub(crate) fn add_many(&mut self, at: usize, reason: Reason, value: &[u8], count: usize) {
        self.n_values += count as u64;
        if self.n_kept == MAX_REJECTIONS {
            self.n_left_out += 1;
            return;
        }
        self.n_kept += 1;
        self.places.push(at);
        self.reasons.push(reason as u8);
        self.counts.push(count as u32);
        self.bytes.extend_from_slice(shortened(value));
        self.ends.push(self.bytes.len() as u32);
    }

    /// Find the lines of the newest rejections; `data` begins in `line`.
    pub(crate) fn settle(&mut self, data: &[u8], mut line: u32) {
        let mut from = 0;
        for at in self.places.drain(..) {
            let to = at.clamp(from, data.len().max(from));
            line += crate::scan::n_lines(&data[from..to]);
            from = to;
            self.lines.push(line);
        }
    }

    /// Forget those that were taken; the total stays.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.reasons.clear();
        self.counts.clear();
        self.bytes.clear();
        self.ends.clear();
    }
}

/// The beginning of a value, cut between two characters.
#[must_use]
pub(crate) fn shortened(value: &[u8]) -> &[u8] {
    let mut end = value.len().min(MAX_TOLD_BYTES);
    while end < value.len() && end > 0 && value[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    &value[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn values_are_cut_between_characters() {
        let long = "ä".repeat(100);

        assert_eq!(shortened(long.as_bytes()).len(), MAX_TOLD_BYTES);
        assert_eq!(shortened(format!("a{long}").as_bytes()).len(), MAX_TOLD_BYTES - 1);
        assert_eq!(shortened(b"abc"), b"abc");
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_is_not_kept_still_counts() {
        let mut rejections = Rejections::default();
        for _ in 0..MAX_REJECTIONS + 5 {
            rejections.add_many(0, Reason::ListLength, b"2 results for 3", 2);
        }
        rejections.settle(b"", 7);
        rejections.clear();
        rejections.add(0, Reason::NoObject, b"");

        assert_eq!(rejections.n_values, 2 * (MAX_REJECTIONS as u64 + 5) + 1);
        assert_eq!((rejections.n_left_out, rejections.len()), (6, 0));
    }
}
