"""How long and how many: the numbers by which questions are taken in, sorted and divided, with sources.

Source: [OWN] chosen here, with what it does. How many candidates a question has is a number of
`knowledge/weights.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskingLimits:
    """The numbers of this room."""

    # [OWN] What a question may hold. The longest of the 420 held-out ones has 333 characters; a pasted log
    # fits, too.
    max_characters: int = 10_000
    # [OWN] What a caller tells beside it may become a state's name, and no longer (`LearningConfig`).
    max_told_bytes: int = 1024
    # [OWN] A caller's own id: room for a UUID or a path.
    max_id_characters: int = 128

    # [OWN] Below the first number the router is wrong more often than right among two or three candidates;
    # from the second on another candidate hardly matters.
    medium_from: float = 0.3
    high_from: float = 0.7

    # [OWN] Words up to which a single clause is simple; words above which, and clauses from which, it is
    # complex. Of the 840 calibration and held-out questions 18 % are simple, 67 % moderate and 15 % complex.
    simple_words: int = 9
    complex_words: int = 28
    complex_clauses: int = 4

    # [OWN] More subjects than these are named as not answered.
    max_subjects: int = 4
    # [OWN] A shorter part between two marks is no question, in characters.
    shortest_part: int = 2
    # [OWN] A follow-up ("do the phones need it too?") may look like a question about something else, so a
    # part has to be surer of its feature than a whole question.
    sure_part: float = 0.6

    # [OWN] A caller who picked the agent himself is rarely wrong about it.
    chosen_confidence: float = 0.9


ASKING = AskingLimits()
