//! The index against an exact scan: recall, filters, removal, bytes.

use super::Index;
use super::parameters::Parameters;
use super::random::Random;
use crate::error::Code;
use crate::testing::config;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn normal(random: &mut Random) -> f32 {
    // Box & Muller 1958.
    let (u, v) = (random.next_unit(), random.next_unit());
    ((-2.0 * u.ln()).sqrt() * (core::f64::consts::TAU * v).cos()) as f32
}

fn uniform(n: usize, dimensions: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut random = Random(seed);
    (0..n).map(|_| (0..dimensions).map(|_| normal(&mut random)).collect()).collect()
}

/// Points around a few centres, as embeddings of texts about a few subjects lie.
fn clustered(n: usize, dimensions: usize, n_clusters: usize, seed: u64) -> Vec<Vec<f32>> {
    let centres = uniform(n_clusters, dimensions, seed);
    let mut random = Random(seed + 1);
    let near = |centre: &Vec<f32>, random: &mut Random| -> Vec<f32> {
        centre.iter().map(|x| x + 0.4 * normal(random)).collect()
    };
    (0..n).map(|i| near(&centres[i % n_clusters], &mut random)).collect()
}

fn parameters(dimensions: u32) -> Parameters {
    Parameters { dimensions, exact_up_to: 0, ..Parameters::default() }
}

fn index_of(rows: &[Vec<f32>], parameters: Parameters) -> Index {
    let mut index = Index::new(parameters).unwrap();
    for (id, row) in (0_u32..).zip(rows) {
        index.add(id, &mut row.clone()).unwrap();
    }
    index
}

fn exact(rows: &BTreeMap<u32, Vec<f32>>, query: &[f32], k: usize) -> Vec<u32> {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum()
    };
    let length = |v: &[f32]| dot(v, v).sqrt().max(1e-300);
    let mut scored: Vec<(f64, u32)> =
        rows.iter().map(|(&id, row)| (-dot(row, query) / length(row), id)).collect();
    scored.sort_by(|a, b| a.partial_cmp(b).unwrap());
    scored.into_iter().take(k).map(|(_, id)| id).collect()
}

fn numbered(rows: &[Vec<f32>]) -> BTreeMap<u32, Vec<f32>> {
    (0_u32..).zip(rows.iter().cloned()).collect()
}

fn recall_at_10(index: &mut Index, rows: &BTreeMap<u32, Vec<f32>>, queries: &[Vec<f32>]) -> f64 {
    let mut hits = 0;
    for query in queries {
        index.search(&mut query.clone(), 10, 0, None).unwrap();
        let expected = exact(rows, query, 10);
        hits += expected.iter().filter(|&id| index.found_ids.contains(id)).count();
    }
    hits as f64 / (10 * queries.len()) as f64
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn recall_is_high_on_clustered_and_on_uniform_data() {
    for (seed, rows) in [(1, clustered(3000, 32, 60, 11)), (2, uniform(3000, 16, 12))] {
        for int8 in [false, true] {
            let mut index =
                index_of(&rows, Parameters { int8, seed, ..parameters(rows[0].len() as u32) });
            let queries: Vec<Vec<f32>> = if seed == 1 {
                clustered(100, 32, 60, 11)
                    .iter()
                    .map(|q| q.iter().map(|x| x + 0.05).collect())
                    .collect()
            } else {
                uniform(100, 16, 13)
            };
            let recall = recall_at_10(&mut index, &numbered(&rows), &queries);

            assert!(recall >= 0.98, "seed {seed} int8 {int8} recall {recall}");
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn removal_and_replacement_keep_the_recall() {
    let mut rows = numbered(&clustered(1500, 16, 30, 5));
    let all: Vec<Vec<f32>> = rows.values().cloned().collect();
    let mut index = index_of(&all, parameters(16));
    for id in (0..1500).step_by(3) {
        assert!(index.remove(id) && !index.remove(id));
        rows.remove(&id);
    }
    for (id, row) in (2000_u32..).zip(clustered(300, 16, 30, 6)) {
        index.add(id, &mut row.clone()).unwrap();
        rows.insert(id, row);
    }
    for (id, row) in (1_u32..).step_by(3).zip(clustered(200, 16, 30, 7)) {
        index.add(id, &mut row.clone()).unwrap();
        rows.insert(id, row);
    }
    assert_eq!(index.len(), rows.len());
    let recall = recall_at_10(&mut index, &rows, &clustered(100, 16, 30, 8));
    assert!(recall >= 0.97, "recall {recall}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_graph_can_be_emptied_and_filled_again() {
    let rows = uniform(40, 4, 3);
    let mut index = index_of(&rows, parameters(4));
    (0..40).for_each(|id| assert!(index.remove(id)));
    assert!(index.is_empty() && !index.has_graph());
    assert_eq!(index.search(&mut [1.0, 0.0, 0.0, 0.0], 5, 0, None), Ok(0));
    index.add(7, &mut [1.0, 1.0, 0.0, 0.0]).unwrap();
    index.search(&mut [1.0, 0.0, 0.0, 0.0], 5, 0, None).unwrap();
    assert_eq!(index.found_ids, [7]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_filter_lets_only_its_ids_through() {
    let rows = clustered(2000, 16, 20, 9);
    let mut index = index_of(&rows, Parameters { exact_up_to: 500, ..parameters(16) });
    for step in [2, 7, 400] {
        let allowed: Vec<u32> = (0..2000).step_by(step).collect();
        let some: BTreeMap<u32, Vec<f32>> =
            allowed.iter().map(|&id| (id, rows[id as usize].clone())).collect();
        let mut hits = 0;
        let queries = clustered(50, 16, 20, 10);
        for query in &queries {
            index.search(&mut query.clone(), 5, 0, Some(&allowed)).unwrap();
            assert!(index.found_ids.iter().all(|id| some.contains_key(id)));
            let expected = exact(&some, query, 5);
            hits += expected.iter().filter(|&id| index.found_ids.contains(id)).count();
        }
        assert!(hits as f64 >= 0.97 * 250.0, "every {step}th: {hits} of 250");
    }
    assert_eq!(index.search(&mut rows[0].clone(), 5, 0, Some(&[])), Ok(0));
    assert_eq!(index.search(&mut rows[0].clone(), 5, 0, Some(&[9999, 3])), Ok(1));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn duplicates_and_zero_vectors_are_found() {
    let mut rows = vec![vec![1.0, 2.0, 3.0, 4.0]; 300];
    rows.extend(vec![vec![0.0; 4]; 50]);
    rows.extend(uniform(300, 4, 4));
    let mut index = index_of(&rows, parameters(4));
    index.search(&mut [1.0, 2.0, 3.0, 4.0], 10, 0, None).unwrap();
    assert_eq!(index.found_ids.len(), 10);
    assert!(index.found_distances.iter().all(|&d| d < 1e-6));
    index.search(&mut [0.0; 4], 10, 0, None).unwrap();
    assert!(index.found_distances.iter().all(|&d| d == 1.0));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut index = index_of(&uniform(5, 4, 1), parameters(4));
    for vector in [&mut [1.0_f32; 3][..], &mut [f32::NAN; 4], &mut [f32::INFINITY; 4]] {
        assert_eq!(index.add(2, vector).unwrap_err().code, Code::Validation);
        assert_eq!(index.search(vector, 1, 0, None).unwrap_err().code, Code::Validation);
    }
    assert_eq!(index.search(&mut [1.0; 4], 0, 0, None).unwrap_err().code, Code::Validation);
    assert!(index.len() == 5 && index.contains(2));
    for wrong in [
        Parameters { dimensions: 6, ..parameters(4) },
        Parameters { m: 1, ..parameters(4) },
        Parameters { m_max0: 8, ..parameters(4) },
        Parameters { ef_search: 0, ..parameters(4) },
    ] {
        assert_eq!(Index::new(wrong).unwrap_err().code, Code::Validation);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_same_seed_gives_the_same_bytes() {
    let rows = clustered(400, 16, 10, 2);
    let bytes = |seed| index_of(&rows, Parameters { seed, ..parameters(16) }).to_bytes();
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn both_builds_give_the_same_bytes() {
    // Numbers without logarithms: those of the standard library differ from system to system.
    let mut random = Random(2);
    let mut row = || (0..20).map(|_| random.next_unit() as f32 - 0.5).collect();
    let rows: Vec<Vec<f32>> = (0..300).map(|_| row()).collect();
    let bytes = index_of(&rows, parameters(20)).to_bytes();
    let sum = bytes
        .iter()
        .fold(0_u64, |sum, &byte| sum.wrapping_mul(0x0000_0100_0000_01B3) ^ u64::from(byte));
    assert_eq!(sum, EXPECTED_SUM, "the graph changed: {sum:#x}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ten_thousand_vectors_fit_six_megabytes() {
    let rows = clustered(10_000, 128, 100, 21);
    // Few candidates while linking: how many there are decides the time and not the memory.
    let settings = Parameters { ef_construction: 20, ..parameters(128) };
    let mut index = Index::new(settings).unwrap();
    index.reserve(rows.len()).unwrap();
    for (id, mut row) in (0_u32..).zip(rows) {
        index.add(id, &mut row).unwrap();
    }
    index.compact();
    let size_bytes = index.memory_bytes();
    assert!(size_bytes <= 6_000_000, "{size_bytes} bytes");
    assert!(size_bytes >= 10_000 * 128 * 4, "{size_bytes} bytes are fewer than the numbers take");
}

/// Of the index in `both_builds_give_the_same_bytes`; the scalar and the simd128 build must both give it.
const EXPECTED_SUM: u64 = 0x5c36_7280_db4d_e6e2;

proptest! {
    #![proptest_config(config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn damaged_bytes_are_refused(
        at in any::<prop::sample::Index>(), flip in 1_u8..=255, cut in any::<prop::sample::Index>(),
    ) {
        let bytes = index_of(&uniform(20, 4, 1), parameters(4)).to_bytes();
        let mut damaged = bytes.clone();
        *at.get_mut(&mut damaged) ^= flip;
        prop_assert_eq!(Index::from_bytes(&damaged).unwrap_err().code, Code::Serialization);
        let short = &bytes[..cut.index(bytes.len())];
        prop_assert_eq!(Index::from_bytes(short).unwrap_err().code, Code::Serialization);
    }
}
