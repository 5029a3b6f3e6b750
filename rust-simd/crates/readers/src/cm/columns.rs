//! Values of attributes as columns, taken out piece by piece.

use alloc::vec::Vec;

use crate::names::{NONE, Names};
use crate::number::{is_canonical, number};

/// What a value is.
pub mod flag {
    /// It is a number; its text is kept too unless it is that number's own form.
    pub const NUMBER: u8 = 1;
    /// There is no text.
    pub const EMPTY: u8 = 2;
    /// The file says by `xsi:nil` that there is no value.
    pub const NIL: u8 = 4;
    /// It belongs to an object that is to be created.
    pub const CREATE: u8 = 8;
    /// It belongs to an object that is to be changed.
    pub const UPDATE: u8 = 16;
    /// It belongs to an object that is to be deleted, or lies below one.
    pub const DELETE: u8 = 32;
}

/// Texts longer than this are kept each time: they seldom come twice, and finding out costs more.
const MAX_SHARED_BYTES: usize = 40;

/// The values that were read and not taken yet.
///
/// Values are ready once their object is known, which may be after them.
#[derive(Debug, Default)]
pub struct Columns {
    objects: Vec<u32>,
    attributes: Vec<u32>,
    numbers: Vec<f64>,
    texts: Vec<u32>,
    items: Vec<u32>,
    flags: Vec<u8>,
    shared: Names,
    /// Per attribute: the text that it had the last time.
    last_texts: Vec<u32>,
    n_ready: usize,
    mentions: Vec<u32>,
    mention_flags: Vec<u8>,
    mention_formats: Vec<u32>,
}

/// Columns of values, and of the places that describe an object: views.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Batch<'a> {
    /// Per value: its object.
    pub objects: &'a [u32],
    /// Per value: the name of its attribute; members of structs as "struct.member".
    pub attributes: &'a [u32],
    /// Per value: the number that it is, or NaN.
    pub numbers: &'a [f64],
    /// Per value: its text among those of this batch, or `NONE` where the number or nothing says it all.
    pub texts: &'a [u32],
    /// Per value: which occurrence of its outermost element in its object it belongs to, from 0 on.
    pub items: &'a [u32],
    /// Per value: see [`flag`].
    pub flags: &'a [u8],
    /// The texts, UTF-8 without gaps.
    pub text_bytes: &'a [u8],
    /// Where each text begins, and where the last one ends.
    pub text_offsets: &'a [u32],
    /// Per place that describes an object: the object.
    pub mentions: &'a [u32],
    /// Per place: see [`flag`].
    pub mention_flags: &'a [u8],
    /// Per place: the name of the data's format, which tells the vendor; or `NONE`.
    pub mention_formats: &'a [u32],
}

impl Columns {
    /// The values that are ready to be taken.
    #[must_use]
    pub fn batch(&self) -> Batch<'_> {
        let n = self.n_ready;
        Batch {
            objects: &self.objects[..n],
            attributes: &self.attributes[..n],
            numbers: &self.numbers[..n],
            texts: &self.texts[..n],
            items: &self.items[..n],
            flags: &self.flags[..n],
            text_bytes: self.shared.bytes(),
            text_offsets: self.shared.offsets(),
            mentions: &self.mentions,
            mention_flags: &self.mention_flags,
            mention_formats: &self.mention_formats,
        }
    }

    /// Forget what was ready, since it was taken; the memory is used again.
    pub fn clear(&mut self) {
        let n = core::mem::take(&mut self.n_ready);
        let kept: Vec<Option<Vec<u8>>> = self.texts[n..]
            .iter()
            .map(|&text| (text != NONE).then(|| self.shared.get(text).to_vec()))
            .collect();
        for column in [&mut self.objects, &mut self.attributes, &mut self.texts, &mut self.items] {
            column.drain(..n);
        }
        self.numbers.drain(..n);
        self.flags.drain(..n);
        self.shared.clear();
        self.last_texts.clear();
        for (text, bytes) in self.texts.iter_mut().zip(&kept) {
            *text = bytes.as_ref().map_or(NONE, |bytes| self.shared.push(bytes));
        }
        self.mentions.clear();
        self.mention_flags.clear();
        self.mention_formats.clear();
    }

    /// Add a value of an object that is not known yet.
    pub(super) fn push(&mut self, attribute: u32, text: &[u8], item: u32, mut flags: u8) {
        let value = number(text);
        let kept = if text.is_empty() {
            flags |= flag::EMPTY;
            NONE
        } else if is_canonical(text) {
            NONE
        } else {
            self.text(attribute, text)
        };
        if value.is_some() {
            flags |= flag::NUMBER;
        }
        self.objects.push(NONE);
        self.attributes.push(attribute);
        self.numbers.push(value.unwrap_or(f64::NAN));
        self.texts.push(kept);
        self.items.push(item);
        self.flags.push(flags);
    }

    /// Keep a text, once if it is the attribute's last one again or short.
    fn text(&mut self, attribute: u32, text: &[u8]) -> u32 {
        let at = attribute as usize;
        if self.last_texts.len() <= at {
            self.last_texts.resize(at + 1, NONE);
        }
        let last = self.last_texts[at];
        if last != NONE && self.shared.get(last) == text {
            return last;
        }
        let id = if text.len() > MAX_SHARED_BYTES {
            self.shared.push(text)
        } else {
            self.shared.id(text)
        };
        self.last_texts[at] = id;
        id
    }

    /// How many values wait for their object.
    pub(super) fn n_open(&self) -> usize {
        self.objects.len() - self.n_ready
    }

    /// Say which object the waiting values belong to.
    pub(super) fn settle(&mut self, object: u32) {
        self.objects[self.n_ready..].fill(object);
        self.n_ready = self.objects.len();
    }

    /// Take the waiting values back; returns their attributes.
    pub(super) fn drop_open(&mut self) -> Vec<u32> {
        let n = self.n_ready;
        self.objects.truncate(n);
        self.numbers.truncate(n);
        self.texts.truncate(n);
        self.items.truncate(n);
        self.flags.truncate(n);
        self.attributes.split_off(n)
    }

    /// Note a place that describes an object.
    pub(super) fn mention(&mut self, object: u32, flags: u8, format: u32) {
        self.mentions.push(object);
        self.mention_flags.push(flags);
        self.mention_formats.push(format);
    }
}
