//! XML is cut into the same tags as by another parser, and what is not well-formed ends with a reason.

mod files;

use files::pieces;
use files::random::Random;
use files::recorded::{Recorded, fault, record};
use proptest::prelude::*;
use quick_xml::events::Event;
use readers::limits::{
    MAX_DEPTH, MAX_ELEMENT_NAMES, MAX_NAME_BYTES, MAX_TAG_BYTES, MAX_TEXT_BYTES,
};
use readers::refusal::Fault;
use readers::xml::Reader;

fn events(text: &str) -> Vec<String> {
    let (events, refusal) = record(&[text.as_bytes()]);
    assert_eq!(refusal, None, "{text}");
    events
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn pieces_of_a_text_come_together() {
    for inner in [
        "1<!-- x -->2",
        "1<![CDATA[2]]>",
        "<![CDATA[]]>12",
        "1<?a b?>2",
        "&#49;&#x32;",
        "<![CDATA[1]]><![CDATA[2]]>",
    ] {
        assert_eq!(
            events(&format!("<a>{inner}</a>")),
            ["start a", "text \"12\"", "end a"],
            "{inner}"
        );
    }
    assert_eq!(
        events("<a>1<b/>2</a>"),
        ["start a", "text \"1\"", "start b", "end b", "text \"2\"", "end a"]
    );
    assert_eq!(
        events("<a>x\r\ny\rz<![CDATA[\r\n&amp;]]>&#13;</a>")[1],
        "text \"x\\ny\\nz\\n&amp;\\r\""
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn prefixes_quotes_and_blanks_are_read() {
    let text = "\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n<!-- - -->\n<p:a\n x = 'a>\"&lt;' p:y=\"'\"\t><p:b/ ></p:a\n>\n<?end?>\n";
    let fixed = text.replace("/ >", "/>");
    assert_eq!(events(&fixed), ["start a x=\"a>\\\"<\" p:y=\"'\"", "start b", "end b", "end a"]);
    assert_eq!(fault(text.as_bytes()).map(|f| f.0), Some(Fault::BadTag));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_not_well_formed_ends_in_its_line() {
    let cases = [
        ("", Fault::NoElement, 1),
        (" \n ", Fault::NoElement, 2),
        ("text", Fault::NoElement, 1),
        ("<a>", Fault::CutShort, 1),
        ("<a>\n<b></b>\n", Fault::CutShort, 3),
        ("<a", Fault::NoElement, 1),
        ("<a></a", Fault::CutShort, 1),
        ("<a><!-- ", Fault::CutShort, 1),
        ("<a/>\n<b/>", Fault::BesideRoot, 2),
        ("<a/>\ntext", Fault::BesideRoot, 2),
        ("text<a/>", Fault::BesideRoot, 1),
        ("</a>", Fault::WrongEnd, 1),
        ("<a>\n</b>", Fault::WrongEnd, 2),
        ("<a></ a>", Fault::WrongEnd, 1),
        ("<a></a b>", Fault::WrongEnd, 1),
        ("<ab></a>", Fault::WrongEnd, 1),
        ("<a></ab>", Fault::WrongEnd, 1),
        ("<a><b></a></b>", Fault::WrongEnd, 1),
        ("< a/>", Fault::BadTag, 1),
        ("<a><1/></a>", Fault::BadTag, 1),
        ("<a><></a>", Fault::BadTag, 1),
        ("<a b=1/>", Fault::BadTag, 1),
        ("<a b/>", Fault::BadTag, 1),
        ("<a b='1'c='2'/>", Fault::BadTag, 1),
        ("<a b='<'/>", Fault::BadTag, 1),
        ("<a\nb='1'\nb='2'/>", Fault::AttributeTwice, 3),
        ("<a>&</a>", Fault::BareAmpersand, 1),
        ("<a>a & b</a>", Fault::BareAmpersand, 1),
        ("<a>\n\n&nbsp;</a>", Fault::UnknownReference, 3),
        ("<a b='&#0;'/>", Fault::UnknownReference, 1),
        ("<a>]]></a>", Fault::SectionEnd, 1),
        ("<a>x ]]]>\n</a>", Fault::SectionEnd, 1),
        ("<a><!-- -- --></a>", Fault::BadMarkup, 1),
        ("<a><!-- ---></a>", Fault::BadMarkup, 1),
        ("<a><!x></a>", Fault::BadMarkup, 1),
        ("<a><![cdata[x]]></a>", Fault::BadMarkup, 1),
        ("<![CDATA[x]]><a/>", Fault::BadMarkup, 1),
        ("<? x?><a/>", Fault::BadMarkup, 1),
        (" <?xml version='1.0'?><a/>", Fault::BadMarkup, 1),
        ("<a/>\n<?xml version='1.0'?>", Fault::BadMarkup, 2),
        ("<?xml version='1.0' encoding='GB2312'?><a/>", Fault::NeedsTranscoding, 1),
        ("<?xml version='1.0' encoding = \"iso-8859-1\"?><a/>", Fault::NeedsTranscoding, 1),
        ("<!DOCTYPE a><a/>", Fault::Doctype, 1),
        ("\n<!DOCTYPE a SYSTEM 'x>'><a/>", Fault::Doctype, 2),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Fault::Doctype, 1),
        ("<a>\n\0</a>", Fault::ForbiddenCharacter, 2),
        ("<a>\u{1}</a>", Fault::ForbiddenCharacter, 1),
        ("<a>\u{FFFF}</a>", Fault::ForbiddenCharacter, 1),
        ("<a b='\u{8}'/>", Fault::ForbiddenCharacter, 1),
    ];
    for (text, expected, line) in cases {
        assert_eq!(fault(text.as_bytes()), Some((expected, line)), "{text:?}");
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(record(&[text.as_bytes()]), record(&bytes), "{text:?} byte by byte");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn other_encodings_are_named() {
    let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| {
        text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let named = |data: &[u8]| {
        record(&[data]).1.filter(|r| r.fault == Fault::NeedsTranscoding).map(|r| r.value)
    };
    for (text, order, name) in [
        ("\u{FEFF}<a/>", u16::to_le_bytes as fn(u16) -> [u8; 2], "utf-16le"),
        ("<a/>", u16::to_le_bytes, "utf-16le"),
        ("\u{FEFF}<a/>", u16::to_be_bytes, "utf-16be"),
        ("<a/>", u16::to_be_bytes, "utf-16be"),
    ] {
        assert_eq!(named(&utf16(text, order)).as_deref(), Some(name));
    }
    assert_eq!(named(b"\xFF\xFE\0\0<\0\0\0").as_deref(), Some("utf-32le"));
    assert_eq!(
        named(b"<?xml version='1.0' encoding='Shift_JIS'?><a/>").as_deref(),
        Some("Shift_JIS")
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn bytes_that_were_made_utf8_may_say_otherwise() {
    let mut reader = Reader::transcoded(Recorded::default());
    reader.push("<?xml version='1.0' encoding='GB2312'?><a>中</a>".as_bytes()).unwrap();
    reader.finish().unwrap();
    assert_eq!(reader.format().events[1], "text \"中\"");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn bytes_that_are_no_utf8_are_refused_with_their_place() {
    for (data, value, line) in [
        (&b"<a>\n\xC3(</a>"[..], "C3", 2),
        (b"<a>\xFF</a>", "FF", 1),
        (b"<a>\n\n\xE2\x82</a>", "E2 82", 3),
        (b"<a>\xC0\x80</a>", "C0", 1),
        (b"<a>\xED\xA0\x80</a>", "ED", 1),
    ] {
        let refusal = record(&[data]).1.unwrap();
        assert_eq!(
            (refusal.fault, refusal.value.as_str(), refusal.line),
            (Fault::NotUtf8, value, line)
        );
        assert!(refusal.told().contains(value));
    }
    assert_eq!(fault(b"<a/>\xC3"), Some((Fault::BesideRoot, 1)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_too_large_is_refused_by_name() {
    let long = "x".repeat(MAX_TEXT_BYTES + 1);
    let names: String = (0..=MAX_ELEMENT_NAMES).map(|n| format!("<e{n}/>")).collect();
    let deep = "<a>".repeat(MAX_DEPTH + 1);
    for (text, expected) in [
        (format!("<a>{long}</a>"), Fault::TextTooLong),
        (format!("<a><![CDATA[{long}]]></a>"), Fault::TextTooLong),
        (format!("<a>{}<!-- -->{}</a>", &long[1..], &long[..2]), Fault::TextTooLong),
        (format!("<a>{}", " ".repeat(MAX_TEXT_BYTES + 1)), Fault::TextTooLong),
        (format!("<{}/>", &long[..MAX_NAME_BYTES + 1]), Fault::NameTooLong),
        (format!("<a b='{}'/>", &long[..MAX_TAG_BYTES]), Fault::TagTooLong),
        (format!("<a {}/>", " ".repeat(MAX_TAG_BYTES)), Fault::TagTooLong),
        (format!("<a></a{}>", " ".repeat(MAX_TAG_BYTES)), Fault::TagTooLong),
        (format!("<r>{names}</r>"), Fault::TooManyNames),
        (deep, Fault::TooDeep),
    ] {
        assert_eq!(fault(text.as_bytes()).map(|f| f.0), Some(expected), "{}", &text[..20]);
        let parts: Vec<&[u8]> = text.as_bytes().chunks(1000).collect();
        assert_eq!(record(&parts).1.map(|r| r.fault), Some(expected), "{}", &text[..20]);
    }
    assert_eq!(fault(format!("<a>{}</a>", &long[1..]).as_bytes()), None);
    assert_eq!(fault(format!("<a><!-- {long}{long} --><?x {long}?></a>").as_bytes()), None);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn after_a_refusal_nothing_more_is_read() {
    let mut reader = Reader::new(Recorded::default());
    let first = reader.push(b"<a><b></c>").unwrap_err();
    assert_eq!(reader.push(b"<d/></a>").unwrap_err(), first);
    assert_eq!(reader.finish().unwrap_err(), first);
    assert_eq!(reader.refusal(), Some(&first));
    assert_eq!(reader.format().events, ["start a", "start b"]);
}

/// A document that is well-formed more often than not.
fn document(random: &mut Random) -> String {
    const PARTS: [&str; 26] = [
        "<a>",
        "</a>",
        "<b x='1'>",
        "</b>",
        "<c/>",
        "<p:c y=\"&lt;\n\"/>",
        "text",
        " \n",
        "&amp;",
        "&#65;",
        "<!-- c -->",
        "<![CDATA[<x>&]]>",
        "<?pi x?>",
        "</a >",
        "]]>",
        "&",
        "<",
        ">",
        "<a x='1' x='2'>",
        "ä",
        "\r\n",
        "--",
        "</p:c>",
        "<p:c>",
        "&x;",
        "\"",
    ];
    let mut xml = String::from(random.of(&["", "<?xml version='1.0'?>\n", "\n"]));
    let mut open = Vec::new();
    xml += "<r>";
    for _ in 0..random.below(14) {
        let n = if random.one_in(6) { PARTS.len() } else { 13 };
        let part = PARTS[random.below(n)];
        match part {
            "</a>" | "</b>" => {
                let Some(name) = open.pop() else { continue };
                xml += &format!("</{name}>");
                continue;
            }
            "<a>" => open.push("a"),
            "<b x='1'>" => open.push("b"),
            _ => {}
        }
        xml += part;
    }
    for name in open.iter().rev() {
        xml += &format!("</{name}>");
    }
    xml + random.of(&["</r>", "</r>\n", "</r> <!-- end -->"])
}

/// What quick-xml finds; none where it finds fault.
fn by_quick_xml(text: &str) -> Option<Vec<String>> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().enable_all_checks(true);
    reader.config_mut().expand_empty_elements = true;
    let mut events = Vec::new();
    let mut pending = String::new();
    let flush = |events: &mut Vec<String>, pending: &mut String, event: String| {
        if !pending.is_empty() {
            events.push(format!("text {:?}", std::mem::take(pending)));
        }
        events.push(event);
    };
    let mut depth = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let mut told = format!("start {}", start.local_name().as_ref());
                for attribute in start.attributes() {
                    let attribute = attribute.ok()?;
                    let value =
                        attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
                    told += &format!(" {}={value:?}", attribute.key.as_ref());
                }
                flush(&mut events, &mut pending, told);
                depth += 1;
            }
            Event::End(end) => {
                depth -= 1;
                flush(&mut events, &mut pending, format!("end {}", end.local_name().as_ref()));
            }
            Event::Text(text) if depth > 0 => pending += &text.xml10_content(),
            Event::CData(text) => pending += &text.xml10_content(),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(character) => pending.push(character),
                None => pending += quick_xml::escape::resolve_predefined_entity(&name)?,
            },
            Event::Eof => return Some(events),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(files::config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn another_parser_finds_the_same(seed: u64) {
        let mut random = Random::new(seed);
        let text = document(&mut random);

        let (events, refusal) = record(&pieces(text.as_bytes(), &mut random));

        match refusal {
            None => prop_assert_eq!(Some(events), by_quick_xml(&text), "{}", text),
            Some(refusal) => prop_assert!(!refusal.told().is_empty() && refusal.line > 0),
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn any_pieces_give_the_same_tags(seed: u64) {
        let mut random = Random::new(seed);
        let mut data = document(&mut random).into_bytes();
        if random.one_in(3) {
            let at = random.below(data.len());
            data[at] = random.bits() as u8;
        }

        prop_assert_eq!(record(&[&data]), record(&pieces(&data, &mut random)));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn any_bytes_are_read_or_refused(data in prop::collection::vec(any::<u8>(), 0..200)) {
        let (_, refusal) = record(&[&data]);
        prop_assert!(refusal.is_some_and(|refusal| !refusal.told().is_empty()));
    }
}
