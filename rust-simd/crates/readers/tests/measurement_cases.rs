//! Measurement files as networks write them, and as they arrive damaged: case by case.

mod files;

use files::random::Random;
use files::taken::{Outcome, Taken, Value, measurements};
use readers::pm::{Measurements, flag};
use readers::refusal::Fault;
use readers::rejections::Reason;
use readers::xml::Reader;

const HEAD: &str = r#"<fileHeader vendorName="V" dnPrefix="SubNetwork=R"><fileSender localDn="ManagedElement=N1"/><measCollec beginTime="2026-03-02T08:00:00Z"/></fileHeader>"#;
const PERIOD: &str = r#"<granPeriod duration="PT900S" endTime="2026-03-02T08:15:00Z"/>"#;
const TYPES: &str = r#"<measType p="1">a</measType><measType p="2">b</measType>"#;
const BEGIN: i64 = 1_772_438_400;

/// A file of one measInfo with this inside.
fn file(inside: &str) -> String {
    format!(
        "<measCollecFile>{HEAD}<measData><managedElement localDn=\"ManagedElement=N1\"/><measInfo measInfoId=\"G\">{inside}</measInfo></measData>\
         <fileFooter><measCollec endTime=\"2026-03-02T08:15:00Z\"/></fileFooter></measCollecFile>"
    )
}

/// A file of one measValue with this inside.
fn results(inside: &str) -> String {
    file(&format!("{PERIOD}{TYPES}<measValue measObjLdn=\"Cell=1\">{inside}</measValue>"))
}

fn read(xml: &str) -> Outcome<Taken> {
    let whole = measurements(&[xml.as_bytes()], &mut Random::new(1));
    let bytes: Vec<&[u8]> = xml.as_bytes().chunks(1).collect();
    assert_eq!(whole, measurements(&bytes, &mut Random::new(2)));
    whole
}

/// Counters and values of a file that loses nothing.
fn values(xml: &str) -> Vec<(String, Value)> {
    let outcome = read(xml);
    assert_eq!((outcome.refusal, outcome.rejections), (None, vec![]), "{xml}");
    outcome.values.into_iter().map(|taken| (taken.counter, taken.value)).collect()
}

fn number(counter: &str, value: f64) -> (String, Value) {
    (counter.into(), Value::Number(value))
}

fn reasons(outcome: &Outcome<Taken>) -> Vec<(u8, &str)> {
    outcome.reasons()
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn results_without_positions_are_paired_by_order() {
    let names = "<measType>a</measType><measType>b</measType>";
    let xml = file(&format!(
        "{PERIOD}{names}<measValue measObjLdn=\"Cell=1\"><r>30</r><r>40</r></measValue>"
    ));
    assert_eq!(values(&xml), [number("a", 30.0), number("b", 40.0)]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lists_of_names_and_positioned_results_are_paired_both_ways() {
    let xml = file(&format!(
        "{PERIOD}<measTypes>a b</measTypes><measValue measObjLdn=\"Cell=1\"><r p=\"2\">40</r><r p=\"1\">30</r></measValue>"
    ));
    assert_eq!(values(&xml), [number("b", 40.0), number("a", 30.0)]);
    assert_eq!(
        values(&results("<measResults>30 40</measResults>")),
        [number("a", 30.0), number("b", 40.0)]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn positions_that_cannot_be_trusted_are_rejected_with_their_value() {
    let outcome = read(&results(
        "<r p=\"1\">1</r><r p=\"1\">2</r><r>3</r><r p=\"7\">4</r><r p=\"x\">5</r><r p=\"99999999999\">6</r><r p=\"\">7</r><r p=\"2\">8</r>",
    ));
    assert_eq!(
        reasons(&outcome),
        [
            (Reason::PositionRepeated as u8, "1"),
            (Reason::PositionMissing as u8, "3"),
            (Reason::PositionUnknown as u8, "7"),
            (Reason::PositionUnreadable as u8, "x"),
            (Reason::PositionUnreadable as u8, "99999999999"),
            (Reason::PositionUnreadable as u8, ""),
        ]
    );
    assert_eq!((outcome.n_values, outcome.n_held()), (2, 8));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn names_that_share_a_position_or_have_none_leave_their_results_open() {
    let names = "<measType p=\"1\">a</measType><measType p=\"1\">b</measType><measType p=\"3\"> </measType>";
    let outcome = read(&file(&format!(
        "{PERIOD}{names}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r><r p=\"3\">2</r><measResults>1 2</measResults></measValue>"
    )));
    assert_eq!(
        reasons(&outcome),
        [
            (Reason::PositionRepeated as u8, "1"),
            (Reason::CounterUnnamed as u8, "3"),
            (Reason::ListOrder as u8, "1 2"),
        ]
    );
    assert_eq!(outcome.n_held(), 4);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lists_of_another_length_are_rejected_as_a_whole() {
    let outcome = read(&results("<measResults>1 2 3</measResults>"));
    assert_eq!(
        outcome.rejections,
        [(1, Reason::ListLength as u8, "3 results stand for 2".into(), 3)]
    );
    let outcome = read(&results(
        "<measResults>1 2</measResults><measResults>3 4</measResults><r p=\"1\">5</r>",
    ));
    assert_eq!((outcome.n_values, outcome.n_rejected), (2, 3));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_period_is_read_from_all_forms_of_its_end() {
    for end in [
        "20260302081500Z",
        "2026-03-02T09:15:00+0100",
        "20260302T081500Z",
        "2026-03-02T08:15:00.000+00:00:00",
    ] {
        let xml = file(&format!(
            "<granPeriod duration='PT900S' endTime='{end}'/>{TYPES}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r></measValue>"
        ));
        assert_eq!(read(&xml).values[0].period, (BEGIN, BEGIN + 900), "{end}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn header_and_footer_give_the_period_where_nothing_else_does() {
    let xml = file(&format!(
        "{TYPES}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r><r p=\"2\">NIL</r></measValue>"
    ));
    assert_eq!(read(&xml).values[0].period, (BEGIN, BEGIN + 900));

    for (footer, told) in
        [("", ""), (" endTime='soon'", "soon"), (" endTime='2020-01-01T00:00:00Z'", "")]
    {
        let outcome = read(&xml.replace(" endTime=\"2026-03-02T08:15:00Z\"", footer));
        assert_eq!(
            (outcome.n_values, outcome.n_missing, outcome.n_rejected),
            (0, 0, 2),
            "{footer}"
        );
        assert!(
            outcome
                .rejections
                .iter()
                .any(|(_, _, value, count)| (value.as_str(), *count) == (told, 2))
        );
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn times_that_cannot_be_read_cost_the_results_of_their_block_only() {
    let good =
        format!("{PERIOD}{TYPES}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r></measValue>");
    for (period, reason, told) in [
        (
            "<granPeriod duration='PT900S' endTime='2026-13-02T08:15:00Z'/>",
            Reason::TimeUnreadable,
            "2026-13-02T08:15:00Z",
        ),
        (
            "<granPeriod duration='some duration' endTime='2026-03-02T08:15:00Z'/>",
            Reason::DurationUnreadable,
            "some duration",
        ),
        (
            "<granPeriod duration='P99999999999D' endTime='2026-03-02T08:15:00Z'/>",
            Reason::DurationUnreadable,
            "P99999999999D",
        ),
        ("<granPeriod duration='PT900S' endTime=''/>", Reason::TimeUnreadable, ""),
    ] {
        let xml = file(&format!(
            "{period}{TYPES}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r></measValue></measInfo><measInfo>{good}"
        ));
        let outcome = read(&xml);
        assert_eq!(reasons(&outcome), [(reason as u8, told)]);
        assert_eq!((outcome.values.len(), outcome.values[0].period), (1, (BEGIN, BEGIN + 900)));
    }
    let far = file(&good.replace("2026-03-02T08:15:00Z", "0001-01-01T00:00:00+14:00"));
    assert_eq!(read(&far).n_values, 1);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn blocks_of_one_counter_in_two_periods_stay_apart() {
    let block =
        format!("{PERIOD}{TYPES}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1800</r></measValue>");
    let later = block.replace("08:15:00Z", "08:30:00Z");
    let outcome = read(&file(&format!("{block}</measInfo><measInfo>{later}")));
    assert_eq!(
        outcome.values.iter().map(|taken| taken.period.0).collect::<Vec<_>>(),
        [BEGIN, BEGIN + 900]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn vectors_that_may_be_pairs_are_marked() {
    let xml = file(&format!(
        "{PERIOD}{TYPES}<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1,1,20</r><r p=\"2\">5,1,20</r></measValue>\
         <measValue measObjLdn=\"Cell=2\"><r p=\"1\">2,1,980,9,50000</r><r p=\"2\">1,1,20</r></measValue>"
    ));
    let mut reader = Reader::new(Measurements::default());
    reader.push(xml.as_bytes()).unwrap();
    reader.finish().unwrap();
    let format = reader.format();
    let batch = format.columns.batch();
    let marked: Vec<bool> = batch.flags.iter().map(|flags| flags & flag::PAIRS != 0).collect();
    assert_eq!(marked, [true, false, true, true]);
    assert_eq!(batch.numbers, [3.0, 3.0, 5.0, 3.0], "how many items each has");
    assert!(format.shapes().get(0).looks_like_pairs());
    assert!(!format.shapes().get(1).looks_like_pairs());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_the_format_does_not_know_is_told_with_its_name() {
    let outcome =
        read(&results("<measResultz>7 8 9</measResultz><r p=\"1\">1</r><rr p=\"2\">5 6</rr>text"));
    assert_eq!(
        outcome.rejections,
        [
            (1, Reason::UnknownElement as u8, "measResultz".into(), 0),
            (1, Reason::UnknownElement as u8, "measResultz".into(), 3),
            (1, Reason::UnknownElement as u8, "rr".into(), 0),
            (1, Reason::UnknownElement as u8, "rr".into(), 1),
            (1, Reason::StrayText as u8, "text".into(), 1),
        ]
    );
    assert_eq!(outcome.n_values, 1);
    let inside = read(&results("<r p=\"1\">1<b/>2</r><r p=\"2\">3</r>"));
    assert_eq!((reasons(&inside), inside.n_values), (vec![(Reason::UnknownElement as u8, "b")], 1));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn results_outside_an_object_are_rejected() {
    let value = "<measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r></measValue>";
    let outcome = read(&file(&format!(
        "{PERIOD}{TYPES}{value}<r p=\"2\">2</r><measResults>3 4</measResults>"
    )));
    assert_eq!((outcome.n_values, outcome.n_rejected), (1, 3));
    assert!(reasons(&outcome).iter().all(|(reason, _)| *reason == Reason::OutsideObject as u8));
    let nested = read(&results(&format!("<r p=\"1\">1</r>{value}<r p=\"2\">2</r>")));
    assert_eq!((nested.n_values, nested.n_rejected), (2, 1));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_object_that_is_not_named_gives_nothing() {
    let named = |attribute: &str| {
        file(&format!(
            "{PERIOD}{TYPES}<measValue{attribute}><r p=\"1\">1</r><r p=\"2\">NIL</r></measValue>"
        ))
    };
    assert_eq!(reasons(&read(&named(" measObjLdm=\"Cell=1\""))), [(Reason::NoObject as u8, ""); 2]);
    let control = read(&named(" measObjLdn=\"Cell=1&#10;cmedit delete\""));
    assert_eq!(reasons(&control)[0].0, Reason::ControlInName as u8);
    assert_eq!(control.n_rejected, 2);
    assert_eq!(read(&named(" measObjLdn=\"\"")).values[0].object, "SubNetwork=R,ManagedElement=N1");
    assert_eq!(
        read(&named(" measObjLdn=\"ManagedElement=N1, Cell=1\"")).values[0].object,
        "SubNetwork=R,ManagedElement=N1,Cell=1"
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn suspect_marks_are_honoured_and_unreadable_ones_cost_their_results() {
    for (mark, is_suspect) in
        [("true", true), ("1", true), ("TRUE", true), ("false", false), ("0", false)]
    {
        let outcome =
            read(&results(&format!("<r p=\"1\">1</r><r p=\"2\">NIL</r><suspect>{mark}</suspect>")));
        assert_eq!(outcome.values[0].is_suspect, is_suspect, "{mark}");
        assert_eq!(outcome.n_suspect, u64::from(is_suspect), "a missing result is not suspect");
    }
    let outcome = read(&results("<r p=\"1\">1,2</r><suspect>ture</suspect><r p=\"2\">NIL</r>"));
    assert_eq!(outcome.n_held(), 2);
    assert_eq!(reasons(&outcome), [(Reason::SuspectUnreadable as u8, "ture"); 2]);
    assert_eq!(read(&results("<suspect>true</suspect><r p=\"1\">1</r>")).n_suspect, 1);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let xml = results("<r p=\"1\">1</r><r p=\"2\">2</r><suspect>true</suspect>");
    let outcome = read(&xml[..xml.find("<r p=\"2\"").unwrap()]);
    assert_eq!(outcome.n_values, 1);
    assert!(outcome.values[0].is_suspect, "its mark was not read");
    assert_eq!(outcome.refusal.unwrap().1, "the file ends before its last element does");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn texts_are_values_of_the_newer_format_only() {
    let newer =
        results("<r p=\"1\">one</r><r p=\"2\">nan</r>").replace("measCollecFile", "measDataFile");
    assert_eq!(
        values(&newer),
        [("a".into(), Value::Text("one".into())), ("b".into(), Value::Text("nan".into()))]
    );
    let older = read(&results("<r p=\"1\">one</r><r p=\"2\">1e999</r>"));
    assert_eq!(
        reasons(&older),
        [(Reason::NotANumber as u8, "one"), (Reason::NotANumber as u8, "1e999")]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_newer_format_has_other_names() {
    let xml = results("<r p=\"1\">1</r>")
        .replace("measCollecFile", "measDataFile")
        .replace("measCollec ", "measData ")
        .replace("fileSender localDn", "fileSender senderName")
        .replace("managedElement localDn", "measEntity localDn");
    let outcome = read(&xml);
    assert_eq!(
        (outcome.values[0].object.as_str(), outcome.n_rejected),
        ("SubNetwork=R,ManagedElement=N1,Cell=1", 0)
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_oldest_format_is_read() {
    let xml = "<?xml version=\"1.0\"?>\n<!DOCTYPE mdc SYSTEM \"MeasDataCollection.dtd\">\n<mdc><mfh><ffv>1</ffv><sn>SubNetwork=A,MeContext=E1</sn><st/><vn>V</vn><cbt>20260302080000Z</cbt></mfh>\
        <md><neid><neun>E1</neun><nedn>SubNetwork=A,MeContext=E1</nedn></neid><mi><mts>20260302081500Z</mts><gp>900</gp><mt>a</mt><mt>b</mt>\
        <mv><moid>ManagedElement=1,Cell=1</moid><r>12</r><r></r><sf>FALSE</sf></mv><mv><r>1</r></mv></mi></md><mff><ts>20260302081500Z</ts></mff></mdc>";
    let outcome = read(xml);
    assert_eq!(outcome.values.len(), 2);
    assert_eq!(outcome.values[0].object, "SubNetwork=A,MeContext=E1,ManagedElement=1,Cell=1");
    assert_eq!(
        (outcome.values[0].period, outcome.values[1].value.clone()),
        ((BEGIN, BEGIN + 900), Value::Missing)
    );
    assert_eq!(reasons(&outcome), [(Reason::NoObject as u8, "")]);
    let hidden = xml.replace("\"MeasDataCollection.dtd\"", "\"x\" [<!ENTITY e \"f\">]");
    assert_eq!(files::recorded::fault(hidden.as_bytes()).unwrap().0, Fault::Doctype);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn other_formats_are_refused_by_their_root() {
    assert_eq!(read("<OMeS/>").refusal, Some((1, "the root element is <OMeS>".into())));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn prefixes_do_not_matter() {
    let xml = results("<r p=\"1\">1</r><suspect>true</suspect>").replace("</", "</pm:");
    let mut prefixed = String::new();
    for (at, part) in xml.split('<').enumerate() {
        let is_start = at > 0 && !part.starts_with('/');
        prefixed += if at == 0 {
            ""
        } else if is_start {
            "<pm:"
        } else {
            "<"
        };
        prefixed += part;
    }
    assert_eq!(read(&prefixed).n_suspect, 1);
}
