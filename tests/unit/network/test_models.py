"""Models give ranges, defaults, units and closed sets, and go before what the catalogue knows."""

import io
import zipfile

import pytest

from elex_browser.catalogue.attributes import AttributeFacts
from elex_browser.errors import ElexError
from elex_browser.network.readers.models.model_columns import BadFact, members_of, spans_of
from tests.unit.network.loading import modelled

MOM = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE models SYSTEM "mp.dtd">
<models><dtdVersion>G</dtdVersion>
<mim name="NODE_MODEL" version="18" release="Q2">
 <class name="EUtranFreqRelation"><description>A relation.</description>
  <attribute name="lbActivationThreshold"><description>When it <b>starts</b>.</description>
   <dataType><long><range><min>0</min><max>30000</max></range><defaultValue>100</defaultValue></long></dataType><unit>0.1 %</unit></attribute>
  <attribute name="power"><dataType><long><range><min>-10</min><max>0</max></range><range><min>5</min></range></long></dataType></attribute>
  <attribute name="state"><readOnly/><dataType><enumRef name="State"><mimName>NODE_MODEL</mimName></enumRef></dataType></attribute>
  <attribute name="plmn"><dataType><structRef name="Plmn"/></dataType></attribute>
  <attribute name="count"><dataType><sequence><derivedDataTypeRef name="Small"/></sequence></dataType></attribute>
  <action name="restart"><parameter name="rank"><dataType><long/></dataType></parameter></action>
 </class>
 <enum name="State"><enumMember name="LOCKED"><value>0</value></enumMember><enumMember name="UNLOCKED"><value>1</value></enumMember></enum>
 <struct name="Plmn"><structMember name="mcc"><int32><range><min>1</min><max>999</max></range></int32></structMember></struct>
 <derivedDataType name="Small"><baseType><uint8><range><min>0</min><max>7</max></range></uint8></baseType></derivedDataType>
</mim></models>"""  # noqa: E501

YANG = """// a comment { with a brace
module m {
  namespace "urn:m"; prefix m; revision 2026-01-01;
  typedef Percent { type uint8 { range "0..100"; } units "%"; default 50; }
  grouping EUtranFreqRelationGrp {
    leaf lbActivationThreshold { type int32 { range "0..10 | 20000"; } description "When
       it starts."; }
    leaf share { type Percent; }
    leaf state { type enumeration { enum LOCKED; enum UNLOCKED { value 5; } enum OFF; } config false; }
    container plmn { leaf mcc { type uint16 { range "1.." + "999"; } } }
    leaf either { type union { type uint8 { range 1; } type uint8 { range "3..4"; } } }
  }
  augment "/o:ManagedElement/o:Function" {
    list EUtranFreqRelation { key id; leaf id { type string; }
      container attributes { uses EUtranFreqRelationGrp; uses other:MissingGrp; } }
  }
}"""


def facts(data: str, attribute: str, mo_class: str = "EUtranFreqRelation") -> AttributeFacts:
    return modelled(data).catalogue.attributes.facts(mo_class, attribute)


def test_a_mom_says_types_ranges_defaults_units_and_members() -> None:
    network, report, _ = modelled(MOM)

    assert (report.format, report.name, report.version) == ("mom-xml", "NODE_MODEL", "18_Q2")
    assert (report.classes, report.attributes, report.ranges, report.enumerations) == (1, 5, 4, 1)
    assert (report.defaults, report.units, report.texts, report.rejected) == (1, 1, 1, [])
    threshold = facts(MOM, "lbActivationThreshold")
    assert (threshold.minimum, threshold.maximum, threshold.default) == (0, 30000, 100)
    assert (threshold.unit, threshold.text) == ("0.1 %", "When it starts.")
    assert threshold.range_source == "model NODE_MODEL"
    assert facts(MOM, "power").spans == ((-10, 0), (5, None))
    assert facts(MOM, "power").range_text == "-10 to 0 or at least 5"
    assert facts(MOM, "plmn.mcc").maximum == 999
    assert facts(MOM, "count").maximum == 7
    assert (facts(MOM, "state").values, facts(MOM, "state").is_read_only) == (
        ("LOCKED", "UNLOCKED"),
        True,
    )
    assert network.rules["EUtranFreqRelation"]["count"]


def test_a_yang_module_says_them_too() -> None:
    report = modelled(YANG).report

    assert (report.format, report.name, report.version, report.attributes) == (
        "yang",
        "m",
        "2026-01-01",
        5,
    )
    assert [each.reason for each in report.rejected] == [
        "EUtranFreqRelation uses 'other:MissingGrp', which no loaded module defines"
    ]
    threshold = facts(YANG, "lbActivationThreshold")
    assert (threshold.spans, threshold.text) == (((0, 10), (20000, 20000)), "When it starts.")
    share = facts(YANG, "share")
    assert (share.maximum, share.unit, share.default) == (100, "%", 50)
    state = facts(YANG, "state")
    assert (state.values, state.numbers, state.is_read_only) == (
        ("LOCKED", "UNLOCKED", "OFF"),
        (0, 5, 6),
        True,
    )
    assert facts(YANG, "plmn.mcc").minimum == 1
    assert facts(YANG, "either").spans == ((1, 1), (3, 4))


@pytest.mark.parametrize(
    "model",
    [
        "moClass,attribute,type,min,max,unit,default,values\nA,x,int32,0,10,dB,5,\nA,y,enum,,,,,OFF=0 ON=1\n",
        "MO;Parameter;Type;Range;Unit;Default;Enumeration\nA;x;int32;0..10;dB;5;\nA;y;enum;;;;0:OFF, 1:ON\n",
        '[{"class":"A","attribute":"x","type":"int32","range":[0,10],"unit":"dB","default":5},'
        '{"class":"A","attribute":"y","type":"enum","values":{"OFF":0,"ON":1}}]',
        '{"classes":{"A":{"attributes":{"x":{"type":"int32","min":0,"max":10,"unit":"dB","default":5},'
        '"y":{"type":"enum","values":["OFF=0","ON=1"]}}}}}',
    ],
)
def test_tables_and_json_say_them_too(model: str) -> None:
    x, y = facts(model, "x", "A"), facts(model, "y", "A")

    assert (x.minimum, x.maximum, x.unit, x.default, x.value_type) == (0, 10, "dB", 5, "int32")
    assert (y.values, y.numbers) == (("OFF", "ON"), (0, 1))


def test_values_are_judged_by_a_loaded_model() -> None:
    text = (
        "FDN : MeContext=N,EUtranFreqRelation=1\nlbActivationThreshold : 20000\npower : 3\nstate : BROKEN\n"
        "count : [7, 8]\n\nFDN : MeContext=N,EUtranFreqRelation=2\npower : 7\nstate : 1\n"
    )
    report = modelled(MOM).judged(text)

    told = {finding.attribute: finding for finding in report.findings}
    assert set(told) == {"power", "state", "count"}
    assert told["power"].fix.cmedit == "cmedit set MeContext=N,EUtranFreqRelation=1 power=5"
    assert told["state"].fix.reason == "only the node itself sets this attribute"
    assert told["state"].allowed == ["LOCKED", "UNLOCKED"]
    assert {finding.severity for finding in report.findings} == {"error"}


def test_a_report_names_the_gaps_that_are_filled() -> None:
    report = modelled(MOM).report

    assert report.filled_attributes == len(report.filled) == 1
    assert report.filled[0].attribute == "lbActivationThreshold"
    assert report.filled[0].facts == ["type", "default", "unit", "text"]  # its range was known


def test_models_add_up_until_they_are_forgotten() -> None:
    network, _, catalogue = loaded = modelled(MOM)
    loaded.load("class,attribute,unit\nA,x,dB\n")
    assert len(network.model or ()) == 6
    assert catalogue.attributes.facts("A", "x").unit == "dB"
    assert network.size_bytes() > 0

    network.forget()

    assert network.model is None
    assert catalogue.attributes.facts("A", "x").unit == ""


def test_modules_of_one_archive_know_each_other() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.yang", "module a { list A { key id; uses b:G; } }")
        archive.writestr("b.yang", "module b { grouping G { leaf x { type int8; } } }")
        archive.writestr("readme.txt", "hello")
    report = modelled(packed.getvalue()).report

    assert (report.attributes, len(report.rejected)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("0..100", [(0, 100)]), ("[0, 7]", [(0, 7)]), ("-20 to -10", [(-20, -10)]), ("0-5", [(0, 5)]),
        ("0..5 | 9", [(0, 5), (9, 9)]), ("-3 - 3", [(-3, 3)]), ("min..0", [(None, 0)]),
        ("1.5..2.5", [(1.5, 2.5)]),
    ],
)  # fmt: skip
def test_ranges_are_read_in_the_forms_that_people_write(
    text: str, spans: list[tuple[int, int]]
) -> None:
    assert spans_of(text) == spans


def test_what_is_no_range_is_told() -> None:
    with pytest.raises(BadFact):
        spans_of("some")
    report = modelled("class,attribute,range,min\nA,x,some,\nA,y,,one\nA,z,0..1,\n,w,1,\n").report
    assert (report.attributes, [each.line for each in report.rejected]) == (1, [2, 3, 5])


def test_members_are_read_in_the_forms_that_people_write() -> None:
    assert members_of("OFF | ON") == [("OFF", None), ("ON", None)]
    assert members_of("0 : OFF; 1 : ON") == [("OFF", 0), ("ON", 1)]
    assert members_of("OFF (0), ON (1)") == [("OFF", 0), ("ON", 1)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("module m { leaf x { type int8; }", "within a statement"),
        ("module m { } }", "closes nothing"),
        ('module m { description "x; }', "does not end"),
        ("module m { }", "says nothing"),
        ("<models><mim name='m'/></models>", "says nothing"),
        (b"FDN;x\nA=1;1\n", "a table"),
        ("<models><!-- ", "not well-formed"),
    ],
)
def test_what_says_nothing_is_refused(data: str | bytes, told: str) -> None:
    with pytest.raises(ElexError, match=told):
        modelled(data)


def test_what_is_not_understood_is_told() -> None:
    mom = (
        MOM.replace("<readOnly/>", "")
        .replace("<long/>", "<tiny/>")
        .replace("<max>999<", "<max>lots<")
    )
    mom = mom.replace('<attribute name="power">', '<attributz name="q"/><attribute name="power">')
    report = modelled(mom).report

    assert [each.reason for each in report.rejected] == [
        "<attributz> is not known in <class>",
        "'lots' is no number",
    ]
    report = modelled("module m { list A { leafx { type int8; } leaf y { type int8; } } }").report
    assert report.rejected[0].reason == "'leafx' is no statement of YANG"
