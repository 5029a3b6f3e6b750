"""What several test files need: questions, ratings, stores that are opened again, kernels, network files."""

import asyncio
import json
import sys
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import msgspec
import pytest
from msgspec.structs import replace

from elex_browser import EdgeAgent, Elex, ElexError
from elex_browser.errors import KernelLostError, StorageError
from elex_browser.kernels.base import F32, U32, IndexParameters, Kernels
from elex_browser.kernels.reference import ReferenceKernels
from elex_browser.kernels.reference_index import ReferenceIndex
from elex_browser.protocol import Action, Feedback, FeedbackData, Query
from elex_browser.storage.base import Changes, Loaded
from elex_browser.storage.memory import MemoryStore
from elex_browser.storage.seal import StoredRecord

T = TypeVar("T")

MIMO_SLEEP = "FAJ 121 3094"
CELL_SLEEP = "FAJ 121 4390"
LIKED, DISLIKED = Feedback(rating=1.0), Feedback(rating=-1.0)
SETTLED = Feedback(rating=1.0, resolved=True)


def refused(code: str) -> "pytest.RaisesExc[ElexError]":
    """A `with` block that must end with an ElexError of this code."""
    return pytest.raises(ElexError, match=rf"^{code}: ")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Await some work; inside Pyodide a loop runs already, so the stack is switched instead."""
    if sys.platform == "emscripten":
        from pyodide.ffi import run_sync

        return run_sync(work)
    return asyncio.run(work)


def some_of(items: Sequence[T]) -> Sequence[T]:
    """All on CPython; inside Pyodide one in ten: for what is the same there and takes many times as long."""
    return items[::10] if sys.platform == "emscripten" else items


# --- questions and ratings


def about(text: str, *actions: Action, **fields: Any) -> Query:
    """A question; with actions, only these may answer it."""
    return Query(content=text, available_actions=list(actions) or None, **fields)


async def rate(elex: Elex, faj_code: str, text: str, feedback: Feedback, times: int = 1) -> None:
    """Put a question to an agent of one's own choice, and rate that it answers directly."""
    for _ in range(times):
        agent = await elex.agent(faj_code)
        answer = await agent.process_query(about(text, "DirectAnswer"))
        await elex.feedback(answer.query_id, feedback)


async def teach(agents: Sequence[EdgeAgent], step: FeedbackData, times: int = 1) -> None:
    """Teach at once, so that all wait for one write."""
    await asyncio.gather(*(agent.update_learning(step) for agent in agents for _ in range(times)))


async def an_idle_moment(elex: Elex) -> None:
    """What is done first when nobody asks; it may come at any time."""
    next(elex.idle_work())


# --- stores


class KeptStore(MemoryStore):
    """A store that a second instance can open after the first closed it, on a disk that may fail."""

    is_full = is_unreadable = False

    async def close(self) -> None:
        """Stay readable, as a database does."""

    async def write(self, changes: Mapping[str, Changes]) -> None:
        if self.is_full:
            raise StorageError("the disk is full", "Free some space")
        await super().write(changes)

    async def load(self, kind: str) -> Loaded:
        if self.is_unreadable:
            raise StorageError("the disk is gone", "Look for it")
        return await super().load(kind)

    def damage(self, kind: str, key: str) -> bytes:
        """Flip a bit of a record, as a failing disk does, and return what its payload is now."""
        sound = self.kinds[kind][key]
        rotten = sound.payload[:-1] + bytes([sound.payload[-1] ^ 1])
        self.kinds[kind][key] = replace(sound, payload=rotten)
        return rotten


def database_of(version: int) -> dict[str, Any]:
    """What a version left in its database: {version, stores: {kind: records}, told}."""
    path = Path(__file__).parent / "data" / f"database_v{version}.json"
    dump: dict[str, Any] = json.loads(path.read_text())
    return dump


def store_of(dump: Mapping[str, Any]) -> KeptStore:
    """A store with the records of such a database."""
    store = KeptStore()
    for kind, records in dump["stores"].items():
        sealed = [msgspec.convert(record, StoredRecord) for record in records]
        store.kinds[kind] = {one.key: one for one in sealed}
    return store


# --- kernels


def builds_in_rust() -> list[Kernels]:
    """The Rust module, scalar and simd, where it runs: inside Pyodide."""
    if sys.platform != "emscripten":
        return []
    from elex_browser import ffi
    from elex_browser.kernels.wasm import WasmKernels

    return [WasmKernels(build) for build in ffi.host().builds]


IN_RUST = builds_in_rust()
EVERY_KERNELS: list[Kernels] = [ReferenceKernels(), *IN_RUST]


class LosableIndex(ReferenceIndex):
    """An index that may be gone when it is used."""

    is_lost = is_closed = False

    def add(self, ids: U32, vectors: F32) -> None:
        self._refuse_if_lost()
        super().add(ids, vectors)

    def search(
        self, query: F32, k: int, *, ef: int = 0, allowed: U32 | None = None
    ) -> tuple[U32, F32]:
        self._refuse_if_lost()
        return super().search(query, k, ef=ef, allowed=allowed)

    def close(self) -> None:
        self.is_closed = True
        super().close()

    def _refuse_if_lost(self) -> None:
        if self.is_lost:
            problem = "the index was lost when the kernels stopped"
            raise KernelLostError(problem, "Build it again")


class ForgetfulKernels(ReferenceKernels):
    """Kernels that lose the indexes in their memory, as those in Rust do when they trap.

    Args:
        n_lost: how many are lost at once, from the first on.
    """

    def __init__(self, n_lost: int = 0) -> None:
        super().__init__()
        self.indexes: list[LosableIndex] = []
        self._n_lost = n_lost

    def index(self, parameters: IndexParameters) -> LosableIndex:
        made = LosableIndex(parameters)
        made.is_lost = len(self.indexes) < self._n_lost
        self.indexes.append(made)
        return made

    def lose_indexes(self) -> None:
        """Lose all that were made so far."""
        for index in self.indexes:
            index.is_lost = True


# --- network files

Attributes = Mapping[str, "str | Sequence[str] | Mapping[str, str]"]
MEAS_COLLEC = "http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec"


def bulk_cm(objects: Sequence[tuple[str, Attributes]], *, encoding: str = "UTF-8") -> bytes:
    """A bulk CM export of one node N1: objects of the form "EUtranCellFDD=1" with their attributes."""
    containers = "".join(_container(name, attributes) for name, attributes in objects)
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<bulkCmConfigDataFile xmlns="configData.xsd" xmlns:xn="genericNrm.xsd" '
        'xmlns:es="EricssonSpecificAttributes.24.xsd">\n'
        '<fileHeader fileFormatVersion="32.615 V4.5" vendorName="Ericsson"/>\n'
        '<configData dnPrefix="Undefined">\n<xn:SubNetwork id="R"><xn:MeContext id="N1">'
        '<xn:ManagedElement id="N1">\n'
        f"{containers}</xn:ManagedElement></xn:MeContext></xn:SubNetwork></configData>\n"
        '<fileFooter dateTime="2025-01-01T00:00:00Z"/></bulkCmConfigDataFile>\n'
    )
    return text.encode(encoding)


def _container(name: str, attributes: Attributes) -> str:
    mo_class, _, value = name.partition("=")
    inner = "".join(_attribute(key, given) for key, given in attributes.items())
    return (
        f'<xn:VsDataContainer id="{value}"><xn:attributes>'
        f"<xn:vsDataType>vsData{mo_class}</xn:vsDataType>"
        "<xn:vsDataFormatVersion>EricssonSpecificAttributes</xn:vsDataFormatVersion>\n"
        f"<es:vsData{mo_class}>{inner}</es:vsData{mo_class}></xn:attributes>"
        "</xn:VsDataContainer>\n"
    )


def _attribute(key: str, given: "str | Sequence[str] | Mapping[str, str]") -> str:
    if isinstance(given, str):
        return f"<es:{key}>{escape(given)}</es:{key}>\n"
    if isinstance(given, Mapping):
        members = "".join(f"<es:{k}>{escape(v)}</es:{k}>" for k, v in given.items())
        return f"<es:{key}>{members}</es:{key}>\n"
    return "".join(f"<es:{key}>{escape(item)}</es:{key}>\n" for item in given)


def pm_xml(
    blocks: Sequence[tuple[Sequence[str], Mapping[str, Sequence[str]]]],
    *,
    end: str = "2025-01-01T10:15:00+01:00",
    duration: str = "PT900S",
    suspect: Sequence[str] = (),
    node: str = "N1",
) -> bytes:
    """A PM file of one node: per block the counters, and per object ("NRCellDU=1") its results."""
    infos = "".join(
        _meas_info(number, counters, results, end, duration, suspect)
        for number, (counters, results) in enumerate(blocks)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<measCollecFile xmlns="{MEAS_COLLEC}">\n'
        '<fileHeader fileFormatVersion="32.435 V10.0" vendorName="V" dnPrefix="SubNetwork=R">'
        f'<fileSender localDn="ManagedElement={node}" elementType="RadioNode"/>'
        '<measCollec beginTime="2025-01-01T10:00:00+01:00"/></fileHeader>\n'
        f'<measData><managedElement localDn="ManagedElement={node}" swVersion="S"/>\n{infos}'
        f'</measData><fileFooter><measCollec endTime="{end}"/></fileFooter></measCollecFile>\n'
    ).encode()


def _meas_info(
    number: int,
    counters: Sequence[str],
    results: Mapping[str, Sequence[str]],
    end: str,
    duration: str,
    suspect: Sequence[str],
) -> str:
    types = "".join(f'<measType p="{p}">{name}</measType>' for p, name in enumerate(counters, 1))
    values = "".join(
        f'<measValue measObjLdn="{name}">'
        + "".join(f'<r p="{p}">{escape(text)}</r>' for p, text in enumerate(given, 1))
        + ("<suspect>true</suspect>" if name in suspect else "")
        + "</measValue>\n"
        for name, given in results.items()
    )
    return (
        f'<measInfo measInfoId="G{number}"><job jobId="J"/>'
        f'<granPeriod duration="{duration}" endTime="{end}"/>{types}\n{values}</measInfo>\n'
    )
