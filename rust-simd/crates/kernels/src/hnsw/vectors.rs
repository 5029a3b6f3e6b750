//! The vectors of an index, scaled to length 1: as `f32`, or as 8-bit integers with one scale each.
//!
//! The distance is 1 - cosine, in [0, 2]; a zero vector has distance 1 to everything. With integers a
//! search compares integers with integers and then ranks what it kept by the `f32` query.

use super::reorder::permute;
use crate::error::KernelError;
use crate::{int8, similarity};
use alloc::vec::Vec;

/// Codes run from -127 to 127, so that a vector and its negation are equally far from zero.
const CODE_LIMIT: f32 = 127.0;

/// A vector in the forms that distances are computed from.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Scaled to length 1.
    pub unit: Vec<f32>,
    codes: Vec<i8>,
    scale: f32,
}

impl Query {
    /// Round to codes, with the scale that makes the rounded vector's projection on the true one exact.
    ///
    /// So rounding errs only across the vector, and the product with a near vector, which has little of
    /// that direction, errs by less (the idea of Gao & Long 2024, "RaBitQ").
    fn round(&mut self) {
        let largest = self.unit.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let factor = if largest > 0.0 { CODE_LIMIT / largest } else { 0.0 };
        self.codes.clear();
        // Half away from zero; a cast rounds towards zero, and saturates.
        let codes = self.unit.iter().map(|x| (x * factor + 0.5_f32.copysign(*x)) as i8);
        self.codes.extend(codes);
        let projection = int8::dot_f32(&self.unit, &self.codes);
        self.scale = if projection > 0.0 { 1.0 / projection } else { 0.0 };
    }
}

/// Rows by slot.
#[derive(Clone, Debug)]
pub struct Vectors {
    dimensions: usize,
    rows: Rows,
}

#[derive(Clone, Debug)]
pub(super) enum Rows {
    F32(Vec<f32>),
    Int8 { codes: Vec<i8>, scales: Vec<f32> },
}

impl Vectors {
    /// No vectors yet.
    #[must_use]
    pub fn new(dimensions: usize, int8: bool) -> Self {
        let rows = if int8 {
            Rows::Int8 { codes: Vec::new(), scales: Vec::new() }
        } else {
            Rows::F32(Vec::new())
        };
        Self { dimensions, rows }
    }

    /// Make room for exactly this many vectors more.
    ///
    /// # Errors
    /// MEMORY_ERROR when they do not fit.
    pub fn reserve(&mut self, n_more: usize) -> Result<(), KernelError> {
        let no_room = |_| KernelError::memory(n_more * self.dimensions);
        match &mut self.rows {
            Rows::F32(rows) => rows.try_reserve_exact(n_more * self.dimensions).map_err(no_room),
            Rows::Int8 { codes, scales } => {
                codes.try_reserve_exact(n_more * self.dimensions).map_err(no_room)?;
                scales.try_reserve_exact(n_more).map_err(no_room)
            }
        }
    }

    /// Bring a vector, scaled to length 1 in place, into the form that distances are computed from.
    pub fn prepare(&self, unit: &[f32], query: &mut Query) {
        query.unit.clear();
        query.unit.extend_from_slice(unit);
        if let Rows::Int8 { .. } = self.rows {
            query.round();
        }
    }

    /// Store a prepared vector in a slot, the next one or an old one.
    pub fn write(&mut self, slot: u32, query: &Query) {
        let start = slot as usize * self.dimensions;
        match &mut self.rows {
            Rows::F32(rows) => put(rows, start, &query.unit),
            Rows::Int8 { codes, scales } => {
                put(codes, start, &query.codes);
                put(scales, slot as usize, &[query.scale]);
            }
        }
    }

    /// Prepare the vector of a slot as a query.
    pub fn load(&self, slot: u32, query: &mut Query) {
        query.unit.clear();
        match &self.rows {
            Rows::F32(rows) => query.unit.extend_from_slice(self.row(rows, slot)),
            Rows::Int8 { codes, scales } => {
                query.codes.clear();
                query.codes.extend_from_slice(self.row(codes, slot));
                query.scale = scales[slot as usize];
                query.unit.extend(query.codes.iter().map(|&c| f32::from(c) * query.scale));
            }
        }
    }

    /// Distances of the query to the vectors of these slots, in their order.
    #[inline]
    pub fn distances(&self, query: &Query, slots: &[u32], out: &mut Vec<f32>) {
        out.clear();
        match &self.rows {
            Rows::F32(rows) => similarity::dots(&query.unit, rows, slots, out),
            Rows::Int8 { codes, scales } => {
                similarity::touch(codes, self.dimensions, slots);
                out.extend(slots.iter().map(|&slot| {
                    let sum = int8::dot(&query.codes, self.row(codes, slot));
                    sum as f32 * (query.scale * scales[slot as usize])
                }));
            }
        }
        for similarity in out {
            *similarity = 1.0 - *similarity;
        }
    }

    /// Distance between the vectors of two slots.
    #[inline]
    #[must_use]
    pub fn between(&self, a: u32, b: u32) -> f32 {
        match &self.rows {
            Rows::F32(rows) => 1.0 - similarity::dot(self.row(rows, a), self.row(rows, b)),
            Rows::Int8 { codes, scales } => {
                let sum = int8::dot(self.row(codes, a), self.row(codes, b));
                1.0 - sum as f32 * (scales[a as usize] * scales[b as usize])
            }
        }
    }

    /// Distance of the unrounded query to a vector; the same as `distances` where vectors are `f32`.
    #[must_use]
    pub fn exact_distance(&self, query: &Query, slot: u32) -> f32 {
        match &self.rows {
            Rows::F32(rows) => 1.0 - similarity::dot(&query.unit, self.row(rows, slot)),
            Rows::Int8 { codes, scales } => {
                1.0 - int8::dot_f32(&query.unit, self.row(codes, slot)) * scales[slot as usize]
            }
        }
    }

    /// Whether distances are computed from rounded vectors.
    #[must_use]
    pub fn is_int8(&self) -> bool {
        matches!(self.rows, Rows::Int8 { .. })
    }

    /// Move each vector to its new slot and drop those beyond the first `n`.
    pub fn reorder(&mut self, new_of: &[u32], n: usize) {
        match &mut self.rows {
            Rows::F32(rows) => {
                permute(rows, self.dimensions, new_of);
                rows.truncate(n * self.dimensions);
            }
            Rows::Int8 { codes, scales } => {
                permute(codes, self.dimensions, new_of);
                permute(scales, 1, new_of);
                codes.truncate(n * self.dimensions);
                scales.truncate(n);
            }
        }
    }

    /// Bytes held.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        match &self.rows {
            Rows::F32(rows) => 4 * rows.capacity(),
            Rows::Int8 { codes, scales } => codes.capacity() + 4 * scales.capacity(),
        }
    }

    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    pub(super) fn rows_mut(&mut self) -> &mut Rows {
        &mut self.rows
    }

    #[inline]
    fn row<'a, T>(&self, rows: &'a [T], slot: u32) -> &'a [T] {
        &rows[slot as usize * self.dimensions..][..self.dimensions]
    }
}

/// Write `items` at `start`, which lies within or at the end of `all`.
fn put<T: Copy>(all: &mut Vec<T>, start: usize, items: &[T]) {
    if start == all.len() {
        all.extend_from_slice(items);
    } else {
        all[start..start + items.len()].copy_from_slice(items);
    }
}
