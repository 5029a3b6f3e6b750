//! One Q-learning step for many entries at once: Sutton & Barto, 2nd ed., equation 6.8.
//!
//! `q += alpha * (reward + gamma * next_max_q - q)`, rounded to `f32` after every operation, so that
//! NumPy in float32, the scalar and the simd128 form give the same bits.

#[cfg(not(target_feature = "simd128"))]
pub use scalar::q_update;
#[cfg(target_feature = "simd128")]
pub use simd128::q_update;

/// One step; the tail of the simd128 form and the whole of the scalar one.
#[inline]
fn step(q: f32, reward: f32, next_max_q: f32, alpha: f32, gamma: f32) -> f32 {
    q + alpha * ((reward + gamma * next_max_q) - q)
}

#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar {
    /// Update `q_values` in place; all slices have one length.
    pub fn q_update(
        q_values: &mut [f32],
        rewards: &[f32],
        next_max_q: &[f32],
        alpha: f32,
        gamma: f32,
    ) {
        for ((q, &reward), &next) in q_values.iter_mut().zip(rewards).zip(next_max_q) {
            *q = super::step(*q, reward, next, alpha, gamma);
        }
    }
}

#[cfg(target_feature = "simd128")]
mod simd128 {
    use core::arch::wasm32::*;

    /// Update `q_values` in place; all slices have one length.
    pub fn q_update(
        q_values: &mut [f32],
        rewards: &[f32],
        next_max_q: &[f32],
        alpha: f32,
        gamma: f32,
    ) {
        let (alphas, gammas) = (f32x4_splat(alpha), f32x4_splat(gamma));
        let (mut q4, r4, n4) =
            (q_values.chunks_exact_mut(4), rewards.chunks_exact(4), next_max_q.chunks_exact(4));
        let (r_tail, n_tail) = (r4.remainder(), n4.remainder());
        for ((q, r), n) in q4.by_ref().zip(r4).zip(n4) {
            // SAFETY: each chunk is exactly 16 bytes; `v128_load` and `v128_store` need no alignment.
            unsafe {
                let old = v128_load(q.as_ptr().cast());
                let target = f32x4_add(
                    v128_load(r.as_ptr().cast()),
                    f32x4_mul(gammas, v128_load(n.as_ptr().cast())),
                );
                let new = f32x4_add(old, f32x4_mul(alphas, f32x4_sub(target, old)));
                v128_store(q.as_mut_ptr().cast(), new);
            }
        }
        for ((q, &reward), &next) in q4.into_remainder().iter_mut().zip(r_tail).zip(n_tail) {
            *q = super::step(*q, reward, next, alpha, gamma);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{config, finite_f32, lengths};
    use proptest::prelude::*;

    type Kernel = fn(&mut [f32], &[f32], &[f32], f32, f32);

    fn implementations() -> Vec<(&'static str, Kernel)> {
        vec![
            ("scalar", super::scalar::q_update as Kernel),
            #[cfg(target_feature = "simd128")]
            ("simd128", super::simd128::q_update as Kernel),
        ]
    }

    proptest! {
        #![proptest_config(config())]

        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn every_implementation_follows_equation_6_8(
            rows in lengths().prop_flat_map(|n| prop::collection::vec(
                (finite_f32(), finite_f32(), finite_f32()), n)),
            alpha in 0.0_f32..=1.0,
            gamma in 0.0_f32..=1.0,
        ) {
            let rewards: Vec<f32> = rows.iter().map(|row| row.1).collect();
            let next: Vec<f32> = rows.iter().map(|row| row.2).collect();
            let mut bits: Option<Vec<u32>> = None;
            for (name, kernel) in implementations() {
                let mut q: Vec<f32> = rows.iter().map(|row| row.0).collect();
                kernel(&mut q, &rewards, &next, alpha, gamma);
                for (i, row) in rows.iter().enumerate() {
                    let (old, reward, ahead) = (f64::from(row.0), f64::from(row.1), f64::from(row.2));
                    let (a, g) = (f64::from(alpha), f64::from(gamma));
                    let expected = old + a * (reward + g * ahead - old);
                    let scale = old.abs() + reward.abs() + ahead.abs() + 1e-30;
                    prop_assert!((f64::from(q[i]) - expected).abs() <= 1e-6 * scale, "{} at {}", name, i);
                }
                let own: Vec<u32> = q.iter().map(|x| x.to_bits()).collect();
                if let Some(first) = &bits { prop_assert_eq!(first, &own); }
                bits = Some(own);
            }
        }
    }
}
