//! Characters and references: which bytes a name may hold, and what `&lt;` and `&#65;` stand for.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::digits::hexadecimal;
use crate::refusal::{Fault, Stop};
use crate::scan::look_over;

const NAME: u8 = 1;
const NAME_START: u8 = 2;

/// Bytes of names; those beyond ASCII are all taken, since letters of other scripts are allowed.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_letter = (byte as u8).is_ascii_alphabetic() || byte >= 128;
        if is_letter || byte == b'_' as usize || byte == b':' as usize {
            kinds[byte] = NAME | NAME_START;
        } else if (byte as u8).is_ascii_digit() || byte == b'-' as usize || byte == b'.' as usize {
            kinds[byte] = NAME;
        }
        byte += 1;
    }
    kinds
};

#[inline]
pub(super) fn is_name(byte: u8) -> bool {
    KINDS[byte as usize] & NAME != 0
}

#[inline]
pub(super) fn is_name_start(byte: u8) -> bool {
    KINDS[byte as usize] & NAME_START != 0
}

#[inline]
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The part of a name behind its prefix.
pub(crate) fn local_of(name: &[u8]) -> &[u8] {
    let colon = name.iter().rposition(|&byte| byte == b':');
    colon.map_or(name, |at| &name[at + 1..])
}

/// The name without prefix that text behind a `<` begins with; none where it may go on.
pub(crate) fn local_name(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().position(|&byte| !is_name(byte))?;
    Some(local_of(&text[..length]))
}

/// How many of the bytes are sound, and why the next one is not; `None` too where only more can tell.
pub(super) fn check(data: &[u8]) -> (usize, Option<Box<Stop>>) {
    let look = look_over(data);
    let end = look.forbidden.unwrap_or(data.len());
    let forbidden = look.forbidden.map(|at| {
        Stop::new(
            Fault::ForbiddenCharacter,
            at,
            &[b"U+00", &hexadecimal(&data[at..=at])[..]].concat(),
        )
    });
    if look.is_ascii {
        return (end, forbidden);
    }
    let (sound, problem) = match core::str::from_utf8(&data[..end]) {
        Ok(_) => (end, forbidden),
        Err(error) => {
            let at = error.valid_up_to();
            let n_bytes = error.error_len().unwrap_or(end - at);
            let is_cut = error.error_len().is_none() && end == data.len();
            let bytes = &data[at..at + n_bytes];
            let stop = || Stop::new(Fault::NotUtf8, at, &hexadecimal(bytes));
            (at, (!is_cut).then(stop))
        }
    };
    // U+FFFE and U+FFFF are no characters.
    let n_sound = &data[..sound];
    let odd = n_sound.windows(3).position(|b| b[0] == 0xEF && b[1] == 0xBF && b[2] >= 0xBE);
    match odd {
        Some(at) => (at, Some(Stop::new(Fault::ForbiddenCharacter, at, b"U+FFFE or U+FFFF"))),
        None => (sound, problem),
    }
}

/// Append text with its references replaced and its line ends made `\n`.
///
/// In attributes (`blank` is true) every blank character becomes a space. `at` is where `raw` begins.
pub(super) fn append_decoded(
    out: &mut Vec<u8>,
    raw: &[u8],
    at: usize,
    blank: bool,
) -> Result<(), Box<Stop>> {
    let mut i = 0;
    while let Some(&byte) = raw.get(i) {
        i += 1;
        match byte {
            b'&' => {
                let rest = &raw[i..];
                let length = rest.iter().take(12).position(|&byte| byte == b';');
                let Some(length) = length else {
                    let told = &raw[i - 1..raw.len().min(i + 12)];
                    return Err(Stop::new(Fault::BareAmpersand, at + i - 1, told));
                };
                let Some(character) = reference(&rest[..length]) else {
                    let told = &raw[i - 1..=i + length];
                    return Err(Stop::new(Fault::UnknownReference, at + i - 1, told));
                };
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                i += length + 1;
            }
            b'\r' => {
                i += usize::from(raw.get(i) == Some(&b'\n'));
                out.push(if blank { b' ' } else { b'\n' });
            }
            b'\n' | b'\t' if blank => out.push(b' '),
            _ => out.push(byte),
        }
    }
    Ok(())
}

/// Append text as it is, its line ends made `\n`.
pub(super) fn append_lines(out: &mut Vec<u8>, raw: &[u8]) {
    let mut at = 0;
    while let Some(length) = raw[at..].iter().position(|&byte| byte == b'\r') {
        out.extend_from_slice(&raw[at..at + length]);
        out.push(b'\n');
        at += length + 1;
        at += usize::from(raw.get(at) == Some(&b'\n'));
    }
    out.extend_from_slice(&raw[at..]);
}

/// What stands between `&` and `;`.
fn reference(name: &[u8]) -> Option<char> {
    match name {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x', digits @ ..] => character(digits, 16),
        [b'#', digits @ ..] => character(digits, 10),
        _ => None,
    }
}

fn character(digits: &[u8], radix: u32) -> Option<char> {
    // The core parser takes a sign.
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let code = u32::from_str_radix(core::str::from_utf8(digits).ok()?, radix).ok()?;
    let is_allowed = matches!(code, 9 | 10 | 13 | 0x20..=0xFFFD | 0x1_0000..);
    char::from_u32(code).filter(|_| is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(raw: &str, blank: bool) -> Result<String, Fault> {
        let mut out = Vec::new();
        append_decoded(&mut out, raw.as_bytes(), 0, blank).map_err(|stop| stop.fault)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn the_five_references_and_characters_are_replaced() {
        let text = decoded("&lt;a&gt; &amp; &quot;&apos;&#65;&#x42;&#xe4;&#128512;", false);
        assert_eq!(text.unwrap(), "<a> & \"'ABä😀");
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn other_references_are_faults() {
        for raw in [
            "&nbsp;",
            "&;",
            "&#;",
            "&#x;",
            "&#0;",
            "&#1;",
            "&#xD800;",
            "&#xFFFF;",
            "&#x110000;",
            "&#+65;",
            "&LT;",
        ] {
            assert_eq!(decoded(raw, false), Err(Fault::UnknownReference), "{raw}");
        }
        for raw in ["&", "a & b", "&lt", "& amp;x y z more than that"] {
            assert!(
                matches!(decoded(raw, false), Err(Fault::BareAmpersand | Fault::UnknownReference)),
                "{raw}"
            );
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn line_ends_become_one_character() {
        assert_eq!(decoded("a\r\nb\rc\nd", false).unwrap(), "a\nb\nc\nd");
        assert_eq!(decoded("a\r\nb\tc\n\rd&#10;", true).unwrap(), "a b c  d\n");
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn sound_bytes_are_counted() {
        assert_eq!(check("aäb".as_bytes()).0, 4);
        let (n, stop) = check(b"ab\xC3");
        assert!(n == 2 && stop.is_none(), "the rest may still come");
        let (n, stop) = check(b"ab\xC3x");
        assert_eq!((n, stop.unwrap().value.as_str()), (2, "C3"));
        let (n, stop) = check(b"ab\xC3\0");
        assert_eq!((n, stop.unwrap().fault), (2, Fault::NotUtf8));
        let (n, stop) = check(b"a\0b");
        assert_eq!((n, stop.unwrap().value.as_str()), (1, "U+0000"));
        let (n, stop) = check("ä\u{FFFF}".as_bytes());
        assert_eq!((n, stop.unwrap().fault), (2, Fault::ForbiddenCharacter));
    }
}
