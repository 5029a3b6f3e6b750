//! The same work as anyone would write it: one number after the other, one sum of each kind.

/// Sum of products.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sum = 0.0;
    for (x, y) in a.iter().zip(b) {
        sum += x * y;
    }
    sum
}

/// Sutton & Barto, 2nd ed., equation 6.8, in place.
pub fn q_update(q_values: &mut [f32], rewards: &[f32], next_max_q: &[f32], alpha: f32, gamma: f32) {
    for ((q, reward), next) in q_values.iter_mut().zip(rewards).zip(next_max_q) {
        *q += alpha * (reward + gamma * next - *q);
    }
}

/// Set the bit of each finite value in its range and return how many values are outside.
pub fn check_ranges(values: &[f64], minima: &[f64], maxima: &[f64], bits: &mut [u8]) -> u32 {
    bits.fill(0);
    let mut n_invalid = 0;
    for (i, ((&value, low), high)) in values.iter().zip(minima).zip(maxima).enumerate() {
        if value.is_finite() && value >= *low && value <= *high {
            bits[i / 8] |= 1 << (i % 8);
        } else {
            n_invalid += 1;
        }
    }
    n_invalid
}

/// Total, weighted total, maximum, count above the threshold and minimum.
pub fn aggregate(values: &[f64], weights: &[f64], threshold: f64) -> [f64; 5] {
    let (mut total, mut weighted, mut n_above) = (0.0, 0.0, 0_u32);
    let (mut maximum, mut minimum) = (f64::NEG_INFINITY, f64::INFINITY);
    for (&value, &weight) in values.iter().zip(weights) {
        total += value;
        weighted += value * weight;
        if value > maximum {
            maximum = value;
        }
        if value < minimum {
            minimum = value;
        }
        if value > threshold {
            n_above += 1;
        }
    }
    [total, weighted, maximum, f64::from(n_above), minimum]
}
