//! Distinguished names (3GPP TS 32.300): "SubNetwork=A,ManagedElement=N,EUtranCellFDD=1".
//!
//! A comma inside a value is escaped with a backslash. Blanks around commas and equals signs are not
//! part of a name, and the prefix "vsData" is not part of a class.

use alloc::vec::Vec;

/// Classes that a full name may begin with.
const ABSOLUTE: [&[u8]; 4] = [b"DC", b"SubNetwork", b"ManagedElement", b"MeContext"];

/// The steps of a name as they are written, from the root down.
pub(crate) fn steps(dn: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(dn);
    core::iter::from_fn(move || {
        let text = rest?;
        let is_end = |at: &usize| text[*at] == b',' && (*at == 0 || text[*at - 1] != b'\\');
        let step = match (0..text.len()).find(is_end) {
            Some(at) => {
                rest = Some(&text[at + 1..]);
                &text[..at]
            }
            None => {
                rest = None;
                text
            }
        };
        Some(step.trim_ascii())
    })
    .filter(|step| !step.is_empty())
}

/// The class and the id of a step; a step without "=" is a class without id.
pub(crate) fn split(step: &[u8]) -> (&[u8], &[u8]) {
    let (class, id) = match step.iter().position(|&byte| byte == b'=') {
        Some(at) => (&step[..at], &step[at + 1..]),
        None => (step, &b""[..]),
    };
    let class = class.trim_ascii();
    (class.strip_prefix(b"vsData").unwrap_or(class), id.trim_ascii())
}

/// A name in the one form in which equal names are equal bytes.
pub(crate) fn canonical(dn: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(dn.len());
    for step in steps(dn) {
        if !out.is_empty() {
            out.push(b',');
        }
        let (class, id) = split(step);
        out.extend_from_slice(class);
        if step.contains(&b'=') {
            out.push(b'=');
            out.extend_from_slice(id);
        }
    }
    out
}

/// A canonical name in full: names may be given relative to their parent or from its root on.
pub(crate) fn below(parent: &[u8], dn: &[u8]) -> Vec<u8> {
    if parent.is_empty() || dn.is_empty() || begins(dn, parent) {
        return if dn.is_empty() { parent } else { dn }.to_vec();
    }
    // The name may begin with steps that end the parent's: "ManagedElement=1,…" below "…,ManagedElement=1".
    let mut at = 0;
    for step in steps(parent) {
        if begins(dn, &parent[at..]) {
            return [&parent[..at], dn].concat();
        }
        at += step.len() + 1;
    }
    let class = steps(dn).next().map_or(&b""[..], |step| split(step).0);
    if ABSOLUTE.contains(&class) && steps(parent).any(|step| split(step).0 == class) {
        return dn.to_vec();
    }
    [parent, b",", dn].concat()
}

/// Whether a name begins with a class that nothing is above of but networks.
pub(crate) fn is_full(dn: &[u8]) -> bool {
    steps(dn).next().is_some_and(|step| ABSOLUTE.contains(&split(step).0))
}

/// Whether a name is another one or lies below it.
fn begins(dn: &[u8], other: &[u8]) -> bool {
    dn.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest[0] == b',')
}

/// Whether a name holds characters that no command may carry: line ends and other controls.
pub(crate) fn has_controls(name: &[u8]) -> bool {
    name.iter().any(|&byte| byte < 0x20 || byte == 0x7F)
        || (!name.is_ascii()
            && core::str::from_utf8(name).is_ok_and(|name| {
                name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(parent: &str, dn: &str) -> String {
        String::from_utf8(below(&canonical(parent.as_bytes()), &canonical(dn.as_bytes()))).unwrap()
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn names_are_completed() {
        let node = "SubNetwork=A,ManagedElement=1";
        assert_eq!(joined(node, "Cell=2"), format!("{node},Cell=2"));
        assert_eq!(joined(node, "ManagedElement=1,Cell=2"), format!("{node},Cell=2"));
        assert_eq!(joined(node, &format!("{node},Cell=2")), format!("{node},Cell=2"));
        assert_eq!(joined(node, "SubNetwork=B,Cell=2"), "SubNetwork=B,Cell=2");
        assert_eq!(joined(node, "ManagedElement=12"), "ManagedElement=12");
        assert_eq!(joined(node, ""), node);
        assert_eq!(joined("", "Cell=2"), "Cell=2");
        assert_eq!(joined("A=1", "A=12,B=3"), "A=1,A=12,B=3");
        assert_eq!(
            joined("SubNetwork=A,MeContext=E", "ManagedElement=1"),
            "SubNetwork=A,MeContext=E,ManagedElement=1"
        );
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn equal_names_become_equal_bytes() {
        assert_eq!(
            canonical(b" A = 1 ,  vsDataB=x y,, C\\,D=2\\,3 ,E"),
            b"A=1,B=x y,C\\,D=2\\,3,E"
        );
        assert_eq!(canonical(b""), b"");
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn control_characters_are_found() {
        for name in ["a\nb", "a\u{7F}", "a\u{85}", "a\u{2028}b", "\0"] {
            assert!(has_controls(name.as_bytes()), "{name:?}");
        }
        assert!(!has_controls("Zelle Ä \"1\"".as_bytes()));
    }
}
