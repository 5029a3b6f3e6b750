//! What a format is to the tokenizer: it gets the tags, and says what their names mean.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::characters::local_of;
use super::tag::Tag;
use super::tokenizer::Tokenizer;
use crate::refusal::Stop;
use crate::rejections::Rejections;

/// What the tags of a file do.
pub trait Format {
    /// Let the tokenizer read all whole tokens from `at` on: `tokenizer.run(self, data, at)`.
    ///
    /// A format whose files are large calls it so and has a tokenizer of its own made for it; the others
    /// share one by calling [`Tokenizer::run_shared`].
    ///
    /// # Errors
    ///
    /// The rest of the file must not be read.
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>>;

    /// Whether a document type without inner declarations is let pass; none is ever looked up.
    fn allows_doctype(&self, _name: &[u8]) -> bool {
        false
    }

    /// Read on from `at` at once where the format knows what comes; returns where it gave up.
    ///
    /// It may only take whole elements, where no text stands before `at`.
    #[inline]
    fn leap(&mut self, _data: &[u8], at: usize) -> usize {
        at
    }

    /// Begin an element; `before` is the text since the last tag.
    ///
    /// # Errors
    ///
    /// The rest of the file must not be read.
    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>>;

    /// End an element; `text` is the text since the last tag.
    ///
    /// # Errors
    ///
    /// The rest of the file must not be read.
    fn end(&mut self, element: &Element<'_>, text: Text<'_>) -> Result<(), Box<Stop>>;

    /// The file ends here, or is not read any further.
    fn close(&mut self);

    /// What could not be taken.
    fn rejections(&mut self) -> &mut Rejections;
}

/// A format by its reference: one of these can be given to code that all formats share, and its table of
/// methods holds nothing that would drop the format itself.
impl<F: Format + ?Sized> Format for &mut F {
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        (**self).run(tokenizer, data, at)
    }

    fn allows_doctype(&self, name: &[u8]) -> bool {
        (**self).allows_doctype(name)
    }

    fn leap(&mut self, data: &[u8], at: usize) -> usize {
        (**self).leap(data, at)
    }

    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        (**self).start(element, tag, before)
    }

    fn end(&mut self, element: &Element<'_>, text: Text<'_>) -> Result<(), Box<Stop>> {
        (**self).end(element, text)
    }

    fn close(&mut self) {
        (**self).close();
    }

    fn rejections(&mut self) -> &mut Rejections {
        (**self).rejections()
    }
}

/// An element whose tag was read.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    /// Its name's number, the same for the same name; numbers rise from 0 on.
    pub id: u32,
    /// Where its tag begins in the bytes at hand.
    pub at: usize,
    pub(super) name: &'a [u8],
}

impl Element<'_> {
    /// Its name without prefix.
    #[must_use]
    pub fn local(&self) -> &[u8] {
        local_of(self.name)
    }
}

/// What a name means by a table; looked up once a name, a table takes less room than comparisons.
pub(crate) fn meaning_of<R: Copy>(table: &[(&str, R)], name: &[u8]) -> Option<R> {
    table.iter().find(|(known, _)| known.as_bytes() == name).map(|&(_, meaning)| meaning)
}

/// What the names of elements mean to a format, found out once for each.
#[derive(Debug)]
pub(crate) struct Roles<R>(Vec<Option<R>>);

impl<R> Default for Roles<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Copy> Roles<R> {
    /// The role of an element, which `role` tells from its name without prefix.
    #[inline]
    pub(crate) fn of(&mut self, element: &Element<'_>, role: fn(&[u8]) -> R) -> R {
        let at = element.id as usize;
        if let Some(&Some(known)) = self.0.get(at) {
            return known;
        }
        let new = role(element.local());
        // A name may have been met and not begun: where a tag was cut and then leapt over.
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = Some(new);
        new
    }
}

/// Text between two tags, references replaced; comments and instructions within it are gone.
///
/// Line ends are `\n`, but those of text that is only blank are as the file has them.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// UTF-8.
    pub bytes: &'a [u8],
    /// Whether there are only blanks, or nothing.
    pub is_blank: bool,
}
