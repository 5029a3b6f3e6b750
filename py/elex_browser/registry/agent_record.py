"""An agent's state as one stored record: its Q-table's file, with its figures in the metadata."""

import msgspec

from elex_browser.agents.base import Agent
from elex_browser.agents.recovery import Recovery
from elex_browser.agents.statistics import Figures, Statistics
from elex_browser.answering.actions import ACTIONS
from elex_browser.errors import SerializationError
from elex_browser.learning import q_table_file
from elex_browser.learning.pool import Summary, summarize
from elex_browser.learning.q_table import QTable
from elex_browser.storage.base import Record
from elex_browser.storage.schema import AGENT_SCHEMA_VERSION


class Life(msgspec.Struct):
    """What of an agent is stored beside its table."""

    figures: Figures
    epsilon: float
    recovery: Recovery | None = None


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
    agent.resume(Statistics(life.figures), life.epsilon, life.recovery)


class Preview(msgspec.Struct, frozen=True):
    """What is seen of a stored agent without building it: figures for lists, its part of the pool."""

    interactions: int
    confidence: float
    contributor: str
    summary: Summary
    is_degraded: bool = False


def preview(record: Record) -> Preview:
    """Return a record's figures without building the agent.

    Raises:
        SerializationError: the payload is not sound, or of a version this build does not know.
    """
    if record.schema_version != AGENT_SCHEMA_VERSION:
        raise SerializationError(
            f"record {record.key} has schema version {record.schema_version}",
            f"This build reads version {AGENT_SCHEMA_VERSION}; use the newer app",
        )
    q_table = QTable(ACTIONS)
    content = q_table_file.read(record.payload, q_table)
    q_table.replace_rows(content.rows)
    life = _decode(content.extra.get("life", ""))
    return Preview(
        life.figures.interactions,
        life.figures.confidence,
        content.contributor,
        summarize(q_table),
        is_degraded=life.recovery is not None,
    )


def _life(agent: Agent) -> str:
    life = Life(agent.statistics.figures, agent.learner.policy.epsilon, agent.recovery)
    return msgspec.json.encode(life).decode()


def _decode(text: str) -> Life:
    try:
        return msgspec.json.decode(text, type=Life)
    except msgspec.DecodeError as exc:
        raise SerializationError(
            f"the agent's figures cannot be read ({exc})", "Import a table you exported earlier"
        ) from exc
