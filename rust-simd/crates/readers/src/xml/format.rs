//! What a format is to the tokenizer: it gets the tags, and says what their names mean.

use alloc::boxed::Box;

use super::characters::local_of;
use super::tag::Tag;
use crate::refusal::Stop;
use crate::rejections::Rejections;

/// What the elements of a format mean.
pub trait Format {
    /// What an element is, by its name alone.
    type Role: Copy;

    /// The role of all elements of a name without prefix.
    fn role(&self, local: &[u8]) -> Self::Role;

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
        element: &Element<'_, Self::Role>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>>;

    /// End an element; `text` is the text since the last tag.
    ///
    /// # Errors
    ///
    /// The rest of the file must not be read.
    fn end(&mut self, element: &Element<'_, Self::Role>, text: Text<'_>) -> Result<(), Box<Stop>>;

    /// The file ends here, or is not read any further.
    fn close(&mut self);

    /// What could not be taken.
    fn rejections(&mut self) -> &mut Rejections;
}

/// An element whose tag was read.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a, R> {
    /// Its name's number, the same for the same name.
    pub id: u32,
    /// What it is to the format.
    pub role: R,
    /// Where its tag begins in the bytes at hand.
    pub at: usize,
    pub(super) name: &'a [u8],
}

impl<R> Element<'_, R> {
    /// Its name without prefix.
    #[must_use]
    pub fn local(&self) -> &[u8] {
        local_of(self.name)
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
