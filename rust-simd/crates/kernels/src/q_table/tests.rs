//! The table against maps of the standard library.

use super::{Columns, QTable, Steps, TERMINAL};
use crate::error::Code;
use crate::testing::config;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

const N_ACTIONS: usize = 3;

type Step = (u8, u32, f32, Option<u8>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..30, 0_u32..3, -10.0_f32..10.0, prop::option::of(0_u8..30));
    prop::collection::vec(step, 0..200)
}

fn key(state: u8) -> Vec<u8> {
    format!("state {}", u32::from(state) * 7919).into_bytes()
}

/// Learn from steps one batch at a time; returns the table.
fn learn(batches: &[Vec<Step>]) -> QTable {
    let mut table = QTable::new(N_ACTIONS).unwrap();
    for (now, batch) in (1_u32..).zip(batches) {
        let mut intern = |state: u8| table.intern(&key(state)).unwrap();
        let states: Vec<u32> = batch.iter().map(|step| intern(step.0)).collect();
        let next_states: Vec<u32> =
            batch.iter().map(|step| step.3.map_or(TERMINAL, &mut intern)).collect();
        let actions: Vec<u32> = batch.iter().map(|step| step.1).collect();
        let rewards: Vec<f32> = batch.iter().map(|step| step.2).collect();
        let steps = Steps {
            states: &states,
            actions: &actions,
            rewards: &rewards,
            next_states: &next_states,
        };
        table.update(steps, 0.3, 0.9, now, &mut vec![0.0; batch.len()]).unwrap();
    }
    table
}

proptest! {
    #![proptest_config(config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn it_learns_what_a_map_learns(first in steps(), second in steps()) {
        let table = learn(&[first.clone(), second.clone()]);
        let mut plain: HashMap<(u8, u32), (f32, u32)> = HashMap::new();
        for (state, action, reward, next) in first.into_iter().chain(second) {
            let value = |action| plain.get(&(next.unwrap_or(0), action)).map_or(0.0, |e| e.0);
            let future = next.map_or(0.0, |_| value(0).max(value(1)).max(value(2)));
            let entry = plain.entry((state, action)).or_default();
            entry.0 += 0.3 * ((reward + 0.9 * future) - entry.0);
            entry.1 += 1;
        }
        prop_assert_eq!(table.n_visited(), plain.len());
        for ((state, action), (value, visits)) in plain {
            let state = table.states.find(&key(state)).unwrap();
            let entry = table.row(state).unwrap()[action as usize];
            prop_assert_eq!((entry.q_value, entry.visits), (value, visits));
            let (best, greatest) = table.best(state).unwrap();
            let row = table.row(state).unwrap();
            prop_assert!(row.iter().all(|entry| entry.q_value <= greatest));
            prop_assert_eq!(row.iter().position(|entry| entry.q_value == greatest), Some(best as usize));
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn columns_carry_everything(steps in steps()) {
        let table = learn(&[steps]);
        let columns = table.columns();
        let mut copy = QTable::new(N_ACTIONS).unwrap();
        for state in 0..table.states.count() as u32 {
            prop_assert_eq!(copy.intern(table.states.key(state)).unwrap(), state);
        }
        copy.merge(&columns).unwrap();
        prop_assert_eq!(copy.columns(), columns);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn keys_keep_their_numbers(keys in prop::collection::vec("[a-c]{0,4}", 0..300)) {
        let mut table = QTable::new(1).unwrap();
        let mut plain = BTreeMap::new();
        for text in &keys {
            let next = plain.len() as u32;
            let number = *plain.entry(text.clone()).or_insert(next);
            prop_assert_eq!(table.intern(text.as_bytes()).unwrap(), number);
        }
        for (text, number) in &plain {
            prop_assert_eq!(table.states.find(text.as_bytes()), Some(*number));
            prop_assert_eq!(table.states.key(*number), text.as_bytes());
        }
        prop_assert_eq!(table.states.find(b"not there"), None);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn merging_weighs_by_visits() {
    let one = |q_value, visits, updated| Columns {
        states: vec![0],
        actions: vec![1],
        q_values: vec![q_value],
        visits: vec![visits],
        updated: vec![updated],
    };
    let mut table = QTable::new(2).unwrap();
    table.intern(b"only").unwrap();
    table.merge(&one(1.0, 1, 9)).unwrap();
    table.merge(&one(4.0, 2, 5)).unwrap();
    let entry = table.row(0).unwrap()[1];
    assert_eq!((entry.q_value, entry.visits, entry.updated), (3.0, 3, 9));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_step_that_does_not_fit_teaches_nothing() {
    let mut table = QTable::new(2).unwrap();
    table.intern(b"a").unwrap();
    let wrong = [(1, 0, 0.0, 0), (0, 2, 0.0, 0), (0, 0, f32::NAN, 0), (0, 0, 0.0, 5)];
    for (state, action, reward, next) in wrong {
        let steps = Steps {
            states: &[0, state],
            actions: &[0, action],
            rewards: &[1.0, reward],
            next_states: &[TERMINAL, next],
        };
        let error = table.update(steps, 0.5, 0.9, 1, &mut [0.0; 2]).unwrap_err();
        assert_eq!((error.code, table.n_visited()), (Code::Validation, 0));
    }
    assert_eq!(QTable::new(0).unwrap_err().code, Code::Validation);
    assert_eq!(table.best(3).unwrap_err().code, Code::Validation);
}
