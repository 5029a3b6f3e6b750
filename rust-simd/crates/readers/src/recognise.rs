//! What a file is, told from its first bytes.

use crate::xml::local_name;

/// What the bytes of a file seem to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Compressed by gzip.
    Gzip,
    /// A zip archive, which an Excel workbook is, too.
    Zip,
    /// A tar archive.
    Tar,
    /// Measurements in XML.
    Measurements,
    /// Bulk CM XML.
    BulkCm,
    /// The XML of NETCONF, or YANG instance data.
    Netconf,
    /// A model of managed objects in XML.
    Mom,
    /// XML with another root element, whose name without prefix this is.
    OtherXml(&'a [u8]),
    /// XML whose root element lies behind the bytes at hand.
    UnknownXml,
    /// Text in an encoding that is not UTF-8.
    Encoded(&'static str),
    /// Something else: text of another form, or binary data.
    Other,
}

const ROOTS: [(&str, Kind<'static>); 12] = [
    ("measCollecFile", Kind::Measurements),
    ("measDataFile", Kind::Measurements),
    ("mdc", Kind::Measurements),
    ("bulkCmConfigDataFile", Kind::BulkCm),
    ("rpc-reply", Kind::Netconf),
    ("rpc", Kind::Netconf),
    ("data", Kind::Netconf),
    ("config", Kind::Netconf),
    ("ManagedElement", Kind::Netconf),
    ("SubNetwork", Kind::Netconf),
    ("models", Kind::Mom),
    ("mim", Kind::Mom),
];
const BLOCK_BYTES: usize = 512;

/// Tell what a file is from its first bytes; a few thousand are enough.
#[must_use]
pub fn recognise(head: &[u8]) -> Kind<'_> {
    if head.starts_with(b"\x1F\x8B") {
        return Kind::Gzip;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if head.len() >= BLOCK_BYTES && &head[257..262] == b"ustar" {
        return Kind::Tar;
    }
    let (encoding, n_mark) = crate::xml::sniffed(head);
    if let Some(encoding) = encoding {
        return Kind::Encoded(encoding);
    }
    root_of(&head[n_mark..])
}

/// Look for the root element behind declarations and comments.
fn root_of(mut text: &[u8]) -> Kind<'_> {
    text = text.trim_ascii_start();
    if !text.starts_with(b"<") {
        return Kind::Other;
    }
    loop {
        let end: &[u8] = match text {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            [b'<', rest @ ..] => {
                let Some(name) = local_name(rest) else { return Kind::UnknownXml };
                let known = crate::xml::meaning_of(&ROOTS, name);
                return known.unwrap_or(Kind::OtherXml(name));
            }
            _ => return if text.is_empty() { Kind::UnknownXml } else { Kind::Other },
        };
        let Some(length) = crate::scan::n_bytes_before(text, end) else { return Kind::UnknownXml };
        text = text[length + end.len()..].trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn files_are_told_by_their_first_bytes() {
        let mut tar = alloc::vec![0; 600];
        tar[257..262].copy_from_slice(b"ustar");
        for (head, kind) in [
            (&b"\x1F\x8B\x08"[..], Kind::Gzip),
            (b"PK\x03\x04", Kind::Zip),
            (&tar, Kind::Tar),
            (
                b"<?xml version='1.0'?>\n<!-- <mim> -->\n<measCollecFile xmlns='x'>",
                Kind::Measurements,
            ),
            (b"<!DOCTYPE mdc SYSTEM 'm.dtd'><mdc>", Kind::Measurements),
            (b"\xEF\xBB\xBF<x:bulkCmConfigDataFile>", Kind::BulkCm),
            (b"\n  <nc:rpc-reply>", Kind::Netconf),
            (b"<ManagedElement xmlns=\"urn\">", Kind::Netconf),
            (b"<!DOCTYPE models SYSTEM \"mp.dtd\"><models>", Kind::Mom),
            (b"<OMeS>", Kind::OtherXml(b"OMeS")),
            (b"<?xml version='1.0'?><meas", Kind::UnknownXml),
            (b"<!-- never ends", Kind::UnknownXml),
            (b"<?xml?>", Kind::UnknownXml),
            (b"\xFF\xFE<\0", Kind::Encoded("utf-16le")),
            (b"FDN : A=1", Kind::Other),
            (b"<?xml?>text", Kind::Other),
            (b"", Kind::Other),
        ] {
            assert_eq!(recognise(head), kind, "{:?}", String::from_utf8_lossy(head));
        }
    }
}
