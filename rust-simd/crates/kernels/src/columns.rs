//! Columns of numbers as bytes, with a version before and a checksum behind: what both stores are saved as.

use crate::error::KernelError;
use alloc::format;
use alloc::vec::Vec;

/// Writes magic and version, then what it is given, then the checksum.
#[derive(Debug)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// Begin a file of a kind.
    #[must_use]
    pub fn new(magic: [u8; 8], version: u32) -> Self {
        let mut out = Self(magic.to_vec());
        out.u32(version);
        out
    }

    /// One number.
    pub fn u32(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// One number.
    pub fn u64(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A column, its length in bytes before it.
    pub fn column_u32(&mut self, numbers: impl ExactSizeIterator<Item = u32>) {
        self.u32(numbers.len() as u32 * 4);
        self.0.reserve(numbers.len() * 4);
        numbers.for_each(|number| self.u32(number));
    }

    /// A column, its length in bytes before it.
    pub fn column_u8(&mut self, bytes: impl ExactSizeIterator<Item = u8>) {
        self.u32(bytes.len() as u32);
        self.0.extend(bytes);
    }

    /// Append the checksum.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        let sum = checksum(&self.0);
        self.u64(sum);
        self.0
    }
}

/// Reads what `Writer` wrote; every read fails with SERIALIZATION_ERROR where bytes are missing.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Check magic, version and checksum.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR saying which of them is wrong.
    pub fn open(bytes: &'a [u8], magic: [u8; 8], version: u32) -> Result<Self, KernelError> {
        let kind = core::str::from_utf8(&magic).unwrap_or_default();
        let refuse = |problem| Err(KernelError::damaged(format!("{kind}: {problem}")));
        let Some((body, sum)) = bytes.split_last_chunk::<8>() else {
            return refuse(format!("{} bytes are too few", bytes.len()));
        };
        let Some(rest) = body.strip_prefix(&magic) else {
            return refuse("the bytes begin with something else".into());
        };
        let mut reader = Self(rest);
        let found = reader.u32()?;
        if found != version {
            return refuse(format!("version {found}, this build reads {version}"));
        }
        if checksum(body) != u64::from_le_bytes(*sum) {
            return refuse("the checksum does not fit the bytes".into());
        }
        Ok(reader)
    }

    /// One number.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR at the end of the bytes.
    pub fn u32(&mut self) -> Result<u32, KernelError> {
        Ok(u32::from_le_bytes(self.chunk::<4>()?))
    }

    /// One number.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR at the end of the bytes.
    pub fn u64(&mut self) -> Result<u64, KernelError> {
        Ok(u64::from_le_bytes(self.chunk::<8>()?))
    }

    /// A column.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR when it is longer than the bytes.
    pub fn column_u8(&mut self) -> Result<&'a [u8], KernelError> {
        let len = self.u32()? as usize;
        let (column, rest) = self.0.split_at_checked(len).ok_or_else(cut_off)?;
        self.0 = rest;
        Ok(column)
    }

    /// A column.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR when it is longer than the bytes or not made of whole numbers.
    pub fn column_u32(&mut self) -> Result<Vec<u32>, KernelError> {
        let (numbers, rest) = self.column_u8()?.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(cut_off());
        }
        Ok(numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    /// Check that nothing is left.
    ///
    /// # Errors
    /// SERIALIZATION_ERROR when there is.
    pub fn close(self) -> Result<(), KernelError> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(KernelError::damaged(format!("{} bytes too many", self.0.len())))
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], KernelError> {
        let (chunk, rest) = self.0.split_first_chunk::<N>().ok_or_else(cut_off)?;
        self.0 = rest;
        Ok(*chunk)
    }
}

fn cut_off() -> KernelError {
    KernelError::damaged("the bytes are cut off".into())
}

/// FNV-1a (Fowler, Noll, Vo) over 64-bit words instead of bytes: every step is one-to-one, so a change within one
/// word always shows. It is against accidents; who means harm can recompute it.
fn checksum(bytes: &[u8]) -> u64 {
    let (words, tail) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let last = tail.iter().fold(1_u64, |word, &byte| word << 8 | u64::from(byte));
    words.chain([last]).fold(0xCBF2_9CE4_8422_2325, |sum: u64, word| {
        (sum ^ word).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(29)
    })
}
