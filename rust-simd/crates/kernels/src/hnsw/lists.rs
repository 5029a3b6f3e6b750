//! Neighbour lists of varying length, packed one after the other, bit by bit.
//!
//! A link takes as many bits as name every vector, 17 for 100,000 of them: fixed room for m_max0 links of
//! 4 bytes would be twice the size. A list that outgrows its room moves to the end; when a quarter of the
//! room is abandoned, all lists are written anew.

use alloc::vec::Vec;

/// Bits per link at the beginning.
const NARROWEST: u32 = 8;
/// A link is read as four bytes, of which up to 7 bits belong to the one before.
const WIDEST: u32 = 25;
/// Links of room that a list gets beyond its length when it moves.
const SLACK: usize = 6;
/// Bytes behind the last link, so that any link can be read as four.
const PADDING: usize = 4;

/// Lists named by consecutive numbers.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Bits per link.
    width: u32,
    bytes: Vec<u8>,
    /// Links of room that are given out.
    end: u32,
    /// Where each list begins, in links.
    offsets: Vec<u32>,
    lengths: Vec<u8>,
    rooms: Vec<u8>,
    /// Links of room that no list uses any more.
    abandoned: usize,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            width: NARROWEST,
            bytes: [0; PADDING].to_vec(),
            end: 0,
            offsets: Vec::new(),
            lengths: Vec::new(),
            rooms: Vec::new(),
            abandoned: 0,
        }
    }
}

impl Lists {
    /// How many lists there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lengths.len()
    }

    /// Append an empty list; its number is the old `count()`.
    pub fn push_list(&mut self) {
        self.offsets.push(0);
        self.lengths.push(0);
        self.rooms.push(0);
    }

    /// Links in a list.
    #[must_use]
    pub fn length(&self, list: u32) -> usize {
        usize::from(self.lengths[list as usize])
    }

    /// The first link of a list.
    #[must_use]
    pub fn first(&self, list: u32) -> Option<u32> {
        let (start, skip) = self.place(self.offsets[list as usize]);
        let word =
            self.bytes[start..].first_chunk::<PADDING>().filter(|_| self.length(list) > 0)?;
        Some(u32::from_le_bytes(*word) >> skip & mask(self.width))
    }

    /// Replace `out` by the links of a list.
    #[inline]
    pub fn read(&self, list: u32, out: &mut Vec<u32>) {
        out.clear();
        let mask = mask(self.width);
        let (start, skip) = self.place(self.offsets[list as usize]);
        let n = self.length(list) as u32;
        // One slice, so that the bounds are checked once for the list and not for every link.
        let bytes = &self.bytes[start..start + ((skip + n * self.width) / 8) as usize + PADDING];
        out.extend((0..n).map(|i| {
            let bit = skip + i * self.width;
            let at = (bit / 8) as usize;
            let word = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
            u32::from_le_bytes(word) >> (bit % 8) & mask
        }));
    }

    /// Give a list these links, which are below 2^25: no index has more vectors.
    pub fn write(&mut self, list: u32, links: &[u32]) {
        self.widen(links.iter().copied().max().unwrap_or(0));
        let at = list as usize;
        if links.len() > usize::from(self.rooms[at]) {
            self.move_to_end(list, links.len() + SLACK);
        }
        self.lengths[at] = links.len() as u8;
        (0..).zip(links).for_each(|(i, &link)| self.put(self.offsets[at] + i, link));
    }

    /// Append one link, below 2^25.
    pub fn push(&mut self, list: u32, link: u32) {
        self.widen(link);
        let at = list as usize;
        let n = self.length(list);
        if n == usize::from(self.rooms[at]) {
            self.move_to_end(list, n + SLACK);
        }
        self.lengths[at] = n as u8 + 1;
        self.put(self.offsets[at] + n as u32, link);
    }

    /// Give back all room that no link uses.
    pub fn compact(&mut self) {
        self.rewrite(self.width, 0);
        self.offsets.shrink_to_fit();
        self.lengths.shrink_to_fit();
        self.rooms.shrink_to_fit();
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let bookkeeping = 4 * self.offsets.capacity() + self.lengths.capacity();
        self.bytes.capacity() + bookkeeping + self.rooms.capacity()
    }

    /// The byte in which a link begins, and how many bits of it belong to the one before.
    #[inline]
    fn place(&self, link: u32) -> (usize, u32) {
        let bit = u64::from(link) * u64::from(self.width);
        ((bit / 8) as usize, (bit % 8) as u32)
    }

    fn put(&mut self, at: u32, link: u32) {
        let (start, skip) = self.place(at);
        let mask = mask(self.width) << skip;
        if let Some(word) = self.bytes[start..].first_chunk_mut::<PADDING>() {
            *word = (u32::from_le_bytes(*word) & !mask | link << skip).to_le_bytes();
        }
    }

    /// Make links wide enough for this one.
    fn widen(&mut self, link: u32) {
        if link > mask(self.width) {
            let width = u32::BITS - link.leading_zeros();
            debug_assert!(width <= WIDEST);
            self.rewrite(width, SLACK);
        }
    }

    fn move_to_end(&mut self, list: u32, room: usize) {
        let (at, room) = (list as usize, room.min(255));
        self.abandoned += usize::from(self.rooms[at]);
        if self.abandoned * 4 > self.end as usize && self.abandoned > 1024 {
            self.rewrite(self.width, SLACK);
        }
        let mut links = Vec::new();
        self.read(list, &mut links);
        self.offsets[at] = self.end;
        self.rooms[at] = room as u8;
        self.end += room as u32;
        let n_bytes = self.place(self.end).0 + 1 + PADDING;
        self.bytes.resize(n_bytes, 0);
        (0..).zip(links).for_each(|(i, link)| self.put(self.offsets[at] + i, link));
    }

    /// Write all lists in order, each with `slack` links of room to spare.
    fn rewrite(&mut self, width: u32, slack: usize) {
        let n_links: usize = self.lengths.iter().map(|&n| usize::from(n)).sum();
        let n_rooms = n_links + slack * self.count();
        let n_bits = n_rooms as u64 * u64::from(width);
        let mut packed = Self { width, ..Self::default() };
        packed.bytes = alloc::vec![0; (n_bits / 8) as usize + 1 + PADDING];
        let mut links = Vec::new();
        for list in 0..self.count() {
            self.read(list as u32, &mut links);
            let room = if links.is_empty() { 0 } else { (links.len() + slack).min(255) };
            (packed.end..).zip(&links).for_each(|(at, &link)| packed.put(at, link));
            // The old place was read; what lies there is not needed any more.
            self.offsets[list] = packed.end;
            self.rooms[list] = room as u8;
            packed.end += room as u32;
        }
        (self.bytes, self.width, self.end) = (packed.bytes, width, packed.end);
        self.abandoned = 0;
    }
}

/// The greatest number of so many bits.
#[inline]
fn mask(width: u32) -> u32 {
    (1 << width) - 1
}

#[cfg(test)]
mod tests {
    use super::Lists;
    use crate::testing::config;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn lists_hold_what_was_last_written(
            steps in prop::collection::vec(
                (0_u32..12, prop::collection::vec(prop_oneof![0_u32..100, 0_u32..100_000], 0..40), 0_u8..3),
                0..200),
        ) {
            let mut lists = Lists::default();
            (0..12).for_each(|_| lists.push_list());
            let mut plain = vec![Vec::new(); 12];
            for (list, links, what) in steps {
                match what {
                    0 => { lists.write(list, &links); plain[list as usize] = links; }
                    1 => for link in links.into_iter().take(3) {
                        if plain[list as usize].len() < 255 {
                            lists.push(list, link);
                            plain[list as usize].push(link);
                        }
                    },
                    _ => lists.compact(),
                }
            }
            let mut found = Vec::new();
            for list in 0..12 {
                lists.read(list, &mut found);
                prop_assert_eq!(&found, &plain[list as usize]);
            }
        }
    }
}
