//! The results of a batch with those of each counter together, as they are kept and computed with.

use alloc::vec::Vec;

use super::{Batch, flag};
use crate::group::{counting_sort, taken};

/// Results ordered by counter; those of one counter in the order of the file. The memory is used again.
#[derive(Debug, Default)]
pub struct Grouped {
    /// Where the results of each counter begin, and where those of the last one end.
    pub starts: Vec<u32>,
    /// Where the items of each counter's vectors begin, and where those of the last one end.
    pub item_starts: Vec<u32>,
    /// Per result: its row, counted from the first row of the file.
    pub rows: Vec<u32>,
    /// Per result: see [`Batch::numbers`].
    pub numbers: Vec<f64>,
    /// Per result: see [`flag`].
    pub flags: Vec<u8>,
    /// The items of all vectors, in the order of the results.
    pub items: Vec<f64>,
    order: Vec<u32>,
    /// Per result of the batch: where its items begin there.
    first_items: Vec<u32>,
}

impl Grouped {
    /// Take the results of a batch whose counters are below `n_counters`.
    pub fn fill(&mut self, batch: &Batch<'_>, n_counters: usize) {
        counting_sort(batch.counters, n_counters, &mut self.starts, &mut self.order);
        taken(batch.rows, &self.order, &mut self.rows);
        taken(batch.numbers, &self.order, &mut self.numbers);
        taken(batch.flags, &self.order, &mut self.flags);
        self.fill_items(batch);
    }

    fn fill_items(&mut self, batch: &Batch<'_>) {
        self.items.clear();
        self.item_starts.clear();
        self.item_starts.push(0);
        self.first_items.clear();
        let mut n_items = 0;
        for (&number, &flags) in batch.numbers.iter().zip(batch.flags) {
            self.first_items.push(n_items);
            n_items += n_items_of(number, flags);
        }
        for ends in self.starts.windows(2) {
            for at in ends[0] as usize..ends[1] as usize {
                let first = self.first_items[self.order[at] as usize] as usize;
                let n = n_items_of(self.numbers[at], self.flags[at]) as usize;
                self.items.extend_from_slice(&batch.items[first..first + n]);
            }
            self.item_starts.push(self.items.len() as u32);
        }
    }
}

/// How many items a result has.
fn n_items_of(number: f64, flags: u8) -> u32 {
    if flags & flag::VECTOR == 0 { 0 } else { number as u32 }
}

#[cfg(test)]
mod tests {
    use super::super::Measurements;
    use super::*;
    use crate::xml::Reader;

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn each_counter_has_its_results_and_items_together() {
        let xml = "<measCollecFile><measData><managedElement localDn=\"N=1\"/><measInfo>\
            <granPeriod duration=\"PT900S\" endTime=\"2026-03-02T10:15:00Z\"/><measTypes>a b c</measTypes>\
            <measValue measObjLdn=\"X=1\"><measResults>1,2 3 NIL</measResults></measValue>\
            <measValue measObjLdn=\"X=2\"><measResults>4 5,6,7 8</measResults></measValue>\
            <measValue measObjLdn=\"X=3\"><measResults>9,9 1,, 2</measResults></measValue>\
            </measInfo></measData></measCollecFile>";
        let mut reader = Reader::new(Measurements::default());
        reader.push(xml.as_bytes()).unwrap();
        let format = reader.format();
        let mut grouped = Grouped::default();
        for _ in 0..2 {
            grouped.fill(&format.columns.batch(), format.counters().len());
        }

        assert_eq!(grouped.starts, [0, 3, 6, 9]);
        assert_eq!(grouped.item_starts, [0, 4, 10, 10]);
        assert_eq!(grouped.rows, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
        assert_eq!(grouped.numbers[..6], [2.0, 4.0, 2.0, 3.0, 3.0, 3.0]);
        assert_eq!(grouped.flags[6], flag::MISSING);
        assert_eq!(grouped.items[..8], [1.0, 2.0, 9.0, 9.0, 5.0, 6.0, 7.0, 1.0]);
        assert!(grouped.items[8].is_nan());
    }
}
