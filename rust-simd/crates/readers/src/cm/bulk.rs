//! Bulk CM XML (3GPP TS 32.615): a tree of objects, vendor data in VsDataContainers.
//!
//! Namespaces and their prefixes differ between exports, so local names decide. The class of a container
//! is known only from the vsDataType among its attributes; these come before the objects below it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::frames::{Frames, Owner};
use super::{Configuration, flag, is_nil};
use crate::dn;
use crate::names::NONE;
use crate::refusal::{Fault, Stop};
use crate::rejections::{Reason, Rejections};
use crate::xml::{Element, Format, Roles, Tag, Text, Tokenizer, meaning_of};

/// What an element's name means in this format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing by itself: an object or an attribute.
    Other,
    /// `bulkCmConfigDataFile`.
    Root,
    /// `fileHeader`.
    Header,
    /// `fileFooter`.
    Footer,
    /// `configData`.
    Data,
    /// `attributes`.
    Attributes,
    /// `VsDataContainer` in any spelling.
    Container,
    /// `vsDataType`.
    Type,
    /// `vsDataFormatVersion`.
    FormatVersion,
    /// `vsData…`: the vendor's attributes.
    VendorData,
    /// `class`, `object`, `parameter`: another vendor's export of the same root name.
    OtherExport,
}

const NAMES: [(&str, Role); 10] = [
    ("bulkCmConfigDataFile", Role::Root),
    ("fileHeader", Role::Header),
    ("fileFooter", Role::Footer),
    ("configData", Role::Data),
    ("attributes", Role::Attributes),
    ("vsDataType", Role::Type),
    ("vsDataFormatVersion", Role::FormatVersion),
    ("class", Role::OtherExport),
    ("object", Role::OtherExport),
    ("parameter", Role::OtherExport),
];

impl Role {
    fn of(local: &[u8]) -> Self {
        match meaning_of(&NAMES, local) {
            Some(role) => role,
            None if local.eq_ignore_ascii_case(b"vsDataContainer") => Self::Container,
            None if local.starts_with(b"vsData") => Self::VendorData,
            None => Self::Other,
        }
    }
}

/// Where in the file the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    /// In the header or footer, so many elements deep.
    Aside(u32),
    /// Among objects.
    Data,
    /// Among the attributes of an object.
    Attributes,
    /// Among the vendor's attributes, or in one of the elements that say what they are.
    VendorData(Role),
}

/// The configuration of one bulk CM file.
#[derive(Debug)]
pub struct BulkCm {
    /// What was read.
    pub configuration: Configuration,
    place: Place,
    had_root: bool,
    frames: Frames,
    roles: Roles<Role>,
}

impl Default for BulkCm {
    fn default() -> Self {
        Self {
            configuration: Configuration::default(),
            place: Place::Outside,
            had_root: false,
            frames: Frames::default(),
            roles: Roles::default(),
        }
    }
}

impl Format for BulkCm {
    #[inline]
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        tokenizer.run(self, data, at)
    }

    #[inline]
    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        self.configuration.check_blank(before, element.at);
        let role = self.roles.of(element, Role::of);
        match self.place {
            Place::Attributes if self.is_vendors(role) => {
                self.place = Place::VendorData(role);
                if role == Role::VendorData {
                    self.set_class(element.local());
                }
            }
            Place::Attributes | Place::VendorData(_) => {
                let Configuration { paths, names, .. } = &mut self.configuration;
                paths.enter(element.id, element.local(), is_nil(tag), names);
            }
            Place::Data => return self.start_object(role, element, tag),
            Place::Aside(depth) => self.place = Place::Aside(depth + 1),
            Place::Outside => return self.start_outside(role, element, tag),
        }
        Ok(())
    }

    #[inline]
    fn end(&mut self, element: &Element<'_>, text: Text<'_>) -> Result<(), Box<Stop>> {
        let at = element.at;
        match self.place {
            Place::Attributes | Place::VendorData(_) if self.configuration.paths.depth() > 0 => {
                match self.configuration.paths.leave() {
                    Some(step) => {
                        let plan = self.frames.last().map_or(0, |frame| frame.plan);
                        return self.configuration.take(step, text.bytes, plan, at);
                    }
                    None => self.configuration.check_blank(text, at),
                }
            }
            Place::VendorData(role) => self.end_vendor_data(role, text, at),
            Place::Attributes => {
                self.configuration.check_blank(text, at);
                self.end_attributes(at);
            }
            Place::Data => self.end_object(element, text),
            Place::Aside(depth) => {
                self.place = if depth == 0 { Place::Outside } else { Place::Aside(depth - 1) };
            }
            Place::Outside if self.roles.of(element, Role::of) == Role::Root => {
                self.configuration.check_blank(text, at)
            }
            Place::Outside if !text.is_blank => {
                self.configuration.rejections.add(at, Reason::UnknownElement, element.local());
            }
            Place::Outside => {}
        }
        Ok(())
    }

    fn close(&mut self) {
        // Values whose object was not complete still belong to it, as far as it is known.
        if self.configuration.columns.n_open() > 0 {
            if self.is_class_open()
                && let Some(frame) = self.frames.last_mut()
            {
                frame.owner = Some(Owner::None(Reason::NoId, Vec::new()));
            }
            self.end_attributes(0);
        }
    }

    fn rejections(&mut self) -> &mut Rejections {
        &mut self.configuration.rejections
    }
}

impl BulkCm {
    /// Whether an element among the attributes at hand is about the vendor's ones.
    #[inline]
    fn is_vendors(&self, role: Role) -> bool {
        matches!(role, Role::VendorData | Role::Type | Role::FormatVersion)
            && self.configuration.paths.depth() == 0
            && self.frames.last().is_some_and(|frame| frame.is_vendors)
    }

    fn start_outside(
        &mut self,
        role: Role,
        element: &Element<'_>,
        tag: &Tag<'_>,
    ) -> Result<(), Box<Stop>> {
        if !self.had_root {
            self.had_root = true;
            if role != Role::Root {
                return Err(Stop::new(Fault::OtherRoot, element.at, element.local()));
            }
        }
        let text = |name: &[u8]| tag.get(name).unwrap_or_default().trim_ascii().to_vec();
        match role {
            Role::Header => {
                self.configuration.vendor = text(b"vendorName");
                self.configuration.version = text(b"fileFormatVersion");
                self.place = Place::Aside(0);
            }
            Role::Footer => {
                self.configuration.time = text(b"dateTime");
                self.place = Place::Aside(0);
            }
            Role::Data => {
                self.place = Place::Data;
                // Exports without a prefix say "Undefined".
                let prefix = text(b"dnPrefix");
                let is_name = prefix.contains(&b'=') && !dn::has_controls(&prefix);
                let Configuration { tree, names, .. } = &mut self.configuration;
                self.frames.set_prefix(if is_name { tree.object_of(&prefix, names) } else { NONE });
            }
            Role::OtherExport => {
                return Err(Stop::new(Fault::OtherExport, element.at, element.local()));
            }
            _ => {}
        }
        Ok(())
    }

    fn start_object(
        &mut self,
        role: Role,
        element: &Element<'_>,
        tag: &Tag<'_>,
    ) -> Result<(), Box<Stop>> {
        if role == Role::Attributes && !self.frames.is_empty() {
            self.place = Place::Attributes;
            self.configuration.paths.begin_object();
            return Ok(());
        }
        let id = tag.get(b"id");
        if role == Role::OtherExport && id.is_none() {
            return Err(Stop::new(Fault::OtherExport, element.at, element.local()));
        }
        let plan = match tag.get(b"modifier").unwrap_or_default().trim_ascii() {
            b"delete" => flag::DELETE,
            b"create" => flag::CREATE,
            b"update" => flag::UPDATE,
            _ => 0,
        };
        let class = self.configuration.names.id(element.local());
        self.frames.push(class, id.unwrap_or_default(), role == Role::Container, plan);
        Ok(())
    }

    fn end_object(&mut self, element: &Element<'_>, text: Text<'_>) {
        let Some(frame) = self.frames.last() else {
            self.configuration.check_blank(text, element.at);
            self.place = Place::Outside;
            return;
        };
        if !text.is_blank {
            let is_value = !self.frames.has_id() && !frame.has_children && frame.owner.is_none();
            let reason = if is_value { Reason::UnknownElement } else { Reason::StrayText };
            let told = if is_value { element.local() } else { text.bytes.trim_ascii() };
            self.configuration.rejections.add(element.at, reason, told);
        }
        self.frames.own_all(&mut self.configuration.tree);
        if let Some(frame) = self.frames.pop()
            && let Some(Owner::Object(object)) = frame.owner
        {
            self.configuration.mention(object, frame.plan, frame.format);
        }
    }

    /// End one of the elements that say what the vendor's attributes are, or those themselves.
    fn end_vendor_data(&mut self, role: Role, text: Text<'_>, at: usize) {
        self.place = Place::Attributes;
        let trimmed = text.bytes.trim_ascii();
        match role {
            Role::FormatVersion => {
                let format = self.configuration.names.id(trimmed);
                if let Some(frame) = self.frames.last_mut() {
                    frame.format = format;
                }
            }
            // The element with the attributes, where it came first, says it better.
            Role::Type if !trimmed.is_empty() && self.is_class_open() => self.set_class(trimmed),
            Role::Type => {}
            _ => self.configuration.check_blank(text, at),
        }
    }

    fn is_class_open(&self) -> bool {
        let class = self.frames.last().map_or(NONE, |frame| frame.class);
        class != NONE
            && self.configuration.names.get(class).eq_ignore_ascii_case(b"vsDataContainer")
    }

    fn set_class(&mut self, name: &[u8]) {
        let class = self.configuration.names.id(name.strip_prefix(b"vsData").unwrap_or(name));
        if let Some(frame) = self.frames.last_mut() {
            frame.class = class;
        }
    }

    fn end_attributes(&mut self, at: usize) {
        self.place = Place::Data;
        self.frames.own_all(&mut self.configuration.tree);
        if let Some(frame) = self.frames.last()
            && let Some(owner) = &frame.owner
        {
            self.configuration.settle(owner, frame.class, frame.plan, at);
        }
    }
}
