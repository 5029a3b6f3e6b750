//! Action values by state and action: Sutton & Barto, 2nd ed., section 6.5, with interned states.
//!
//! A state has a row of entries, one per action, so an entry is 12 bytes and its key none. An entry that
//! was never updated has value 0 and no visits; it takes part in a maximum like any other.

pub mod states;

use crate::error::KernelError;
use alloc::format;
use alloc::vec::Vec;
use states::States;

/// The next state of a step that ended the episode: there is no future to count.
pub const TERMINAL: u32 = u32::MAX;

/// One action value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Entry {
    /// In the unit of the reward.
    pub q_value: f32,
    /// How many updates made it.
    pub visits: u32,
    /// When it was last updated, in the caller's count.
    pub updated: u32,
}

/// Steps to learn from, as columns of one length.
#[derive(Clone, Copy, Debug)]
pub struct Steps<'a> {
    /// States that were left.
    pub states: &'a [u32],
    /// What was done there.
    pub actions: &'a [u32],
    /// What it brought.
    pub rewards: &'a [f32],
    /// Where it led, or `TERMINAL`.
    pub next_states: &'a [u32],
}

/// Entries as columns; only those with visits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// State of each entry.
    pub states: Vec<u32>,
    /// Action of each entry.
    pub actions: Vec<u32>,
    /// Value of each entry.
    pub q_values: Vec<f32>,
    /// Visits of each entry.
    pub visits: Vec<u32>,
    /// Last update of each entry.
    pub updated: Vec<u32>,
}

/// A table of `n_actions` entries for each state.
#[derive(Clone, Debug)]
pub struct QTable {
    /// The keys of the states.
    pub states: States,
    entries: Vec<Entry>,
    n_actions: usize,
    n_visited: usize,
}

impl QTable {
    /// An empty table.
    ///
    /// # Errors
    /// VALIDATION_ERROR unless there are 1 to 65536 actions.
    pub fn new(n_actions: usize) -> Result<Self, KernelError> {
        if !(1..=65_536).contains(&n_actions) {
            let problem = format!("a table of {n_actions} actions");
            return Err(KernelError::validation(problem, "Give 1 to 65536 actions"));
        }
        Ok(Self { states: States::default(), entries: Vec::new(), n_actions, n_visited: 0 })
    }

    /// How many entries were updated at least once.
    #[must_use]
    pub fn n_visited(&self) -> usize {
        self.n_visited
    }

    /// The number of a state's key; a new one gets a row of unvisited entries.
    ///
    /// # Errors
    /// MEMORY_ERROR when there is no room for it.
    pub fn intern(&mut self, key: &[u8]) -> Result<u32, KernelError> {
        let state = self.states.intern(key)?;
        let len = self.states.count() * self.n_actions;
        if len > self.entries.len() {
            let no_room = |_| KernelError::memory(size_of::<Entry>() * len);
            self.entries.try_reserve(len - self.entries.len()).map_err(no_room)?;
            self.entries.resize(len, Entry::default());
        }
        Ok(state)
    }

    /// The entries of a state, one per action.
    ///
    /// # Errors
    /// VALIDATION_ERROR for a state that the table does not have.
    pub fn row(&self, state: u32) -> Result<&[Entry], KernelError> {
        self.check(0, state, 0)?;
        Ok(&self.entries[self.at(state, 0)..][..self.n_actions])
    }

    /// The action of the greatest value, the first of equal ones, and that value.
    ///
    /// # Errors
    /// VALIDATION_ERROR for a state that the table does not have.
    pub fn best(&self, state: u32) -> Result<(u32, f32), KernelError> {
        let row = self.row(state)?;
        let better = |best: (u32, f32), (action, entry): (u32, &Entry)| {
            if entry.q_value > best.1 { (action, entry.q_value) } else { best }
        };
        Ok((0_u32..).zip(row).fold((0, row[0].q_value), better))
    }

    /// Learn from each step in turn (equation 6.8), with the maximum over the next state's actions;
    /// `td_errors`, of the same length, receives target - old value.
    ///
    /// # Errors
    /// VALIDATION_ERROR naming the first step with a state or action that the table does not have, or
    /// with a reward that is not finite; nothing is learnt then.
    pub fn update(
        &mut self,
        steps: Steps<'_>,
        alpha: f32,
        gamma: f32,
        now: u32,
        td_errors: &mut [f32],
    ) -> Result<(), KernelError> {
        let left = steps.states.iter().zip(steps.actions);
        let led = steps.rewards.iter().zip(steps.next_states);
        for (i, ((&state, &action), (&reward, &next))) in left.clone().zip(led.clone()).enumerate()
        {
            self.check(i, state, action)?;
            if next != TERMINAL {
                self.check(i, next, 0)?;
            }
            if !reward.is_finite() {
                let problem = format!("the reward of step {i} is not finite");
                return Err(KernelError::validation(problem, "Give finite rewards"));
            }
        }
        for (((&state, &action), (&reward, &next)), td_error) in left.zip(led).zip(td_errors) {
            let future = if next == TERMINAL { 0.0 } else { self.greatest(next) };
            let at = self.at(state, action);
            let entry = &mut self.entries[at];
            *td_error = (reward + gamma * future) - entry.q_value;
            entry.q_value += alpha * *td_error;
            self.n_visited += usize::from(entry.visits == 0);
            entry.visits = entry.visits.saturating_add(1);
            entry.updated = now;
        }
        Ok(())
    }

    /// All visited entries, by state and then by action.
    #[must_use]
    pub fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.visits > 0) {
            columns.states.push((at / self.n_actions) as u32);
            columns.actions.push((at % self.n_actions) as u32);
            columns.q_values.push(entry.q_value);
            columns.visits.push(entry.visits);
            columns.updated.push(entry.updated);
        }
        columns
    }

    /// Join entries into the table: visits add up, values are their mean by visits, the later update
    /// counts. Into an unvisited entry that is a copy.
    ///
    /// # Errors
    /// VALIDATION_ERROR naming the first entry that does not fit; nothing is joined then.
    pub fn merge(&mut self, columns: &Columns) -> Result<(), KernelError> {
        let keys = columns.states.iter().zip(&columns.actions);
        for (i, ((&state, &action), &value)) in keys.clone().zip(&columns.q_values).enumerate() {
            self.check(i, state, action)?;
            if !value.is_finite() || columns.visits[i] == 0 {
                // Without the value: code that prints floats would be a tenth of the module.
                let problem = format!("entry {i} has no finite value or no visits");
                return Err(KernelError::validation(
                    problem,
                    "Give finite values that were visited",
                ));
            }
        }
        for (i, (&state, &action)) in keys.enumerate() {
            let at = self.at(state, action);
            let entry = &mut self.entries[at];
            let (old, new) = (f64::from(entry.visits), f64::from(columns.visits[i]));
            let sum = f64::from(entry.q_value) * old + f64::from(columns.q_values[i]) * new;
            self.n_visited += usize::from(entry.visits == 0);
            entry.q_value = (sum / (old + new)) as f32;
            entry.visits = entry.visits.saturating_add(columns.visits[i]);
            entry.updated = entry.updated.max(columns.updated[i]);
        }
        Ok(())
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let entries = self.entries.capacity() * size_of::<Entry>();
        size_of::<Self>() + entries + self.states.size_bytes()
    }

    fn greatest(&self, state: u32) -> f32 {
        let row = &self.entries[self.at(state, 0)..][..self.n_actions];
        row.iter().map(|entry| entry.q_value).fold(f32::NEG_INFINITY, f32::max)
    }

    fn at(&self, state: u32, action: u32) -> usize {
        state as usize * self.n_actions + action as usize
    }

    fn check(&self, i: usize, state: u32, action: u32) -> Result<(), KernelError> {
        if (state as usize) < self.states.count() && (action as usize) < self.n_actions {
            return Ok(());
        }
        let (n_states, n_actions) = (self.states.count(), self.n_actions);
        let problem = format!(
            "entry {i} names state {state} and action {action} in a table of {n_states} and {n_actions}"
        );
        Err(KernelError::validation(problem, "Use numbers that this table gave out"))
    }
}

#[cfg(test)]
mod tests;
