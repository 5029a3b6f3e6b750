//! The files of networks, read to columns.
//!
//! Bytes go in, in pieces of any size; numbers, and names known by number, come out. No string is made
//! for a value. Whatever the pieces, the columns are the same; and each value of a file is either in
//! them, or counted as missing, or among the rejections with its line, a reason and the value itself.
//!
//! | module | reads |
//! | --- | --- |
//! | [`pm`] | measurements: 3GPP TS 32.435, TS 28.532, TS 32.401 |
//! | [`cm`] | configurations: bulk CM XML (TS 32.615), the XML of NETCONF |
//! | [`mom`] | models of managed objects |
//! | [`archive`] | gzip, zip and tar, straight into any of these |
//!
//! All XML goes through [`xml::Reader`], which ends a file that is not well-formed with a
//! [`refusal::Refusal`] and keeps what came before. [`recognise`] tells which reader a file is for,
//! [`pm::Grouped`] brings the results of each counter together.
//!
//! # How a file is read
//!
//! ```
//! use readers::pm::{Measurements, flag};
//! use readers::xml::Reader;
//!
//! let file = br#"<measCollecFile><measData><managedElement localDn="ManagedElement=N"/><measInfo>
//!     <granPeriod duration="PT900S" endTime="2026-03-02T10:15:00Z"/><measTypes>a b</measTypes>
//!     <measValue measObjLdn="Cell=1"><measResults>7 NIL</measResults></measValue>
//!     <measValue><measResults>8 9</measResults></measValue>
//!     </measInfo></measData></measCollecFile>"#;
//! let mut reader = Reader::new(Measurements::default());
//! for piece in file.chunks(64) {
//!     reader.push(piece).expect("it is well-formed");
//!     let format = reader.format_mut();
//!     let batch = format.columns.batch();
//!     for at in 0..batch.rows.len() {
//!         let row = (batch.rows[at] - batch.first_row) as usize;
//!         let object = format.objects().get(batch.row_objects[row]);
//!         assert_eq!(object, b"ManagedElement=N,Cell=1");
//!         assert_eq!(batch.flags[at] & flag::MISSING != 0, batch.numbers[at].is_nan());
//!     }
//!     format.columns.clear();
//! }
//! reader.finish().expect("it is complete");
//! let format = reader.format();
//! assert_eq!((format.n_values, format.n_missing, format.rejections.n_values), (1, 1, 2));
//! ```
//!
//! # What a module for JavaScript or Python would show of it
//!
//! One class per format around a `Reader`, with the same few methods:
//!
//! * `room(n) -> pointer`: memory for `n` bytes, which the caller fills (a copy from a file's chunk, or
//!   [`archive::unpack_into`] for compressed ones), then `commit(n)`. Pieces of 64 KiB to 1 MiB are equal;
//!   one call for a whole file is slow, since an engine cannot replace a function while it runs.
//! * after each piece, the columns of `batch()` as pointers and lengths, copied out, then `clear()`.
//!   Views die when memory grows: take them anew for every batch.
//! * names by `Names::bytes` and `Names::offsets`, from the count on that was taken last time; the same
//!   for the ids and parents of `cm::Tree`. Numbers never change.
//! * rejections as columns; [`rejections::Reason::told`] makes the sentence of one that is shown. A count
//!   of 0 only tells; a count above 1 stands for that many values.
//! * `finish()`, then what is known only now: `pm::Periods` (a period that begins with NaN was rejected
//!   with all its rows), `pm::Shapes`, the totals, and the refusal if there is one.
//! * a refusal `NeedsTranscoding` names an encoding: begin again with [`xml::Reader::transcoded`] and feed
//!   what the platform's decoder makes of the file.
//!
//! # Limits
//!
//! See [`limits`]: every size that a file decides has one, and what goes beyond it is refused by name.

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
pub mod recognise;
pub mod refusal;
pub mod rejections;
mod scan;
#[cfg(test)]
mod testing;
pub mod time;
pub mod xml;
