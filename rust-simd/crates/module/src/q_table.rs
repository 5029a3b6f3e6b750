//! The Q-table as JavaScript sees it.

use crate::error::Thrown;
use alloc::format;
use alloc::vec::Vec;
use kernels::error::KernelError;
use kernels::memory::filled;
use kernels::q_table::{self, Columns, Steps};
use wasm_bindgen::prelude::*;

/// Columns of a batch, by the number that `u32_column` takes.
const STATES: usize = 0;
const ACTIONS: usize = 1;
const NEXT_STATES: usize = 2;
const VISITS: usize = 2;
const UPDATED: usize = 3;

/// A table with the room through which batches come in and columns go out.
#[wasm_bindgen]
pub struct QTable {
    table: q_table::QTable,
    numbers: [Vec<u32>; 4],
    /// Rewards of a batch on the way in, its td_errors on the way out; or values of entries.
    floats: Vec<f32>,
}

#[wasm_bindgen]
impl QTable {
    /// An empty table with `n_actions` entries for each state.
    #[wasm_bindgen(constructor)]
    pub fn new(n_actions: usize) -> Result<QTable, Thrown> {
        let table = q_table::QTable::new(n_actions)?;
        Ok(Self { table, numbers: Default::default(), floats: Vec::new() })
    }

    /// Make room for a batch of `n`.
    pub fn begin(&mut self, n: usize) -> Result<(), Thrown> {
        if self.floats.len() != n {
            for column in &mut self.numbers {
                *column = filled(0, n)?;
            }
            self.floats = filled(0.0, n)?;
        }
        Ok(())
    }

    /// Where a column of numbers begins.
    pub fn u32_column(&mut self, index: usize) -> *mut u32 {
        self.numbers[index].as_mut_ptr()
    }

    /// Where the column of floats begins.
    pub fn f32_column(&mut self) -> *mut f32 {
        self.floats.as_mut_ptr()
    }

    /// Number the keys in `text`, each ending where column 0 says; the numbers replace the ends.
    pub fn intern(&mut self, text: &[u8]) -> Result<(), Thrown> {
        let mut start = 0;
        for end in &mut self.numbers[STATES] {
            let Some(key) = text.get(start..*end as usize) else {
                let problem = format!("a key from byte {start} to {end} of {}", text.len());
                let fix = "Give the ends of the keys in order";
                return Err(KernelError::validation(problem, fix).into());
            };
            start = *end as usize;
            *end = self.table.intern(key)?;
        }
        Ok(())
    }

    /// The number of a key, or -1.
    pub fn find(&self, key: &[u8]) -> f64 {
        self.table.states.find(key).map_or(-1.0, f64::from)
    }

    /// Learn from the batch: states, actions and next states in columns 0 to 2, rewards in the floats,
    /// which then hold the td_errors.
    pub fn update(&mut self, alpha: f32, gamma: f32, now: u32) -> Result<(), Thrown> {
        let steps = Steps {
            states: &self.numbers[STATES],
            actions: &self.numbers[ACTIONS],
            rewards: &self.floats,
            next_states: &self.numbers[NEXT_STATES],
        };
        let mut td_errors = filled(0.0, self.floats.len())?;
        self.table.update(steps, alpha, gamma, now, &mut td_errors)?;
        self.floats = td_errors;
        Ok(())
    }

    /// Put the best action of each state in column 0 into column 1, its value into the floats.
    pub fn best(&mut self) -> Result<(), Thrown> {
        for i in 0..self.floats.len() {
            let (action, value) = self.table.best(self.numbers[STATES][i])?;
            (self.numbers[ACTIONS][i], self.floats[i]) = (action, value);
        }
        Ok(())
    }

    /// Put the entries of one state into the columns: visits in 2, updates in 3, values in the floats.
    pub fn row(&mut self, state: u32) -> Result<(), Thrown> {
        let n = self.table.row(state)?.len();
        self.begin(n)?;
        for (i, entry) in self.table.row(state)?.iter().enumerate() {
            self.floats[i] = entry.q_value;
            self.numbers[VISITS][i] = entry.visits;
            self.numbers[UPDATED][i] = entry.updated;
        }
        Ok(())
    }

    /// Put all visited entries into the columns: states, actions, visits, updates, and the floats;
    /// returns how many there are.
    pub fn export_entries(&mut self) -> usize {
        let columns = self.table.columns();
        self.numbers = [columns.states, columns.actions, columns.visits, columns.updated];
        self.floats = columns.q_values;
        self.floats.len()
    }

    /// Join the entries in the columns, as `export_entries` leaves them.
    pub fn merge(&mut self) -> Result<(), Thrown> {
        let [states, actions, visits, updated] = core::mem::take(&mut self.numbers);
        let q_values = core::mem::take(&mut self.floats);
        Ok(self.table.merge(&Columns { states, actions, q_values, visits, updated })?)
    }

    /// Give back the room of the last batch.
    pub fn clear(&mut self) {
        self.numbers = Default::default();
        self.floats = Vec::new();
    }

    /// Where the text of all keys begins.
    pub fn key_text(&self) -> *const u8 {
        self.table.states.text().as_ptr()
    }

    /// How long it is.
    pub fn key_text_bytes(&self) -> usize {
        self.table.states.text().len()
    }

    /// Where the ends of the keys in it begin.
    pub fn key_ends(&self) -> *const u32 {
        self.table.states.ends().as_ptr()
    }

    /// How many states there are.
    pub fn n_states(&self) -> usize {
        self.table.states.count()
    }

    /// How many entries were updated at least once.
    pub fn n_visited(&self) -> usize {
        self.table.n_visited()
    }

    /// Bytes held, counted.
    pub fn memory_bytes(&self) -> usize {
        let numbers: usize = self.numbers.iter().map(Vec::capacity).sum();
        self.table.size_bytes() + 4 * (numbers + self.floats.capacity())
    }
}
