"""What every agent is: an identity, a life, figures about itself, and a learner.

The loop is select_action → act → update, as in bsuite's agents; what differs between agents is only
the knowledge they are given.
"""

from collections.abc import Callable, Sequence

from elex_browser.agents.config import LifecycleConfig
from elex_browser.agents.learner import Learner
from elex_browser.agents.lifecycle import Change, Lifecycle, health
from elex_browser.agents.recovery import Recovery
from elex_browser.agents.statistics import Statistics
from elex_browser.errors import NotReadyError
from elex_browser.learning.policy import Choice
from elex_browser.learning.transition import Transition
from elex_browser.protocol import Trigger

OnChange = Callable[[Change], None]


class Agent:
    """Chooses actions, learns, and lives by the lifecycle table.

    Attributes:
        id: unique among its kind.
        learner: its table and policy.
        statistics: its figures.
        lifecycle: its status.
        recovery: set while it is degraded.
    """

    def __init__(
        self,
        agent_id: str,
        learner: Learner,
        *,
        on_change: OnChange | None = None,
        life: LifecycleConfig | None = None,
    ) -> None:
        self.id = agent_id
        self.learner = learner
        self.life = life or LifecycleConfig()
        self.statistics = Statistics()
        self.lifecycle = Lifecycle(on_change or _ignore)
        self.recovery: Recovery | None = None
        self._open_questions = 0

    @property
    def health(self) -> float:
        """Health in [0, 1] from success, latency, confidence and experience."""
        statistics = self.statistics
        return health(
            success=statistics.expected_success,
            latency_ms=statistics.mean_latency_ms,
            confidence=statistics.confidence,
            queries=statistics.interactions,
        )

    @property
    def is_engaged(self) -> bool:
        """Whether a question is being answered at this moment."""
        return self._open_questions > 0

    def initialize(self) -> None:
        """Take the agent into service; calling it again while it serves changes nothing."""
        if self.lifecycle.can("initialize"):
            self._fire("initialize")
        if self.lifecycle.can("knowledge_loaded"):
            self._fire("knowledge_loaded")
            self.learner.policy.restart(self.learner.config.epsilon_cold)
        self._warm_up()

    def shutdown(self) -> None:
        """Take the agent out of service; calling it again changes nothing."""
        self.recovery = None
        if self.lifecycle.can("shutdown"):
            self._fire("shutdown")

    def select_action(self, state: str, actions: Sequence[int]) -> Choice:
        """Choose an action; exploration shrinks with every choice."""
        return self.learner.select_action(state, actions)

    def update(self, step: Transition) -> float:
        """Learn from one rated step, judge the own health by it, and return td_error.

        Raises:
            ValidationError: the step does not fit the table; nothing was changed.
        """
        td_error = self.learner.update(step)
        self.statistics.rated(step.reward)
        self._watch_health()
        return td_error

    def begin_question(self) -> None:
        """Note that a question came in.

        Raises:
            NotReadyError: the agent is not in service.
        """
        if not self.lifecycle.is_answering:
            raise NotReadyError(
                f"agent {self.id} is {self.lifecycle.status} and takes no questions",
                "Call initialize() and ask again",
            )
        self._open_questions += 1
        if self.lifecycle.can("query_in"):
            self._fire("query_in")

    def end_question(self) -> None:
        """Note that a question was answered, or could not be."""
        self._open_questions -= 1
        if self._open_questions == 0 and self.lifecycle.can("query_done"):
            self._fire("query_done")
        self._watch_health()

    def answered(self, latency_ms: float, confidence: float) -> None:
        """Count an answer; the hundredth ends the cold start, and a recovery is judged by its answers."""
        self.statistics.answered(latency_ms, confidence)
        self._warm_up()
        if self.recovery is not None:
            self._judge_recovery(self.recovery)

    def resume(self, statistics: Statistics, epsilon: float, recovery: Recovery | None) -> None:
        """Go on from a stored state; only a new agent in service may."""
        self.statistics = statistics
        self._warm_up()
        if recovery is not None and self.lifecycle.can("health_low"):
            self._fire("health_low")
            self.recovery = recovery
        self.learner.policy.restart(epsilon)

    def _warm_up(self) -> None:
        is_warm = self.statistics.interactions >= self.life.cold_start_interactions
        if is_warm and self.lifecycle.can("warmed_up"):
            self._fire("warmed_up")
            self.learner.policy.restart(self.learner.config.epsilon_warm)

    def _watch_health(self) -> None:
        if self.health < self.life.degraded_below and self.lifecycle.can("health_low"):
            self._fire("health_low")
            self.recovery = Recovery()
            self.recovery.begin(self.learner, self.life)

    def _judge_recovery(self, recovery: Recovery) -> None:
        outcome = recovery.answered(self.learner, self.health, self.life)
        if outcome == "go on":
            return
        self.recovery = None
        self.learner.policy.restart(self.learner.config.epsilon_warm)
        self._fire("health_recovered" if outcome == "recovered" else "recovery_failed")

    def _fire(self, trigger: Trigger) -> None:
        self.lifecycle.fire(trigger, self.health)


def _ignore(_: Change) -> None:
    """Nobody listens."""
