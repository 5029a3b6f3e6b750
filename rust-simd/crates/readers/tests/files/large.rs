//! Large files of the forms that networks write, for timing.

use super::random::Random;
use std::fmt::Write;

const PM_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<measCollecFile xmlns=\"http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec\">\n\
<fileHeader fileFormatVersion=\"32.435 V10.0\" vendorName=\"V\" dnPrefix=\"SubNetwork=R\">\
<fileSender localDn=\"ManagedElement=N1\"/><measCollec beginTime=\"2026-03-02T10:00:00Z\"/></fileHeader>\n";
const PM_FOOT: &str =
    "<fileFooter><measCollec endTime=\"2026-03-02T10:15:00Z\"/></fileFooter></measCollecFile>\n";
const PERIOD: &str = "<granPeriod duration=\"PT900S\" endTime=\"2026-03-02T10:15:00Z\"/>";

/// Scalar results only, `n_bytes` or more.
pub fn pm_scalars(n_bytes: usize) -> Vec<u8> {
    pm(n_bytes, 0, 0)
}

/// As a node of this maker writes them: 15 of 100 results are vectors, one is blank.
pub fn pm_with_vectors(n_bytes: usize) -> Vec<u8> {
    pm(n_bytes, 15, 1)
}

fn pm(n_bytes: usize, vectors: usize, blanks: usize) -> Vec<u8> {
    let mut random = Random::new(1);
    let mut out = String::from(PM_HEAD);
    let mut n_elements = 0;
    while out.len() < n_bytes {
        n_elements += 1;
        let _ = write!(
            out,
            "<measData>\n<managedElement localDn=\"ManagedElement=N{n_elements}\" swVersion=\"S\"/>\n"
        );
        for info in 0..34 {
            let n_counters = 8 + (info * 7) % 40;
            let _ = write!(
                out,
                "<measInfo measInfoId=\"PM={info}\">\n<job jobId=\"J{info}\"/>\n{PERIOD}\n<repPeriod duration=\"PT900S\"/>\n"
            );
            for p in 1..=n_counters {
                let _ =
                    writeln!(out, "<measType p=\"{p}\">pmCounterOfGroup{info}Number{p}</measType>");
            }
            for object in 1..=6 {
                let _ = writeln!(
                    out,
                    "<measValue measObjLdn=\"ManagedElement=N{n_elements},GNBDUFunction=1,NRCellDU={object}\">"
                );
                for p in 1..=n_counters {
                    let kind = random.below(100);
                    let _ = write!(out, "<r p=\"{p}\">");
                    if kind < vectors {
                        let n_items = 3 + random.below(12) * random.below(12);
                        // A distribution: what lies far from its middle is 0.
                        let middle = random.below(n_items);
                        for item in 0..n_items {
                            let is_far = middle.abs_diff(item) > 1 + n_items / 4;
                            let _ = write!(
                                out,
                                "{}{}",
                                if item > 0 { "," } else { "" },
                                if is_far { 0 } else { random.skewed() }
                            );
                        }
                    } else if kind >= vectors + blanks {
                        let _ = write!(out, "{}", random.skewed());
                    }
                    out.push_str("</r>\n");
                }
                out.push_str("<suspect>false</suspect>\n</measValue>\n");
            }
            out.push_str("</measInfo>\n");
        }
        out.push_str("</measData>\n");
    }
    out.push_str(PM_FOOT);
    out.into_bytes()
}

/// Results as lists beside lists of names.
pub fn pm_lists(n_bytes: usize) -> Vec<u8> {
    let mut random = Random::new(2);
    let mut out = format!("{PM_HEAD}<measData><managedElement localDn=\"ManagedElement=N1\"/>\n");
    let mut info = 0;
    while out.len() < n_bytes {
        info += 1;
        let names: Vec<_> = (0..30).map(|n| format!("VS.Counter.Group{}.{n}", info % 50)).collect();
        let _ = writeln!(
            out,
            "<measInfo measInfoId=\"{info}\">{PERIOD}<measTypes>{}</measTypes>",
            names.join(" ")
        );
        for object in 0..20 {
            let results: Vec<_> = (0..30).map(|_| random.skewed().to_string()).collect();
            let _ = writeln!(
                out,
                "<measValue measObjLdn=\"Cell={object}\"><measResults>{}</measResults></measValue>",
                results.join(" ")
            );
        }
        out.push_str("</measInfo>\n");
    }
    let _ = write!(out, "</measData>{PM_FOOT}");
    out.into_bytes()
}

/// A bulk CM export of many nodes, `n_bytes` or more.
pub fn bulk_cm(n_bytes: usize) -> Vec<u8> {
    let mut random = Random::new(3);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bulkCmConfigDataFile xmlns=\"configData.xsd\" \
         xmlns:xn=\"genericNrm.xsd\" xmlns:es=\"EricssonSpecificAttributes.24.xsd\">\n\
         <fileHeader fileFormatVersion=\"32.615 V4.5\" vendorName=\"Ericsson\"/>\n\
         <configData dnPrefix=\"Undefined\">\n<xn:SubNetwork id=\"R\">\n",
    );
    let mut node = 0;
    while out.len() < n_bytes {
        node += 1;
        let _ = write!(
            out,
            "<xn:MeContext id=\"N{node}\">\n<xn:ManagedElement id=\"N{node}\">\n<xn:attributes>\n<xn:userLabel>Site {node}</xn:userLabel>\n</xn:attributes>\n"
        );
        for cell in 0..6 {
            container(&mut out, &mut random, "EUtranCellFDD", &format!("C{node}-{cell}"), 45);
            for relation in 0..30 {
                container(
                    &mut out,
                    &mut random,
                    "EUtranCellRelation",
                    &format!("{node}-{relation}"),
                    9,
                );
            }
        }
        out.push_str("</xn:ManagedElement>\n</xn:MeContext>\n");
    }
    out.push_str("</xn:SubNetwork></configData><fileFooter dateTime=\"2026-01-01T00:00:00Z\"/></bulkCmConfigDataFile>\n");
    out.into_bytes()
}

fn container(out: &mut String, random: &mut Random, class: &str, id: &str, n_attributes: usize) {
    let _ = write!(
        out,
        "<xn:VsDataContainer id=\"{id}\">\n<xn:attributes>\n<xn:vsDataType>vsData{class}</xn:vsDataType>\n\
         <xn:vsDataFormatVersion>EricssonSpecificAttributes</xn:vsDataFormatVersion>\n<es:vsData{class}>\n"
    );
    for n in 0..n_attributes {
        let name = format!("attributeOf{class}Number{n}");
        let _ = match n % 9 {
            0..4 => writeln!(out, "<es:{name}>{}</es:{name}>", random.below(200)),
            4 => writeln!(out, "<es:{name}>{}</es:{name}>", random.of(&["true", "false"])),
            5 => writeln!(
                out,
                "<es:{name}>SubNetwork=R,MeContext=N{},ManagedElement=N1,ENodeBFunction=1</es:{name}>",
                random.below(99_999)
            ),
            6 => writeln!(
                out,
                "<es:{name}><es:mcc>262</es:mcc><es:mnc>0{}</es:mnc></es:{name}>",
                random.below(9)
            ),
            7 => write!(out, "<es:{name}>1</es:{name}>\n<es:{name}>3</es:{name}>\n"),
            _ => writeln!(out, "<es:{name}></es:{name}>"),
        };
    }
    let _ = write!(out, "</es:vsData{class}>\n</xn:attributes>\n</xn:VsDataContainer>\n");
}
