//! Compressed files and archives, unpacked as a stream: gzip (RFC 1952), zip (APPNOTE 6.3) and tar
//! (POSIX.1-2001, and the long names of GNU).
//!
//! Nothing here reads files: the caller brings bytes and takes bytes. Declared sizes are checked before
//! and counted sizes while unpacking, so that a small file cannot become an endless one.

mod gzip;
mod tar;
mod zip;
mod zip_entry;

pub use gzip::Gunzip;
pub use tar::{Event, Tar};
pub use zip::{Directory, Entry};
pub use zip_entry::EntryReader;

use alloc::string::String;

use crate::digits::decimal;
use crate::limits::MAX_ENTRIES;
use crate::refusal::{Fault, Refusal};
use crate::xml::{Format, Reader};

/// Bytes that are unpacked in one go.
const STEP_BYTES: usize = 1 << 16;

/// Unpacks one compressed file.
pub trait Unpack {
    /// Unpack some of `input` into `output`; returns how many bytes were used and how many written.
    ///
    /// Both are 0 only where more input is needed, or where everything was unpacked.
    ///
    /// # Errors
    ///
    /// The file is damaged, or larger than it may be; what was written before stays.
    fn read(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), Refusal>;

    /// The compressed file ends here.
    ///
    /// # Errors
    ///
    /// It is cut short, or its checksum does not fit.
    fn finish(&mut self) -> Result<(), Refusal>;
}

/// Unpack bytes straight into the buffer of a reader.
///
/// # Errors
///
/// The compressed file is damaged, or the reader refuses what is in it.
pub fn unpack_into<F: Format>(
    unpack: &mut impl Unpack,
    mut packed: &[u8],
    reader: &mut Reader<F>,
) -> Result<(), Refusal> {
    loop {
        let (n_used, n_written) = unpack.read(packed, reader.room(STEP_BYTES))?;
        packed = &packed[n_used..];
        reader.commit(n_written)?;
        if n_used == 0 && n_written == 0 {
            return Ok(());
        }
    }
}

/// A refusal of a file that has no lines.
#[cold]
fn refused(fault: Fault, value: &str) -> Refusal {
    Refusal { fault, line: 0, value: String::from(value) }
}

/// A refusal of more bytes than there may be.
#[cold]
fn too_large(what: &str, n_bytes: u64) -> Refusal {
    refused(Fault::TooLarge, &[what, " with ", &digits(n_bytes), " bytes"].concat())
}

#[cold]
fn damaged(told: &str) -> Refusal {
    refused(Fault::Damaged, told)
}

#[cold]
fn too_many_entries() -> Refusal {
    refused(Fault::TooManyEntries, &digits(MAX_ENTRIES as u64))
}

#[cold]
fn unsupported(what: &str, number: u64) -> Refusal {
    refused(Fault::Unsupported, &[what, &digits(number)].concat())
}

fn digits(number: u64) -> String {
    String::from_utf8(decimal(number)).unwrap_or_default()
}

/// A number of `n` bytes, the lowest first.
fn number(bytes: &[u8], at: usize, n: usize) -> u64 {
    bytes[at..at + n].iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte))
}
