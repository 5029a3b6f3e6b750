"""Writes what a version leaves in its database and what it tells of it: later versions must open that.

Run it in a built checkout of the version that is meant, and name the file after the database's version:
`PYTHONPATH=py python tests/data/make_database.py 2 tests/data/database_v2.json`.
"""

import asyncio
import base64
import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from elex_browser import Elex
from elex_browser.learning.config import LearningConfig
from elex_browser.protocol import Feedback, FeedbackData, Query, ValidationParam
from elex_browser.storage.base import Record
from elex_browser.storage.memory import MemoryStore
from elex_browser.storage.seal import StoredRecord

MIMO_SLEEP, CELL_SLEEP, LOAD_BALANCING = "FAJ 121 3094", "FAJ 121 4390", "FAJ 121 3009"
HANDOVER, STANDALONE, NEIGHBOURS = "FAJ 121 0489", "FAJ 121 5060", "FAJ 121 0497"
NIGHT = "what saves power at night"
COLD_START = 100


class KeptStore(MemoryStore):
    """A store that a second instance can open after the first has closed it."""

    async def close(self) -> None:
        """Stay readable."""

    def flip_a_byte(self, kind: str, key: str) -> None:
        """Damage a record, as a failing disk would."""
        sound = self.kinds[kind][key]
        rotten = sound.payload[:-1] + bytes([sound.payload[-1] ^ 1])
        self.kinds[kind][key] = StoredRecord(
            key, sound.schema_version, sound.generation, rotten, sound.sha256
        )


async def rate(elex: Elex, faj_code: str, text: str, action: str, feedback: Feedback) -> None:
    """Put a question to an agent and rate how it answers in that way."""
    agent = await elex.agent(faj_code)
    query = Query(content=text, available_actions=[action])  # type: ignore[list-item]  # one of the five
    await elex.feedback((await agent.process_query(query)).query_id, feedback)


async def live(store: MemoryStore) -> None:
    """Agents that are rated, taught, past their cold start, degraded; questions liked and disliked."""
    elex = await Elex.open(store=store, seed=1, learning=LearningConfig(replay_steps=2))
    liked, settled, disliked = (
        Feedback(rating=0.5),
        Feedback(rating=1.0, resolved=True),
        Feedback(rating=-1.0),
    )
    await rate(elex, MIMO_SLEEP, "which parameters are there?", "DirectAnswer", settled)
    await rate(elex, MIMO_SLEEP, "which counters of MIMO Sleep Mode?", "ContextAnswer", liked)
    await rate(elex, MIMO_SLEEP, "MIMO Sleep Mode is slow", "ConsultPeer", disliked)
    await rate(elex, CELL_SLEEP, NIGHT, "DirectAnswer", settled)
    await rate(elex, CELL_SLEEP, f"Größe 電 \ud800 {NIGHT} " + "power " * 200, "Escalate", liked)
    await rate(elex, HANDOVER, "calls drop between cells", "DirectAnswer", disliked)
    taught = await elex.agent(LOAD_BALANCING)
    step = FeedbackData(reward=0.25, state="größe|電", action="Escalate", next_state="s")
    await taught.update_learning(step)
    await taught.validate_parameters([ValidationParam(name="p", value=3, min=0, max=2)])
    ready, failing = await elex.agent(STANDALONE), await elex.agent(NEIGHBOURS)
    for _ in range(COLD_START):
        await ready.process_query("which parameters are there?")
        await failing.process_query(f"what about {MIMO_SLEEP}?")
    await rate(elex, STANDALONE, "which counters are there?", "DirectAnswer", liked)
    for _ in range(20):
        await failing.update_learning(FeedbackData(reward=-1, state="s", action="DirectAnswer"))
    await elex.ask(NIGHT)  # which finds the question that was settled, and counts that it helped
    await elex.close()


async def suffer(store: KeptStore) -> None:
    """A damaged agent goes on afresh, another and a question stay damaged, a third is too new."""
    store.flip_a_byte("agents", "faj-121-0489")
    episodes = [msgspec.msgpack.decode(one.payload) for one in store.kinds["episodes"].values()]
    (of_handover,) = (one["key"] for one in episodes if one["faj"] == HANDOVER)
    store.flip_a_byte("episodes", of_handover)
    await store.put("agents", [Record("faj-121-3055", 4, 99, b"of a later version")])
    elex = await Elex.open(store=store, seed=1)
    await rate(elex, HANDOVER, "calls drop between cells", "DirectAnswer", Feedback(rating=1.0))
    await elex.close()
    store.flip_a_byte("agents", "faj-121-3009")
    elex = await Elex.open(store=store, seed=1)
    await elex.warm_up()
    await elex.close()


async def told(store: MemoryStore) -> dict[str, Any]:
    """What this version tells of the database when it opens it."""
    elex = await Elex.open(store=store, seed=1)
    listed = [one for one in await elex.agents() if one.interactions or one.status == "Degraded"]
    learnt = {one.id: await elex.learning_state(one.id) for one in listed}
    n_episodes = (await elex.episodes()).count
    return {
        "listed": {one.id: [one.status, one.interactions, one.confidence] for one in listed},
        "learnt": {
            key: [[one.state, one.action, one.q_value, one.visits] for one in state.entries]
            for key, state in learnt.items()
        },
        "rated": {key: state.rated_answers for key, state in learnt.items()},
        "episodes": n_episodes,
        "damaged": [complaint.partition(":")[0] for complaint in elex.damaged],
    }


def plain(stored: StoredRecord) -> dict[str, Any]:
    """A record as IndexedDB holds it, its bytes as base64."""
    fields: dict[str, Any] = msgspec.to_builtins(stored)
    for name in ("payload", "sha256"):
        fields[name] = base64.b64encode(getattr(stored, name)).decode()
    return fields


async def main(version: str, target: Path) -> None:
    """Write the dump."""
    store = KeptStore()
    await live(store)
    await suffer(store)
    stores = {kind: [plain(one) for one in kept.values()] for kind, kept in store.kinds.items()}
    dump = {"version": int(version), "stores": stores, "told": await told(store)}
    target.write_text(json.dumps(dump, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
