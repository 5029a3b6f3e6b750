//! The attributes of one tag.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::characters::{append_decoded, is_blank, is_name, is_name_start, local_of};
use crate::limits::{MAX_ATTRIBUTE_BYTES, MAX_ATTRIBUTES, MAX_NAME_BYTES, MAX_TAG_BYTES};
use crate::refusal::{Fault, Stop};

#[derive(Debug)]
struct Attribute {
    name: (usize, usize),
    value: (usize, usize),
    /// Whether the value lies among the decoded ones instead of in the file's own bytes.
    is_decoded: bool,
}

/// Where the attributes of the newest tag are; kept to use the memory again.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    all: Vec<Attribute>,
    decoded: Vec<u8>,
}

/// The attributes of an element as its start tag has them.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    data: &'a [u8],
    attributes: &'a Attributes,
}

impl<'a> Tag<'a> {
    /// The value of the attribute of a name, with any prefix; one without prefix comes first.
    #[must_use]
    pub fn get(&self, local: &[u8]) -> Option<&'a [u8]> {
        let all = &self.attributes.all;
        let name = |attribute: &Attribute| &self.data[attribute.name.0..attribute.name.1];
        let plain = all.iter().find(|attribute| name(attribute) == local);
        let found = plain.or_else(|| all.iter().find(|a| local_of(name(a)) == local))?;
        Some(self.value(found))
    }

    /// All attributes in their order, with their prefixes, and their values.
    pub fn all(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + '_ {
        let all = self.attributes.all.iter();
        all.map(|each| (&self.data[each.name.0..each.name.1], self.value(each)))
    }

    fn value(&self, attribute: &Attribute) -> &'a [u8] {
        let within = if attribute.is_decoded { &self.attributes.decoded } else { self.data };
        &within[attribute.value.0..attribute.value.1]
    }
}

impl Attributes {
    pub(super) fn of<'a>(&'a self, data: &'a [u8]) -> Tag<'a> {
        Tag { data, attributes: self }
    }

    /// Read the attributes after a name that ends at `from`, in a tag that begins at `begin`.
    ///
    /// Returns where the tag ends and whether it is its own end; none where more bytes must come first.
    pub(super) fn read(
        &mut self,
        data: &[u8],
        begin: usize,
        from: usize,
    ) -> Result<Option<(usize, bool)>, Box<Stop>> {
        self.all.clear();
        self.decoded.clear();
        let mut at = from;
        let found = loop {
            let gap = at;
            while data.get(at).is_some_and(|&byte| is_blank(byte)) {
                at += 1;
            }
            match data.get(at) {
                Some(b'>') => break Some((at + 1, false)),
                Some(b'/') => match data.get(at + 1) {
                    Some(b'>') => break Some((at + 2, true)),
                    Some(_) => return Err(bad(data, begin, at)),
                    None => break None,
                },
                Some(&byte) if is_name_start(byte) && at > gap => {
                    match self.attribute(data, begin, at)? {
                        Some(end) => at = end,
                        None => break None,
                    }
                }
                Some(_) => return Err(bad(data, begin, at)),
                None => break None,
            }
        };
        let length = found.map_or(data.len(), |(end, _)| end) - begin;
        if length > MAX_TAG_BYTES {
            return Err(Stop::new(Fault::TagTooLong, begin, &data[begin..]));
        }
        Ok(found)
    }

    /// Read one attribute that begins at `from`; returns where it ends.
    fn attribute(
        &mut self,
        data: &[u8],
        begin: usize,
        from: usize,
    ) -> Result<Option<usize>, Box<Stop>> {
        let skip = |mut at: usize, is: fn(u8) -> bool| {
            while data.get(at).is_some_and(|&byte| is(byte)) {
                at += 1;
            }
            at
        };
        let end = skip(from, is_name);
        if end - from > MAX_NAME_BYTES {
            return Err(Stop::limit(Fault::NameTooLong, from, MAX_NAME_BYTES));
        }
        let equals = skip(end, is_blank);
        let opening = skip(equals + 1, is_blank);
        match (data.get(equals), data.get(opening)) {
            (Some(b'='), Some(quote @ (b'"' | b'\''))) => {
                let value = opening + 1;
                let stops = |&byte: &u8| byte == *quote || byte == b'<';
                let n_bytes = data[value..].iter().position(stops);
                if n_bytes.unwrap_or(data.len() - value) > MAX_ATTRIBUTE_BYTES {
                    return Err(Stop::new(Fault::TagTooLong, from, &data[from..]));
                }
                let Some(n_bytes) = n_bytes else { return Ok(None) };
                if data[value + n_bytes] == b'<' {
                    return Err(bad(data, begin, value + n_bytes));
                }
                self.add(data, (from, end), (value, value + n_bytes))?;
                Ok(Some(value + n_bytes + 1))
            }
            (None, _) | (Some(b'='), None) => Ok(None),
            (Some(b'='), Some(_)) => Err(bad(data, begin, opening)),
            _ => Err(bad(data, begin, equals)),
        }
    }

    fn add(
        &mut self,
        data: &[u8],
        name: (usize, usize),
        mut value: (usize, usize),
    ) -> Result<(), Box<Stop>> {
        let own = &data[name.0..name.1];
        if self.all.iter().any(|other| &data[other.name.0..other.name.1] == own) {
            return Err(Stop::new(Fault::AttributeTwice, name.0, own));
        }
        if self.all.len() == MAX_ATTRIBUTES {
            return Err(Stop::limit(Fault::TooManyAttributes, name.0, MAX_ATTRIBUTES));
        }
        let raw = &data[value.0..value.1];
        let is_decoded = raw.iter().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r'));
        if is_decoded {
            let first = self.decoded.len();
            append_decoded(&mut self.decoded, raw, value.0, true)?;
            value = (first, self.decoded.len());
        }
        self.all.push(Attribute { name, value, is_decoded });
        Ok(())
    }
}

/// A tag that is not well-formed at a place; the value ends there, so that it is the same for any pieces.
#[cold]
fn bad(data: &[u8], begin: usize, at: usize) -> Box<Stop> {
    Stop::new(Fault::BadTag, at, &data[begin..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<(usize, bool)>, Fault> {
        Attributes::default().read(text.as_bytes(), 0, 2).map_err(|stop| stop.fault)
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn attributes_come_in_any_order_and_quoting() {
        let text = b"<a one=\"1\"\n p:two = '2' three='\"&lt;&#10;\t>' >x";
        let mut attributes = Attributes::default();

        let end = attributes.read(text, 0, 2).unwrap();

        assert_eq!(end, Some((text.len() - 1, false)));
        let tag = attributes.of(text);
        assert_eq!(tag.get(b"one"), Some(&b"1"[..]));
        assert_eq!(tag.get(b"two"), Some(&b"2"[..]));
        assert_eq!(tag.get(b"three"), Some(&b"\"<\n >"[..]));
        assert_eq!(tag.get(b"four"), None);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_plain_name_comes_before_one_with_a_prefix() {
        let text = b"<a x:id='1' id='2'/>";
        let mut attributes = Attributes::default();
        assert_eq!(attributes.read(text, 0, 2).unwrap(), Some((text.len(), true)));
        assert_eq!(attributes.of(text).get(b"id"), Some(&b"2"[..]));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn tags_that_are_not_well_formed_are_told() {
        for text in [
            "<a b>",
            "<a b=1>",
            "<a b='1'c='2'>",
            "<a b='<'>",
            "<a =''>",
            "<a / >",
            "<a 1='2'>",
            "<a b=>",
            "<a b c='1'>",
        ] {
            assert_eq!(read(text), Err(Fault::BadTag), "{text}");
        }
        assert_eq!(read("<a b='1' b='2'>"), Err(Fault::AttributeTwice));
        assert_eq!(read("<a b='&x;'>"), Err(Fault::UnknownReference));
        let many: String = (0..=MAX_ATTRIBUTES).map(|n| format!(" b{n}=''")).collect();
        assert_eq!(read(&format!("<a{many}>")), Err(Fault::TooManyAttributes));
        let long = "x".repeat(MAX_ATTRIBUTE_BYTES + 1);
        assert_eq!(read(&format!("<a b='{long}'>")), Err(Fault::TagTooLong));
        assert_eq!(read(&format!("<a {}=''>", &long[..2000])), Err(Fault::NameTooLong));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn a_tag_that_is_not_complete_waits() {
        let whole = "<a b = 'x>' />";
        for n in 2..whole.len() {
            assert_eq!(read(&whole[..n]), Ok(None), "{}", &whole[..n]);
        }
    }
}
