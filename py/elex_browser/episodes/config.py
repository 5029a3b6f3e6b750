"""Every number of the episodic memory, in one place, with its source.

Sources: [MEASURED] by `python3 -m studies episodes.effect`, which simulates users who rate; [OWN] chosen here
on its development and calibration questions, with what it does. The table of what they do together is in
docs/routing.md, "Past questions".
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EpisodicConfig:
    """The numbers of this room."""

    # [OWN] Eight rated questions on each working day of a year. At less than 1 kB a record they are read in
    # one go, and so many vectors are compared one by one, without a graph (`exact_up_to` of the index).
    max_episodes: int = 2000
    # [OWN] A longer question is kept as its beginning; its vector is of the whole.
    max_question_characters: int = 500
    # [OWN] An episode that was used twice as often is kept as if it had been used a month later.
    double_use_ms: float = 30 * 24 * 3600 * 1000.0

    # [OWN] Past questions that are looked at for a new one.
    nearest: int = 32
    # [OWN] So many of the nearest count as used by a question: each is a record to write.
    noted_uses: int = 8

    # [MEASURED] The cosine from which a past question counts, in full at 1 and for nothing here: 20 % of the
    # pairs of questions about one feature are that near, and 0.07 % of those about different ones.
    similar_from: float = 0.6
    # [OWN] The most that one rating shifts log-odds: its agent's odds at most triple, or fall to a third.
    most_for_one: float = 1.0
    # [OWN] What any number of ratings stays below. It is less downwards: a bad rating may be about the answer
    # rather than the agent, and the only right agent must stay within reach.
    most_up: float = 6.0
    most_down: float = 2.0
    # [OWN] What it adds to a rating that the question was settled; the vote stays within [-1, 1].
    resolved_bonus: float = 0.5
    # [OWN] The probability from which an agent starts that good ratings speak for and the words do not.
    brought_in: float = 0.05
    # [OWN] Shifts below change the numbers, but not how the route is said to be found.
    noted_shift: float = 0.05


EPISODIC = EpisodicConfig()
