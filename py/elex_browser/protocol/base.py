"""What all messages share: their base, their version, and the closed sets of words."""

from typing import Literal

import msgspec

PROTOCOL_VERSION = 1

Action = Literal["DirectAnswer", "ContextAnswer", "ConsultPeer", "RequestClarification", "Escalate"]
AgentStatus = Literal["Initializing", "ColdStart", "Ready", "Busy", "Degraded", "Offline"]
Via = Literal["code", "name", "semantic", "memory", "peer"]
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
