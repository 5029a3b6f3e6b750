//! The XML of NETCONF and of YANG instance data (RFC 6241, RFC 7950): what a node answers or takes.
//!
//! Elements that begin with a capital letter are objects, as in the models of 3GPP (TS 28.541, with `id`
//! and `attributes`) and of nodes that name the key after the class ("GNBDUFunction" has
//! "gNBDUFunctionId") and have the attributes beside it. What stands around the objects, a reply or a
//! data tree, has no values of its own.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::frames::{Frames, Owner};
use super::{Configuration, flag, is_nil};
use crate::dn;
use crate::names::NONE;
use crate::refusal::Stop;
use crate::rejections::{Reason, Rejections};
use crate::xml::{Element, Format, Tag, Text, Tokenizer};

/// What an open element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Around the objects.
    Wrapper,
    Object,
    /// The key of an object.
    Key,
    /// `attributes` of an object.
    Attributes,
    /// An attribute or a part of one.
    Attribute,
}

/// The configuration of one NETCONF document.
#[derive(Debug, Default)]
pub struct Netconf {
    /// What was read.
    pub configuration: Configuration,
    context: Vec<Kind>,
    frames: Frames,
}

impl Format for Netconf {
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        tokenizer.run_shared(&mut { self }, data, at)
    }

    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        self.configuration.check_blank(before, element.at);
        let local = element.local();
        let is_class = local.first().is_some_and(u8::is_ascii_uppercase);
        let kind = match self.context.last() {
            None | Some(Kind::Wrapper) if is_class => Kind::Object,
            None | Some(Kind::Wrapper | Kind::Key) => Kind::Wrapper,
            Some(Kind::Object) if local == b"attributes" => Kind::Attributes,
            Some(Kind::Object) if is_class => Kind::Object,
            Some(Kind::Object) if self.is_key(local) => Kind::Key,
            Some(Kind::Object | Kind::Attributes | Kind::Attribute) => Kind::Attribute,
        };
        self.context.push(kind);
        match kind {
            Kind::Object => {
                self.settle(element.at);
                let class = self.configuration.names.id(local);
                self.frames.push(class, b"", false, plan_of(tag));
                self.configuration.paths.begin_object();
            }
            Kind::Attribute => {
                let Configuration { paths, names, .. } = &mut self.configuration;
                paths.enter(element.id, local, is_nil(tag), names);
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, element: &Element<'_>, text: Text<'_>) -> Result<(), Box<Stop>> {
        let at = element.at;
        match self.context.pop() {
            Some(Kind::Attribute) => {
                let Some(step) = self.configuration.paths.leave() else {
                    self.configuration.check_blank(text, at);
                    return Ok(());
                };
                let plan = self.frames.last().map_or(0, |frame| frame.plan);
                self.configuration.take(step, text.bytes, plan, at)?;
                if self.frames.last().is_some_and(|frame| frame.owner.is_some()) {
                    self.settle(at);
                }
            }
            Some(Kind::Key) => self.end_key(text.bytes.trim_ascii(), at),
            Some(Kind::Object) => {
                self.configuration.check_blank(text, at);
                self.settle(at);
                if let Some(frame) = self.frames.pop()
                    && let Some(Owner::Object(object)) = frame.owner
                {
                    self.configuration.mention(object, frame.plan, frame.format);
                }
            }
            Some(Kind::Wrapper) if !text.is_blank => {
                self.configuration.rejections.add(at, Reason::OutsideObject, element.local());
            }
            Some(Kind::Attributes) => self.configuration.check_blank(text, at),
            Some(Kind::Wrapper) | None => {}
        }
        Ok(())
    }

    fn close(&mut self) {
        self.settle(0);
    }

    fn rejections(&mut self) -> &mut Rejections {
        &mut self.configuration.rejections
    }
}

impl Netconf {
    /// Whether an element is the key of the object at hand, which has none yet.
    fn is_key(&self, local: &[u8]) -> bool {
        let Some(frame) = self.frames.last().filter(|frame| frame.owner.is_none()) else {
            return false;
        };
        let class = self.configuration.names.get(frame.class);
        let is_named_after = local.strip_suffix(b"Id").is_some_and(|name| {
            name.len() == class.len()
                && name[0] == class[0].to_ascii_lowercase()
                && name[1..] == class[1..]
        });
        local == b"id" || is_named_after
    }

    /// Name the object at hand; its key may hold its full name instead of the last step.
    fn end_key(&mut self, key: &[u8], at: usize) {
        let class = self.frames.last().map_or(NONE, |frame| frame.class);
        let steps: Vec<_> = dn::steps(key).collect();
        let mut id = key;
        if let Some((last, above)) = steps.split_last()
            && last.contains(&b'=')
            && class != NONE
            && dn::split(last).0 == self.configuration.names.get(class)
        {
            id = dn::split(last).1;
            if self.frames.len() == 1 {
                let Configuration { tree, names, .. } = &mut self.configuration;
                let above = tree.object_of(&above.join(&b","[..]), names);
                self.frames.set_prefix(above);
            }
        }
        self.frames.set_id(id);
        self.settle(at);
    }

    /// Give the values of the object at hand their object, as far as it is known now.
    fn settle(&mut self, at: usize) {
        self.frames.own_all(&mut self.configuration.tree);
        match self.frames.last() {
            Some(frame) => {
                if let Some(owner) = &frame.owner {
                    self.configuration.settle(owner, frame.class, frame.plan, at);
                }
            }
            None => debug_assert_eq!(self.configuration.columns.n_open(), 0),
        }
    }
}

/// What an edit is to do with an object.
fn plan_of(tag: &Tag<'_>) -> u8 {
    match tag.get(b"operation").unwrap_or_default().trim_ascii() {
        b"delete" | b"remove" => flag::DELETE,
        b"create" => flag::CREATE,
        b"merge" | b"replace" => flag::UPDATE,
        _ => 0,
    }
}
