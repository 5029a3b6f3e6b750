//! Configurations of any shape, with what must become of each value.

use super::random::Random;
use super::taken::Cell;
use readers::cm::flag::{CREATE, DELETE, EMPTY, NIL, UPDATE};

/// A file and what it holds.
#[derive(Debug, Default)]
pub struct CmFile {
    pub xml: String,
    /// What must be taken, in the order of the file.
    pub taken: Vec<Cell>,
    /// How many values must be rejected.
    pub n_rejected: u64,
    /// How many objects are described.
    pub objects: std::collections::BTreeSet<String>,
}

/// A value as it is written, and what it must become.
struct Written {
    xml: String,
    text: &'static str,
    flags: u8,
}

fn value(random: &mut Random) -> Written {
    let (xml, text) = random.of(&[
        ("1", "1"),
        ("0", "0"),
        ("-7", "-7"),
        ("007", "007"),
        ("1.5", "1.5"),
        ("true", "true"),
        ("", ""),
        (" \n", ""),
        ("a &amp; b", "a & b"),
        ("Älv", "Älv"),
        ("<![CDATA[<x>]]>", "<x>"),
        ("a<!-- c -->b", "ab"),
        (" 12 ", "12"),
        ("1,2", "1,2"),
        ("NaN", "NaN"),
        ("&#x31;2", "12"),
        (
            "SubNetwork=R,MeContext=N1,ManagedElement=N1,ENodeBFunction=1",
            "SubNetwork=R,MeContext=N1,ManagedElement=N1,ENodeBFunction=1",
        ),
        ("two\r\nlines", "two\nlines"),
        ("99999999999999999999", "99999999999999999999"),
    ]);
    let flags = if text.is_empty() { EMPTY } else { 0 };
    Written { xml: xml.into(), text, flags }
}

fn cell(object: &str, attribute: String, item: u32, written: &Written, plan: u8) -> Cell {
    let number = written.text.parse().ok().filter(|_| !written.text.contains(['N', 'n']));
    Cell {
        object: object.into(),
        attribute,
        text: written.text.into(),
        number,
        item,
        flags: written.flags | plan,
    }
}

/// Attributes in the form that bulk CM and NETCONF share; `p` is their prefix.
fn attributes(random: &mut Random, p: &str, mut add: impl FnMut(String, u32, Written)) -> String {
    let mut xml = String::new();
    let n = random.below(6);
    for at in 0..n {
        let name = format!("attribute{}", at * 3 + random.below(3));
        for item in 0..random.of(&[1, 1, 1, 1, 3]) {
            xml += random.of(&["", "\n", "<!-- between -->"]);
            if random.one_in(4) {
                xml += &format!("<{p}{name}>");
                for member in 0..1 + random.below(3) {
                    let written = value(random);
                    xml += &format!("<{p}m{member}>{}</{p}m{member}>", written.xml);
                    add(format!("{name}.m{member}"), item, written);
                }
                xml += &format!("</{p}{name}>");
                continue;
            }
            let mut written = value(random);
            if written.xml.is_empty() && random.one_in(2) {
                written.flags |= NIL;
                xml += &format!("<{p}{name} xsi:nil='true'/>");
            } else {
                xml += &format!("<{p}{name}>{}</{p}{name}>", written.xml);
            }
            add(name.clone(), item, written);
        }
    }
    xml
}

impl CmFile {
    /// A bulk CM file of a seed.
    pub fn bulk(random: &mut Random, is_sound: bool) -> Self {
        let mut file = Self::default();
        let line = random.of(&["\n", "\r\n", ""]);
        let prefix = random.of(&["Undefined", "", "SubNetwork=Z"]);
        file.xml = format!(
            "<?xml version=\"1.0\"?>{line}<bulkCmConfigDataFile xmlns='c' xmlns:xn=\"g\" xmlns:es=\"e\">\
             <fileHeader fileFormatVersion=\"32.615\" vendorName=\"Ericsson\"/>{line}<configData dnPrefix=\"{prefix}\">{line}"
        );
        let root = if prefix.contains('=') {
            format!("{prefix},SubNetwork=R")
        } else {
            "SubNetwork=R".into()
        };
        file.xml += "<xn:SubNetwork id=\"R\">";
        for node in 0..random.below(3) {
            let id = format!("N{node}");
            let name = format!("{root},ManagedElement={id}");
            file.xml += &format!("<xn:ManagedElement id='{id}'>");
            file.standard(random, &name);
            for _ in 0..random.below(4) {
                file.container(random, &name, 0, is_sound, 2);
            }
            file.xml += "</xn:ManagedElement>";
            file.xml += line;
            file.objects.insert(name);
        }
        file.objects.insert(root);
        file.xml += "</xn:SubNetwork></configData><fileFooter dateTime='2026-01-01T00:00:00Z'/></bulkCmConfigDataFile>";
        file
    }

    /// Attributes that the standard names.
    fn standard(&mut self, random: &mut Random, object: &str) {
        if random.one_in(3) {
            return;
        }
        let taken = &mut self.taken;
        let xml = attributes(random, "xn:", |name, item, written| {
            taken.push(cell(object, name, item, &written, 0));
        });
        self.xml += &format!("<xn:attributes>{xml}</xn:attributes>");
    }

    fn container(
        &mut self,
        random: &mut Random,
        parent: &str,
        above: u8,
        is_sound: bool,
        depth: usize,
    ) {
        let class = random.of(&["Cell", "Relation", "Port"]);
        let id = format!("{}", random.below(4));
        let (modifier, own) = random.of(&[
            ("", 0),
            ("", 0),
            ("create", CREATE),
            ("update", UPDATE),
            ("delete", DELETE),
        ]);
        let plan = if above == DELETE { DELETE } else { own };
        let has_id = is_sound || !random.one_in(5);
        let is_known = has_id && !parent.is_empty();
        let name = if is_known { format!("{parent},{class}={id}") } else { String::new() };
        let id = if has_id { format!(" id=\"{id}\"") } else { String::new() };
        let modifier =
            if modifier.is_empty() { String::new() } else { format!(" modifier=\"{modifier}\"") };
        let tag = random.of(&["xn:VsDataContainer", "xn:vsDataContainer"]);
        let (first, second) = if random.one_in(2) { (&id, &modifier) } else { (&modifier, &id) };
        let (taken, n_rejected) = (&mut self.taken, &mut self.n_rejected);
        let xml = attributes(random, "es:", |attribute, item, written| {
            if is_known {
                taken.push(cell(&name, attribute, item, &written, plan));
            } else {
                *n_rejected += 1;
            }
        });
        let kind = format!("<xn:vsDataType>vsData{class}</xn:vsDataType>");
        let data = format!("<es:vsData{class}>{xml}</es:vsData{class}>");
        let format = "<xn:vsDataFormatVersion>EricssonSpecificAttributes</xn:vsDataFormatVersion>";
        let parts = if random.one_in(4) { [&data, format, &kind] } else { [&kind, format, &data] };
        self.xml +=
            &format!("<{tag}{first}{second}><xn:attributes>{}</xn:attributes>\n", parts.concat());
        for _ in 0..random.below(3).min(depth) {
            self.container(random, &name, plan, is_sound, depth - 1);
        }
        self.xml += &format!("</{tag}>");
        if is_known {
            self.objects.insert(name);
        }
    }

    /// A NETCONF document of a seed, in one of the two ways to name a key.
    pub fn netconf(random: &mut Random, is_sound: bool) -> Self {
        let mut file = Self::default();
        let is_standard = random.one_in(2);
        let (open, close) = random.of(&[
            ("<rpc-reply message-id='1'><data>", "</data></rpc-reply>"),
            ("", ""),
            ("<nc:rpc-reply xmlns:nc='n'><nc:data>\n", "\n</nc:data></nc:rpc-reply>"),
        ]);
        file.xml = open.into();
        file.object(random, "", "ManagedElement", 0, is_standard, is_sound, 3);
        file.xml += close;
        file
    }

    #[allow(clippy::too_many_arguments, reason = "it calls itself with them")]
    fn object(
        &mut self,
        random: &mut Random,
        parent: &str,
        class: &str,
        above: u8,
        is_standard: bool,
        is_sound: bool,
        depth: usize,
    ) {
        let is_root = depth == 3;
        let id = format!("{}", random.below(4));
        let has_key = is_sound || !random.one_in(5);
        let is_known = has_key && (is_root || !parent.is_empty());
        let step = format!("{class}={id}");
        let name = if !is_known {
            String::new()
        } else if is_root {
            step
        } else {
            format!("{parent},{step}")
        };
        let (operation, own) = random.of(&[
            ("", 0),
            ("", 0),
            (" nc:operation='delete'", DELETE),
            (" nc:operation='merge'", UPDATE),
        ]);
        let plan = if above == DELETE { DELETE } else { own };
        let (taken, n_rejected) = (&mut self.taken, &mut self.n_rejected);
        let xml = attributes(random, "", |attribute, item, written| {
            if is_known {
                taken.push(cell(&name, attribute, item, &written, plan));
            } else {
                *n_rejected += 1;
            }
        });
        let written_id = if is_known && random.one_in(3) { name.clone() } else { id };
        let key = if is_standard {
            "id".into()
        } else {
            format!("{}{}Id", class[..1].to_lowercase(), &class[1..])
        };
        let key = if has_key { format!("<{key}>{written_id}</{key}>") } else { String::new() };
        let xml = if is_standard { format!("<attributes>{xml}</attributes>") } else { xml };
        let parts = if random.one_in(4) { [xml, key] } else { [key, xml] };
        self.xml += &format!("<{class} xmlns='urn:{class}'{operation}>{}", parts.concat());
        for _ in 0..random.below(3).min(depth) {
            let class = random.of(&["GNBDUFunction", "NRCellDU", "Port"]);
            self.object(random, &name, class, plan, is_standard, is_sound, depth - 1);
        }
        self.xml += &format!("</{class}>");
        if is_known {
            self.objects.insert(name);
        }
    }
}
