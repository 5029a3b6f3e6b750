//! The periods that results belong to.

use alloc::vec::Vec;

use crate::names::{NONE, Names};
use crate::rejections::Reason;

/// Why results are rejected, and the note that says which value did it, or `NONE`.
pub(super) type Problem = (Reason, u32);

/// A time or length as a file gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Given {
    /// Not at all.
    #[default]
    Absent,
    /// In a form that cannot be read; the note says which.
    Unreadable(u32),
    /// In seconds.
    Seconds(i64),
}

impl Given {
    pub(super) fn of(
        text: Option<&[u8]>,
        read: fn(&[u8]) -> Option<i64>,
        notes: &mut Names,
    ) -> Self {
        let Some(text) = text else { return Self::Absent };
        match read(text) {
            Some(seconds) => Self::Seconds(seconds),
            None => Self::Unreadable(notes.id(text.trim_ascii())),
        }
    }
}

/// Seconds as plain digits (TS 32.401).
pub(super) fn plain_seconds(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    let is_short = (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    is_short.then(|| text.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

/// Different periods, numbered in the order of their first use.
#[derive(Debug, Default)]
pub struct Periods {
    begins: Vec<f64>,
    ends: Vec<f64>,
    keys: Names,
    /// The period from the file's header to its footer, which is not known before the file's end.
    whole: Option<u32>,
}

impl Periods {
    /// Where each period begins, in seconds since 1970; NaN: its results are rejected.
    #[must_use]
    pub fn begins(&self) -> &[f64] {
        &self.begins
    }

    /// Where each period ends. Begin and end are equal where the length is not given.
    #[must_use]
    pub fn ends(&self) -> &[f64] {
        &self.ends
    }

    /// Whether a period is that from header to footer.
    pub(super) fn is_whole(&self, period: u32) -> bool {
        self.whole == Some(period)
    }

    /// The period of a measInfo, or why there is none.
    pub(super) fn of(
        &mut self,
        file_begin: Given,
        end: Given,
        length: Given,
    ) -> Result<u32, Problem> {
        let span = match (file_begin, end, length) {
            (_, Given::Unreadable(note), _) => return Err((Reason::TimeUnreadable, note)),
            (_, _, Given::Unreadable(note)) => return Err((Reason::DurationUnreadable, note)),
            (_, Given::Seconds(end), Given::Seconds(length)) => (end - length, end),
            (Given::Seconds(begin), Given::Seconds(end), Given::Absent) if begin <= end => {
                (begin, end)
            }
            (_, Given::Seconds(end), Given::Absent) => (end, end),
            (Given::Unreadable(note), ..) => return Err((Reason::TimeUnreadable, note)),
            (Given::Absent, ..) => return Err((Reason::PeriodMissing, NONE)),
            (Given::Seconds(begin), Given::Absent, Given::Seconds(length)) => {
                (begin, begin + length)
            }
            (Given::Seconds(_), Given::Absent, Given::Absent) => return Ok(self.whole_file()),
        };
        Ok(self.number(span))
    }

    fn number(&mut self, (begin, end): (i64, i64)) -> u32 {
        let key = [begin.to_le_bytes(), end.to_le_bytes()].concat();
        let id = self.keys.next_id(&key);
        if id as usize == self.begins.len() {
            self.begins.push(begin as f64);
            self.ends.push(end as f64);
        }
        id
    }

    fn whole_file(&mut self) -> u32 {
        if let Some(id) = self.whole {
            return id;
        }
        let id = self.keys.id(b"whole");
        self.begins.push(f64::NAN);
        self.ends.push(f64::NAN);
        *self.whole.insert(id)
    }

    /// Say when the file began and ended; returns why that leaves its own period open.
    pub(super) fn close(&mut self, begin: Given, end: Given) -> Option<Problem> {
        let at = self.whole? as usize;
        match (begin, end) {
            (Given::Seconds(begin), Given::Seconds(end)) if begin <= end => {
                self.begins[at] = begin as f64;
                self.ends[at] = end as f64;
                None
            }
            (_, Given::Unreadable(note)) => Some((Reason::TimeUnreadable, note)),
            _ => Some((Reason::PeriodMissing, NONE)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{duration, moment};

    fn given(text: &str, read: fn(&[u8]) -> Option<i64>) -> Given {
        let text = (!text.is_empty()).then_some(text.as_bytes());
        Given::of(text, read, &mut Names::default())
    }

    fn period(begin: &str, end: &str, length: &str) -> Result<(i64, i64), Reason> {
        let mut periods = Periods::default();
        let (begin, end) = (given(begin, moment), given(end, moment));
        let id = periods.of(begin, end, given(length, duration)).map_err(|(reason, _)| reason)?;
        let at = id as usize;
        Ok((periods.begins()[at] as i64, periods.ends()[at] as i64))
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn end_and_length_give_a_period() {
        let (epoch, quarter) = ("1970-01-01T00:00:00Z", "1970-01-01T00:15:00Z");
        assert_eq!(period("", quarter, "PT15M"), Ok((0, 900)));
        assert_eq!(period(epoch, quarter, ""), Ok((0, 900)));
        assert_eq!(period("", quarter, ""), Ok((900, 900)));
        assert_eq!(period(epoch, "", "PT900S"), Ok((0, 900)));
        assert_eq!(period(quarter, epoch, ""), Ok((0, 0)));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_cannot_be_read_gives_none() {
        let epoch = "1970-01-01T00:00:00Z";
        assert_eq!(period(epoch, "soon", "PT900S"), Err(Reason::TimeUnreadable));
        assert_eq!(period(epoch, epoch, "some"), Err(Reason::DurationUnreadable));
        assert_eq!(period("then", "", "PT900S"), Err(Reason::TimeUnreadable));
        assert_eq!(period("", "", ""), Err(Reason::PeriodMissing));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn the_file_may_be_a_period_itself() {
        let (begin, end) = (Given::Seconds(0), Given::Seconds(900));
        let mut periods = Periods::default();
        let id = periods.of(begin, Given::Absent, Given::Absent).unwrap();
        assert!(periods.is_whole(id));
        assert!(periods.begins()[0].is_nan());
        assert_eq!(periods.close(begin, Given::Absent).unwrap().0, Reason::PeriodMissing);
        assert_eq!(periods.close(begin, end), None);
        assert_eq!((periods.begins(), periods.ends()), (&[0.0][..], &[900.0][..]));
        assert_eq!(periods.number((5, 6)), 1);
        assert_eq!(periods.of(begin, Given::Absent, Given::Absent), Ok(0));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn seconds_are_plain_digits() {
        assert_eq!(plain_seconds(b" 900 "), Some(900));
        assert_eq!(plain_seconds(b"15 min"), None);
        assert_eq!(given("15 min", plain_seconds), Given::Unreadable(0));
    }
}
