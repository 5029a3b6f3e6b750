"""An agent's learning: its table, its policy, and the step from a rating to an update."""

from collections.abc import Sequence

import numpy as np

from elex_browser.learning.config import LearningConfig
from elex_browser.learning.policy import Choice, EpsilonGreedy
from elex_browser.learning.q_table import Initial, QTable
from elex_browser.learning.transition import Transition


class Learner:
    """Selects actions and learns from transitions, with numbers from one config."""

    def __init__(
        self,
        actions: Sequence[str],
        *,
        contributor: str,
        initial: Initial,
        generator: np.random.Generator,
        config: LearningConfig,
    ) -> None:
        self.config = config
        self.q_table = QTable(actions, contributor=contributor, initial=initial, config=config)
        self.policy = EpsilonGreedy(config, generator)

    def select_action(self, state: str, actions: Sequence[int]) -> Choice:
        """Choose among the allowed actions of a state."""
        return self.policy.select(self.q_table.values(state), actions)

    def update(self, step: Transition) -> float:
        """Learn from one step and return td_error."""
        return self.q_table.update(step, alpha=self.config.alpha, gamma=self.config.gamma)

    def size_bytes(self) -> int:
        """Bytes of the table, counted."""
        return self.q_table.size_bytes()
