//! What a reader took from a file, as plain values that can be compared.

use super::random::Random;
use readers::cm::{self, BulkCm, Configuration, Netconf};
use readers::names::{NONE, Names};
use readers::pm::{self, Measurements};
use readers::rejections::Rejections;
use readers::xml::{Format, Reader};

/// What a result was.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Missing,
    Number(f64),
    Vector(Vec<Option<f64>>),
    Text(String),
}

/// One result of a measurement file.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub object: String,
    pub counter: String,
    pub period: (i64, i64),
    pub value: Value,
    pub is_suspect: bool,
}

/// One value of a configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub object: String,
    pub attribute: String,
    pub text: String,
    pub number: Option<f64>,
    pub item: u32,
    pub flags: u8,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<T> {
    pub values: Vec<T>,
    /// Line, reason, value, count.
    pub rejections: Vec<(u32, u8, String, u32)>,
    /// Line and sentence.
    pub refusal: Option<(u32, String)>,
    pub n_values: u64,
    pub n_missing: u64,
    pub n_suspect: u64,
    pub n_rejected: u64,
}

impl<T> Default for Outcome<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            rejections: Vec::new(),
            refusal: None,
            n_values: 0,
            n_missing: 0,
            n_suspect: 0,
            n_rejected: 0,
        }
    }
}

impl<T> Outcome<T> {
    /// All that the file held, whatever became of it.
    pub fn n_held(&self) -> u64 {
        self.n_values + self.n_missing + self.n_rejected
    }

    /// The reasons and values of all rejections.
    pub fn reasons(&self) -> Vec<(u8, &str)> {
        self.rejections.iter().map(|(_, reason, value, _)| (*reason, value.as_str())).collect()
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("all that is taken is UTF-8")
}

/// Read a measurement file whose pieces are given; columns are taken at random moments.
pub fn measurements(pieces: &[&[u8]], random: &mut Random) -> Outcome<Taken> {
    let mut rows = Vec::new();
    let mut values = Vec::new();
    let mut outcome = Outcome::default();
    let mut reader = Reader::new(Measurements::default());
    let mut take = |format: &mut Measurements, outcome: &mut Outcome<Taken>| {
        let batch = format.columns.batch();
        assert_eq!(batch.first_row as usize, rows.len());
        rows.extend(batch.row_objects.iter().copied().zip(batch.row_periods.iter().copied()));
        values.extend(results(&batch));
        format.columns.clear();
        take_rejections(&mut format.rejections, outcome);
    };
    drive(&mut reader, pieces, random, &mut outcome, &mut take);
    let format = reader.format();
    outcome.n_values = format.n_values;
    outcome.n_missing = format.n_missing;
    outcome.n_suspect = format.n_suspect;
    outcome.n_rejected = format.rejections.n_values;
    for (row, counter, value, is_suspect) in values {
        let (object, period) = rows[row as usize];
        let (begins, ends) = (format.periods().begins(), format.periods().ends());
        let begin = begins[period as usize];
        if begin.is_nan() {
            continue; // rejected at the end of the file
        }
        outcome.values.push(Taken {
            object: text(format.objects().get(object)),
            counter: text(format.counters().get(counter)),
            period: (begin as i64, ends[period as usize] as i64),
            value,
            is_suspect,
        });
    }
    outcome
}

fn results(batch: &pm::Batch<'_>) -> Vec<(u32, u32, Value, bool)> {
    use pm::flag::{MISSING, PAIRS, SUSPECT, TEXT, VECTOR};
    let mut items = batch.items.iter().map(|item| (!item.is_nan()).then_some(*item));
    let found = (0..batch.rows.len()).map(|at| {
        let (number, flags) = (batch.numbers[at], batch.flags[at]);
        let value = match flags & !(SUSPECT | PAIRS) {
            MISSING => Value::Missing,
            VECTOR => Value::Vector(items.by_ref().take(number as usize).collect()),
            TEXT => {
                let place = number as usize;
                let begin = if place == 0 { 0 } else { batch.text_ends[place - 1] as usize };
                Value::Text(text(&batch.text_bytes[begin..batch.text_ends[place] as usize]))
            }
            0 => Value::Number(number),
            other => panic!("flags {other}"),
        };
        (batch.rows[at], batch.counters[at], value, flags & SUSPECT != 0)
    });
    let found: Vec<_> = found.collect();
    assert_eq!(items.count(), 0, "every item belongs to a vector");
    found
}

/// Read a bulk CM file.
pub fn bulk_cm(pieces: &[&[u8]], random: &mut Random) -> Outcome<Cell> {
    configuration(BulkCm::default(), pieces, random, |format| &mut format.configuration)
}

/// Read a NETCONF document.
pub fn netconf(pieces: &[&[u8]], random: &mut Random) -> Outcome<Cell> {
    configuration(Netconf::default(), pieces, random, |format| &mut format.configuration)
}

fn configuration<F: Format>(
    format: F,
    pieces: &[&[u8]],
    random: &mut Random,
    of: fn(&mut F) -> &mut Configuration,
) -> Outcome<Cell> {
    let mut reader = Reader::new(format);
    let mut outcome = Outcome::default();
    let mut take = |format: &mut F, outcome: &mut Outcome<Cell>| {
        let configuration = of(format);
        let batch = configuration.columns.batch();
        let cells = cells(&batch, configuration);
        outcome.values.extend(cells);
        configuration.columns.clear();
        take_rejections(&mut configuration.rejections, outcome);
    };
    drive(&mut reader, pieces, random, &mut outcome, &mut take);
    let configuration = of(reader.format_mut());
    outcome.n_values = configuration.n_values;
    outcome.n_rejected = configuration.rejections.n_values;
    outcome
}

fn cells(batch: &cm::Batch<'_>, configuration: &Configuration) -> Vec<Cell> {
    let texts = |id: u32| {
        let id = id as usize;
        text(
            &batch.text_bytes[batch.text_offsets[id] as usize..batch.text_offsets[id + 1] as usize],
        )
    };
    let cell = |at: usize| {
        let (number, flags) = (batch.numbers[at], batch.flags[at]);
        let is_number = flags & cm::flag::NUMBER != 0;
        assert_eq!(is_number, !number.is_nan());
        let text_of_number = if is_number { format!("{number}") } else { String::new() };
        Cell {
            object: name_of(configuration, batch.objects[at]),
            attribute: name(configuration.names(), batch.attributes[at]),
            text: if batch.texts[at] == NONE { text_of_number } else { texts(batch.texts[at]) },
            number: is_number.then_some(number),
            item: batch.items[at],
            flags: flags & !cm::flag::NUMBER,
        }
    };
    (0..batch.objects.len()).map(cell).collect()
}

/// The full name of an object.
pub fn name_of(configuration: &Configuration, object: u32) -> String {
    text(&configuration.tree().name(object, configuration.names()))
}

pub fn name(names: &Names, id: u32) -> String {
    text(names.get(id))
}

fn drive<F: Format, T>(
    reader: &mut Reader<F>,
    pieces: &[&[u8]],
    random: &mut Random,
    outcome: &mut Outcome<T>,
    take: &mut impl FnMut(&mut F, &mut Outcome<T>),
) {
    for piece in pieces {
        if reader.push(piece).is_err() {
            break;
        }
        if random.one_in(2) {
            take(reader.format_mut(), outcome);
        }
    }
    let refusal = reader.finish().err();
    take(reader.format_mut(), outcome);
    outcome.refusal = refusal.map(|refusal| (refusal.line, refusal.told()));
}

fn take_rejections<T>(rejections: &mut Rejections, outcome: &mut Outcome<T>) {
    assert_eq!(rejections.lines.len(), rejections.len(), "every rejection has its line");
    for at in 0..rejections.len() {
        outcome.rejections.push((
            rejections.lines[at],
            rejections.reasons[at],
            text(rejections.value(at)),
            rejections.counts[at],
        ));
    }
    rejections.clear();
}
