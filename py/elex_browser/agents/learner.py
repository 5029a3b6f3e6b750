"""An agent's learning: its table, its policy, and the step from a rating to an update."""

from collections.abc import Sequence
from random import Random

from elex_browser.learning.arena import Arena
from elex_browser.learning.config import LearningConfig
from elex_browser.learning.policy import Choice, EpsilonGreedy
from elex_browser.learning.pool import View
from elex_browser.learning.q_table import QTable
from elex_browser.learning.replay import ReplayMemory
from elex_browser.learning.transition import Transition


class Learner:
    """Selects actions and learns from transitions, with numbers from one config."""

    def __init__(
        self,
        actions: Sequence[str],
        *,
        contributor: str,
        view: View,
        generator: Random,
        config: LearningConfig,
        arena: Arena,
    ) -> None:
        self.config = config
        self._view = view
        self.q_table = QTable(actions, contributor=contributor, initial=view.start, config=config)
        self.policy = EpsilonGreedy(config, generator)
        # Replay draws from a stream of its own, so that it does not shift what exploration draws.
        self.replay = ReplayMemory(arena, config, Random(generator.getrandbits(64)))
        self._n_due = 0

    @property
    def has_replay_due(self) -> bool:
        """Whether ratings came in whose replay has not been done yet."""
        return self._n_due > 0

    def select_action(self, state: str, actions: Sequence[int]) -> Choice:
        """Choose among the allowed actions of a state, with all that was learnt."""
        self.catch_up()
        return self.policy.select(self.q_table.values(state), actions, self._view.tried(state))

    def share(self) -> None:
        """Let the pool know what is known now: this agent's other states and its kin start from it."""
        self._view.put(self.q_table)

    def update(self, step: Transition) -> float:
        """Learn from one step and return td_error; its replay is due from now on."""
        td_error = self.q_table.update(step, alpha=self.config.alpha, gamma=self.config.gamma)
        if self.replay.add(step, td_error):
            self._n_due += self.config.replay_steps
        return td_error

    def catch_up(self) -> bool:
        """Do the replay that is due, in idle time or at latest before the next choice.

        How much is replayed depends on the ratings alone, never on the time there was: a seeded run
        gives the same values on a slow machine.
        """
        n_due, self._n_due = self._n_due, 0
        self.replay.replay(n_due, self._learn_again)
        return n_due > 0

    def _learn_again(self, step: Transition, weight: float) -> float:
        alpha = self.config.alpha * weight
        return self.q_table.update(step, alpha=alpha, gamma=self.config.gamma, is_replay=True)

    def size_bytes(self) -> int:
        """Bytes of the table, counted."""
        return self.q_table.size_bytes()
