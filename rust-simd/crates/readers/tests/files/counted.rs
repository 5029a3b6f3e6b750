//! Counts what a file holds by another parser, which knows nothing of what the readers make of it.

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element without elements in it: the names around it, its own name, its text.
pub struct Leaf {
    pub path: Vec<String>,
    pub text: String,
}

/// All leaves of a document; none where it is not well-formed.
pub fn leaves(xml: &[u8]) -> Option<Vec<Leaf>> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).ok()?);
    reader.config_mut().enable_all_checks(true);
    reader.config_mut().expand_empty_elements = true;
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut is_leaf = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                path.push(start.local_name().as_ref().into());
                text.clear();
                is_leaf = true;
            }
            Event::End(_) => {
                if std::mem::take(&mut is_leaf) {
                    found.push(Leaf { path: path.clone(), text: text.trim().into() });
                }
                path.pop();
            }
            Event::Text(piece) => text += &piece.xml10_content(),
            Event::CData(piece) => text += &piece.xml10_content(),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(character) => text.push(character),
                None => text += quick_xml::escape::resolve_predefined_entity(&name)?,
            },
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

fn n_words(text: &str) -> u64 {
    text.split_ascii_whitespace().count() as u64
}

/// The least number of results that a measurement file holds.
pub fn results(leaves: &[Leaf]) -> u64 {
    let count = |leaf: &Leaf| {
        let name = leaf.path.last().map_or("", String::as_str);
        let is_in_value = leaf.path.iter().rev().nth(1).is_some_and(|parent| parent == "measValue");
        match name {
            "r" => 1,
            "measResults" => n_words(&leaf.text),
            "suspect" | "measType" | "measTypes" => 0,
            _ if is_in_value => n_words(&leaf.text).min(1),
            _ => 0,
        }
    };
    leaves.iter().map(count).sum()
}

/// The least number of values that a bulk CM file holds.
pub fn bulk_values(leaves: &[Leaf]) -> u64 {
    let count = |leaf: &Leaf| {
        let [.., parent, name] = leaf.path.as_slice() else { return 0 };
        let is_about_data = parent == "attributes" && name.starts_with("vsData");
        u64::from(
            leaf.path.iter().any(|name| name == "configData")
                && !leaf.text.is_empty()
                && !is_about_data,
        )
    };
    leaves.iter().map(count).sum()
}

/// The least number of values that a NETCONF document holds.
pub fn netconf_values(leaves: &[Leaf]) -> u64 {
    let count = |leaf: &Leaf| {
        let name = leaf.path.last().map_or("", String::as_str);
        u64::from(!leaf.text.is_empty() && name != "id" && !name.ends_with("Id"))
    };
    leaves.iter().map(count).sum()
}
