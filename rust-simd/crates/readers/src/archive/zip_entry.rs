//! One file of a zip: its own header, then its bytes, stored or deflated.

use alloc::vec::Vec;

use zlib_rs::crc32::crc32;
use zlib_rs::{Inflate, InflateFlush};

use super::{Entry, Unpack, damaged, number, refused, too_large, unsupported};
use crate::limits::MAX_PLAIN_BYTES;
use crate::refusal::{Fault, Refusal};

const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const IS_ENCRYPTED: u16 = 1;

/// Unpacks one file of a zip, from the bytes that begin with its own header.
pub struct EntryReader {
    entry: Entry,
    /// The header, until its length is known.
    head: Vec<u8>,
    /// Bytes of the header that are still to come.
    n_head: usize,
    n_packed: u64,
    n_plain: u64,
    checksum: u32,
    inflate: Option<Inflate>,
}

impl core::fmt::Debug for EntryReader {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "EntryReader({}, {} of {} bytes)",
            self.entry.name, self.n_plain, self.entry.n_plain
        )
    }
}

impl EntryReader {
    /// Begin a file.
    ///
    /// # Errors
    ///
    /// It is encrypted, packed in another way, or declared larger than it may be.
    pub fn new(entry: &Entry) -> Result<Self, Refusal> {
        if entry.flags & IS_ENCRYPTED != 0 {
            return Err(refused(Fault::Unsupported, "an encrypted file"));
        }
        if entry.n_plain > MAX_PLAIN_BYTES {
            return Err(too_large(&entry.name, entry.n_plain));
        }
        let inflate = match entry.method {
            STORED if entry.n_packed != entry.n_plain => {
                return Err(damaged("a stored file has two sizes"));
            }
            STORED => None,
            DEFLATED => Some(Inflate::new(false, 15)),
            other => {
                return Err(unsupported("compression method ", u64::from(other)));
            }
        };
        let head = Vec::new();
        let n_packed = entry.n_packed;
        Ok(Self {
            entry: entry.clone(),
            head,
            n_head: LOCAL_BYTES,
            n_packed,
            n_plain: 0,
            checksum: 0,
            inflate,
        })
    }

    /// Use up the header; returns how many bytes that took.
    fn read_head(&mut self, input: &[u8]) -> Result<usize, Refusal> {
        let n_used = self.n_head.min(input.len());
        if self.head.len() < LOCAL_BYTES {
            self.head.extend_from_slice(&input[..n_used]);
            if self.head.len() == LOCAL_BYTES {
                if !self.head.starts_with(LOCAL) {
                    return Err(damaged("a file of the zip is not where it should be"));
                }
                self.n_head =
                    n_used + (number(&self.head, 26, 2) + number(&self.head, 28, 2)) as usize;
            }
        }
        self.n_head -= n_used;
        Ok(n_used)
    }

    fn unpack(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), Refusal> {
        let Some(inflate) = &mut self.inflate else {
            let n = input.len().min(output.len());
            output[..n].copy_from_slice(&input[..n]);
            return Ok((n, n));
        };
        let (used, written) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(input, output, InflateFlush::NoFlush);
        status
            .map_err(|error| damaged(inflate.error_message().unwrap_or_else(|| error.as_str())))?;
        Ok(((inflate.total_in() - used) as usize, (inflate.total_out() - written) as usize))
    }
}

impl Unpack for EntryReader {
    fn read(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), Refusal> {
        let mut n_head = 0;
        while self.n_head > 0 && n_head < input.len() {
            n_head += self.read_head(&input[n_head..])?;
        }
        if self.n_head > 0 {
            return Ok((n_head, 0));
        }
        let rest = &input[n_head..];
        let rest = &rest[..rest.len().min(usize::try_from(self.n_packed).unwrap_or(usize::MAX))];
        let (n_used, n_written) = self.unpack(rest, output)?;
        self.n_packed -= n_used as u64;
        self.n_plain += n_written as u64;
        if self.n_plain > self.entry.n_plain {
            return Err(too_large(&self.entry.name, self.n_plain));
        }
        self.checksum = crc32(self.checksum, &output[..n_written]);
        Ok((n_head + n_used, n_written))
    }

    fn finish(&mut self) -> Result<(), Refusal> {
        if self.n_plain < self.entry.n_plain || self.n_packed > 0 {
            return Err(damaged("a file of the zip is cut short"));
        }
        if self.checksum != self.entry.checksum {
            return Err(refused(Fault::Checksum, &self.entry.name));
        }
        Ok(())
    }
}
