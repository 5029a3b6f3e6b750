"""The layout of stored payloads, by version; unknown versions are kept, never rewritten."""

AGENT_SCHEMA_VERSION = 1
"""Version 1: a Q-table as safetensors, with the agent's figures in its metadata."""

EPISODE_SCHEMA_VERSION = 1
"""Version 1: a rated question as MessagePack, see `episodes/episode.py`."""

AGENTS = "agents"
EPISODES = "episodes"
DAMAGED = "damaged"
