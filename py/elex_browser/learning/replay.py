"""Prioritized experience replay, proportional variant: Schaul et al., ICLR 2016, algorithm 1.

Transitions lie in buffers of a shared arena. At a thousand of them a cumulative sum is faster than
the paper's sum tree.
"""

import struct
from collections import deque
from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import MemoryBudgetError
from elex_browser.learning.arena import Arena, Buffer
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.transition import Transition

# action, terminated, truncated, has next state, lengths of both states, reward
_HEAD = struct.Struct("<BBBBHHd")
Learn = Callable[[Transition, float], float]
"""Learns from a step with a weight on the step size, and returns td_error."""


class ReplayMemory:
    """The latest transitions of one agent; the oldest make room."""

    def __init__(self, arena: Arena, config: LearningConfig, generator: Random) -> None:
        self._arena = arena
        self._config = config
        self._generator = generator
        self._buffers: deque[int] = deque()
        self._priorities: deque[float] = deque()
        self._n_replayed = 0

    def __len__(self) -> int:
        return len(self._buffers)

    def add(self, step: Transition, td_error: float) -> bool:
        """Keep a step with the priority of its td_error; False where there is no room for it.

        A step with states too long for a buffer is not kept: such states are a caller's own texts.
        """
        data = _encode(step)
        if len(data) > self._arena.buffer_bytes or self._config.replay_steps == 0:
            return False
        if len(self._buffers) >= self._config.replay_capacity:
            self._forget_oldest()
        try:
            number = self._arena.acquire()
        except MemoryBudgetError:
            if not self._buffers:
                return False
            self._forget_oldest()
            number = self._arena.acquire()
        self._arena.view(number)[: len(data)] = np.frombuffer(data, np.uint8)
        self._buffers.append(number)
        self._priorities.append(self._priority(td_error))
        return True

    def replay(self, n_steps: int, learn: Learn) -> None:
        """Learn again from steps drawn by priority; their weights undo the bias of the drawing."""
        if not self._buffers:
            return
        priorities = np.fromiter(self._priorities, np.float64, len(self._priorities))
        for _ in range(n_steps):
            index = self._draw(priorities)
            weight = self._weight(priorities, index)
            step = _decode(self._arena.view(self._buffers[index]))
            priorities[index] = self._priority(learn(step, weight))
            self._priorities[index] = float(priorities[index])
            self._n_replayed += 1

    def clear(self) -> None:
        """Give all buffers back."""
        while self._buffers:
            self._forget_oldest()

    @property
    def importance(self) -> float:
        """The exponent of the weights: it grows to 1 over the memory's capacity of replayed steps."""
        config = self._config
        share = min(1.0, self._n_replayed / config.replay_capacity)
        return config.importance_start + share * (config.importance_end - config.importance_start)

    def _draw(self, priorities: NDArray[np.float64]) -> int:
        cumulated = np.cumsum(priorities)
        point = self._generator.random() * cumulated[-1]
        return min(int(np.searchsorted(cumulated, point, side="right")), len(priorities) - 1)

    def _weight(self, priorities: NDArray[np.float64], index: int) -> float:
        """(N·P(i))^-β over the largest such weight: 1 for the least likely step."""
        return float((priorities.min() / priorities[index]) ** self.importance)

    def _priority(self, td_error: float) -> float:
        return float(
            (abs(td_error) + self._config.priority_offset) ** self._config.priority_exponent
        )

    def _forget_oldest(self) -> None:
        self._arena.release(self._buffers.popleft())
        self._priorities.popleft()


def _encode(step: Transition) -> bytes:
    state, following = step.state.encode(), (step.next_state or "").encode()
    has_next = step.next_state is not None
    head = _HEAD.pack(
        step.action,
        step.terminated,
        step.truncated,
        has_next,
        len(state),
        len(following),
        step.reward,
    )
    return head + state + following


def _decode(buffer: Buffer) -> Transition:
    data = buffer.tobytes()
    action, terminated, truncated, has_next, n_state, n_next, reward = _HEAD.unpack_from(data)
    start = _HEAD.size
    following = data[start + n_state : start + n_state + n_next].decode()
    return Transition(
        data[start : start + n_state].decode(),
        action,
        reward,
        following if has_next else None,
        bool(terminated),
        bool(truncated),
    )
