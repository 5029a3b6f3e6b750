"""Counters of what is attempted and how it ends: connections, releases, handovers, random access."""

import numpy as np

from tests.data.counting_draw import F64, N_INDEXES, Draw


def _attempts(draw: Draw, whole: F64 | None = None) -> tuple[F64, F64, F64]:
    """Attempts, those made again, and successes; successes come of attempts not made again."""
    attempts = draw.count() if whole is None else whole
    again = draw.part(attempts)
    return attempts, again, draw.part(attempts - again)


def draw_connections(draw: Draw) -> None:
    names = [
        *("pmRrcConnEstabAtt", "pmRrcConnEstabAttReatt", "pmRrcConnEstabSucc"),
        *("pmNgSigConnEstabAtt", "pmNgSigConnEstabSucc"),
    ]
    by_cause: dict[str, list[F64]] = {}
    for cause in ("Mos", "Em", "rest"):
        asked, again, done = _attempts(draw)
        signalled = draw.part(done)
        by_cause[cause] = [asked, again, done, signalled, draw.part(signalled)]
    totals = [sum(each, np.zeros(draw.n)) for each in zip(*by_cause.values(), strict=True)]
    for cause, values in (("Mos", by_cause["Mos"]), ("Em", by_cause["Em"]), ("", totals)):
        draw.put("NRCellCU", **{f"{n}{cause}": v for n, v in zip(names, values, strict=True)})
    for suffix in ("5qi", "Arp"):
        asked = draw.count(indexes=N_INDEXES)
        draw.put("NRCellCU", **{f"pmDrbEstabAtt{suffix}": asked})
        draw.put("NRCellCU", **{f"pmDrbEstabSucc{suffix}": draw.part(asked)})
    _resumes(draw)
    _lte_connections(draw)


def _resumes(draw: Draw) -> None:
    resume, update, fallback = draw.count(), draw.count(), draw.count()
    both = draw.part(np.minimum(update, fallback))
    emergency = draw.part(resume)
    draw.put(
        "NRCellCU",
        pmRrcResumeAtt=resume + update + fallback - both,
        pmRrcResumeAttRnaUpdate=update,
        pmRrcResumeAttFallback=fallback,
        pmRrcResumeAttFallbackRnaUpdate=both,
        pmRrcResumeSuccFallback=draw.part(fallback),
        pmRrcResumeSuccResume=draw.part(resume),
        pmRrcResumeAttResumeEm=emergency,
        pmRrcResumeSuccResumeEm=draw.part(emergency),
        pmRrcResumeAttFallbackEm=draw.count(),
    )
    numbers = draw.worlds.numbers
    asked = numbers["NRCellCU.pmRrcResumeAttFallbackEm"]
    draw.put("NRCellCU", pmRrcResumeSuccFallbackEm=draw.part(asked))
    for name in ("pmRrcConnReest", "pmRrcConnReestFallback"):
        asked = draw.count()
        draw.put("NRCellCU", **{f"{name}Att": asked, f"{name}Succ": draw.part(asked)})


def _lte_connections(draw: Draw) -> None:
    parts = [draw.count() for _ in range(6)]
    causes = ("CellIntensDLC", "CellIntensStat", "CellLatency", "DynUeAdmCtrl")
    fails = {f"pmRrcConnEstabFail{c}": p for c, p in zip(causes, parts, strict=False)}
    refused = draw.count()
    draw.put("EUtranCellFDD", pmRrcConnEstabAtt=sum(parts, np.zeros(draw.n)), **fails)
    draw.put("EUtranCellFDD", pmRrcConnReestFailDynUeAdmCtrl=refused)
    draw.put("EUtranCellFDD", pmRrcConnReestAtt=refused + draw.count())
    for suffix, values in (
        ("Mta", _attempts(draw)),
        ("MtaPagPrioDistr", _attempts(draw, draw.count(indexes=N_INDEXES))),
    ):
        asked, again, done = values
        draw.put("EUtranCellFDD", **{f"pmRrcConnEstabAtt{suffix}": asked})
        draw.put("EUtranCellFDD", **{f"pmRrcConnEstabAttReatt{suffix}": again})
        draw.put("EUtranCellFDD", **{f"pmRrcConnEstabSucc{suffix}": done})
    for cause in causes:
        draw.put("EUtranCellFDD", **{f"pmHoPrepRejIn{cause}": draw.count()})


def draw_releases(draw: Draw) -> None:
    for suffix in ("5qi", "Arp"):
        found: dict[str, F64] = {}
        for origin in ("AbnormalGnb", "AbnormalAmf", "Normal"):
            active, idle, inactive = (draw.count(indexes=N_INDEXES) for _ in range(3))
            found[f"pmDrbRel{origin}{suffix}"] = active + idle + inactive
            found[f"pmDrbRel{origin}Act{suffix}"] = active
            found[f"pmDrbRel{origin}Inact{suffix}"] = inactive
        draw.put("NRCellCU", **found)
    draw.put("NRCellCU", pmDrbSuspend5qi=draw.count(indexes=N_INDEXES))
    for origin in ("Menb", "Sgnb"):
        active = draw.count()
        draw.put("NRCellCU", **{f"pmEndcRelUeAbnormal{origin}Act": active})
        draw.put("NRCellCU", **{f"pmEndcRelUeAbnormal{origin}": active + draw.count()})
    draw.put("NRCellCU", pmEndcRelUeNormal=draw.count())
    seconds = draw.count(1e6) + 1e5
    lost_enb, lost_mme = (np.floor(seconds * draw.share(0.0, 0.01)) for _ in range(2))
    flexible = draw.part(lost_enb)
    draw.put(
        "EUtranCellFDD",
        pmErabRelAbnormalEnbAct=lost_enb,
        pmErabRelAbnormalEnb=lost_enb + draw.count(),
        pmErabRelNormalEnb=draw.count(),
        pmErabRelAbnormalMmeAct=lost_mme,
        pmErabRelMme=lost_mme + draw.count(),
        pmSessionTimeUe=seconds,
        pmFlexErabRelAbnormalEnbAct=flexible,
        pmFlexSessionTimeUe=seconds,
    )


def draw_handovers(draw: Draw) -> None:
    for mo_class, suffix in (("GUtranCellRelation", ""), ("UtranCellRelation", "Srvcc")):
        asked = draw.count()
        steps = [asked]
        for _ in range(3):
            steps.append(draw.part(steps[-1]))
        names = ("pmHoPrepAtt", "pmHoPrepSucc", "pmHoExeAtt", "pmHoExeSucc")
        found = {f"{n}{suffix}": v for n, v in zip(names, steps, strict=True)}
        draw.put(mo_class, **found)
    for name in ("", "HoIntraCell", "HoIntraGnb", "HoInterGnb"):
        asked = draw.count()
        draw.put("NRCellCU", **{f"pmNrdcSetupUeMnAtt{name}": asked})
        draw.put("NRCellCU", **{f"pmNrdcSetupUeMnSucc{name}": draw.part(asked)})
    for attempts, successes in (
        ("pmNrdcSetupUeSnAtt", "pmNrdcSetupUeSnSucc"),
        ("pmNrdcPSCellChangeSnAttInterSgnb", "pmNrdcPSCellChangeSnSuccInterSgnb"),
    ):
        asked = draw.count()
        draw.put("NRCellCU", **{attempts: asked, successes: draw.part(asked)})
    asked = draw.count()
    draw.put(
        "EUtranCellFDD",
        pmEndcRelMnMcgRelocAtt=asked,
        pmEndcRelMnMcgRelocSucc=draw.part(asked),
    )
    late = draw.count()
    failed = late + draw.count()
    unmeasured = draw.count()
    draw.put(
        "EUtranCellFDD",
        pmUeCtxtRelCsfbUlHoPrepTxTO1xRtt=late,
        pmUeCtxtRelCsfbHoPrepFail1xRtt=failed,
        pmUeCtxtRelCsfbMeasTO1xRtt=unmeasured,
        pmUeMeasAttCsfb1xRtt=failed + unmeasured + draw.count(),
    )


def draw_random_access(draw: Draw) -> None:
    for kind, last in (("Cb", "SuccMsg3"), ("Cf", "Succ")):
        preambles = draw.count()
        answered = draw.part(preambles)
        draw.put("NRCellDU", **{f"pmRadioRa{kind}Preambles": preambles})
        draw.put("NRCellDU", **{f"pmRadioRa{kind}AttMsg2": answered})
        draw.put("NRCellDU", **{f"pmRadioRa{kind}{last}": draw.part(answered)})
