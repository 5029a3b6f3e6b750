"""An agent's state as one stored record: its Q-table's file, with its figures in the metadata."""

import msgspec

from elex_browser.agents.base import Agent
from elex_browser.agents.statistics import Figures, Statistics
from elex_browser.errors import SerializationError
from elex_browser.learning import q_table_file
from elex_browser.learning.tensor_file import decode
from elex_browser.storage.base import Record
from elex_browser.storage.schema import AGENT_SCHEMA_VERSION

_PREFIX = "elex."


class Life(msgspec.Struct):
    """What of an agent is stored beside its table."""

    figures: Figures
    epsilon: float


def to_record(agent: Agent, generation: int) -> Record:
    """Return the agent's state as it is now."""
    payload = q_table_file.to_bytes(agent.learner.q_table, {"life": _life(agent)})
    return Record(agent.id, generation, AGENT_SCHEMA_VERSION, payload)


def restore(agent: Agent, record: Record) -> None:
    """Bring a new agent to a stored state, all or nothing.

    Raises:
        SerializationError: the payload is not sound; the agent is as before.
    """
    content = q_table_file.read(record.payload, agent.learner.q_table)
    life = _decode(content.extra.get("life", ""))
    agent.learner.q_table.replace_rows(content.rows)
    agent.learner.q_table.weights = content.weights
    agent.statistics = Statistics(life.figures)
    agent.learner.policy.restart(life.epsilon)


class Glance(msgspec.Struct, frozen=True):
    """What a list shows of an agent that rests on disk."""

    interactions: int
    confidence: float
    contributor: str


def glance(record: Record) -> Glance:
    """Return a record's figures without building the agent.

    Raises:
        SerializationError: the payload is not sound, or of a version this build does not know.
    """
    if record.schema_version != AGENT_SCHEMA_VERSION:
        raise SerializationError(
            f"record {record.key} has schema version {record.schema_version}",
            f"This build reads version {AGENT_SCHEMA_VERSION}; use the newer app",
        )
    _, metadata = decode(record.payload)
    life = _decode(metadata.get(_PREFIX + "life", ""))
    return Glance(
        life.figures.interactions, life.figures.confidence, metadata.get("contributor", "")
    )


def _life(agent: Agent) -> str:
    life = Life(agent.statistics.figures, agent.learner.policy.epsilon)
    return msgspec.json.encode(life).decode()


def _decode(text: str) -> Life:
    try:
        return msgspec.json.decode(text, type=Life)
    except msgspec.DecodeError as exc:
        raise SerializationError(
            f"the agent's figures cannot be read ({exc})", "Import a table you exported earlier"
        ) from exc
