//! Numbers as text. Core's formatting can do it too, but would be a tenth of the whole module.

use alloc::vec::Vec;

/// A number in decimal digits.
pub(crate) fn decimal(mut number: u64) -> Vec<u8> {
    let mut digits = Vec::new();
    loop {
        digits.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            digits.reverse();
            return digits;
        }
    }
}

/// Bytes as pairs of hexadecimal digits, with blanks between them.
pub(crate) fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut text = Vec::new();
    for &byte in bytes {
        if !text.is_empty() {
            text.push(b' ');
        }
        text.extend_from_slice(&[DIGITS[byte as usize >> 4], DIGITS[byte as usize & 15]]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn numbers_become_digits() {
        for number in [0, 7, 10, 1_048_576, u64::MAX] {
            assert_eq!(decimal(number), number.to_string().into_bytes());
        }
        assert_eq!(hexadecimal(&[0, 0xC3, 0xFF]), b"00 C3 FF");
    }
}
