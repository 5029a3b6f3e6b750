//! A reader of one file: it takes bytes in pieces of any size and hands the tags to a format.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::characters::check;
use super::format::Format;
use super::markup::sniffed;
use super::tokenizer::Tokenizer;
use crate::refusal::{Fault, Refusal, Stop};
use crate::scan::n_lines;

/// Bytes that are looked at in one go; a larger piece is cut.
const PIECE_BYTES: usize = 1 << 18;
/// Bytes after which an encoding shows.
const HEAD_BYTES: usize = 4;

/// Reads one file into the columns of a format.
#[derive(Debug)]
pub struct Reader<F: Format> {
    format: F,
    tokenizer: Tokenizer,
    buffer: Vec<u8>,
    /// Bytes of the buffer that came in.
    n_filled: usize,
    /// Bytes of the buffer that are known to be sound UTF-8.
    n_checked: usize,
    /// The line that the buffer begins in.
    line: u32,
    is_sniffed: bool,
    is_finished: bool,
    refusal: Option<Refusal>,
}

impl<F: Format> Reader<F> {
    /// Begin a file.
    #[must_use]
    pub fn new(format: F) -> Self {
        Self {
            format,
            tokenizer: Tokenizer::default(),
            buffer: Vec::new(),
            n_filled: 0,
            n_checked: 0,
            line: 1,
            is_sniffed: false,
            is_finished: false,
            refusal: None,
        }
    }

    /// Begin a file whose bytes were made UTF-8 before, whatever it says of itself.
    #[must_use]
    pub fn transcoded(format: F) -> Self {
        let mut reader = Self::new(format);
        reader.tokenizer.is_transcoded = true;
        reader
    }

    /// What was read so far.
    pub const fn format(&self) -> &F {
        &self.format
    }

    /// What was read so far, to take it.
    pub const fn format_mut(&mut self) -> &mut F {
        &mut self.format
    }

    /// What ended the reading, if anything has.
    pub const fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// Read a piece of the file, of any size.
    ///
    /// # Errors
    ///
    /// The file is not read any further; what was read before stays.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        for bytes in piece.chunks(PIECE_BYTES) {
            self.room(bytes.len()).copy_from_slice(bytes);
            self.commit(bytes.len())?;
        }
        self.refusal.clone().map_or(Ok(()), Err)
    }

    /// Room for `n` bytes to be written by the caller, who then commits them.
    pub fn room(&mut self, n: usize) -> &mut [u8] {
        if self.buffer.len() < self.n_filled + n {
            self.buffer.resize(self.n_filled + n, 0);
        }
        &mut self.buffer[self.n_filled..self.n_filled + n]
    }

    /// Read `n` bytes that were written to the room.
    ///
    /// # Errors
    ///
    /// The file is not read any further; what was read before stays.
    ///
    /// # Panics
    ///
    /// There was no room for so many.
    pub fn commit(&mut self, n: usize) -> Result<(), Refusal> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        assert!(self.n_filled + n <= self.buffer.len(), "more bytes than there was room for");
        self.n_filled += n;
        if self.is_sniffed || self.n_filled >= HEAD_BYTES {
            self.read()?;
        }
        Ok(())
    }

    /// The file ends here.
    ///
    /// # Errors
    ///
    /// It was refused before, or is not complete.
    pub fn finish(&mut self) -> Result<(), Refusal> {
        if !self.is_finished {
            self.is_finished = true;
            if self.refusal.is_none() && self.read().is_ok() {
                self.check_end();
            }
            self.format.close();
            self.format.rejections().settle(&[], self.line);
        }
        self.refusal.clone().map_or(Ok(()), Err)
    }

    /// Read all whole tokens of the buffer and drop them.
    fn read(&mut self) -> Result<(), Refusal> {
        let mut at = 0;
        let mut stop = self.sniff(&mut at).err();
        if stop.is_none() {
            let (n_sound, problem) = check(&self.buffer[self.n_checked..self.n_filled]);
            let first = self.n_checked;
            self.n_checked += n_sound;
            let data = &self.buffer[..self.n_checked];
            stop = self.format.run(&mut self.tokenizer, data, &mut at).err().or_else(|| {
                problem.map(|mut stop| {
                    stop.at += first;
                    stop
                })
            });
        }
        if let Some(stop) = stop {
            return Err(self.refuse(*stop));
        }
        self.format.rejections().settle(&self.buffer[..at], self.line);
        self.line += n_lines(&self.buffer[..at]);
        self.buffer.copy_within(at..self.n_filled, 0);
        self.n_filled -= at;
        self.n_checked -= at;
        Ok(())
    }

    /// Look at the first bytes for their encoding; `at` moves behind a byte order mark.
    fn sniff(&mut self, at: &mut usize) -> Result<(), Box<Stop>> {
        if self.is_sniffed {
            return Ok(());
        }
        self.is_sniffed = true;
        match sniffed(&self.buffer[..self.n_filled]) {
            (Some(encoding), _) => Err(Stop::new(Fault::NeedsTranscoding, 0, encoding.as_bytes())),
            (None, n_mark) => {
                *at = n_mark;
                Ok(())
            }
        }
    }

    /// Refuse a file that ends too early.
    fn check_end(&mut self) {
        let rest = &self.buffer[..self.n_filled];
        let is_blank = rest.trim_ascii().is_empty();
        let fault = match (self.tokenizer.is_complete(), is_blank) {
            (true, true) => return,
            (true, false) => Fault::BesideRoot,
            (false, _) if self.tokenizer.had_root() => Fault::CutShort,
            (false, _) => Fault::NoElement,
        };
        let value = if fault == Fault::BesideRoot { rest.trim_ascii() } else { b"" };
        let stop = Stop::new(fault, self.n_filled, value);
        self.refuse(*stop);
    }

    #[cold]
    fn refuse(&mut self, stop: Stop) -> Refusal {
        let data = &self.buffer[..stop.at.min(self.n_filled)];
        self.format.rejections().settle(data, self.line);
        self.line += n_lines(data);
        let refusal = Refusal { fault: stop.fault, line: self.line, value: stop.value };
        self.buffer = Vec::new();
        (self.n_filled, self.n_checked) = (0, 0);
        self.refusal.insert(refusal).clone()
    }
}
