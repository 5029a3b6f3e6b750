"""From when an agent asks back or doubts, and how much an answer holds: the numbers, with their sources.

Source: [OWN] chosen here, with what it does. What an agent learns chooses among the ways of answering; these
numbers bound them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnsweringLimits:
    """The numbers of this room; probabilities where nothing else is said."""

    # [OWN] A question that belongs to the catalogue less probably than not is answered with that remark.
    belongs_here: float = 0.5
    # [OWN] With one candidate this probable there is nothing to clarify.
    sure: float = 0.95
    # [OWN] A case names the feature as open where the agent is the right one less probably than not.
    feature_is_known: float = 0.5

    # [OWN] Other agents that one agent asks of its own accord; each costs reward.
    max_peers: int = 3

    # [OWN] Candidates that a question back offers; and from which share of the best one's probability on:
    # whoever is below is not worth a button.
    max_candidates: int = 3
    least_candidates: int = 2
    far_behind: float = 0.1
    # [OWN] When the best is less probable than this, naming it would only lead astray.
    near: float = 0.05
    # [OWN] Share of the doubt that a property must remove to be asked for instead of names.
    worth_asking: float = 0.5

    # [OWN] No router knows a lone agent's subject, so its confidence rests on what the question names: one of
    # its identifiers, a word of one, or neither.
    names_mine: float = 0.9
    shares_words: float = 0.6
    shares_nothing: float = 0.3

    # [OWN] Rows of a table of parameters or counters; the same where the question is about them; rows of
    # loaded values.
    rows: int = 20
    rows_when_asked: int = 80
    rows_of_loaded: int = 40
    # [OWN] Sections that each further subject of a question adds.
    sections_of_others: int = 4

    # [OWN] Names in a sentence, of identifiers, and in a cell of a comparison; the others are counted.
    names: int = 6
    identifiers: int = 5
    names_in_cell: int = 4
    # [OWN] Prerequisites and conflicts in the sentences about a feature; its section names all of them.
    relatives: int = 3
    # [OWN] Parameters that a question names and that are told one by one; formulas told in full.
    told_singly: int = 3
    formulas: int = 2
    # [OWN] Counters to look at in trouble; counters that a computation lacks.
    counters_to_check: int = 3
    counters_lacking: int = 3
    # [OWN] What an agent tells another one of the question's subject.
    parameters_in_brief: int = 4
    counters_in_brief: int = 3
    # [OWN] Candidates that a case lists.
    routes_in_case: int = 5


ANSWERING = AnsweringLimits()
