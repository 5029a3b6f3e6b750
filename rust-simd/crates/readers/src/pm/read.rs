//! What the tags of a measurement file do.

use alloc::boxed::Box;

use super::periods::{Given, Problem, plain_seconds};
use super::positions::Position;
use super::values::{n_words, told, words};
use super::{Info, Leaf, Measurements, Role, flag};
use crate::dn::has_controls;
use crate::names::NONE;
use crate::refusal::{Fault, Stop};
use crate::rejections::{Reason, Rejections};
use crate::time::{duration, moment};
use crate::xml::{Element, Format, Tag, Text, Tokenizer};

impl Format for Measurements {
    #[inline]
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        tokenizer.run(self, data, at)
    }

    fn allows_doctype(&self, name: &[u8]) -> bool {
        name == b"mdc" // whose exports name their schema so
    }

    #[inline]
    fn leap(&mut self, data: &[u8], at: usize) -> usize {
        self.take_results(data, at)
    }

    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        let name_role = self.roles.of(element, Role::of);
        let Some(&parent) = self.context.last() else {
            return self.start_root(name_role, element);
        };
        if parent.is_leaf() {
            self.leaf.n_words += n_words(before.bytes);
            self.leaf.broken_by.get_or_insert_with(|| element.local().to_vec());
            self.context.push(Role::Ignored);
            return Ok(());
        }
        if !before.is_blank && parent != Role::Ignored {
            self.rejections.add(element.at, Reason::StrayText, before.bytes.trim_ascii());
        }
        let role = name_role.within(parent);
        self.context.push(role);
        match role {
            Role::Result | Role::Type => {
                self.leaf = Leaf::default();
                self.read_position(tag);
            }
            Role::Value => self.start_value(tag),
            Role::Unknown => {
                let is_list = parent == Role::Value && tag.get(b"p").is_none();
                self.leaf = Leaf { is_list, ..Leaf::default() };
                self.tell_once(element);
            }
            Role::Ignored if parent != Role::Ignored => self.tell_once(element),
            _ => self.note(role, tag),
        }
        Ok(())
    }

    fn end(&mut self, element: &Element<'_>, text: Text<'_>) -> Result<(), Box<Stop>> {
        let Some(role) = self.context.pop() else { return Ok(()) };
        let at = element.at;
        match role {
            Role::Ignored if self.context.last().is_some_and(|parent| parent.is_leaf()) => {
                self.leaf.n_words += n_words(text.bytes);
            }
            Role::Ignored => {}
            _ if role.is_leaf() => return self.end_leaf(role, element, text),
            Role::Unknown if !text.is_blank => {
                let count = if self.leaf.is_list { n_words(text.bytes) } else { 1 };
                self.rejections.add_many(at, Reason::UnknownElement, element.local(), count);
            }
            _ if !text.is_blank => {
                self.rejections.add(at, Reason::StrayText, text.bytes.trim_ascii());
            }
            _ => {}
        }
        if role == Role::Value {
            self.end_row();
        }
        Ok(())
    }

    fn close(&mut self) {
        // The mark of an object that the file breaks off in is not known.
        if self.columns.n_open() > 0 {
            self.is_suspect = true;
        }
        self.end_row();
        let Some((reason, note)) = self.periods.close(self.head.begin, self.head.end) else {
            return;
        };
        let [n_values, n_missing, n_suspect] = core::mem::take(&mut self.pending);
        self.n_values -= n_values;
        self.n_missing -= n_missing;
        self.n_suspect -= n_suspect;
        let count = (n_values + n_missing) as usize;
        self.rejections.add_many(0, reason, told(&self.notes, note), count);
    }

    fn rejections(&mut self) -> &mut Rejections {
        &mut self.rejections
    }
}

impl Measurements {
    fn start_root(&mut self, role: Role, element: &Element<'_>) -> Result<(), Box<Stop>> {
        if !matches!(role, Role::Root | Role::Root28532 | Role::RootMdc) {
            return Err(Stop::new(Fault::OtherRoot, element.at, element.local()));
        }
        // Only the newer format has results that are text.
        self.allows_text = role == Role::Root28532;
        self.context.push(role);
        Ok(())
    }

    /// Note what is said in attributes.
    fn note(&mut self, role: Role, tag: &Tag<'_>) {
        let text = |name: &[u8]| tag.get(name).unwrap_or_default().trim_ascii().to_vec();
        match role {
            Role::Header => {
                self.head.prefix = text(b"dnPrefix");
                self.head.vendor = text(b"vendorName");
                self.head.version = text(b"fileFormatVersion");
            }
            Role::Sender => {
                let sender = tag.get(b"localDn").filter(|name| !name.is_empty());
                let sender = sender.or_else(|| tag.get(b"senderName")).unwrap_or_default();
                self.head.sender = sender.trim_ascii().to_vec();
            }
            Role::Collection => {
                if let Some(begin) = tag.get(b"beginTime") {
                    self.head.begin = Given::of(Some(begin), moment, &mut self.notes);
                }
                if let Some(end) = tag.get(b"endTime") {
                    self.head.end = Given::of(Some(end), moment, &mut self.notes);
                }
            }
            // Without a managed element the sender is the node; one that is named empty has its objects in full.
            Role::Data => self.objects.set_base(&self.head.prefix, &self.head.sender),
            Role::Element => match tag.get(b"localDn") {
                Some(name) => self.objects.set_base(&self.head.prefix, name),
                // A second element without a name would have the same objects as the first.
                None if core::mem::replace(&mut self.had_nameless, true) => {
                    self.objects.set_unknown();
                }
                None => {}
            },
            Role::Info => {
                self.positions.clear();
                let group = self.note_id(tag.get(b"measInfoId"));
                self.info = Info { group, ..Info::default() };
            }
            Role::Job => self.info.job = self.note_id(tag.get(b"jobId")),
            Role::Granularity => {
                self.info.end = Given::of(tag.get(b"endTime"), moment, &mut self.notes);
                self.info.length = Given::of(tag.get(b"duration"), duration, &mut self.notes);
                self.info.period = None;
            }
            _ => self.leaf = Leaf::default(),
        }
    }

    /// Tell of an element that is not known, once for each name, even where it holds no text.
    #[cold]
    fn tell_once(&mut self, element: &Element<'_>) {
        if !self.told.contains(&element.id) {
            self.told.push(element.id);
            self.rejections.add_many(element.at, Reason::UnknownElement, element.local(), 0);
        }
    }

    fn note_id(&mut self, text: Option<&[u8]>) -> u32 {
        text.map_or(NONE, |text| self.notes.next_id(text))
    }

    fn read_position(&mut self, tag: &Tag<'_>) {
        let text = tag.get(b"p");
        self.position = Position::of(text);
        self.position_text.clear();
        self.position_text.extend_from_slice(text.unwrap_or_default());
    }

    /// Find out what the results that follow belong to.
    fn start_value(&mut self, tag: &Tag<'_>) {
        self.row = Err((Reason::NoObject, NONE));
        if let Some(ldn) = tag.get(b"measObjLdn") {
            self.begin_row(ldn);
        }
    }

    fn begin_row(&mut self, ldn: &[u8]) {
        self.end_row();
        self.positions.seal();
        self.row = match self.objects.id(ldn) {
            Err(name) => {
                let has_controls = has_controls(&name);
                let reason = if has_controls { Reason::ControlInName } else { Reason::NoObject };
                Err((reason, self.notes.id(&name)))
            }
            Ok(object) => self.period().map(|period| {
                self.is_pending = self.periods.is_whole(period);
                self.columns.begin_row(object, period, self.info.group, self.info.job)
            }),
        };
    }

    /// The period of the measInfo at hand.
    fn period(&mut self) -> Result<u32, Problem> {
        let Info { end, length, period, .. } = self.info;
        let found = period.unwrap_or_else(|| self.periods.of(self.head.begin, end, length));
        self.info.period = Some(found);
        found
    }

    /// End the object at hand: its results are ready.
    fn end_row(&mut self) {
        let (n_values, n_missing) = self.columns.count_open();
        let n_suspect = if self.is_suspect { n_values } else { 0 };
        if self.is_suspect {
            self.columns.mark_open(flag::SUSPECT);
        }
        self.columns.settle();
        self.n_values += n_values as u64;
        self.n_missing += n_missing as u64;
        self.n_suspect += n_suspect as u64;
        if self.is_pending {
            for (sum, n) in self.pending.iter_mut().zip([n_values, n_missing, n_suspect]) {
                *sum += n as u64;
            }
        }
        self.row = Err((Reason::OutsideObject, NONE));
        (self.is_suspect, self.is_pending, self.has_list) = (false, false, false);
        self.ordinal = 0;
    }

    /// End an element that holds text.
    fn end_leaf(
        &mut self,
        role: Role,
        element: &Element<'_>,
        text: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        let at = element.at;
        if let Some(name) = self.leaf.broken_by.take() {
            self.end_broken(role, &name, n_words(text.bytes), at);
            return Ok(());
        }
        let trimmed = text.bytes.trim_ascii();
        match role {
            Role::Result => return self.take_text(trimmed, at),
            Role::Results => return self.take_list(trimmed, at),
            Role::Stray => self.rejections.add(at, Reason::OutsideObject, trimmed),
            Role::StrayList => {
                self.rejections.add_many(at, Reason::OutsideObject, trimmed, n_words(trimmed));
            }
            Role::Type => {
                let counter = (!trimmed.is_empty()).then(|| self.counters.next_id(trimmed));
                self.positions.add(self.position, counter);
            }
            Role::Types => {
                for name in words(trimmed) {
                    let counter = self.counters.next_id(name);
                    self.positions.add(Position::Missing, Some(counter));
                }
            }
            Role::Suspect => self.doubt(trimmed, at),
            Role::SenderName => self.head.sender = trimmed.to_vec(),
            Role::VendorName => self.head.vendor = trimmed.to_vec(),
            Role::Begin | Role::End | Role::PeriodEnd | Role::PeriodLength => {
                self.end_time(role, trimmed);
            }
            Role::ElementName => self.objects.set_base(&self.head.prefix, trimmed),
            Role::Object => self.begin_row(trimmed),
            _ => {}
        }
        Ok(())
    }

    /// Take a time or length that is given as text.
    fn end_time(&mut self, role: Role, text: &[u8]) {
        let read = if role == Role::PeriodLength { plain_seconds } else { moment };
        let given = Given::of(Some(text), read, &mut self.notes);
        match role {
            Role::Begin => self.head.begin = given,
            Role::End => self.head.end = given,
            Role::PeriodEnd => (self.info.end, self.info.period) = (given, None),
            _ => (self.info.length, self.info.period) = (given, None),
        }
    }

    /// End an element that holds another one where only text may be.
    fn end_broken(&mut self, role: Role, name: &[u8], n_last: usize, at: usize) {
        let count = match role {
            Role::Results | Role::StrayList => (self.leaf.n_words + n_last).max(1),
            Role::Type => {
                self.positions.add(self.position, None);
                1
            }
            Role::Suspect => {
                self.doubt(name, at);
                return;
            }
            _ => 1,
        };
        self.ordinal += usize::from(role == Role::Result);
        self.rejections.add_many(at, Reason::UnknownElement, name, count);
    }

    /// Mark the object at hand, or take its results back where the mark cannot be read.
    fn doubt(&mut self, mark: &[u8], at: usize) {
        let is = |word: &[u8]| mark.eq_ignore_ascii_case(word);
        if is(b"true") || is(b"1") {
            self.is_suspect = true;
        } else if !(is(b"false") || is(b"0")) {
            let (n_values, n_missing) = self.columns.count_open();
            self.columns.drop_open();
            self.rejections.add_many(at, Reason::SuspectUnreadable, mark, n_values + n_missing);
            if self.row.is_ok() {
                self.row = Err((Reason::SuspectUnreadable, self.notes.id(mark)));
            }
        }
    }
}
