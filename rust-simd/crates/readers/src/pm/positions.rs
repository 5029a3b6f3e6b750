//! Which result belongs to which counter: by `p`, by order, or by the place in a list.

use alloc::vec::Vec;

use crate::limits::MAX_POSITION;
use crate::names::NONE;
use crate::rejections::Reason;

/// Two counters have the position.
const REPEATED: u32 = NONE - 1;
/// The counter of the position has no name.
const UNNAMED: u32 = NONE - 2;
const FIRST_SPECIAL: u32 = UNNAMED;

/// What `p` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// There is none.
    Missing,
    /// It is no whole number within the limit.
    Unreadable,
    /// A number.
    At(u32),
}

impl Position {
    pub(super) fn of(text: Option<&[u8]>) -> Self {
        let Some(text) = text else { return Self::Missing };
        let digits = text.trim_ascii();
        if digits.is_empty() || digits.len() > 12 || !digits.iter().all(u8::is_ascii_digit) {
            return Self::Unreadable;
        }
        let value = digits.iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        if value > u64::from(MAX_POSITION) { Self::Unreadable } else { Self::At(value as u32) }
    }
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    counter: u32,
    /// The last row that had a result here; rows count from 1 on here.
    row: u32,
}

const EMPTY: Slot = Slot { counter: NONE, row: 0 };

/// The counters of one measInfo. `p` counts within it: files begin anew in each.
#[derive(Debug, Default)]
pub(super) struct Positions {
    slots: Vec<Slot>,
    /// The slots that are not empty.
    used: Vec<u32>,
    /// Counters in the order of the file.
    order: Vec<u32>,
    /// The positions of `order`.
    given: Vec<Position>,
    n_given: usize,
    /// Counters in the order of a list of results, if there is one.
    listed: Vec<u32>,
    is_list_clear: bool,
    is_sealed: bool,
}

impl Positions {
    /// Begin a measInfo.
    pub(super) fn clear(&mut self) {
        for &at in &self.used {
            self.slots[at as usize] = EMPTY;
        }
        self.used.clear();
        self.order.clear();
        self.given.clear();
        self.n_given = 0;
        self.is_sealed = false;
    }

    /// Add a counter; none is one without a name.
    pub(super) fn add(&mut self, position: Position, counter: Option<u32>) {
        let counter = counter.unwrap_or(UNNAMED);
        self.is_sealed = false;
        self.order.push(counter);
        self.given.push(position);
        self.n_given += usize::from(position != Position::Missing);
        if let Position::At(at) = position {
            self.fill(at, counter);
        }
    }

    fn fill(&mut self, at: u32, counter: u32) {
        if self.slots.len() <= at as usize {
            self.slots.resize(at as usize + 1, EMPTY);
        }
        let slot = &mut self.slots[at as usize];
        if slot.counter == NONE {
            slot.counter = counter;
            self.used.push(at);
        } else {
            slot.counter = REPEATED;
        }
    }

    /// Say what the order of the counters means, before the first result.
    #[inline]
    pub(super) fn seal(&mut self) {
        if !self.is_sealed {
            self.is_sealed = true;
            self.count_through();
        }
    }

    #[cold]
    fn count_through(&mut self) {
        self.listed.clear();
        if self.n_given == 0 {
            // Nothing has a position: a counter's place in the list is its position.
            for at in 0..self.order.len() {
                self.fill(at as u32 + 1, self.order[at]);
            }
        }
        let rises = self.given.is_sorted_by(|a, b| match (a, b) {
            (Position::At(a), Position::At(b)) => a < b,
            _ => false,
        });
        let n = self.order.len() as u32;
        let is_permutation = self.used.len() == n as usize && (1..=n).all(|at| self.is_single(at));
        if self.n_given == 0 || (rises && self.n_given == self.order.len()) {
            self.listed.extend_from_slice(&self.order);
        } else if is_permutation {
            self.listed.extend((1..=n).map(|at| self.slots[at as usize].counter));
        }
        self.is_list_clear = self.listed.len() == self.order.len();
    }

    fn is_single(&self, at: u32) -> bool {
        self.slots.get(at as usize).is_some_and(|slot| !matches!(slot.counter, NONE | REPEATED))
    }

    /// The counter of a position for its first result in a row; none where there is more to say.
    #[inline]
    pub(super) fn take(&mut self, at: u32, row: u32) -> Option<u32> {
        let slot = self.slots.get(at as usize)?;
        (slot.counter < FIRST_SPECIAL && slot.row != row + 1).then_some(slot.counter)
    }

    /// Remember that a position has had its result in a row.
    #[inline]
    pub(super) fn mark(&mut self, at: u32, row: u32) {
        if let Some(slot) = self.slots.get_mut(at as usize) {
            slot.row = row + 1;
        }
    }

    /// The counter of a result, the `ordinal`th of its row counted from 0 on.
    pub(super) fn pair(
        &mut self,
        position: Position,
        ordinal: usize,
        row: u32,
    ) -> Result<u32, Reason> {
        let at = match position {
            Position::At(at) => at,
            Position::Unreadable => return Err(Reason::PositionUnreadable),
            Position::Missing if self.n_given == 0 => ordinal as u32 + 1,
            Position::Missing => return Err(Reason::PositionMissing),
        };
        let Some(slot) = self.slots.get(at as usize) else { return Err(Reason::PositionUnknown) };
        match slot.counter {
            NONE => Err(Reason::PositionUnknown),
            UNNAMED => Err(Reason::CounterUnnamed),
            REPEATED => Err(Reason::PositionRepeated),
            _ if slot.row == row + 1 => Err(Reason::PositionRepeated),
            counter => {
                self.mark(at, row);
                Ok(counter)
            }
        }
    }

    /// How many results a list has.
    pub(super) const fn n_listed(&self) -> Result<usize, Reason> {
        if self.is_list_clear { Ok(self.listed.len()) } else { Err(Reason::ListOrder) }
    }

    /// The counter of a result in a list, from 0 on; none if it has no name.
    #[inline]
    pub(super) fn listed(&self, at: usize) -> Option<u32> {
        self.listed.get(at).copied().filter(|&counter| counter < FIRST_SPECIAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(given: &[Option<&str>]) -> Positions {
        let mut positions = Positions::default();
        for (counter, text) in given.iter().enumerate() {
            let position = Position::of(text.map(str::as_bytes));
            positions.add(position, Some(counter as u32));
        }
        positions.seal();
        positions
    }

    fn listed(positions: &Positions) -> Option<Vec<u32>> {
        positions.n_listed().ok().map(|n| (0..n).filter_map(|at| positions.listed(at)).collect())
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn order_decides_where_nothing_has_a_position() {
        let mut absent = positions(&[None, None]);

        assert_eq!(absent.pair(Position::Missing, 1, 0), Ok(1));
        assert_eq!(absent.pair(Position::At(1), 9, 0), Ok(0));
        assert_eq!(absent.pair(Position::Missing, 2, 0), Err(Reason::PositionUnknown));
        assert_eq!(listed(&absent), Some(vec![0, 1]));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn positions_decide_where_they_are_given() {
        let mut given = positions(&[Some("2"), Some(" 01 ")]);

        assert_eq!(given.pair(Position::At(1), 0, 0), Ok(1));
        assert_eq!(given.pair(Position::Missing, 0, 0), Err(Reason::PositionMissing));
        assert_eq!(given.pair(Position::At(1), 0, 0), Err(Reason::PositionRepeated));
        assert_eq!(given.pair(Position::At(1), 0, 1), Ok(1));
        assert_eq!(given.pair(Position::At(3), 0, 1), Err(Reason::PositionUnknown));
        assert_eq!(listed(&given), Some(vec![1, 0]), "a list is in the order of the positions");
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn lists_need_an_order() {
        assert_eq!(listed(&positions(&[Some("5"), Some("7")])), Some(vec![0, 1]));
        assert_eq!(listed(&positions(&[Some("7"), Some("5")])), None);
        assert_eq!(listed(&positions(&[Some("1"), None])), None);
        assert_eq!(listed(&positions(&[Some("1"), Some("1")])), None);
        assert_eq!(listed(&positions(&[])), Some(vec![]));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn two_counters_of_one_position_leave_it_open() {
        let mut twice = positions(&[Some("1"), Some("1"), Some("2")]);

        assert_eq!(twice.pair(Position::At(1), 0, 0), Err(Reason::PositionRepeated));
        assert_eq!(twice.pair(Position::At(2), 0, 0), Ok(2));
        twice.clear();
        twice.add(Position::At(1), None);
        twice.seal();
        assert_eq!(twice.pair(Position::At(1), 0, 0), Err(Reason::CounterUnnamed));
        assert_eq!(twice.pair(Position::At(2), 0, 0), Err(Reason::PositionUnknown));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_is_no_position_is_told() {
        for text in ["", "a", "-1", "1.0", "99999999999999999999", "1048577", "٣"] {
            assert_eq!(Position::of(Some(text.as_bytes())), Position::Unreadable, "{text}");
        }
        assert_eq!(Position::of(Some(b"1048576")), Position::At(MAX_POSITION));
        assert_eq!(Position::of(None), Position::Missing);
    }
}
