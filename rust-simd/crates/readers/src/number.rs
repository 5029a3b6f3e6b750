//! Decimal numbers as files write them: an optional sign, digits, a fraction, an exponent; nothing else.
//!
//! Up to 15 digits are a whole number below 2^53, and powers of ten up to 10^22 are exact, so that one
//! division rounds once and gives the nearest double (Clinger 1990). More digits go to the core parser.

const MAX_EXACT_DIGITS: usize = 15;
const POWERS_OF_TEN: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// A number at the beginning of `text` and how many bytes it takes; none where it needs a closer look.
///
/// A byte that could go on with the number (a letter, a sign, a point) must be excluded by the caller.
#[inline]
#[must_use]
pub fn leading(text: &[u8]) -> Option<(f64, usize)> {
    let negative = text.first() == Some(&b'-');
    let begin = usize::from(negative);
    let mut at = begin;
    let mut whole = 0_u64;
    while let Some(digit) = digit_at(text, at) {
        whole = whole.wrapping_mul(10).wrapping_add(digit);
        at += 1;
    }
    let mut n_digits = at - begin;
    let mut scale = 0;
    if text.get(at) == Some(&b'.') {
        at += 1;
        let point = at;
        while let Some(digit) = digit_at(text, at) {
            whole = whole.wrapping_mul(10).wrapping_add(digit);
            at += 1;
        }
        scale = at - point;
        n_digits += scale;
    }
    if n_digits == 0 || n_digits > MAX_EXACT_DIGITS {
        return None;
    }
    let size = if scale == 0 { whole as f64 } else { whole as f64 / POWERS_OF_TEN[scale] };
    Some((if negative { -size } else { size }, at))
}

#[inline]
fn digit_at(text: &[u8], at: usize) -> Option<u64> {
    let digit = text.get(at)?.wrapping_sub(b'0');
    (digit < 10).then_some(u64::from(digit))
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
    use proptest::prelude::*;

    #[test]
    fn forms_of_numbers_are_read() {
        let forms = [("0", 0.0), ("7", 7.0), ("-12", -12.0), ("+5", 5.0), ("1.", 1.0), (".5", 0.5)];
        let others = [("-2.5e1", -25.0), ("1E3", 1000.0), ("00012", 12.0), ("0.1", 0.1)];
        for (text, value) in forms.iter().chain(&others) {
            assert_eq!(number(text.as_bytes()), Some(*value), "{text}");
        }
        assert_eq!(number(b"-0").map(f64::to_bits), Some((-0.0_f64).to_bits()));
        assert_eq!(number(b"123456789012345678901234567890"), Some(1.234_567_890_123_456_8e29));
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in [
            "", " ", ".", "-", "+", "nan", "NaN", "inf", "1e400", "1,5", "0x1", "1 2", "1-", "--1",
            "e5", "1e", "infinity", "\u{663}",
        ] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn only_one_form_of_a_whole_number_is_canonical() {
        for text in ["0", "7", "-7", "999999999999999"] {
            assert!(is_canonical(text.as_bytes()), "{text}");
        }
        for text in ["", "-", "-0", "007", "+7", "7.0", "1e3", "9999999999999999"] {
            assert!(!is_canonical(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_the_core_parser(text in "[+-]?[0-9]{0,20}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,3})?") {
            let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
            prop_assert_eq!(number(text.as_bytes()).map(f64::to_bits), expected.map(f64::to_bits));
        }

        #[test]
        fn canonical_texts_come_back_from_their_number(value in -999_999_999_999_999_i64..=999_999_999_999_999) {
            let text = value.to_string();
            prop_assert!(is_canonical(text.as_bytes()));
            prop_assert_eq!(number(text.as_bytes()), Some(value as f64));
        }
    }
}
