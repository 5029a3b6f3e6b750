"""The changes of status since somebody last listened, in their order; the oldest give way."""

from collections import deque

from elex_browser.agents.lifecycle import Change
from elex_browser.protocol import AgentEvent

_MAX_EVENTS = 1000


class AgentEvents:
    """Numbers events, so that a listener sees whether one was lost."""

    def __init__(self) -> None:
        self._events: deque[AgentEvent] = deque(maxlen=_MAX_EVENTS)
        self._n_events = 0

    def note(self, agent_id: str, faj_code: str, change: Change) -> None:
        """Write down a change."""
        self._n_events += 1
        self._events.append(
            AgentEvent(
                sequence=self._n_events,
                agent_id=agent_id,
                faj_code=faj_code,
                before=change.before,
                after=change.after,
                trigger=change.trigger,
                health=change.health,
            )
        )

    def take(self) -> list[AgentEvent]:
        """Return the events since the last call, in order."""
        events = list(self._events)
        self._events.clear()
        return events
