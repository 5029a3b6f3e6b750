//! Models in both forms of their documents.

mod files;

use files::recorded::fault;
use files::taken::{name, text};
use readers::mom::{Attribute, Model, Mom, Relation, flag, kind};
use readers::names::NONE;
use readers::refusal::Fault;
use readers::rejections::Reason;
use readers::xml::Reader;

const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE models SYSTEM "mp.dtd">
<models><dtdVersion>G</dtdVersion>
<mim name="NODE_MODEL" version="18" release="Q2">
 <class name="Cell"><description>A cell &amp; its <b>coverage</b>.</description><systemCreated/>
  <attribute name="cellId"><mandatory/><restricted/><key/><dataType><string><lengthRange><min>1</min><max>8</max></lengthRange></string></dataType></attribute>
  <attribute name="power"><description>Power.</description><noNotification/>
   <dataType><long><range><min>-10</min><max>0</max></range><range><min>5</min></range><defaultValue>-3</defaultValue></long></dataType>
   <unit>dBm</unit></attribute>
  <attribute name="bands"><dataType><sequence><uint16/><minLength>0</minLength><maxLength>6</maxLength></sequence></dataType></attribute>
  <attribute name="state"><readOnly/><dataType><enumRef name="State"><mimName>NODE_MODEL</mimName><defaultValue>LOCKED</defaultValue></enumRef></dataType></attribute>
  <attribute name="pmLoad"><readOnly/><dataType><longlong/></dataType><counterType>GAUGE</counterType></attribute>
  <action name="restart"><parameter name="rank"><dataType><long><range><min>99</min></range></long></dataType></parameter></action>
 </class>
 <enum name="State"><enumMember name="LOCKED"><description>Off.</description><value>0</value></enumMember><enumMember name="UNLOCKED"><value>1</value></enumMember></enum>
 <struct name="Plmn"><structMember name="mcc"><int32><range><min>1</min><max>999</max></range></int32></structMember></struct>
 <derivedDataType name="Dn"><baseType><string/></baseType></derivedDataType>
 <relationship name="Node_to_Cell"><containment><parent><hasClass name="Node"><mimName>NODE_MODEL</mimName></hasClass></parent>
  <child><hasClass name="Cell"/><cardinality><min>0</min><max>12</max></cardinality></child></containment></relationship>
</mim></models>"#;

fn read(xml: &str) -> Reader<Mom> {
    let mut reader = Reader::new(Mom::default());
    for piece in xml.as_bytes().chunks(7) {
        reader.push(piece).unwrap();
    }
    reader.finish().unwrap();
    reader
}

fn place(model: &Model, wanted: &str) -> usize {
    let mut all = model.attributes.iter();
    all.position(|attribute| name(model.names(), attribute.name) == wanted).unwrap()
}

fn attribute(model: &Model, wanted: &str) -> Attribute {
    model.attributes[place(model, wanted)]
}

fn told(model: &Model, id: u32) -> Option<String> {
    (id != NONE).then(|| text(model.texts().get(id)))
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn attributes_carry_what_the_model_says_of_them() {
    let reader = read(DOCUMENT);
    let model = &reader.format().model;
    let named = |id: u32| name(model.names(), id);
    let [id, power, bands, state, load] =
        ["cellId", "power", "bands", "state", "pmLoad"].map(|name| attribute(model, name));

    assert_eq!(model.attributes.len(), 7, "parameters of actions are no attributes");
    assert_eq!(id.flags, flag::MANDATORY | flag::RESTRICTED | flag::KEY);
    assert_eq!(told(model, power.default).as_deref(), Some("-3"));
    assert_eq!(told(model, power.unit).as_deref(), Some("dBm"));
    assert_eq!(told(model, power.description).as_deref(), Some("Power."));
    assert_eq!((power.flags, named(power.type_name).as_str()), (flag::NO_NOTIFICATION, "long"));
    assert_eq!((bands.flags, bands.min_items, bands.max_items), (flag::SEQUENCE, 0.0, 6.0));
    assert_eq!(named(bands.type_name), "uint16");
    assert_eq!([named(state.type_name), named(state.reference)], ["enumRef", "State"]);
    assert_eq!(named(state.reference_model), "NODE_MODEL");
    assert_eq!(told(model, state.default).as_deref(), Some("LOCKED"));
    assert_eq!(load.flags, flag::READ_ONLY | flag::COUNTER);
    assert!(reader.format().rejections.is_empty());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ranges_are_a_union_and_may_be_open() {
    let reader = read(DOCUMENT);
    let model = &reader.format().model;
    let spans = |wanted: &str| -> Vec<_> {
        let at = place(model, wanted) as u32;
        let own = model.ranges.iter().filter(|range| range.attribute == at);
        own.map(|range| (range.is_length, range.min, range.max)).collect()
    };
    assert_eq!(spans("power"), [(false, -10.0, 0.0), (false, 5.0, f64::INFINITY)]);
    assert_eq!(spans("cellId"), [(true, 1.0, 8.0)]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn owners_members_and_relations_are_read() {
    let reader = read(DOCUMENT);
    let model = &reader.format().model;
    let named = |id: u32| name(model.names(), id);
    let kinds: Vec<_> = model.owners.iter().map(|owner| owner.kind).collect();
    assert_eq!(kinds, [kind::CLASS, kind::ENUM, kind::STRUCT, kind::DERIVED]);
    let cell = model.owners[0];
    assert_eq!(told(model, cell.description).as_deref(), Some("A cell & its coverage."));
    assert_eq!(
        (cell.flags, named(cell.model).as_str()),
        (flag::SYSTEM_CREATED, "NODE_MODEL_18_Q2")
    );
    let members: Vec<_> = model.enum_members.iter().map(|m| (m.owner, m.value)).collect();
    assert_eq!(members, [(1, 0.0), (1, 1.0)]);
    assert_eq!(told(model, model.enum_members[0].description).as_deref(), Some("Off."));
    let Relation { parent, child, min, max } = model.relations[0];
    assert_eq!([named(parent), named(child)], ["Node", "Cell"]);
    assert_eq!((min, max), (0.0, 12.0));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_model_may_stand_alone_and_list_the_values_of_a_text() {
    let xml = "<mim name=\"M\"><class name=\"C\"><attribute name=\"s\"><dataType><string><validValues><value name=\"ON\">1</value><value>OFF</value></validValues></string></dataType></attribute></class></mim>";
    let reader = read(xml);
    let model = &reader.format().model;
    let members: Vec<_> = model.enum_members.iter().collect();
    let names: Vec<_> = members.iter().map(|member| name(model.names(), member.name)).collect();
    assert_eq!(names, ["ON", "OFF"]);
    assert!(members.iter().all(|member| (member.attribute, member.owner) == (0, NONE)));
    assert_eq!(members[0].value, 1.0);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_no_number_or_type_is_told() {
    let xml = DOCUMENT
        .replace("<max>999</max>", "<max>all</max>")
        .replace("<uint16/>", "<uint17/>")
        .replace("<longlong/>", "<huge/>");
    let reader = read(&xml);
    let rejections = &reader.format().rejections;
    let told: Vec<_> = (0..rejections.len())
        .map(|at| (rejections.reasons[at], text(rejections.value(at)), rejections.lines[at]))
        .collect();
    assert_eq!(
        told,
        [
            (Reason::UnknownType as u8, "uint17".into(), 10),
            (Reason::UnknownType as u8, "huge".into(), 12),
            (Reason::BadLimit as u8, "all".into(), 16),
        ]
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn only_a_schema_that_is_named_may_be_declared() {
    let inner = DOCUMENT.replace("\"mp.dtd\"", "\"mp.dtd\" [<!ENTITY x \"y\">]");
    assert_eq!(fault(inner.as_bytes()).unwrap().0, Fault::Doctype);
    let mut reader = Reader::new(Mom::default());
    assert_eq!(reader.push(inner.as_bytes()).unwrap_err().fault, Fault::Doctype);
    assert_eq!(
        Reader::new(Mom::default()).push(b"<html></html>").unwrap_err().fault,
        Fault::OtherRoot
    );
}
