"""Random counters that obey the laws of counting, to find formulas that break them.

Parts are drawn first and added up; a whole and a part are never drawn apart.
"""

import numpy as np

from tests.data.counting_draw import N_INDEXES, N_WORLDS, PERIOD_S, Draw, Worlds
from tests.data.counting_signalling import (
    draw_connections,
    draw_handovers,
    draw_random_access,
    draw_releases,
)

MODULATIONS = ("Qpsk", "16qam", "64qam", "256qam")


def draw_worlds(seed: int, n: int = N_WORLDS) -> Worlds:
    """Return worlds; the same seed gives the same."""
    draw = Draw(seed, n)
    for family in (
        draw_connections, draw_releases, draw_handovers, draw_random_access, _harq, _orders,
        _sessions, _volumes, _resources, _compression, _quality, _other,
    ):  # fmt: skip
        family(draw)
    return draw.worlds


def _harq(draw: Draw) -> None:
    for way in ("Dl", "Ul"):
        for modulation in ("Qpsk", "16Qam", "64Qam", "256Qam"):
            for kind in ("Ack", "Nack"):
                first = draw.count()
                name = f"pmMacHarq{way}{kind}{modulation}"
                draw.put("NRCellDU", **{f"{name}Init": first, name: first + draw.count()})
    for kind in ("Ack", "Nack"):
        for modulation in ("16Qam", "Qpsk"):
            name = f"pmMacHarqDl{kind}{modulation}InitSlotDistr"
            draw.put("NRCellDU", **{name: draw.count(indexes=N_INDEXES)})
    for modulation in MODULATIONS:
        for kind in ("Ack", "Nack", "Dtx"):
            draw.put("EUtranCellFDD", **{f"pmMacHarqDl{kind}{modulation}": draw.count()})
        for kind in ("Ack", "Nack"):
            draw.put("EUtranCellFDD", **{f"pmFlexMacHarqDl{kind}{modulation}": draw.count()})
    for modulation in ("Qpsk", "16qam", "64Qam", "256Qam"):
        for kind in ("Succ", "Fail", "Dtx"):
            draw.put("EUtranCellFDD", **{f"pmMacHarqUl{kind}{modulation}": draw.count()})
    draw.put("EUtranCellFDD", pmFlexRlcArqDlAck=draw.count(), pmFlexRlcArqDlNack=draw.count())


def _orders(draw: Draw) -> None:
    for user, detected in (("", "Detected"), ("McPtt", "Det"), ("Volte", "Detected")):
        sent = draw.count()
        without, skipped, found, lost = (draw.count() for _ in range(4))
        draw.put(
            "EUtranCellFDD",
            **{
                f"pmDlAssigsTrans{user}": sent,
                f"pmDlAssigsWith{detected}HarqAck{user}": draw.part(sent),
                f"pmUlGrantsTrans{user}": without + found + lost + (0.0 if user else skipped),
                f"pmUlGrantsTrans{user}NoAck": without,
                f"pmUlGrantsWith{detected}Pusch{user}": found,
            },
        )
        if not user:
            draw.put("EUtranCellFDD", pmMacSkipUlDtxDynamic=skipped)


def _sessions(draw: Draw) -> None:
    for request, answer, refusal in (
        ("pmXnNodeConfigUpdate", "pmXnNodeConfigUpdateAck", "pmXnNodeConfigUpdateFail"),
        ("pmXnSetupRequest", "pmXnSetupResponse", "pmXnSetupFail"),
    ):
        for sent, back in (("In", "Out"), ("Out", "In")):
            done, no, still_open = (draw.count() for _ in range(3))
            draw.put(
                "GNBCUCPFunction",
                **{
                    f"{request}{sent}": done + no + still_open,
                    f"{answer}{back}": done,
                    f"{refusal}{back}": no,
                },
            )
    asked, without = draw.count(), draw.count()
    draw.put(
        "MceFunction",
        pmMbmsSessionEstabAtt=asked,
        pmMbmsSessionEstabSucc=draw.part(asked),
        pmMbmsSessionStopMme=without + draw.count(),
        pmMbmsSessionStopMmeNoSession=without,
        pmMbmsSessionEnd=draw.count(),
        pmMbmsSessionStopAuditTimer=draw.count(),
    )
    muted, too_much = draw.count(), draw.count()
    draw.put(
        "MbmsService",
        pmMbmsPktDiscSynchPayloadMuted=muted,
        pmMbmsPktDiscSynchPayloadTooMuch=too_much,
        pmMbmsPktRecSynchPayload=muted + too_much + draw.count(),
    )


def _volumes(draw: Draw) -> None:
    busy = draw.count(PERIOD_S * 1000) + 1.0
    draw.put("EUtranCellFDD", pmSchedActivityCellDl=busy)
    draw.put("EUtranCellFDD", pmPdcpVolDlDrb=draw.rate(500, 150_000) * busy / 1000)
    time = draw.count(PERIOD_S * 1000) + 1.0
    useful, last = draw.rate(1, 300) * time, draw.count()
    draw.put("EUtranCellFDD", pmFlexUeThpTimeDl=time, pmFlexPdcpVolDlDrbLastTTI=last)
    draw.put("EUtranCellFDD", pmFlexPdcpVolDlDrb=useful + last)
    for used, volume in (
        ("pmPrbUsedDlDtch", "pmRadioThpVolDl"),
        ("pmFlexPrbUsedDlDtch", "pmFlexRadioThpVolumeDl"),
    ):
        blocks = draw.count(9e7) + 1.0
        bits = draw.rate(0.3, 12) * blocks * 180
        draw.put("EUtranCellFDD", **{used: blocks, volume: bits / 1000})
    for way, channel in (("Dl", "Pdsch"), ("Ul", "Pusch")):
        usable = draw.count(PERIOD_S * 8000) + 1000.0
        scheduled = usable * draw.share(0.1, 1.0)
        # 64 · volume / time is kbit/s; both times must stay in the range, so most comes off the top.
        volume = draw.rate(10_000, 2_000_000) * scheduled / 64
        draw.put("NRCellDU", **{f"pmMacVol{way}": volume, f"pm{channel}AvailTime": usable})
        draw.put("NRCellDU", **{f"pm{channel}SchedActivity": scheduled})
    for counter, low, high in (
        ("pmMbbHighVolUeSpEffDlSumCqi", 0.2, 12.0),
        ("pmMbbHighVolUeThpDlSumCqi", 500.0, 300_000.0),
    ):
        samples = draw.count(1e4, indexes=N_INDEXES) + 1.0
        samples = draw.worlds.lists.setdefault("EUtranCellFDD.pmMbbHighVolUeSampCqi", samples)
        draw.put("EUtranCellFDD", **{counter: samples * draw.rate(low, high, indexes=N_INDEXES)})


def _resources(draw: Draw) -> None:
    total, offered = draw.count(), draw.count()
    draw.put(
        "NRCellDU",
        pmDrxTotalTime=total,
        pmDrxSleepTime=draw.part(total),
        pmRadioSrsResAvailAntSwitching=offered,
        pmRadioSrsResUsedAntSwitching=draw.part(offered),
        pmMacActiveSrsUe=draw.share(0, 500) * draw.worlds.period_s,
    )
    for way in ("Dl", "Ul"):
        ttis = draw.count(9e5) + 1.0
        draw.put("EUtranCellFDD", **{f"pmSchedTtiCell{way}": ttis})
        draw.put("EUtranCellFDD", **{f"pmSchedActivityUe{way}": ttis * draw.rate(0.5, 10)})
        readings = draw.count(900) + 1.0
        draw.put("GNBCUUPFunction", **{f"pmRohcCid{way}Samp": readings})
        draw.put("GNBCUUPFunction", **{f"pmRohcCid{way}Sum": readings * draw.share(0, 16_000)})
        levels = draw.count(indexes=4)
        draw.put("EUtranCellFDD", **{f"pmPdcchCceAggregation{way}Distr": levels})
    for kind in ("Capable", "Configured"):
        readings = draw.count(900) + 1.0
        draw.put("EUtranCellFDD", **{f"pmLaa{kind}DlSamp": readings})
        draw.put(
            "EUtranCellFDD",
            **{f"pmLaa{kind}DlSum": readings * draw.share(0, 500, indexes=N_INDEXES)},
        )
    draw.put("EUtranCellFDD", pmPdcchCceUtil=draw.count(indexes=20))
    readings = draw.count(900) + 1.0
    draw.put(
        "NRSectorCarrier",
        pmEmfPwrBackoffSamp=np.zeros(draw.n),
        pmEmfPwrBackoffSampDir=readings,
        pmEmfResourceAllowedNormalizedDir=readings * draw.share(100, 1000),
    )


def _compression(draw: Draw) -> None:
    for way, counter in (("Dl", "pmEbsnPdcpPktTransDl"), ("Ul", "pmEbsnPdcpPktRecUl")):
        for profile in range(3):
            packets = draw.count(indexes=N_INDEXES)
            draw.put("GNBCUUPFunction", **{f"{counter}Prof{profile}Rohc5qi": packets})
        for profile in (1, 2):
            plain = draw.count(indexes=N_INDEXES)
            # In hostile worlds a header may get longer, by at most a fifth.
            longest = np.where(draw.worlds.is_hostile, 1.2, 1.0)
            packed = plain * draw.share(0.03, 1.0, indexes=N_INDEXES) * longest
            name = f"HdrProf{profile}Rohc5qi"
            draw.put("GNBCUUPFunction", **{f"pmPdcpVol{way}{name}": plain})
            draw.put("GNBCUUPFunction", **{f"pmPdcpVol{way}Cmp{name}": packed})


def _quality(draw: Draw) -> None:
    for name in ("VoipQualityRbUl", "VoipQualityUeUl", "FlexVoipQualityRbUl"):
        for verdict in ("Ok", "Nok"):
            draw.put("EUtranCellFDD", **{f"pm{name}{verdict}": draw.count()})
    for verdict in ("Ok", "Nok"):
        filtered = draw.count()
        draw.put("", **{f"pmFlexMcPttQualityRbUl{verdict}": filtered})
        draw.put("", **{f"pmMcPttQualityRbUl{verdict}": filtered + draw.count()})
    for name in ("pmFlexPdcpPkt{}Ul", "pmPdcpPkt{}UlQci"):
        for what in ("Lost", "Received"):
            draw.put(
                "EUtranCellFDD",
                **{name.format(what): draw.count(indexes=N_INDEXES if name.endswith("Qci") else 0)},
            )


def _other(draw: Draw) -> None:
    for config, report in (
        ("pmEbsDataAwareMobilityBufMonConfig", "pmEbsDataAwareMobilityBufMonReport"),
        ("pmEbsDataAwareMobilityThpMonConfigDl", "pmEbsDataAwareMobilityThpMonReportDl"),
        ("pmEbsDataAwareMobilityThpMonConfigUl", "pmEbsDataAwareMobilityThpMonReportUl"),
    ):
        asked = draw.count()
        draw.put("", **{config: asked, report: draw.part(asked)})
    asked = draw.count()
    # Each kind of report comes at most once for a configuration, but both may come.
    draw.put("", pmEbsNrdcSetupMnBufMonConfig=asked)
    draw.put("", pmEbsNrdcSetupMnBufMonReport=draw.part(asked))
    draw.put("", pmEbsNrdcSetupMnBufMonReportUl=draw.part(asked))
    configured = draw.count()
    again = np.where(draw.worlds.is_hostile, 1.05, 1.0)
    draw.put(
        "EUtranCellFDD",
        pmMeasConfigB1Endc=configured,
        pmB1MeasRepEndcConfig=draw.part(configured) * again,
    )
