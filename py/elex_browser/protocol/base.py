"""What all messages share: their base, their version, and the closed sets of words."""

from typing import Literal

import msgspec

PROTOCOL_VERSION = 1

Action = Literal["DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate"]
AgentStatus = Literal["Initializing", "ColdStart", "Ready", "Busy", "Degraded", "Offline"]
Via = Literal["code", "name", "semantic", "memory", "peer"]
QueryType = Literal["parameter", "counter", "kpi", "procedure", "troubleshoot", "general"]
Complexity = Literal["simple", "moderate", "complex"]
Confidence = Literal["low", "medium", "high"]
Context = Literal["none", "told", "network"]
Trigger = Literal[
    "knowledge_loaded",
    "warmed_up",
    "query_in",
    "query_done",
    "health_low",
    "health_recovered",
    "recovery_failed",
    "shutdown",
    "initialize",
]
RelationKind = Literal[
    "conflicts_with",
    "requires",
    "requires_through_others",
    "requires_in_some_configurations",
    "requires_one_of_group",
    "related",
]
SectionForm = Literal["table", "pairs"]
ColumnKind = Literal["text", "code", "number", "unit", "identifier", "link", "relation"]
SectionKind = Literal[
    "what",
    "identity",
    "parameters",
    "counters",
    "kpis",
    "prerequisites",
    "conflicts",
    "activation",
    "clarification",
    "escalation",
    "context",
    "peer",
    "subject",
    "comparison",
    "relations",
    "scope",
]


class Message(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """Base of everything that crosses."""
