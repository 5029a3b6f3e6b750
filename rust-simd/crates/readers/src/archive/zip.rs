//! zip: the directory at its end, which names its files; zip64 too.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::{damaged, number, too_large, too_many_entries};
use crate::limits::MAX_ENTRIES;
use crate::refusal::Refusal;

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: u64 = 22;
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_BYTES: u64 = 20;
const END64: &[u8] = b"PK\x06\x06";
const END64_BYTES: u64 = 56;
const CENTRAL: &[u8] = b"PK\x01\x02";
const CENTRAL_BYTES: usize = 46;
const MAX_COMMENT_BYTES: u64 = 0xFFFF;
const MAX_DIRECTORY_BYTES: u64 = 64 << 20;
const ZIP64_FIELD: u16 = 1;

/// A file in a zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name with its folders; what is no UTF-8 is replaced.
    pub name: String,
    /// Bytes in the zip.
    pub n_packed: u64,
    /// Bytes when unpacked, as declared.
    pub n_plain: u64,
    /// Where in the zip it begins; bytes from there on go to its reader.
    pub begin: u64,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) checksum: u32,
}

impl Entry {
    /// Whether it is only a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// What of the zip is needed next.
#[derive(Debug)]
enum Step {
    Tail,
    End64 { at: u64, end: u64 },
    Central { at: u64, n_bytes: u64, n_entries: u64 },
    Done,
}

/// Reads the directory of a zip, which lies at its end.
#[derive(Debug)]
pub struct Directory {
    size: u64,
    step: Step,
    /// Bytes that stand before the zip in its file.
    n_before: u64,
    entries: Vec<Entry>,
}

impl Directory {
    /// Begin with a zip of so many bytes.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self { size, step: Step::Tail, n_before: 0, entries: Vec::new() }
    }

    /// The bytes that must be fed next; none when the directory is complete.
    #[must_use]
    pub fn wants(&self) -> Option<Range<u64>> {
        Some(match self.step {
            Step::Tail => {
                let longest = END_BYTES + MAX_COMMENT_BYTES + LOCATOR_BYTES;
                self.size.saturating_sub(longest)..self.size
            }
            Step::End64 { at, .. } => at..at + END64_BYTES,
            Step::Central { at, n_bytes, .. } => at..at + n_bytes,
            Step::Done => return None,
        })
    }

    /// The files, in the order of the directory.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Take the bytes that were wanted.
    ///
    /// # Errors
    ///
    /// The directory is damaged, or has too many files.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let wanted = self.wants().unwrap_or(0..0);
        if bytes.len() as u64 != wanted.end - wanted.start {
            return Err(damaged("the zip file is cut short"));
        }
        match self.step {
            Step::Tail => self.read_tail(bytes, wanted.start),
            Step::End64 { at, end } => self.read_end64(bytes, at, end),
            Step::Central { n_entries, .. } => self.read_central(bytes, n_entries),
            Step::Done => Ok(()),
        }
    }

    fn read_tail(&mut self, bytes: &[u8], first: u64) -> Result<(), Refusal> {
        let fits = |at: usize| {
            let rest = &bytes[at..];
            rest.starts_with(END) && number(rest, 20, 2) + END_BYTES == rest.len() as u64
        };
        let last = bytes.len().checked_sub(END_BYTES as usize);
        let at = last.and_then(|last| (0..=last).rev().find(|&at| fits(at)));
        let Some(at) = at else { return Err(damaged("the zip file has no directory")) };
        let end = &bytes[at..];
        let (n_entries, n_bytes, begin) =
            (number(end, 10, 2), number(end, 12, 4), number(end, 16, 4));
        let is_64 = n_entries == 0xFFFF || n_bytes == 0xFFFF_FFFF || begin == 0xFFFF_FFFF;
        if let Some(locator) = at.checked_sub(LOCATOR_BYTES as usize)
            && is_64
            && bytes[locator..].starts_with(LOCATOR)
        {
            let at = number(&bytes[locator..], 8, 8);
            let end = first + locator as u64;
            if at.checked_add(END64_BYTES).is_none_or(|there| there > end) {
                return Err(damaged("the zip's directory lies outside it"));
            }
            self.step = Step::End64 { at, end };
            return Ok(());
        }
        self.want_central(begin, n_bytes, n_entries, first + at as u64)
    }

    fn read_end64(&mut self, bytes: &[u8], at: u64, end: u64) -> Result<(), Refusal> {
        if !bytes.starts_with(END64) {
            return Err(damaged("the zip's directory is not where it should be"));
        }
        let (n_entries, n_bytes, begin) =
            (number(bytes, 32, 8), number(bytes, 40, 8), number(bytes, 48, 8));
        self.want_central(begin, n_bytes, n_entries, at.min(end))
    }

    fn want_central(
        &mut self,
        begin: u64,
        n_bytes: u64,
        n_entries: u64,
        end: u64,
    ) -> Result<(), Refusal> {
        if n_entries > MAX_ENTRIES as u64 {
            return Err(too_many_entries());
        }
        if n_bytes > MAX_DIRECTORY_BYTES {
            return Err(too_large("the zip's directory", n_bytes));
        }
        let Some(n_before) = end.checked_sub(n_bytes).and_then(|at| at.checked_sub(begin)) else {
            return Err(damaged("the zip's directory lies outside it"));
        };
        self.n_before = n_before;
        self.step = Step::Central { at: n_before + begin, n_bytes, n_entries };
        Ok(())
    }

    fn read_central(&mut self, mut bytes: &[u8], n_entries: u64) -> Result<(), Refusal> {
        for _ in 0..n_entries {
            let head = bytes.get(..CENTRAL_BYTES).filter(|head| head.starts_with(CENTRAL));
            let Some(head) = head else {
                return Err(damaged("the zip's directory ends too early"));
            };
            let lengths = [28, 30, 32].map(|at| number(head, at, 2) as usize);
            let total = CENTRAL_BYTES + lengths.iter().sum::<usize>();
            if bytes.len() < total {
                return Err(damaged("the zip's directory ends too early"));
            }
            let extra = CENTRAL_BYTES + lengths[0];
            let mut sizes = [number(head, 24, 4), number(head, 20, 4), number(head, 42, 4)];
            read_zip64(&bytes[extra..extra + lengths[1]], &mut sizes);
            let [n_plain, n_packed, begin] = sizes;
            let end = begin.checked_add(n_packed).and_then(|end| end.checked_add(self.n_before));
            if end.is_none_or(|end| end > self.size) {
                return Err(damaged("a file of the zip lies outside it"));
            }
            self.entries.push(Entry {
                name: String::from_utf8_lossy(&bytes[CENTRAL_BYTES..extra]).into_owned(),
                n_packed,
                n_plain,
                begin: begin + self.n_before,
                method: number(head, 10, 2) as u16,
                flags: number(head, 8, 2) as u16,
                checksum: number(head, 16, 4) as u32,
            });
            bytes = &bytes[total..];
        }
        self.step = Step::Done;
        Ok(())
    }
}

/// Replace the sizes that do not fit into 32 bits by those of the extra field, which has only them.
fn read_zip64(mut extra: &[u8], sizes: &mut [u64; 3]) {
    while extra.len() >= 4 {
        let (id, length) = (number(extra, 0, 2), number(extra, 2, 2) as usize);
        let Some(field) = extra.get(4..4 + length) else { return };
        if id == u64::from(ZIP64_FIELD) {
            let mut values = field.chunks_exact(8).map(|bytes| number(bytes, 0, 8));
            for size in sizes.iter_mut().filter(|size| **size == 0xFFFF_FFFF) {
                *size = values.next().unwrap_or(*size);
            }
        }
        extra = &extra[4 + length..];
    }
}
