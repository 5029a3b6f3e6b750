//! A format that only writes down what it is told.

use readers::refusal::{Fault, Refusal, Stop};
use readers::rejections::Rejections;
use readers::xml::{Element, Format, Reader, Tag, Text, Tokenizer};

/// Tags and texts in the order in which they came.
#[derive(Debug, Default)]
pub struct Recorded {
    pub events: Vec<String>,
    depth: usize,
    rejections: Rejections,
}

impl Recorded {
    fn add_text(&mut self, text: Text<'_>) {
        let blank = text.bytes.iter().all(u8::is_ascii_whitespace);
        assert_eq!(blank, text.is_blank, "{:?}", text.bytes);
        if self.depth > 0 && !text.bytes.is_empty() {
            let mut text = super::taken::text(text.bytes);
            if blank {
                text = text.replace("\r\n", "\n"); // left as they are, since nobody reads them
            }
            self.events.push(format!("text {text:?}"));
        }
    }
}

impl Format for Recorded {
    fn run(
        &mut self,
        tokenizer: &mut Tokenizer,
        data: &[u8],
        at: &mut usize,
    ) -> Result<(), Box<Stop>> {
        tokenizer.run(self, data, at)
    }

    fn start(
        &mut self,
        element: &Element<'_>,
        tag: &Tag<'_>,
        before: Text<'_>,
    ) -> Result<(), Box<Stop>> {
        self.add_text(before);
        self.depth += 1;
        let text = super::taken::text;
        let attributes: Vec<_> =
            tag.all().map(|(name, value)| format!(" {}={:?}", text(name), text(value))).collect();
        self.events.push(format!("start {}{}", text(element.local()), attributes.concat()));
        Ok(())
    }

    fn end(&mut self, element: &Element<'_>, before: Text<'_>) -> Result<(), Box<Stop>> {
        self.add_text(before);
        self.depth -= 1;
        self.events.push(format!("end {}", super::taken::text(element.local())));
        Ok(())
    }

    fn close(&mut self) {}

    fn rejections(&mut self) -> &mut Rejections {
        &mut self.rejections
    }
}

/// What is in a document whose pieces are given, and why it ended if not at its end.
pub fn record(pieces: &[&[u8]]) -> (Vec<String>, Option<Refusal>) {
    let mut reader = Reader::new(Recorded::default());
    for piece in pieces {
        if reader.push(piece).is_err() {
            break;
        }
    }
    let refusal = reader.finish().err();
    (std::mem::take(&mut reader.format_mut().events), refusal)
}

/// Why a document is refused, and in which line.
pub fn fault(data: &[u8]) -> Option<(Fault, u32)> {
    record(&[data]).1.map(|refusal| (refusal.fault, refusal.line))
}
