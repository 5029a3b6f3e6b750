//! Measurement files: measCollecFile of 3GPP TS 32.435, measDataFile of TS 28.532, mdc of TS 32.401.
//!
//! Real files differ from their schema, so none is enforced: results may be vectors ("0,5,1"), blank
//! instead of NIL, in any order, or absent; `p` counts within its measInfo; a measInfoId may come back
//! once per job. But nothing is guessed: what cannot be told for certain is rejected with its reason.

mod columns;
mod grouped;
mod leap;
mod objects;
mod periods;
mod positions;
mod read;
mod roles;
mod shapes;
mod values;

use alloc::vec::Vec;

pub use columns::{Batch, Columns, flag};
pub use grouped::Grouped;
pub use periods::Periods;
pub use roles::Role;
pub use shapes::{Shape, Shapes};

use crate::names::{NONE, Names};
use crate::rejections::{Reason, Rejections};
use crate::xml::Roles;
use objects::Objects;
use periods::{Given, Problem};
use positions::{Position, Positions};

/// What the header says of the file.
#[derive(Debug, Default)]
pub struct Head {
    /// The vendor, as it names itself.
    pub vendor: Vec<u8>,
    /// The version of the format.
    pub version: Vec<u8>,
    /// Who sent the file.
    pub sender: Vec<u8>,
    /// What all names lie below.
    prefix: Vec<u8>,
    begin: Given,
    end: Given,
}

/// The measInfo at hand.
#[derive(Clone, Copy, Debug)]
struct Info {
    group: u32,
    job: u32,
    end: Given,
    length: Given,
    /// Its period, once it was needed.
    period: Option<Result<u32, Problem>>,
}

impl Default for Info {
    fn default() -> Self {
        Self { group: NONE, job: NONE, end: Given::Absent, length: Given::Absent, period: None }
    }
}

/// The element at hand that holds text.
#[derive(Debug, Default)]
struct Leaf {
    /// The element in it that should not be there; its name.
    broken_by: Option<Vec<u8>>,
    /// Words of text before such elements.
    n_words: usize,
    /// Whether an unknown element may be a list of results.
    is_list: bool,
}

/// The results of one file.
#[derive(Debug)]
pub struct Measurements {
    /// What the header says.
    pub head: Head,
    /// The results that were not taken yet.
    pub columns: Columns,
    /// What could not be taken.
    pub rejections: Rejections,
    /// Results with a value.
    pub n_values: u64,
    /// Results that the file marks as missing.
    pub n_missing: u64,
    /// Results with a value that the node does not vouch for.
    pub n_suspect: u64,
    objects: Objects,
    counters: Names,
    shapes: Shapes,
    notes: Names,
    periods: Periods,
    positions: Positions,
    roles: Roles<Role>,
    context: Vec<Role>,
    info: Info,
    /// The row at hand, or why there is none.
    row: Result<u32, Problem>,
    /// Whether the row at hand is of the period from header to footer.
    is_pending: bool,
    /// Results in rows of that period: with a value, missing, suspect.
    pending: [u64; 3],
    is_suspect: bool,
    position: Position,
    /// The `p` of the result at hand as it is written.
    position_text: Vec<u8>,
    /// How many results the object at hand has had.
    ordinal: usize,
    /// Whether they came as a list.
    has_list: bool,
    leaf: Leaf,
    allows_text: bool,
    /// Whether a managed element without a name was read.
    had_nameless: bool,
    /// The unknown elements that were told of.
    told: Vec<u32>,
}

impl Default for Measurements {
    fn default() -> Self {
        Self {
            head: Head::default(),
            columns: Columns::default(),
            rejections: Rejections::default(),
            n_values: 0,
            n_missing: 0,
            n_suspect: 0,
            objects: Objects::default(),
            counters: Names::default(),
            shapes: Shapes::default(),
            notes: Names::default(),
            periods: Periods::default(),
            positions: Positions::default(),
            roles: Roles::default(),
            context: Vec::new(),
            info: Info::default(),
            row: Err((Reason::OutsideObject, NONE)),
            is_pending: false,
            pending: [0; 3],
            is_suspect: false,
            position: Position::Missing,
            position_text: Vec::new(),
            ordinal: 0,
            has_list: false,
            leaf: Leaf::default(),
            allows_text: false,
            had_nameless: false,
            told: Vec::new(),
        }
    }
}

impl Measurements {
    /// The full names of the measured objects.
    #[must_use]
    pub const fn objects(&self) -> &Names {
        self.objects.names()
    }

    /// The names of the counters.
    #[must_use]
    pub const fn counters(&self) -> &Names {
        &self.counters
    }

    /// What forms the results of each counter had.
    #[must_use]
    pub const fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The measInfoIds and jobIds.
    #[must_use]
    pub const fn notes(&self) -> &Names {
        &self.notes
    }

    /// The periods; complete only when the file is finished.
    #[must_use]
    pub const fn periods(&self) -> &Periods {
        &self.periods
    }
}
