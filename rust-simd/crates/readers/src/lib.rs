//! Reads network files to columns.

#![cfg_attr(not(any(test, feature = "archives")), no_std)]

extern crate alloc;

#[cfg(feature = "archives")]
pub mod archive;
pub mod cm;
mod digits;
mod dn;
pub mod group;
pub mod limits;
pub mod mom;
pub mod names;
pub mod number;
pub mod pm;
pub mod refusal;
pub mod rejections;
mod scan;
#[cfg(test)]
mod testing;
pub mod time;
pub mod xml;
