"""Every number of the knowledge that somebody chose, in one place, with its source.

What is computed stands elsewhere: `studies/routing/fit.py` fits the weights of the evidence, the regressions
and the thresholds into `data/routing_weights.json`, on top of the numbers here. So whoever changes one of
these fits anew. Sizes of caches stand beside the caches; they change no answer.

Sources: [MEASURED] by what stands beside it; [STUDY] the routing study, see "What the weights rest on" in
docs/routing.md; [PRACTICE] usual in the field; [OWN] chosen here, with what it does. None of the [OWN]
numbers was measured by itself; what all of them do together is in the tables of docs/routing.md.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackWeights:
    """How much a term counts by where it is written (`compile.py`); 1 is a word of a feature's gist."""

    # [STUDY] Names count most. Identifiers lower plain BM25, so they count little; those that the feature
    # introduces tell more.
    name: float = 3.0
    gist: float = 1.0
    category: float = 0.5
    introduced: float = 0.5
    other: float = 0.2
    expansion: float = 0.5
    concept: float = 0.4

    # [OWN] What an acronym of the gist stands for counts half of what one of the name does.
    gist_expansion: float = 0.25
    # [OWN] Other words for the feature, between its category and its gist.
    words: float = 0.75
    # [OWN] A word that a gist repeats counts twice at most.
    gist_repeats: int = 2

    # [OWN] Written texts by how directly they speak of the feature: its costs and how to check it name much
    # that other features have, too.
    what: float = 1.0
    when: float = 1.0
    symptoms: float = 1.0
    costs: float = 0.6
    check: float = 0.6
    # [OWN] Questions stand beside the texts; they have an index of their own.
    question: float = 0.5

    # [OWN] Inside a written question, against 1 for a word about the subject.
    frame_in_question: float = 0.4
    expansion_in_question: float = 0.3

    # [PRACTICE] k1 between 1.2 and 2 (Manning, Raghavan & Schütze, Introduction to Information Retrieval,
    # section 11.4.3). [STUDY] b: features are discounted less for being described at length.
    k1: float = 1.2
    b_features: float = 0.5
    # [PRACTICE] The usual b, for questions of unlike lengths.
    b_questions: float = 0.75

    # [OWN] Shorter words are no repair of a mistyped one: one edit turns many of them into others.
    shortest_repair: int = 4


@dataclass(frozen=True, slots=True)
class NameWeights:
    """How surely a name stands in a question (`names.py`, `name_words.py`); 1 is the whole name.

    `studies/routing/named_questions.py` writes every name in 22 ways, and its test asks a fifth of them:
    with these numbers 99 % of the named features stand first.
    """

    # [OWN] A whole name; its words in another order or without fillers; with a word missing, or two words
    # in another order ("aggregate carriers").
    whole: float = 1.0
    other_order: float = 0.8
    nearly: float = 0.5
    # [OWN] From so many words on a name is hardly said by chance; one of so many may be missing.
    distinctive_words: int = 3
    least_for_one_missing: int = 4

    # [OWN] The question does not say which of two technologies it means, and the name is the other one's;
    # it says the other one; the name is part of a longer one.
    twin: float = 0.3
    other_technology: float = 0.3
    inside_longer_name: float = 0.3
    # [OWN] A name of one word, in a question about something else.
    one_word: float = 0.6

    # [OWN] The words of a long question speak for more features, so a name in it counts more: by its length
    # against the usual one, to this power, at most twice.
    usual_length: float = 5.0
    length_power: float = 0.5
    most_for_length: float = 2.0

    # [OWN] Bounds of the work that a pasted log can cause: names looked at, places of one word, words read.
    most_matches: int = 150
    most_places: int = 8
    most_words: int = 2_000

    # [OWN] A word that no name holds is taken apart into known ones: its length, the length of a part, and
    # how many parts. Longer "words" are pasted noise.
    shortest_joined: int = 5
    longest_joined: int = 24
    shortest_part: int = 3
    most_parts: int = 3


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """How much an identifier in a question says for a feature, by what the feature has to do with it."""

    # [OWN] A feature is asked about by what it introduces rather than by what it merely refers to.
    introduced: float = 1.0
    affecting: float = 0.6
    affected: float = 0.5
    unstated: float = 0.5
    counter: float = 0.5
    event: float = 0.4
    mo: float = 0.4
    referenced: float = 0.2


@dataclass(frozen=True, slots=True)
class ExactWeights:
    """What acronyms and identifiers in a question count (`exact.py`); 1 is a feature's own acronym."""

    # [STUDY] One that is also a general acronym of 3GPP (SA, PM, SR) must count little; [OWN] how little.
    general_acronym: float = 0.15
    # [OWN] An acronym that is a word before it is one.
    ordinary_word: float = 0.35
    # [OWN] One that is in use for the twin of the other technology; and when the question means this twin.
    twins_acronym: float = 0.5
    twin_meant: float = 0.9
    other_technology: float = 0.3
    # [OWN] In "uplink CA" the acronym is part of another feature's name; "CA" of "CA-based" is a part.
    inside_a_name: float = 0.3
    part_of_compound: float = 0.5

    # [OWN] A form in small letters counts less, and only when it is long or all that was typed.
    small_letters: float = 0.6
    long_in_small_letters: int = 5
    alone_up_to_words: int = 2

    # [OWN] Words that most names share carry less of a name's weight.
    common_in_names: float = 0.4

    # [OWN] What is looked up as an identifier: written like code and so long, or unknown and so long.
    shortest_in_code: int = 5
    shortest_unknown: int = 12
    # [OWN] Each unknown one costs a scan of all details; a pasted log may hold hundreds.
    most_identifiers: int = 20


@dataclass(frozen=True, slots=True)
class WordWeights:
    """How the words of a question become evidence (`evidence.py`)."""

    # [OWN] What an acronym stands for counts less than a word that was written.
    expansion: float = 0.4
    # [OWN] The soft maximum over a feature's questions: several near ones add little to the nearest.
    sharpness: float = 12.0

    # [OWN] Scores of words are shares of the question's weight. In a long question the same share is far more
    # evidence: strangers' long questions were answered right and trusted too little without this.
    usual_length: float = 5.0
    length_power: float = 0.7

    # [OWN] Bounds the repairs that a pasted log can cause.
    most_repaired: int = 200
    # [OWN] So many words of other subjects speak fully against the catalogue.
    enough_beside: int = 2


@dataclass(frozen=True, slots=True)
class RegressionScales:
    """Where inputs of the regressions end (`confidence.py`); the regressions standardise what they get."""

    # [OWN] More subject words than these make no question clearer.
    most_subject_words: int = 6
    # [OWN] The idf of a question that says much; more says no more.
    much_told: float = 30.0
    # [OWN] Plain scales, which bring score and idf near 1.
    score: float = 10.0
    rare: float = 8.0


@dataclass(frozen=True, slots=True)
class RoutingLimits:
    """How evidence becomes a list of candidates (`routing.py`)."""

    # [OWN] A code decides alone, and what stands beside it is only kept in order.
    code_score: float = 0.99
    beside_code: float = 0.01
    # [OWN] From this evidence a route is said to be found by name; from this a feature is named beyond doubt.
    named: float = 0.5
    surely_named: float = 0.9
    # [OWN] Peers are offered beside a first feature that is so probable, in the place of candidates behind
    # the fifth that are this improbable.
    sure_enough_for_peers: float = 0.5
    always_direct: int = 5
    unlikely: float = 0.01
    # [OWN] The candidates of a question, if the caller does not say how many.
    n_candidates: int = 10
    # [OWN] Memory changes the order of at least so many, so that the caller's number cuts the list and
    # nothing else.
    recalled_among: int = 10


@dataclass(frozen=True, slots=True)
class PeerWeights:
    """What of a feature's probability its peers get (`peers.py`)."""

    # [OWN] What it requires comes before what is only related; what conflicts is no peer.
    requires: float = 1.0
    related: float = 0.5
    # [OWN] A peer stays below the feature that it is a peer of.
    passed_on: float = 0.8


@dataclass(frozen=True, slots=True)
class VectorLimits:
    """How the nearest texts are found (`vectors.py`)."""

    # [MEASURED] "Graph or scan" in docs/routing.md: with 400 the right feature stands first as often as with
    # all. A feature with none of the nearest counts as just beyond the last.
    nearest: int = 400
    # [MEASURED] There, too: 200 finds 0.9 % more and builds for twice as long.
    ef_construction: int = 100
    # [MEASURED] "How long it takes" in docs/routing.md: a step of 5.2 ms, which nobody notices who asks then.
    linked_at_once: int = 64
    # [OWN] Vectors made together for the scan: all at once would take 8 MB that are never given back.
    scanned_at_once: int = 2048


@dataclass(frozen=True, slots=True)
class KnowledgeConfig:
    """All of them, by the module that uses them."""

    pack: PackWeights = PackWeights()
    names: NameWeights = NameWeights()
    roles: RoleWeights = RoleWeights()
    exact: ExactWeights = ExactWeights()
    words: WordWeights = WordWeights()
    regression: RegressionScales = RegressionScales()
    routing: RoutingLimits = RoutingLimits()
    peers: PeerWeights = PeerWeights()
    vectors: VectorLimits = VectorLimits()


KNOWLEDGE = KnowledgeConfig()
"""The numbers that the shipped weights were fitted on."""
