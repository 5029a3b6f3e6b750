//! tar: files one after the other in blocks of 512 bytes.

use alloc::string::String;
use alloc::vec::Vec;

use super::{damaged, too_large, too_many_entries};
use crate::limits::{MAX_ENTRIES, MAX_PLAIN_BYTES};
use crate::refusal::Refusal;

const BLOCK_BYTES: usize = 512;
/// A long name, or the attributes that hold one.
const MAX_ATTRIBUTES_BYTES: u64 = 1 << 20;

/// What the bytes at hand begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// Nothing yet: go on with the rest of the bytes, and then with those that follow.
    More,
    /// A file begins; see [`Tar::name`] and [`Tar::size`].
    Begin,
    /// Bytes of the file.
    Data(&'a [u8]),
    /// The file ends.
    End,
    /// The archive ends; what follows is padding.
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Header,
    /// The attributes of the next file: so many bytes of them, as a long name or not.
    Attributes {
        n_left: u64,
        is_name: bool,
    },
    Data {
        n_left: u64,
    },
    /// Bytes that nobody wants.
    Skipped {
        n_left: u64,
    },
    Done,
}

/// Cuts a tar into its files.
#[derive(Debug)]
pub struct Tar {
    state: State,
    /// A block, or attributes, that are not complete.
    pending: Vec<u8>,
    name: String,
    size: u64,
    /// What attributes said of the next file.
    long_name: Option<Vec<u8>>,
    long_size: Option<u64>,
    n_entries: usize,
}

impl Default for Tar {
    fn default() -> Self {
        Self {
            state: State::Header,
            pending: Vec::new(),
            name: String::new(),
            size: 0,
            long_name: None,
            long_size: None,
            n_entries: 0,
        }
    }
}

impl Tar {
    /// Whether the first bytes of a file are those of a tar.
    #[must_use]
    pub fn is_tar(head: &[u8]) -> bool {
        head.len() >= BLOCK_BYTES && &head[257..262] == b"ustar" && is_sound(&head[..BLOCK_BYTES])
    }

    /// The name of the file at hand; what is no UTF-8 is replaced.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bytes of the file at hand.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Look at the bytes at hand; returns how many are used up and what they are.
    ///
    /// # Errors
    ///
    /// The archive is damaged, or has too many or too large files.
    pub fn read<'a>(&mut self, input: &'a [u8]) -> Result<(usize, Event<'a>), Refusal> {
        match self.state {
            State::Header => self.read_header(input),
            State::Attributes { n_left, is_name } => self.read_attributes(input, n_left, is_name),
            State::Data { n_left: 0 } => {
                self.state = State::Skipped { n_left: padding_of(self.size) };
                Ok((0, Event::End))
            }
            State::Data { n_left } => {
                let n = least(input.len(), n_left);
                self.state = State::Data { n_left: n_left - n as u64 };
                Ok((n, if n == 0 { Event::More } else { Event::Data(&input[..n]) }))
            }
            State::Skipped { n_left } => {
                let n = least(input.len(), n_left);
                let n_left = n_left - n as u64;
                self.state = if n_left == 0 { State::Header } else { State::Skipped { n_left } };
                Ok((n, Event::More))
            }
            State::Done => Ok((input.len(), Event::Done)),
        }
    }

    /// The archive ends here.
    ///
    /// # Errors
    ///
    /// It is cut short.
    pub fn finish(&self) -> Result<(), Refusal> {
        let is_whole = match self.state {
            State::Header => self.pending.is_empty(),
            State::Skipped { .. } | State::Done => true,
            _ => false,
        };
        if is_whole { Ok(()) } else { Err(damaged("the tar file is cut short")) }
    }

    fn read_header<'a>(&mut self, input: &'a [u8]) -> Result<(usize, Event<'a>), Refusal> {
        let n = input.len().min(BLOCK_BYTES - self.pending.len());
        self.pending.extend_from_slice(&input[..n]);
        if self.pending.len() < BLOCK_BYTES {
            return Ok((n, Event::More));
        }
        let block = core::mem::take(&mut self.pending);
        if block.iter().all(|&byte| byte == 0) {
            self.state = State::Done;
            return Ok((n, Event::Done));
        }
        let size = is_sound(&block).then(|| number(&block[124..136])).flatten();
        let Some(size) = size else { return Err(damaged("a header of the tar file is damaged")) };
        match block[156] {
            b'L' | b'x' => {
                if size > MAX_ATTRIBUTES_BYTES {
                    return Err(too_large("a name in the tar file", size));
                }
                self.state = State::Attributes { n_left: size, is_name: block[156] == b'L' };
            }
            b'0' | 0 => return self.begin(&block, size).map(|event| (n, event)),
            _ => {
                (self.long_name, self.long_size) = (None, None);
                self.state = State::Skipped { n_left: size.saturating_add(padding_of(size)) };
            }
        }
        Ok((n, Event::More))
    }

    fn begin<'a>(&mut self, block: &[u8], size: u64) -> Result<Event<'a>, Refusal> {
        self.n_entries += 1;
        if self.n_entries > MAX_ENTRIES {
            return Err(too_many_entries());
        }
        let prefix = if &block[257..262] == b"ustar" { text(&block[345..500]) } else { b"" };
        let short = text(&block[..100]);
        let joined =
            if prefix.is_empty() { short.to_vec() } else { [prefix, b"/", short].concat() };
        let name = self.long_name.take().unwrap_or(joined);
        self.name = String::from_utf8_lossy(&name).into_owned();
        self.size = self.long_size.take().unwrap_or(size);
        if self.size > MAX_PLAIN_BYTES {
            return Err(too_large(&self.name, self.size));
        }
        self.state = State::Data { n_left: self.size };
        Ok(Event::Begin)
    }

    fn read_attributes<'a>(
        &mut self,
        input: &'a [u8],
        n_left: u64,
        is_name: bool,
    ) -> Result<(usize, Event<'a>), Refusal> {
        let n = least(input.len(), n_left);
        self.pending.extend_from_slice(&input[..n]);
        let n_left = n_left - n as u64;
        if n_left > 0 {
            self.state = State::Attributes { n_left, is_name };
            return Ok((n, Event::More));
        }
        let bytes = core::mem::take(&mut self.pending);
        if is_name {
            self.long_name = Some(text(&bytes).to_vec());
        } else {
            self.read_records(&bytes);
        }
        self.state = State::Skipped { n_left: padding_of(bytes.len() as u64) };
        Ok((n, Event::More))
    }

    /// Records of the form "length key=value\n".
    fn read_records(&mut self, mut bytes: &[u8]) {
        while let Some(blank) = bytes.iter().position(|&byte| byte == b' ') {
            let length = core::str::from_utf8(&bytes[..blank]).ok().and_then(|n| n.parse().ok());
            let record = length.and_then(|length: usize| bytes.get(blank + 1..length));
            let Some(record) = record else { return };
            bytes = &bytes[blank + 1 + record.len()..];
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            if let Some(name) = record.strip_prefix(b"path=") {
                self.long_name = Some(name.to_vec());
            } else if let Some(size) = record.strip_prefix(b"size=") {
                self.long_size = core::str::from_utf8(size).ok().and_then(|size| size.parse().ok());
            }
        }
    }
}

/// Whether the checksum of a header fits; it is counted with blanks in its own place.
fn is_sound(block: &[u8]) -> bool {
    let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
    let own: u64 = block[148..156].iter().map(|&byte| u64::from(byte)).sum();
    number(&block[148..156]) == Some(sum - own + 8 * u64::from(b' '))
}

/// An octal number in blanks, or one in base 256 where the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let first = u64::from(field[0] & 0x7F);
        return field[1..]
            .iter()
            .try_fold(first, |value, &byte| value.checked_mul(256)?.checked_add(u64::from(byte)));
    }
    let digits = text(field).trim_ascii();
    digits.iter().try_fold(0_u64, |value, &byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 7 { None } else { value.checked_mul(8)?.checked_add(u64::from(digit)) }
    })
}

/// The bytes before the first one of value 0.
fn text(field: &[u8]) -> &[u8] {
    field.split(|&byte| byte == 0).next().unwrap_or_default()
}

const fn padding_of(size: u64) -> u64 {
    (BLOCK_BYTES as u64 - size % BLOCK_BYTES as u64) % BLOCK_BYTES as u64
}

fn least(n: usize, limit: u64) -> usize {
    n.min(usize::try_from(limit).unwrap_or(usize::MAX))
}
