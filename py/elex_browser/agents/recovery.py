"""How a degraded agent tries to get well: forget the worst, explore again, be judged every so often."""

from typing import Literal

import msgspec

from elex_browser.agents.config import LifecycleConfig
from elex_browser.agents.learner import Learner

Outcome = Literal["go on", "recovered", "given up"]


class Recovery(msgspec.Struct):
    """A recovery under way; it is stored with the agent.

    Attributes:
        queries: answers since it began.
    """

    queries: int = 0

    def begin(self, learner: Learner, life: LifecycleConfig) -> None:
        """Forget the lowest entries and explore."""
        learner.q_table.drop_lowest(life.recovery_drops_share)
        learner.policy.restart(learner.config.epsilon_recovery)

    def answered(self, learner: Learner, health: float, life: LifecycleConfig) -> Outcome:
        """Count one answer and judge when it is time to."""
        self.queries += 1
        if self.queries < life.recovery_explores_for:
            # Exploration stays where it is for the whole phase instead of shrinking.
            learner.policy.restart(learner.config.epsilon_recovery)
        elif self.queries == life.recovery_explores_for:
            learner.policy.restart(learner.config.epsilon_warm)
        if self.queries % life.recovery_check_every == 0 and health > life.recovered_above:
            return "recovered"
        return "given up" if self.queries >= life.recovery_gives_up_after else "go on"
