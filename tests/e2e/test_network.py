"""Network files on the page and through the SDK: reports, changes, KPIs, and answers that use them."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.accessibility import judge
from tests.e2e.page_objects import Chat, Network
from tests.support import bulk_cm, pm_xml

OBJECT = "SubNetwork=R,MeContext=N1,ManagedElement=N1,EUtranFreqRelation=1"
SITE = bulk_cm(
    [
        ("EUtranFreqRelation=1", {"lbActivationThreshold": "20000", "userLabel": "=1+1"}),
        ("NRCellDU=1", {"cfraEnabled": "maybe", "ssbOffset": "3"}),
    ]
)
COUNTERS = ("pmRadioRaCbAttMsg2", "pmRadioRaCbPreambles")


def measured(end: str, *results: str) -> bytes:
    return pm_xml([(COUNTERS, {"GNBDUFunction=1,NRCellDU=1": results})], end=end)


PERIODS = [
    ("a.xml", measured("2025-01-01T10:15:00+01:00", "90", "100")),
    ("b.xml", measured("2025-01-01T10:30:00+01:00", "50", "100")),
]


@pytest.fixture
def network(shared_chat: Chat) -> Network:
    """The view, with nothing loaded."""
    return Network(shared_chat.page).open().forget_all()


def test_a_configuration_is_reported_and_its_changes_can_be_saved(network: Network) -> None:
    network.load("configuration file", ("site.xml", SITE))

    report = network.report("site.xml")
    expect(report).to_contain_text("Out of range")
    expect(report.get_by_role("row")).to_have_count(3)
    report.get_by_role("searchbox").fill("maybe")
    expect(report.get_by_role("row")).to_have_count(2)

    set_ = f"cmedit set {OBJECT} lbActivationThreshold="
    assert network.save("Change script") == ("site-changes.txt", f"{set_}16000\n")
    assert network.save("Its undo") == ("site-undo.txt", f"{set_}20000\n")
    name, text = network.save("Findings as JSON")
    assert name == "site-findings.json"
    assert len(json.loads(text)) == 2
    name, text = network.save("Findings as CSV")
    assert text.startswith("object,moClass,attribute,value,")
    assert f'"{OBJECT}",EUtranFreqRelation,lbActivationThreshold,20000,0,16000' in text


def test_a_model_judges_what_is_loaded_after_it(network: Network) -> None:
    network.load("model file", ("mom.csv", b"moClass,attribute,min,max\nNRCellDU,ssbOffset,5,9\n"))
    expect(network.report("mom.csv")).to_contain_text("attribute")

    network.load("configuration file", ("site.xml", SITE))

    expect(
        network.report("site.xml").get_by_role("row").filter(has_text="ssbOffset")
    ).to_contain_text("5")


def test_an_identity_out_of_range_is_found_and_set_by_no_script(network: Network) -> None:
    site = bulk_cm([("NRCellDU=1", {"nRPCI": "1008"})])

    network.load("configuration file", ("site.xml", site))

    report = network.report("site.xml")
    expect(report.get_by_role("row").filter(has_text="nRPCI")).to_contain_text("1008")
    expect(report.get_by_role("button", name="Change script")).to_have_count(0)


def test_an_answer_uses_what_is_loaded(network: Network) -> None:
    network.load("configuration file", ("site.xml", SITE))
    expect(network.report("site.xml")).to_be_visible()

    answer = network.page.evaluate(
        """async () => (await window.elex).ask({
          content: "parameters of FAJ 121 5060", availableActions: ["ContextAnswer"] })"""
    )

    loaded = [s for s in answer["sections"] if s["title"] == "Loaded configuration"]
    assert loaded[0]["source"] == "Loaded files: site.xml"
    assert ["cfraEnabled", "maybe"] in [row["cells"][1:3] for row in loaded[0]["rows"]]


def test_measurements_give_kpis_with_their_course(network: Network) -> None:
    network.load("measurement files", *PERIODS)

    expect(network.report("2 files")).to_contain_text("2025-01-01T09:00:00Z")
    row = network.kpis.get_by_role("row").filter(has_text="NR CBRA Msg1 answer rate")
    expect(row).to_contain_text("50 %")
    expect(row.get_by_role("img", name="50 to 90 over 2 periods")).to_be_visible()
    network.page.get_by_label("Computed for").select_option("Each cell")
    expect(row).to_contain_text("NRCellDU=1")
    assert "2025-01-01T09:15:00Z,2025-01-01T09:30:00Z,50" in network.save("KPIs as CSV")[1]


def test_a_file_of_another_kind_is_refused_and_loses_nothing(network: Network) -> None:
    network.load("configuration file", ("site.xml", SITE))
    expect(network.report("site.xml")).to_be_visible()

    network.load("configuration file", PERIODS[0])

    expect(network.error).to_contain_text("measurements")
    expect(network.error).to_contain_text("UNSUPPORTED")
    expect(network.report("site.xml")).to_be_visible()
    network.page.get_by_role("button", name="Forget all files").click()
    expect(network.report("site.xml")).to_have_count(0)


def test_an_engine_that_is_started_anew_has_no_files(network: Network) -> None:
    network.load("configuration file", ("site.xml", SITE))
    expect(network.report("site.xml")).to_be_visible()

    network.page.evaluate("async () => (await window.elex).restart()")

    expect(network.page.get_by_text("Please load them again")).to_be_visible()
    expect(network.report("site.xml")).to_have_count(0)


def test_the_view_is_accessible(network: Network) -> None:
    assert judge(network.page, "empty") == {}

    network.load("configuration file", ("site.xml", SITE))
    network.load("measurement files", *PERIODS, ("c.xml", b"<html/>"))
    expect(network.report("3 files")).to_be_visible()

    assert judge(network.page, "loaded") == {}


def test_a_large_file_is_read_while_other_calls_are_answered(network: Network) -> None:
    rows = "".join(f"<r p='{p}'>{p}</r>" for p in range(1, 201))
    told = network.page.evaluate(
        """async ([head, row, tail]) => {
          const elex = await window.elex;
          await elex.liveProxies();
          const many = (n) => new Blob([head, row.repeat(n), tail]);
          await elex.loadMeasurements(many(1), "first.xml"); // what is made once and kept is made now
          await elex.route("sleep mode");
          const before = await elex.liveProxies();
          const steps = [];
          let isLoading = true;
          const loading = elex.loadMeasurements(many(600), "big.xml", { onProgress: ({ done, total }) => {
            steps.push(done / total);
          } }).finally(() => { isLoading = false; });
          await elex.route("sleep mode");
          const answeredWhileLoading = isLoading;
          const report = await loading;
          const controller = new AbortController();
          const stopped = await elex.loadMeasurements(many(600), "again.xml", {
            signal: controller.signal, onProgress: () => controller.abort(),
          }).catch(({ code, problem }) => ({ code, problem }));
          const { values } = await elex.loadMeasurements(many(1), "small.xml");
          const after = await elex.liveProxies();
          await elex.forgetNetwork();
          return { steps, answeredWhileLoading, report, stopped, values, leaked: after - before };
        }""",
        [*big_file(rows)],
    )

    assert told["answeredWhileLoading"]
    assert told["report"]["values"] == 600 * 200
    assert told["steps"] == sorted(told["steps"])
    assert told["steps"][-1] == 1
    assert len(told["steps"]) > 3
    assert told["stopped"]["code"] == "QUERY_FAILED"
    assert "stopped" in told["stopped"]["problem"]
    assert told["values"] == 200
    assert told["leaked"] == 0


def big_file(row: str) -> tuple[str, str, str]:
    """A measurement file in three parts, of which the middle one may be repeated."""
    text = pm_xml([([f"c{p}" for p in range(1, 201)], {"NRCellDU=1": []})]).decode()
    head, mark, tail = text.partition("</measValue>")
    return head + mark, f'\n<measValue measObjLdn="NRCellDU=2">{row}</measValue>', tail


def test_the_sdk_refuses_what_is_no_file(network: Network) -> None:
    code = network.page.evaluate(
        'async () => (await window.elex).loadConfiguration("text").catch(({ code }) => code)'
    )

    assert code == "VALIDATION_ERROR"
