//! Neighbour lists of varying length, packed one after the other.
//!
//! A list takes 2 bytes per link as long as 16 bits name every vector, else 3: fixed room for m_max0
//! links of 4 bytes would be a fifth of the index. A list that outgrows its room moves to the end; when a
//! quarter of the bytes is abandoned, all lists are written anew.

use alloc::vec::Vec;

const WIDEST: usize = 3;
/// Links of room that a list gets beyond its length when it moves.
const SLACK: usize = 6;

/// Lists named by consecutive numbers.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Bytes per link, 2 or 3.
    width: usize,
    /// Links, little endian; followed by unused bytes so that any link can be read as four bytes.
    bytes: Vec<u8>,
    offsets: Vec<u32>,
    lengths: Vec<u8>,
    rooms: Vec<u8>,
    /// Links of room that no list uses any more.
    abandoned: usize,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            width: 2,
            bytes: [0; 4].to_vec(),
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

    /// Replace `out` by the links of a list.
    #[inline]
    pub fn read(&self, list: u32, out: &mut Vec<u32>) {
        out.clear();
        let start = self.offsets[list as usize] as usize * self.width;
        let mask = self.mask();
        let n = self.length(list);
        // One slice, so that the bounds are checked once for the list and not for every link.
        let bytes = &self.bytes[start..start + n * self.width + (4 - self.width)];
        out.extend((0..n).map(|i| {
            let at = i * self.width;
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) & mask
        }));
    }

    /// Give a list these links.
    pub fn write(&mut self, list: u32, links: &[u32]) {
        let highest = links.iter().copied().max().unwrap_or(0);
        if highest > self.mask() {
            self.rewrite(WIDEST, 0);
        }
        let at = list as usize;
        if links.len() > usize::from(self.rooms[at]) {
            self.move_to_end(at, links.len() + SLACK);
        }
        self.lengths[at] = links.len() as u8;
        for (i, &link) in links.iter().enumerate() {
            self.put(at, i, link);
        }
    }

    /// Append one link.
    pub fn push(&mut self, list: u32, link: u32) {
        if link > self.mask() {
            self.rewrite(WIDEST, 0);
        }
        let at = list as usize;
        let n = self.length(list);
        if n == usize::from(self.rooms[at]) {
            self.move_to_end(at, n + SLACK);
        }
        self.lengths[at] = n as u8 + 1;
        self.put(at, n, link);
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

    fn mask(&self) -> u32 {
        (1 << (8 * self.width)) - 1
    }

    fn put(&mut self, at: usize, i: usize, link: u32) {
        let from = (self.offsets[at] as usize + i) * self.width;
        let width = self.width;
        self.bytes[from..from + width].copy_from_slice(&link.to_le_bytes()[..width]);
    }

    fn move_to_end(&mut self, at: usize, room: usize) {
        let room = room.min(255);
        self.abandoned += usize::from(self.rooms[at]);
        if self.abandoned * self.width * 4 > self.bytes.len() && self.abandoned > 1024 {
            self.rewrite(self.width, SLACK);
        }
        let end = self.bytes.len() - 4;
        let start = self.offsets[at] as usize * self.width;
        let used = usize::from(self.lengths[at]) * self.width;
        self.bytes.resize(end + room * self.width + 4, 0);
        self.bytes.copy_within(start..start + used, end);
        self.offsets[at] = (end / self.width) as u32;
        self.rooms[at] = room as u8;
    }

    /// Write all lists in order, each with `slack` links of room to spare.
    fn rewrite(&mut self, width: usize, slack: usize) {
        let n_links: usize = self.lengths.iter().map(|&n| usize::from(n)).sum();
        let mut packed = Lists { width, ..Lists::default() };
        packed.bytes = Vec::with_capacity((n_links + slack * self.count()) * width + 4);
        let mut links = Vec::new();
        for list in 0..self.count() {
            self.read(list as u32, &mut links);
            let room = if links.is_empty() { 0 } else { (links.len() + slack).min(255) };
            self.offsets[list] = (packed.bytes.len() / width) as u32;
            self.rooms[list] = room as u8;
            for link in &links {
                packed.bytes.extend_from_slice(&link.to_le_bytes()[..width]);
            }
            packed.bytes.resize(packed.bytes.len() + (room - links.len()) * width, 0);
        }
        packed.bytes.resize(packed.bytes.len() + 4, 0);
        self.bytes = packed.bytes;
        self.width = width;
        self.abandoned = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;
    use proptest::prelude::*;

    proptest! {
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
