//! Groups rows by a small number with a counting sort: stable, in two passes, without comparing.

use alloc::vec::Vec;

/// The order of rows that brings equal keys together, keys ascending, and where each key's rows begin.
///
/// `starts` gets `n_keys + 1` places in `order`. Both are cleared first; rows of one key keep their order.
///
/// # Panics
///
/// A key is not below `n_keys`.
pub fn counting_sort(keys: &[u32], n_keys: usize, starts: &mut Vec<u32>, order: &mut Vec<u32>) {
    starts.clear();
    starts.resize(n_keys + 1, 0);
    for &key in keys {
        starts[key as usize + 1] += 1;
    }
    for key in 0..n_keys {
        starts[key + 1] += starts[key];
    }
    order.clear();
    order.resize(keys.len(), 0);
    for (row, &key) in keys.iter().enumerate() {
        let place = &mut starts[key as usize];
        order[*place as usize] = row as u32;
        *place += 1;
    }
    // Each start has moved to the next one's place.
    starts.rotate_right(1);
    starts[0] = 0;
}

/// The values of a column in another order.
pub fn taken<T: Copy>(column: &[T], order: &[u32], out: &mut Vec<T>) {
    out.clear();
    out.extend(order.iter().map(|&row| column[row as usize]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::config;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn it_is_a_stable_sort(keys in prop::collection::vec(0_u32..7, 0..50)) {
            let (mut starts, mut order) = (Vec::new(), Vec::new());
            counting_sort(&keys, 7, &mut starts, &mut order);

            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|&row| keys[row as usize]);
            prop_assert_eq!(&order, &expected);
            for key in 0..7 {
                let rows = &order[starts[key] as usize..starts[key + 1] as usize];
                prop_assert!(rows.iter().all(|&row| keys[row as usize] == key as u32));
            }
            let mut sorted = Vec::new();
            taken(&keys, &order, &mut sorted);
            prop_assert!(sorted.is_sorted());
        }
    }
}
