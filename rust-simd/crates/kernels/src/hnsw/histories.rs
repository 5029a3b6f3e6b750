//! Whatever was added, replaced and removed: the index finds all that is in it, and its bytes too.

use super::Index;
use super::parameters::Parameters;
use crate::testing::{config, cosine};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Add(u32, Vec<f32>),
    Remove(u32),
}

/// Steps over ids below `n_ids`; with few different numbers many vectors are the same or lie on one line.
fn steps(n_ids: u32, greatest: i8, most: usize) -> impl Strategy<Value = Vec<Step>> {
    let vector = prop::collection::vec((-greatest..=greatest).prop_map(f32::from), 4);
    let step = prop_oneof![
        3 => (0..n_ids, vector).prop_map(|(id, vector)| Step::Add(id, vector)),
        1 => (0..n_ids).prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 0..most)
}

fn settings(m: u32, m_max0: u32, int8: bool, exact_up_to: u32) -> Parameters {
    Parameters { dimensions: 4, m, m_max0, int8, exact_up_to, ..Parameters::default() }
}

/// Carry out `steps`; after each of them every layer hangs together.
fn carry_out(index: &mut Index, steps: &[Step]) -> BTreeMap<u32, Vec<f32>> {
    let mut plain = BTreeMap::new();
    for step in steps {
        match step {
            Step::Add(id, vector) => {
                index.add(*id, &mut vector.clone()).unwrap();
                plain.insert(*id, vector.clone());
            }
            Step::Remove(id) => assert_eq!(index.remove(*id), plain.remove(id).is_some()),
        }
        let highest = index.graph.entry().map_or(0, |(_, highest)| highest);
        (0..=highest).for_each(|layer| assert!(index.graph.is_held_together(layer), "{layer}"));
    }
    plain
}

/// Panic unless a search for all finds all, each at its distance.
fn check_all_found(index: &mut Index, plain: &BTreeMap<u32, Vec<f32>>, ef: usize) {
    let slack = if index.parameters().int8 { 0.02 } else { 1e-6 };
    for query in [[1.0, 0.0, 0.0, 0.0], [-1.0, 2.0, 3.0, -0.5]] {
        let n_found = index.search(&mut query.clone(), plain.len().max(1), ef, None).unwrap();
        assert_eq!(n_found, plain.len());
        for (id, distance) in index.found_ids.iter().zip(&index.found_distances) {
            assert!((f64::from(*distance) - (1.0 - cosine(&plain[id], &query))).abs() < slack);
        }
        let mut ids = index.found_ids.clone();
        ids.sort_unstable();
        assert!(ids.iter().eq(plain.keys()));
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_vector_that_only_the_removed_one_linked_to_is_still_found() {
    // The third is linked to the first alone: nearer to it than the others, on opposite sides of it.
    for (third, replacement) in
        [(2.0, None), (-2.0, None), (2.0, Some([1.0, 3.0, 0.0, 0.0])), (-2.0, Some([0.0; 4]))]
    {
        for int8 in [false, true] {
            let mut index = Index::new(settings(16, 32, int8, 0)).unwrap();
            let rows = [
                [1.0, 0.0, 0.0, 0.0],
                [1.0, -1.0, 0.0, 0.0],
                [0.0, -1.0, 0.0, third],
                [0., 1., 0., 0.],
            ];
            let mut steps: Vec<Step> =
                (0..).zip(rows).map(|(id, row)| Step::Add(id, row.to_vec())).collect();
            steps.push(replacement.map_or(Step::Remove(0), |row| Step::Add(0, row.to_vec())));
            let plain = carry_out(&mut index, &steps);
            check_all_found(&mut index, &plain, 60);
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_thousand_equal_vectors_are_all_found() {
    let mut index = Index::new(settings(4, 8, false, 0)).unwrap();
    let steps: Vec<Step> = (0..1000).map(|id| Step::Add(id, vec![1.0, 2.0, 0.0, 0.0])).collect();
    let plain = carry_out(&mut index, &steps);
    check_all_found(&mut index, &plain, 0);
}

proptest! {
    #![proptest_config(config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn any_history_leaves_an_index_that_finds_all_that_is_in_it(
        steps in steps(31, 3, 120), int8 in any::<bool>(),
        exact_up_to in prop::sample::select(vec![0_u32, 10, 100]),
    ) {
        let mut index = Index::new(settings(16, 32, int8, exact_up_to)).unwrap();
        let plain = carry_out(&mut index, &steps);
        check_all_found(&mut index, &plain, 60);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn full_lists_lose_nothing_either(
        steps in steps(150, 1, 300), int8 in any::<bool>(),
        (m, m_max0) in prop::sample::select(vec![(2_u32, 2_u32), (2, 3), (2, 4), (4, 8)]),
    ) {
        let mut index = Index::new(settings(m, m_max0, int8, 0)).unwrap();
        let plain = carry_out(&mut index, &steps);
        check_all_found(&mut index, &plain, 150);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn bytes_of_any_history_give_the_same_answers(steps in steps(40, 3, 120), int8 in any::<bool>()) {
        let mut index = Index::new(settings(4, 8, int8, 10)).unwrap();
        carry_out(&mut index, &steps);
        let bytes = index.to_bytes();
        let mut read = Index::from_bytes(&bytes).unwrap();
        prop_assert_eq!(read.to_bytes(), bytes);
        for query in [[1.0, 0.0, 0.0, 0.0], [-1.0, 2.0, 3.0, -0.5]] {
            index.search(&mut query.clone(), 5, 20, None).unwrap();
            read.search(&mut query.clone(), 5, 20, None).unwrap();
            prop_assert_eq!(&read.found_ids, &index.found_ids);
            prop_assert_eq!(&read.found_distances, &index.found_distances);
        }
    }
}
