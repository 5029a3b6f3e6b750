//! Results as columns, taken out piece by piece.

use alloc::vec::Vec;

/// What a result is.
pub mod flag {
    /// The file says that there is no value: NIL, NULL or blank.
    pub const MISSING: u8 = 1;
    /// A vector: its number is how many items it has, which follow in `items`.
    pub const VECTOR: u8 = 2;
    /// The node does not vouch for it.
    pub const SUSPECT: u8 = 4;
    /// A vector that may also be read as a count and then pairs of index and value.
    pub const PAIRS: u8 = 8;
    /// A text, which TS 28.532 allows: its number is its place among `texts`.
    pub const TEXT: u8 = 16;
}

/// The results that were read and not taken yet.
///
/// Only whole measValues are ready: what follows the results of an object, such as its suspect mark,
/// still changes them.
#[derive(Debug, Default)]
pub struct Columns {
    rows: Vec<u32>,
    counters: Vec<u32>,
    numbers: Vec<f64>,
    flags: Vec<u8>,
    items: Vec<f64>,
    text_bytes: Vec<u8>,
    text_ends: Vec<u32>,
    row_objects: Vec<u32>,
    row_periods: Vec<u32>,
    row_groups: Vec<u32>,
    row_jobs: Vec<u32>,
    ready: Extent,
    n_rows_before: u32,
}

/// How far the columns are filled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    n_values: usize,
    n_items: usize,
    n_texts: usize,
    n_rows: usize,
}

/// Columns of results, and of the rows that they belong to: views.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Batch<'a> {
    /// Per result: its row, counted from the first row of the file.
    pub rows: &'a [u32],
    /// Per result: its counter.
    pub counters: &'a [u32],
    /// Per result: the value, the number of items of a vector, the place of a text, or NaN.
    pub numbers: &'a [f64],
    /// Per result: see [`flag`].
    pub flags: &'a [u8],
    /// The items of all vectors one after the other, NaN where one is blank.
    pub items: &'a [f64],
    /// The texts of all results that are text, UTF-8 without gaps.
    pub text_bytes: &'a [u8],
    /// Where each text ends.
    pub text_ends: &'a [u32],
    /// Per row: its object.
    pub row_objects: &'a [u32],
    /// Per row: its period.
    pub row_periods: &'a [u32],
    /// Per row: the note that is the measInfoId, or `NONE`.
    pub row_groups: &'a [u32],
    /// Per row: the note that is the jobId, or `NONE`.
    pub row_jobs: &'a [u32],
    /// The number of the first of these rows.
    pub first_row: u32,
}

impl Columns {
    /// The results and rows that are ready to be taken.
    #[must_use]
    pub fn batch(&self) -> Batch<'_> {
        let ready = self.ready;
        Batch {
            rows: &self.rows[..ready.n_values],
            counters: &self.counters[..ready.n_values],
            numbers: &self.numbers[..ready.n_values],
            flags: &self.flags[..ready.n_values],
            items: &self.items[..ready.n_items],
            text_bytes: &self.text_bytes[..end_of(&self.text_ends, ready.n_texts)],
            text_ends: &self.text_ends[..ready.n_texts],
            row_objects: &self.row_objects[..ready.n_rows],
            row_periods: &self.row_periods[..ready.n_rows],
            row_groups: &self.row_groups[..ready.n_rows],
            row_jobs: &self.row_jobs[..ready.n_rows],
            first_row: self.n_rows_before,
        }
    }

    /// Forget what was ready, since it was taken; the memory is used again.
    pub fn clear(&mut self) {
        let ready = core::mem::take(&mut self.ready);
        let n_bytes = end_of(&self.text_ends, ready.n_texts);
        self.rows.drain(..ready.n_values);
        self.counters.drain(..ready.n_values);
        self.flags.drain(..ready.n_values);
        self.items.drain(..ready.n_items);
        self.text_bytes.drain(..n_bytes);
        self.text_ends.drain(..ready.n_texts);
        self.text_ends.iter_mut().for_each(|end| *end -= n_bytes as u32);
        self.numbers.drain(..ready.n_values);
        for (number, flags) in self.numbers.iter_mut().zip(&self.flags) {
            if flags & flag::TEXT != 0 {
                *number -= ready.n_texts as f64;
            }
        }
        for column in
            [&mut self.row_objects, &mut self.row_periods, &mut self.row_groups, &mut self.row_jobs]
        {
            column.drain(..ready.n_rows);
        }
        self.n_rows_before += ready.n_rows as u32;
    }

    /// Begin a row; returns its number.
    pub(super) fn begin_row(&mut self, object: u32, period: u32, group: u32, job: u32) -> u32 {
        let row = self.n_rows_before + self.row_objects.len() as u32;
        self.row_objects.push(object);
        self.row_periods.push(period);
        self.row_groups.push(group);
        self.row_jobs.push(job);
        row
    }

    /// Add a result.
    #[inline]
    pub(super) fn push(&mut self, row: u32, counter: u32, number: f64, flags: u8) {
        self.rows.push(row);
        self.counters.push(counter);
        self.numbers.push(number);
        self.flags.push(flags);
    }

    /// Add a result that is text.
    pub(super) fn push_text(&mut self, row: u32, counter: u32, text: &[u8]) {
        let place = self.text_ends.len() as f64;
        self.text_bytes.extend_from_slice(text);
        self.text_ends.push(self.text_bytes.len() as u32);
        self.push(row, counter, place, flag::TEXT);
    }

    /// The items of vectors, to add some or take them back.
    #[inline]
    pub(super) const fn items(&mut self) -> &mut Vec<f64> {
        &mut self.items
    }

    /// How many results and items of the last object are not ready yet.
    #[inline]
    pub(super) fn n_open(&self) -> usize {
        (self.numbers.len() - self.ready.n_values) + (self.items.len() - self.ready.n_items)
    }

    /// How many results of the last object have a value, and how many are missing.
    pub(super) fn count_open(&self) -> (usize, usize) {
        let open = &self.flags[self.ready.n_values..];
        let n_missing = open.iter().filter(|&flags| flags & flag::MISSING != 0).count();
        (open.len() - n_missing, n_missing)
    }

    /// Mark the results of the last object.
    pub(super) fn mark_open(&mut self, flags: u8) {
        for each in &mut self.flags[self.ready.n_values..] {
            *each |= flags;
        }
    }

    /// Take the results of the last object back; its row stays.
    pub(super) fn drop_open(&mut self) {
        let ready = self.ready;
        self.rows.truncate(ready.n_values);
        self.counters.truncate(ready.n_values);
        self.numbers.truncate(ready.n_values);
        self.flags.truncate(ready.n_values);
        self.items.truncate(ready.n_items);
        self.text_bytes.truncate(end_of(&self.text_ends, ready.n_texts));
        self.text_ends.truncate(ready.n_texts);
    }

    /// Everything there is has become ready.
    pub(super) fn settle(&mut self) {
        self.ready = Extent {
            n_values: self.numbers.len(),
            n_items: self.items.len(),
            n_texts: self.text_ends.len(),
            n_rows: self.row_objects.len(),
        };
    }
}

fn end_of(ends: &[u32], n: usize) -> usize {
    if n == 0 { 0 } else { ends[n - 1] as usize }
}
