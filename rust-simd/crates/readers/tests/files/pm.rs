//! Measurement files of any shape, with what must become of each result.

use super::random::Random;
use super::taken::{Taken, Value};
use std::fmt::Write;

/// A file and what it holds.
#[derive(Debug, Default)]
pub struct PmFile {
    pub xml: String,
    /// What must be taken, in the order of the file.
    pub taken: Vec<Taken>,
    /// How many results must be rejected.
    pub n_rejected: u64,
}

const BEGIN: i64 = 1_772_445_600; // 2026-03-02T10:00:00Z
const BEGIN_TEXT: &str = "2026-03-02T10:00:00Z";
const ENDS: [&str; 6] = [
    "2026-03-02T10:15:00Z",
    "20260302101500Z",
    "20260302T101500Z",
    "2026-03-02T11:15:00+0100",
    "2026-03-02T11:15:00.000+01:00",
    "2026-W10-1T10:15:00",
];
const LENGTHS: [&str; 4] = ["PT900S", "PT15M", "PT0.25H", "P0DT0H15M0S"];

impl PmFile {
    /// A file of a seed. `is_sound` leaves out all that must be rejected.
    pub fn random(random: &mut Random, is_sound: bool) -> Self {
        let has_footer = is_sound || !random.one_in(4);
        let mut writer = Writer { is_sound, has_footer, ..Writer::new(random) };
        let root = if writer.is_newer { "measDataFile" } else { "measCollecFile" };
        let collection = if writer.is_newer { "measData" } else { "measCollec" };
        let (p, line) = (writer.prefix, writer.line_end);
        let mut xml = format!(
            "<?xml version='1.0' encoding=\"UTF-8\"?>{line}<!-- a comment: <r p=\"1\">1</r> -->{line}"
        );
        let _ = write!(
            xml,
            "<{p}{root} xmlns=\"x\" xmlns:a=\"y\">{line}<{p}fileHeader vendorName='V' dnPrefix=\"SubNetwork=R\">"
        );
        let _ = write!(
            xml,
            "<{p}fileSender localDn=\"ManagedElement=N1\"/><{p}{collection} beginTime=\"{BEGIN_TEXT}\"/></{p}fileHeader>{line}"
        );
        writer.file.xml = xml;
        for _ in 0..1 + writer.random.below(3) {
            writer.data();
        }
        let end = if writer.has_footer { "2026-03-02T10:15:00Z" } else { "soon" };
        let _ = write!(
            writer.file.xml,
            "<{p}fileFooter><{p}{collection} endTime=\"{end}\"/></{p}fileFooter></{p}{root}>{line}"
        );
        writer.file
    }
}

struct Writer<'a> {
    random: &'a mut Random,
    file: PmFile,
    is_sound: bool,
    is_newer: bool,
    has_footer: bool,
    prefix: &'static str,
    line_end: &'static str,
    element: String,
    n_counters: usize,
}

impl<'a> Writer<'a> {
    fn new(random: &'a mut Random) -> Self {
        let prefix = random.of(&["", "", "a:"]);
        let line_end = random.of(&["\n", "\n", "\r\n", ""]);
        Self {
            is_newer: random.one_in(3),
            has_footer: true,
            is_sound: true,
            random,
            file: PmFile::default(),
            prefix,
            line_end,
            element: String::new(),
            n_counters: 0,
        }
    }

    fn put(&mut self, text: &str) {
        self.file.xml.push_str(text);
    }

    fn line(&mut self) {
        self.file.xml.push_str(self.line_end);
        if self.random.one_in(30) {
            self.put("<!-- between -->");
        }
    }

    /// An attribute in one of the ways that it may be written.
    fn attribute(&mut self, name: &str, value: &str) -> String {
        let quote = self.random.of(&["\"", "\"", "\"", "'"]);
        let equals = self.random.of(&["=", "=", "=", " = "]);
        format!(" {name}{equals}{quote}{value}{quote}")
    }

    fn data(&mut self) {
        let number = 1 + self.random.below(2);
        let element = if self.is_newer { "measEntity" } else { "managedElement" };
        let p = self.prefix;
        let name = format!("ManagedElement=N{number}");
        self.element = format!("SubNetwork=R,{name}");
        let local = self.attribute("localDn", &name);
        self.put(&format!("<{p}measData>"));
        self.line();
        self.put(&format!("<{p}{element} swVersion=\"&gt;1\"{local}/>"));
        for _ in 0..self.random.below(4) {
            self.info();
        }
        self.put(&format!("</{p}measData>"));
        self.line();
    }

    fn info(&mut self) {
        let p = self.prefix;
        let id = self.attribute("measInfoId", "G");
        self.put(&format!("<{p}measInfo{id}><{p}job jobId='J'/>"));
        let period = self.period();
        let n = 1 + self.random.below(5);
        let names: Vec<String> = (0..n).map(|at| format!("pm{}", self.n_counters + at)).collect();
        // Counters of one name come back in later blocks.
        self.n_counters = (self.n_counters + n) % 7;
        let form = self.names(&names);
        for _ in 0..self.random.below(4) {
            self.value(&names, &form, period);
        }
        self.put(&format!("</{p}measInfo>"));
        self.line();
    }

    /// The period of a block; none where its results must be rejected.
    fn period(&mut self) -> Option<(i64, i64)> {
        let p = self.prefix;
        let (end, length) = (self.random.of(&ENDS), self.random.of(&LENGTHS));
        let (end, length) = (self.attribute("endTime", end), self.attribute("duration", length));
        let whole = Some((BEGIN, BEGIN + 900));
        let (text, period) = match self.random.below(if self.is_sound { 8 } else { 10 }) {
            0 => (String::new(), whole.filter(|_| self.has_footer)),
            1 => (format!("<{p}granPeriod{end}/>"), whole),
            2 => (format!("<{p}granPeriod{length}/>"), whole),
            8 => (format!("<{p}granPeriod{length} endTime='2026-13-01T00:00:00Z'/>"), None),
            9 => (format!("<{p}granPeriod{end} duration='P1M'/>"), None),
            _ => (format!("<{p}granPeriod{length}{end}></{p}granPeriod>"), whole),
        };
        self.put(&text);
        period
    }

    /// Write the names of counters; returns the position of each, or how else they are known.
    fn names(&mut self, names: &[String]) -> Form {
        let p = self.prefix;
        let form = match self.random.below(6) {
            0 => Form::List,
            1 => Form::Order,
            _ => {
                let first = 1 + self.random.below(3);
                let mut positions: Vec<usize> = (first..first + names.len()).collect();
                if self.random.one_in(3) {
                    positions.reverse();
                }
                Form::Positions(positions)
            }
        };
        match &form {
            Form::List => {
                self.put(&format!("<{p}measTypes> {}\n</{p}measTypes>", names.join("\t")))
            }
            Form::Order => {
                for name in names {
                    self.put(&format!("<{p}measType>{name}</{p}measType>"));
                }
            }
            Form::Positions(positions) => {
                for (name, position) in names.iter().zip(positions) {
                    let position = self.attribute("p", &position.to_string());
                    let name = self.cut(name);
                    self.put(&format!("<{p}measType{position}>{name}</{p}measType>"));
                    self.line();
                }
            }
        }
        form
    }

    /// A text, now and then cut by what is no text.
    fn cut(&mut self, text: &str) -> String {
        if text.is_empty() || !self.random.one_in(12) {
            return text.to_string();
        }
        let at = (0..=self.random.below(text.len())).rev().find(|&at| text.is_char_boundary(at));
        let (a, b) = text.split_at(at.unwrap_or(0));
        match self.random.below(4) {
            0 => format!("{a}<!-- <r> -->{b}"),
            1 => format!("{a}<![CDATA[{b}]]>"),
            2 => format!("{a}<?pi ?>{b}"),
            _ => b.chars().fold(a.to_string(), |sum, c| format!("{sum}&#{};", c as u32)),
        }
    }

    fn value(&mut self, names: &[String], form: &Form, period: Option<(i64, i64)>) {
        let p = self.prefix;
        let object = format!("Cell={}", self.random.below(3));
        let has_object = self.is_sound || !self.random.one_in(8);
        let ldn = if has_object { self.attribute("measObjLdn", &object) } else { String::new() };
        self.put(&format!("<{p}measValue{ldn}>"));
        self.line();
        let first = self.file.taken.len();
        let as_list = *form == Form::List && self.random.one_in(2);
        let known = period.filter(|_| has_object);
        let object = format!("{},{object}", self.element);
        if as_list {
            self.list(names, &object, known);
        } else {
            self.results(names, form, &object, known);
        }
        self.end_value(first);
        self.put(&format!("</{p}measValue>"));
        self.line();
    }

    fn end_value(&mut self, first: usize) {
        let p = self.prefix;
        let n = if self.is_sound { 4 } else { 5 };
        match self.random.below(n) {
            0 => {
                let mark = self.random.of(&["true", "1", " TRUE "]);
                self.put(&format!("<{p}suspect>{mark}</{p}suspect>"));
                self.file.taken[first..].iter_mut().for_each(|taken| taken.is_suspect = true);
            }
            1 => self.put(&format!("<{p}suspect>false</{p}suspect>")),
            4 => {
                self.put(&format!("<{p}suspect>ture</{p}suspect>"));
                self.file.n_rejected += (self.file.taken.len() - first) as u64;
                self.file.taken.truncate(first);
            }
            _ => {}
        }
    }

    fn list(&mut self, names: &[String], object: &str, period: Option<(i64, i64)>) {
        let p = self.prefix;
        let is_short = !self.is_sound && self.random.one_in(4);
        let n = if is_short { names.len() - 1 } else { names.len() };
        let mut words = Vec::new();
        for name in &names[..n] {
            // A list cannot hold what is blank.
            let (word, value) = loop {
                let found = self.result();
                if !found.0.contains(char::is_whitespace) && !found.0.is_empty() {
                    break found;
                }
            };
            words.push(word);
            self.expect(object, name, period.filter(|_| !is_short), value);
        }
        self.put(&format!("<{p}measResults>{} </{p}measResults>", words.join(" ")));
    }

    fn results(&mut self, names: &[String], form: &Form, object: &str, period: Option<(i64, i64)>) {
        for (at, name) in names.iter().enumerate() {
            let p = self.prefix;
            let is_left_out = *form != Form::Order && self.random.one_in(10);
            if is_left_out {
                continue;
            }
            let (text, value) = self.result();
            let (position, is_known) = self.position(form, at);
            let text = self.cut(&text);
            if text.is_empty() && self.random.one_in(2) {
                self.put(&format!("<{p}r{position}/>"));
            } else {
                let blank = self.random.of(&["", "", " "]);
                self.put(&format!("<{p}r{position}>{text}</{p}r{blank}>"));
            }
            self.line();
            self.expect(object, name, period.filter(|_| is_known), value);
        }
    }

    /// The position of a result as an attribute, and whether it says which counter it is of.
    fn position(&mut self, form: &Form, at: usize) -> (String, bool) {
        let position = match form {
            Form::Positions(positions) => positions[at],
            Form::List => at + 1,
            Form::Order => return (String::new(), true),
        };
        let wrong = if self.is_sound { 9 } else { self.random.below(30) };
        match wrong {
            0 if *form != Form::List => (String::new(), false),
            1 => (self.attribute("p", "99"), false),
            2 => (self.attribute("p", "one"), false),
            3 => (self.attribute("p", "99999999999999999999"), false),
            _ => {
                // Most are written in the one way that is read fast.
                let fast = format!(" p=\"{position}\"");
                let slow = self.attribute("p", &position.to_string());
                (if self.random.one_in(5) { slow } else { fast }, true)
            }
        }
    }

    /// The text of a result and what it means; none where it must be rejected.
    fn result(&mut self) -> (String, Option<Value>) {
        let number = self.random.skewed();
        let n = if self.is_sound { 18 } else { 21 };
        match self.random.below(n) {
            0 => ("NIL".into(), Some(Value::Missing)),
            1 => (self.random.of(&["", " ", "null", " , ,", ","]).into(), Some(Value::Missing)),
            2 => (format!("-{number}"), Some(Value::Number(-(number as f64)))),
            3 => (format!(" {number}.50\n"), Some(Value::Number(number as f64 + 0.5))),
            4 => ("1e3".into(), Some(Value::Number(1000.0))),
            5 => ("123456789012345678".into(), Some(Value::Number(123_456_789_012_345_680.0))),
            6 => (
                format!("{number},0,7"),
                Some(vector(&[Some(number as f64), Some(0.0), Some(7.0)])),
            ),
            7 => ("1, ,nil,-4".into(), Some(vector(&[Some(1.0), None, None, Some(-4.0)]))),
            8 => (",5".into(), Some(vector(&[None, Some(5.0)]))),
            18 => self.other("NaN"),
            19 => self.other("1,x"),
            20 => self.other("12x"),
            _ => (number.to_string(), Some(Value::Number(number as f64))),
        }
    }

    /// A text that is no number: only the newer format takes it.
    fn other(&mut self, text: &str) -> (String, Option<Value>) {
        (text.into(), self.is_newer.then(|| Value::Text(text.into())))
    }

    fn expect(
        &mut self,
        object: &str,
        name: &str,
        period: Option<(i64, i64)>,
        value: Option<Value>,
    ) {
        match (period, value) {
            (Some(period), Some(value)) => self.file.taken.push(Taken {
                object: object.into(),
                counter: name.into(),
                period,
                value,
                is_suspect: false,
            }),
            _ => self.file.n_rejected += 1,
        }
    }
}

/// How counters are known.
#[derive(Clone, Debug, PartialEq)]
enum Form {
    List,
    Order,
    Positions(Vec<usize>),
}

fn vector(items: &[Option<f64>]) -> Value {
    Value::Vector(items.to_vec())
}
