//! Decimal numbers as files write them: an optional sign, digits, a fraction, an exponent; nothing else.
//!
//! Up to 15 digits are a whole number below 2^53, and powers of ten up to 10^22 are exact, so that one
//! division rounds once and gives the nearest double (Clinger 1990). More digits go to the core parser.

const MAX_EXACT_DIGITS: usize = 15;
const POWERS_OF_TEN: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
const WHOLE_POWERS_OF_TEN: [u64; 9] =
    [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// A number at the beginning of `text` and how many bytes it takes; none where it needs a closer look.
///
/// A byte that could go on with the number (a letter, a sign, a point) must be excluded by the caller.
#[inline]
#[must_use]
pub fn leading(text: &[u8]) -> Option<(f64, usize)> {
    let negative = text.first() == Some(&b'-');
    let begin = usize::from(negative);
    let (mut whole, mut n_digits) = digits(&text[begin..], 0);
    let mut at = begin + n_digits;
    let mut scale = 0;
    if text.get(at) == Some(&b'.') {
        (whole, scale) = digits(&text[at + 1..], whole);
        at += 1 + scale;
        n_digits += scale;
    }
    if n_digits == 0 || n_digits > MAX_EXACT_DIGITS {
        return None;
    }
    let size = if scale == 0 { whole as f64 } else { whole as f64 / POWERS_OF_TEN[scale] };
    Some((if negative { -size } else { size }, at))
}

/// Digits that go on after `whole`, and how many they are; more than fit give any number.
#[inline]
fn digits(text: &[u8], mut whole: u64) -> (u64, usize) {
    let mut n_digits = 0;
    if let Some(first) = text.first_chunk() {
        let (value, n) = first_digits(u64::from_le_bytes(*first));
        whole = whole.wrapping_mul(WHOLE_POWERS_OF_TEN[n]).wrapping_add(value);
        n_digits = n;
        if n < 8 {
            return (whole, n);
        }
    }
    for byte in &text[n_digits..] {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        whole = whole.wrapping_mul(10).wrapping_add(u64::from(digit));
        n_digits += 1;
    }
    (whole, n_digits)
}

/// The number that the first bytes of eight are as far as they are digits, and how many these are.
///
/// No branch depends on their number, which changes from value to value.
#[inline]
fn first_digits(bytes: u64) -> (u64, usize) {
    const ONES: u64 = u64::MAX / 255;
    let digits = bytes ^ (ONES * 0x30);
    // The highest bit of a byte shows what is above 9; what a carry does lies behind the first one.
    let others = (digits.wrapping_add(ONES * 0x76) | digits) & (ONES * 0x80);
    let n = (others.trailing_zeros() / 8) as usize;
    // As if zeros stood before them, then two, four and eight digits at a time (Lemire 2018).
    let aligned = digits.checked_shl(64 - 8 * n as u32).unwrap_or(0);
    let pairs = (aligned & (ONES * 0x0F)).wrapping_mul(2561) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul(6_553_601) >> 16;
    let eight = (fours & 0x0000_FFFF_0000_FFFF).wrapping_mul(42_949_672_960_001) >> 32;
    (eight, n)
}

/// The number that `text` is from its first byte to its last; none if it is anything else.
///
/// What is too large for a double is none, too; what is too small is 0.
#[must_use]
pub fn number(text: &[u8]) -> Option<f64> {
    if let Some((value, length)) = leading(text)
        && length == text.len()
    {
        return Some(value);
    }
    // Rust also reads "inf" and "nan"; the alphabet keeps them out.
    if text.is_empty()
        || !text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
    {
        return None;
    }
    let value: f64 = core::str::from_utf8(text).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// Whether a text is a whole number in the one form that the number itself would be written in.
///
/// Such a text needs not be kept beside the number: "12" is, "012", "+12", "12.0" and "-0" are not.
#[must_use]
pub fn is_canonical(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let is_whole = digits.iter().all(u8::is_ascii_digit);
    is_whole
        && (1..=MAX_EXACT_DIGITS).contains(&digits.len())
        && (digits[0] != b'0' || text == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::config;
    use proptest::prelude::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn forms_of_numbers_are_read() {
        let forms = [("0", 0.0), ("7", 7.0), ("-12", -12.0), ("+5", 5.0), ("1.", 1.0), (".5", 0.5)];
        let others = [("-2.5e1", -25.0), ("1E3", 1000.0), ("00012", 12.0), ("0.1", 0.1)];
        for (text, value) in forms.iter().chain(&others) {
            assert_eq!(number(text.as_bytes()), Some(*value), "{text}");
        }
        assert_eq!(number(b"-0").map(f64::to_bits), Some((-0.0_f64).to_bits()));
        assert_eq!(number(b"123456789012345678901234567890"), Some(1.234_567_890_123_456_8e29));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn anything_else_is_no_number() {
        for text in [
            "", " ", ".", "-", "+", "nan", "NaN", "inf", "1e400", "1,5", "0x1", "1 2", "1-", "--1",
            "e5", "1e", "infinity", "\u{663}",
        ] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn only_one_form_of_a_whole_number_is_canonical() {
        for text in ["0", "7", "-7", "999999999999999"] {
            assert!(is_canonical(text.as_bytes()), "{text}");
        }
        for text in ["", "-", "-0", "007", "+7", "7.0", "1e3", "9999999999999999"] {
            assert!(!is_canonical(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn numbers_are_those_of_the_core_parser(text in "[+-]?[0-9]{0,20}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,3})?") {
            let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
            prop_assert_eq!(number(text.as_bytes()).map(f64::to_bits), expected.map(f64::to_bits));
        }

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn what_follows_a_number_does_not_change_it(text in "-?[0-9]{1,14}(\\.[0-9]{0,3})?", rest in "[^0-9.][0-9a-z<\u{80}-\u{ff}]{0,12}") {
            prop_assume!(text.bytes().filter(u8::is_ascii_digit).count() <= MAX_EXACT_DIGITS);
            let whole = [text.as_bytes(), rest.as_bytes()].concat();
            let expected = text.parse::<f64>().unwrap();
            prop_assert_eq!(leading(&whole), Some((expected, text.len())));
        }

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn canonical_texts_come_back_from_their_number(value in -999_999_999_999_999_i64..=999_999_999_999_999) {
            let text = value.to_string();
            prop_assert!(is_canonical(text.as_bytes()));
            prop_assert_eq!(number(text.as_bytes()), Some(value as f64));
        }
    }
}
