"""ε-greedy choice with decay: Sutton & Barto, 2nd ed., section 2.2; the generator is handed in.

It is the standard library's: NumPy's would cost a third of a second to import in the browser, before
the first answer, and a draw of one number gains nothing by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from elex_browser.errors import ValidationError
from elex_browser.learning.config import LearningConfig


@dataclass(frozen=True, slots=True)
class Choice:
    """An action, and whether it was drawn by exploration."""

    action: int
    explored: bool


def best_action(q_values: NDArray[np.floating], actions: Sequence[int], generator: Random) -> int:
    """Return an action of highest value among `actions`; ties are drawn at random."""
    values = q_values[np.asarray(actions)]
    ties = np.flatnonzero(values == values.max())
    return int(actions[int(ties[0]) if len(ties) == 1 else int(generator.choice(ties.tolist()))])


class EpsilonGreedy:
    """Explores with probability `epsilon`, which shrinks with every selection down to its floor."""

    def __init__(self, config: LearningConfig, generator: Random) -> None:
        self._config = config
        self._generator = generator
        self.epsilon = config.epsilon_cold

    def restart(self, epsilon: float) -> None:
        """Set epsilon, as a change of the agent's life asks for."""
        self.epsilon = max(self._config.epsilon_floor, epsilon)

    def select(
        self,
        q_values: NDArray[np.float32],
        actions: Sequence[int],
        tried: NDArray[np.float64] | None = None,
    ) -> Choice:
        """Choose among the allowed action indices and decay epsilon.

        Exploration draws among those that were `tried` least, so that few ratings go round; without
        that knowledge among all. Where there is but one, nothing is explored.

        Raises:
            ValidationError: no action is allowed.
        """
        if not actions:
            raise ValidationError("no action is allowed", "Leave availableActions out or name one")
        explored = self._generator.random() < self.epsilon and len(actions) > 1
        self.epsilon = max(self._config.epsilon_floor, self.epsilon * self._config.epsilon_decay)
        if not explored:
            return Choice(best_action(q_values, actions, self._generator), False)
        rarely = np.zeros(len(q_values)) if tried is None else -tried
        return Choice(best_action(rarely, actions, self._generator), True)
