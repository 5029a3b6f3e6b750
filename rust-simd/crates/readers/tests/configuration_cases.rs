//! Configurations as networks write them, and as they arrive damaged: case by case.

mod files;

use files::random::Random;
use files::taken::{Cell, Outcome, bulk_cm, name, name_of, netconf};
use readers::cm::flag::{DELETE, EMPTY, NIL, UPDATE};
use readers::cm::{BulkCm, Netconf};
use readers::limits::MAX_VALUES_PER_OBJECT;
use readers::refusal::Fault;
use readers::rejections::Reason;
use readers::xml::Reader;

fn bulk(inside: &str) -> String {
    format!(
        "<bulkCmConfigDataFile><fileHeader fileFormatVersion=\"32.615 V4.5\" vendorName=\"ZTE\"/><configData dnPrefix=\"Undefined\">\
         <xn:SubNetwork id=\"A\">{inside}</xn:SubNetwork></configData><fileFooter dateTime=\"2026-03-02T08:00:00Z\"/></bulkCmConfigDataFile>"
    )
}

fn container(head: &str, class: &str, inside: &str) -> String {
    format!(
        "<xn:VsDataContainer {head}><xn:attributes><xn:vsDataType>vsData{class}</xn:vsDataType><xn:vsDataFormatVersion>F</xn:vsDataFormatVersion>\
         <es:vsData{class}>{inside}</es:vsData{class}></xn:attributes></xn:VsDataContainer>"
    )
}

fn read(xml: &str) -> Outcome<Cell> {
    bulk_cm(&[xml.as_bytes()], &mut Random::new(1))
}

fn told(cell: &Cell) -> (&str, &str, &str, u32) {
    (&cell.object, &cell.attribute, &cell.text, cell.item)
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lists_and_structs_keep_their_order_and_names() {
    let outcome = read(&bulk(&container(
        "id=\"1\"",
        "Cell",
        "<es:plmn><es:mcc>262</es:mcc><es:mnc>02</es:mnc></es:plmn><es:plmn><es:mcc>001</es:mcc></es:plmn><es:band>1</es:band><es:band>3</es:band>",
    )));
    let cells: Vec<_> = outcome.values.iter().map(told).collect();
    assert_eq!(
        cells,
        [
            ("SubNetwork=A,Cell=1", "plmn.mcc", "262", 0),
            ("SubNetwork=A,Cell=1", "plmn.mnc", "02", 0),
            ("SubNetwork=A,Cell=1", "plmn.mcc", "001", 1),
            ("SubNetwork=A,Cell=1", "band", "1", 0),
            ("SubNetwork=A,Cell=1", "band", "3", 1),
        ]
    );
    assert_eq!(outcome.values[1].number, Some(2.0));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn deletions_are_told_and_reach_what_lies_below() {
    let inner = container("id=\"2\" modifier=\"update\"", "Cell", "<a>1</a>");
    let outer = container("modifier=\"delete\" id=\"1\"", "Cell", "<a>1</a>")
        .replace("</xn:VsDataContainer>", &format!("{inner}</xn:VsDataContainer>"));
    let change = container("id=\"3\" modifier=\"update\"", "Cell", "<a>1</a>");
    let outcome = read(&bulk(&(outer + &change)));
    assert_eq!(
        outcome.values.iter().map(|cell| cell.flags).collect::<Vec<_>>(),
        [DELETE, DELETE, UPDATE]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_vendor_is_told_by_header_and_data() {
    let mut reader = Reader::new(BulkCm::default());
    reader.push(bulk(&container("id=\"1\"", "Cell", "<a>1</a>")).as_bytes()).unwrap();
    reader.finish().unwrap();
    let configuration = &reader.format().configuration;
    let batch = configuration.columns.batch();
    assert_eq!(
        (configuration.vendor.as_slice(), configuration.time.as_slice()),
        (&b"ZTE"[..], &b"2026-03-02T08:00:00Z"[..])
    );
    assert_eq!(name(configuration.names(), batch.mention_formats[0]), "F");
    assert_eq!(name_of(configuration, batch.mentions[0]), "SubNetwork=A,Cell=1");
    assert_eq!(configuration.tree().n_described(), 2);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_standard_object_and_its_container_are_one() {
    let data = container("id=\"N\"", "ManagedElement", "<v>2</v>");
    let outcome = read(&bulk(&format!(
        "<xn:ManagedElement id=\"N\"><xn:attributes><xn:s>1</xn:s></xn:attributes>{data}</xn:ManagedElement>"
    )));
    let cells: Vec<_> = outcome.values.iter().map(told).collect();
    assert_eq!(
        cells,
        [
            ("SubNetwork=A,ManagedElement=N", "s", "1", 0),
            ("SubNetwork=A,ManagedElement=N", "v", "2", 0)
        ]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_prefix_comes_before_all_names_once() {
    let inside = container("id=\"1\"", "Cell", "<a>1</a>");
    for (prefix, object) in [
        ("DC=x.org,SubNetwork=Z", "DC=x.org,SubNetwork=Z,SubNetwork=A,Cell=1"),
        ("DC=x.org,SubNetwork=A", "DC=x.org,SubNetwork=A,Cell=1"),
        ("", "SubNetwork=A,Cell=1"),
    ] {
        let outcome = read(&bulk(&inside).replace("Undefined", prefix));
        assert_eq!(outcome.values[0].object, object);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_has_no_value_says_so() {
    let outcome = read(&bulk(&container(
        "id=\"1\"",
        "Cell",
        "<a xsi:nil=\"true\"/><b></b><c nil='1'> </c><d xsi:nil='true'>4</d>",
    )));
    assert_eq!(
        outcome.values.iter().map(|cell| cell.flags).collect::<Vec<_>>(),
        [EMPTY | NIL, EMPTY, EMPTY | NIL, 0]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn values_of_objects_without_a_usable_id_are_rejected_one_by_one() {
    let nameless = container("", "Cell", "<a>1</a><b>2</b>").replace(
        "</xn:VsDataContainer>",
        &(container("id=\"1\"", "Port", "<c>3</c>") + "</xn:VsDataContainer>"),
    );
    let control = container("id=\"1&#10;cmedit delete *\"", "Cell", "<a>1</a>");
    let outcome = read(&bulk(&(nameless + &control)));
    assert_eq!(
        outcome.reasons(),
        [
            (Reason::NoId as u8, "Cell.a"),
            (Reason::NoId as u8, "Cell.b"),
            (Reason::NoId as u8, "Port.c"),
            (Reason::ControlInName as u8, "1\ncmedit delete *"),
        ]
    );
    assert_eq!(outcome.n_values, 0);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn text_that_belongs_to_nothing_is_told() {
    let outcome = read(&bulk(
        "stray<xn:ManagedElement id=\"1\"><userLabel>lost</userLabel><xn:attributes>x<s>a<t>1</t></s></xn:attributes></xn:ManagedElement>",
    ));
    assert_eq!(
        outcome.reasons(),
        [
            (Reason::StrayText as u8, "stray"),
            (Reason::UnknownElement as u8, "userLabel"),
            (Reason::StrayText as u8, "x"),
            (Reason::StrayText as u8, "a"),
        ]
    );
    assert_eq!(outcome.n_values, 1);
    let beside = bulk("").replace("<configData", "<note>n</note><configData");
    assert_eq!(read(&beside).reasons(), [(Reason::UnknownElement as u8, "note")]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_class_comes_from_the_data_and_else_from_its_type() {
    let both = container("id=\"1\"", "Cell", "<a>1</a>");
    let typed = "<xn:VsDataContainer id=\"1\"><xn:attributes><xn:vsDataType>vsDataPort</xn:vsDataType><xn:a>1</xn:a></xn:attributes></xn:VsDataContainer>";
    let untyped = typed.replace("<xn:vsDataType>vsDataPort</xn:vsDataType>", "");
    let outcome = read(&bulk(&format!("{both}{typed}{untyped}")));
    let objects: Vec<_> = outcome.values.iter().map(|cell| cell.object.as_str()).collect();
    assert_eq!(
        objects,
        ["SubNetwork=A,Cell=1", "SubNetwork=A,Port=1", "SubNetwork=A,VsDataContainer=1"]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn other_exports_and_hostile_ones_are_refused() {
    for xml in [
        "<bulkCmConfigDataFile><configData><class name='x'/></configData></bulkCmConfigDataFile>",
        "<bulkCmConfigDataFile><object/></bulkCmConfigDataFile>",
    ] {
        assert!(read(xml).refusal.unwrap().1.contains("another vendor's export"), "{xml}");
    }
    assert_eq!(read("<raml/>").refusal, Some((1, "the root element is <raml>".into())));
    let many = bulk(&container("id='1'", "Cell", &"<a/>".repeat(MAX_VALUES_PER_OBJECT + 1)));
    let mut reader = Reader::new(BulkCm::default());
    assert_eq!(reader.push(many.as_bytes()).unwrap_err().fault, Fault::TooManyValues);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let xml = bulk(
        &(container("id=\"1\"", "Cell", "<a>1</a>")
            + &container("id=\"2\"", "Cell", "<a>2</a><b>3</b>")),
    );
    let outcome = read(&xml[..xml.find("<b>").unwrap()]);
    assert_eq!(
        outcome.values.iter().map(told).collect::<Vec<_>>(),
        [("SubNetwork=A,Cell=1", "a", "1", 0), ("SubNetwork=A,Cell=2", "a", "2", 0)]
    );
    assert!(outcome.refusal.is_some());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn netconf_names_objects_in_both_ways() {
    let standard = "<ManagedElement xmlns=\"urn:m\">\n<id>ManagedElement=1</id><attributes><priorityLabel>20</priorityLabel></attributes>\
        <NRCellDU xmlns=\"urn:c\"><attributes><pLMN><mcc>001</mcc></pLMN></attributes><id>ManagedElement=1,NRCellDU=2</id></NRCellDU></ManagedElement>";
    let outcome = netconf(&[standard.as_bytes()], &mut Random::new(1));
    let cells: Vec<_> = outcome.values.iter().map(told).collect();
    assert_eq!(
        cells,
        [
            ("ManagedElement=1", "priorityLabel", "20", 0),
            ("ManagedElement=1,NRCellDU=2", "pLMN.mcc", "001", 0)
        ]
    );

    let named = "<rpc-reply><data><ManagedElement><managedElementId>N1</managedElementId><userLabel>x</userLabel>\
        <NRCellDU><nRCellDUId>2</nRCellDUId><nRPCI>5</nRPCI></NRCellDU></ManagedElement></data></rpc-reply>";
    let outcome = netconf(&[named.as_bytes()], &mut Random::new(1));
    let cells: Vec<_> = outcome.values.iter().map(told).collect();
    assert_eq!(
        cells,
        [
            ("ManagedElement=N1", "userLabel", "x", 0),
            ("ManagedElement=N1,NRCellDU=2", "nRPCI", "5", 0)
        ]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_fragment_of_a_tree_keeps_the_names_above_it() {
    let fragment = "<NRCellDU><id>SubNetwork=R,ManagedElement=1,NRCellDU=2</id><attributes><a>1</a></attributes></NRCellDU>";
    let outcome = netconf(&[fragment.as_bytes()], &mut Random::new(1));
    assert_eq!(outcome.values[0].object, "SubNetwork=R,ManagedElement=1,NRCellDU=2");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn netconf_rejects_what_has_no_object() {
    let xml = "<rpc-reply><ok>yes</ok><data><ManagedElement><a>1</a><Cell><id>1</id><b>2</b></Cell></ManagedElement></data></rpc-reply>";
    let outcome = netconf(&[xml.as_bytes()], &mut Random::new(1));
    assert_eq!(
        outcome.reasons(),
        [
            (Reason::OutsideObject as u8, "ok"),
            (Reason::NoId as u8, "ManagedElement.a"),
            (Reason::NoId as u8, "Cell.b")
        ]
    );
    let edit = "<config xmlns:nc='n'><ManagedElement nc:operation=\"remove\"><id>1</id><a>1</a></ManagedElement></config>";
    assert_eq!(netconf(&[edit.as_bytes()], &mut Random::new(1)).values[0].flags, DELETE);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn taking_the_columns_in_the_middle_of_an_object_loses_no_text() {
    let text = "a text that is longer than those that are kept once only";
    let xml =
        format!("<ManagedElement><a>{text}</a><a>{text}</a><b>true</b><id>1</id></ManagedElement>");
    let mut reader = Reader::new(Netconf::default());
    for byte in xml.as_bytes().chunks(1) {
        reader.push(byte).unwrap();
        if reader.format().configuration.columns.batch().objects.is_empty() {
            reader.format_mut().configuration.columns.clear();
        }
    }
    reader.finish().unwrap();
    let batch = reader.format().configuration.columns.batch();
    let texts = |at: usize| {
        &batch.text_bytes[batch.text_offsets[batch.texts[at] as usize] as usize..][..batch
            .text_offsets[batch.texts[at] as usize + 1]
            as usize
            - batch.text_offsets[batch.texts[at] as usize] as usize]
    };
    assert_eq!((texts(0), texts(1), texts(2)), (text.as_bytes(), text.as_bytes(), &b"true"[..]));
}
