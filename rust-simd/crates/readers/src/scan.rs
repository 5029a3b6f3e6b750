//! Looks through bytes many at a time: where text ends, what it holds, and how many lines there are.
//!
//! The simd128 build and the scalar one find the same.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use scalar::{look_over, n_lines, text_end};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use simd128::{look_over, n_lines, text_end};

/// A run of text holds a `&`.
pub(crate) const AMPERSAND: u8 = 1;
/// It holds a `>`.
pub(crate) const GREATER: u8 = 2;
/// It holds a carriage return.
pub(crate) const RETURN: u8 = 4;
/// It holds something that is not blank.
pub(crate) const INK: u8 = 8;
const LESS: u8 = 16;

/// What each byte is to a run of text.
const KINDS: [u8; 256] = {
    let mut kinds = [INK; 256];
    kinds[b' ' as usize] = 0;
    kinds[b'\t' as usize] = 0;
    kinds[b'\n' as usize] = 0;
    kinds[b'\r' as usize] = RETURN;
    kinds[b'&' as usize] = INK | AMPERSAND;
    kinds[b'>' as usize] = INK | GREATER;
    kinds[b'<' as usize] = LESS;
    kinds
};

/// What was found in bytes that are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether all bytes are below 128.
    pub is_ascii: bool,
    /// The first control character that XML forbids.
    pub forbidden: Option<usize>,
}

/// How many bytes come before a few given ones.
pub(crate) fn n_bytes_before(data: &[u8], wanted: &[u8]) -> Option<usize> {
    data.windows(wanted.len()).position(|bytes| bytes == wanted)
}

const fn is_forbidden(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

mod scalar {
    #![allow(dead_code, reason = "the simd128 build tests against it and ends with it")]
    use super::{KINDS, LESS, Look, is_forbidden};

    /// Where the next `<` is from `from` on, or the end of the bytes; and what lies before it.
    #[inline]
    pub(crate) fn text_end(data: &[u8], from: usize) -> (usize, u8) {
        let mut seen = 0;
        for (at, &byte) in data.iter().enumerate().skip(from) {
            let kind = KINDS[byte as usize];
            if kind == LESS {
                return (at, seen);
            }
            seen |= kind;
        }
        (data.len(), seen)
    }

    /// Look for bytes beyond ASCII and for forbidden ones.
    pub(crate) fn look_over(data: &[u8]) -> Look {
        const HIGH: u64 = ONES * 0x80;
        let mut all = 0;
        let (words, tail) = data.as_chunks::<8>();
        for (n, bytes) in words.iter().enumerate() {
            let word = u64::from_le_bytes(*bytes);
            all |= word;
            let low = zeros(word & (ONES * 0xE0));
            let blank = zeros(word ^ (ONES * 0x0A))
                | zeros(word ^ (ONES * 0x0D))
                | zeros(word ^ (ONES * 0x09));
            let forbidden = low & !blank;
            if forbidden != 0 {
                let at = n * 8 + (forbidden.trailing_zeros() / 8) as usize;
                return Look { is_ascii: all & HIGH == 0, forbidden: Some(at) };
            }
        }
        let first = data.len() - tail.len();
        let forbidden = tail.iter().position(|&byte| is_forbidden(byte)).map(|at| first + at);
        Look { is_ascii: all & HIGH == 0 && tail.is_ascii(), forbidden }
    }

    const ONES: u64 = u64::MAX / 255;

    /// The highest bit of each byte that is 0, without any carry between bytes.
    #[inline]
    const fn zeros(word: u64) -> u64 {
        const LOW: u64 = ONES * 0x7F;
        !(((word & LOW) + LOW) | word | LOW)
    }

    /// How many lines end in the bytes.
    pub(crate) fn n_lines(data: &[u8]) -> u32 {
        data.iter().map(|&byte| u32::from(byte == b'\n')).sum()
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128 {
    use super::{AMPERSAND, GREATER, INK, Look, RETURN};
    use core::arch::wasm32::*;

    /// See the scalar twin.
    #[inline]
    pub(crate) fn text_end(data: &[u8], from: usize) -> (usize, u8) {
        // Most texts are shorter than a vector: looking at them byte by byte first costs less.
        let near = data.len().min(from + 8);
        let (at, mut seen) = super::scalar::text_end(&data[..near], from);
        if at < near || near == data.len() {
            return (at, seen);
        }
        let mut at = near;
        let mut rest = data[near..].chunks_exact(16);
        for bytes in &mut rest {
            // SAFETY: a chunk is exactly 16 readable bytes; `v128_load` needs no alignment.
            let v = unsafe { v128_load(bytes.as_ptr().cast()) };
            let before = before_first(bits(v, b'<'));
            if bits(v, b'&') & before != 0 {
                seen |= AMPERSAND;
            }
            if bits(v, b'>') & before != 0 {
                seen |= GREATER;
            }
            if bits(v, b'\r') & before != 0 {
                seen |= RETURN;
            }
            if i8x16_bitmask(u8x16_gt(v, u8x16_splat(b' '))) & before != 0 {
                seen |= INK;
            }
            if before != 0xFFFF {
                return (at + before.trailing_ones() as usize, seen);
            }
            at += 16;
        }
        let (end, last) = super::scalar::text_end(data, at);
        (end, seen | last)
    }

    #[inline]
    fn bits(v: v128, byte: u8) -> u16 {
        i8x16_bitmask(u8x16_eq(v, u8x16_splat(byte)))
    }

    /// Ones for the lanes before the first one that is set.
    #[inline]
    fn before_first(bits: u16) -> u16 {
        !bits & bits.wrapping_sub(1)
    }

    /// See the scalar twin.
    pub(crate) fn look_over(data: &[u8]) -> Look {
        let mut all = u8x16_splat(0);
        let mut chunks = data.chunks_exact(16);
        let mut at = 0;
        for bytes in &mut chunks {
            // SAFETY: a chunk is exactly 16 readable bytes; `v128_load` needs no alignment.
            let v = unsafe { v128_load(bytes.as_ptr().cast()) };
            all = v128_or(all, v);
            let low = u8x16_lt(v, u8x16_splat(0x20));
            if v128_any_true(low) {
                let line_end =
                    v128_or(u8x16_eq(v, u8x16_splat(b'\n')), u8x16_eq(v, u8x16_splat(b'\r')));
                let blank = v128_or(line_end, u8x16_eq(v, u8x16_splat(b'\t')));
                let forbidden = i8x16_bitmask(v128_andnot(low, blank));
                if forbidden != 0 {
                    let is_ascii = i8x16_bitmask(all) == 0;
                    return Look {
                        is_ascii,
                        forbidden: Some(at + forbidden.trailing_zeros() as usize),
                    };
                }
            }
            at += 16;
        }
        let last = super::scalar::look_over(chunks.remainder());
        Look {
            is_ascii: i8x16_bitmask(all) == 0 && last.is_ascii,
            forbidden: last.forbidden.map(|place| at + place),
        }
    }

    /// See the scalar twin.
    pub(crate) fn n_lines(data: &[u8]) -> u32 {
        let chunks = data.chunks_exact(16);
        let tail = super::scalar::n_lines(chunks.remainder());
        chunks.fold(tail, |n, bytes| {
            // SAFETY: a chunk is exactly 16 readable bytes; `v128_load` needs no alignment.
            let v = unsafe { v128_load(bytes.as_ptr().cast()) };
            n + bits(v, b'\n').count_ones()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::config;
    use proptest::prelude::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn text_ends_at_the_next_tag() {
        assert_eq!(text_end(b"ab<c>", 0), (2, INK));
        assert_eq!(text_end(b" \t\n <", 0), (4, 0));
        assert_eq!(text_end(b"<a>x&y\r</a>", 3), (7, INK | AMPERSAND | RETURN));
        assert_eq!(text_end(b"]]>", 0), (3, INK | GREATER));
        assert_eq!(text_end(b"", 0), (0, 0));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn line_ends_are_no_forbidden_characters() {
        assert_eq!(look_over(b"a\tb\nc\rd"), Look { is_ascii: true, forbidden: None });
        assert_eq!(look_over("ä".as_bytes()), Look { is_ascii: false, forbidden: None });
        for at in 0..40 {
            let mut data = alloc::vec![b' '; 40];
            data[at] = 0;
            assert_eq!(look_over(&data).forbidden, Some(at));
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn both_builds_find_the_same(data in prop::collection::vec(prop::sample::select(b" \n\r\t<>&ax\x01\xC3\x80".to_vec()), 0..80), from in 0_usize..20) {
            let from = from.min(data.len());
            prop_assert_eq!(text_end(&data, from), scalar::text_end(&data, from));
            prop_assert_eq!(n_lines(&data), scalar::n_lines(&data));
            let (look, twin) = (look_over(&data), scalar::look_over(&data));
            prop_assert_eq!(look.forbidden, twin.forbidden);
            if look.forbidden.is_none() {
                prop_assert_eq!(look, twin);
            }
        }
    }
}
