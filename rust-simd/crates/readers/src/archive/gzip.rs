//! gzip: one or more members, one after the other, each with its checksum.

use zlib_rs::{Inflate, InflateFlush, Status};

use super::{Unpack, refused, too_large};
use crate::limits::MAX_PLAIN_BYTES;
use crate::refusal::{Fault, Refusal};

/// What zlib takes for the largest window of a gzip member.
const GZIP_WINDOW: u8 = 16 + 15;

/// Unpacks a gzip file. Bytes of value 0 behind the last member are padding.
#[derive(Default)]
pub struct Gunzip {
    member: Option<Inflate>,
    n_members: u64,
    n_plain: u64,
    is_padding: bool,
}

impl core::fmt::Debug for Gunzip {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Gunzip({} members, {} bytes)", self.n_members, self.n_plain)
    }
}

impl Gunzip {
    /// How many bytes were unpacked.
    #[must_use]
    pub const fn n_plain(&self) -> u64 {
        self.n_plain
    }

    /// Go on between two members; returns how many bytes of padding were used.
    fn between(&mut self, input: &[u8]) -> Result<usize, Refusal> {
        let n_zeros = input.iter().take_while(|&&byte| byte == 0).count();
        if self.n_members > 0 && n_zeros > 0 {
            self.is_padding = true;
            return Ok(n_zeros);
        }
        if self.is_padding {
            return Err(refused(Fault::Damaged, "bytes behind the end of the gzip file"));
        }
        self.member = Some(Inflate::new(true, GZIP_WINDOW));
        self.n_members += 1;
        Ok(0)
    }
}

impl Unpack for Gunzip {
    fn read(&mut self, input: &[u8], output: &mut [u8]) -> Result<(usize, usize), Refusal> {
        let mut n_used = 0;
        while self.member.is_none() {
            if n_used == input.len() {
                return Ok((n_used, 0));
            }
            n_used += self.between(&input[n_used..])?;
        }
        let Some(member) = &mut self.member else { return Ok((n_used, 0)) };
        let (used, written) = (member.total_in(), member.total_out());
        let status = member.decompress(&input[n_used..], output, InflateFlush::NoFlush);
        let status = status.map_err(|error| {
            let told = member.error_message().unwrap_or_else(|| error.as_str());
            let is_sum = told.contains("check");
            refused(if is_sum { Fault::Checksum } else { Fault::Damaged }, told)
        })?;
        n_used += (member.total_in() - used) as usize;
        let n_written = (member.total_out() - written) as usize;
        self.n_plain += n_written as u64;
        if self.n_plain > MAX_PLAIN_BYTES {
            return Err(too_large("the unpacked file", self.n_plain));
        }
        if status == Status::StreamEnd {
            self.member = None;
        }
        Ok((n_used, n_written))
    }

    fn finish(&mut self) -> Result<(), Refusal> {
        if self.member.is_some() || self.n_members == 0 {
            return Err(refused(Fault::Damaged, "the gzip file is cut short"));
        }
        Ok(())
    }
}
