//! How hash tables find places in a column of `u32` by what stands there: ids, or hashes of texts.
//!
//! One function for all of them, so that growing a table is compiled once.

/// Fibonacci hashing (Knuth, volume 3, section 6.4): consecutive numbers spread evenly. The upper bits are
/// mixed into the lower ones, since those are what a table of 32-bit WebAssembly looks at.
#[must_use]
pub fn spread(number: u32) -> u64 {
    let product = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 32)
}

/// The hash of a place in `column`, as a table that grows asks for it.
pub fn of_place(column: &[u32]) -> impl Fn(&u32) -> u64 {
    |&place| spread(column[place as usize])
}
