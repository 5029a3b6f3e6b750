"""The five ways to treat a question; each builds its answer from what it may use.

Whatever is chosen, the agent's facts stand below: trying an action out must not cost the user the
answer.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import get_args

from elex_browser.answering.case_file import case_file, missing
from elex_browser.answering.clarification import Offer, clarifying_question, worth_offering
from elex_browser.answering.declined import why_declined
from elex_browser.answering.facts import Answers, Facts, Profile
from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.other_features import OtherFeatures
from elex_browser.answering.sections import row, table
from elex_browser.answering.several_features import gathered
from elex_browser.answering.wording import listed, sentence
from elex_browser.asking.question import Question
from elex_browser.knowledge.confidence import Decision
from elex_browser.protocol import Action, AnswerSection, ColumnKind, SectionRow

ACTIONS: tuple[Action, ...] = get_args(Action)
OUTSIDE = "This question may lie outside the catalogue of radio features; the nearest one answers."
_OFFER_COLUMNS: tuple[tuple[str, ColumnKind], ...] = (
    ("Code", "link"),
    ("Feature", "text"),
    ("Access", "text"),
    ("Category", "text"),
    ("What it does", "text"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is signed.

    Attributes:
        consulted: the other agents whose words are in it.
        n_peers: how many of them the agent asked of its own accord; the user's own subjects are free.
    """

    content: str
    sections: list[AnswerSection]
    consulted: list[str] = field(default_factory=list)
    n_peers: int = 0


def available_actions(facts: Facts, question: Question, others: OtherFeatures) -> list[int]:
    """Return the indices of the actions that make sense, within what the caller allows.

    A caller who allows only what makes no sense here gets it all the same: the answer then says
    what it lacks.
    """
    sensible = {
        "DirectAnswer": True,
        "ContextAnswer": bool(question.told) or question.has_network_data,
        "ConsultPeer": bool(peers(facts, question, others)),
        "RequestClarification": _is_unclear(question),
        "Escalate": True,
    }
    allowed = question.allowed or ACTIONS
    fitting = [action for action in ACTIONS if action in allowed and sensible[action]]
    preferred = [action for action in _PREFERRED[question.found.decision] if action in allowed][:1]
    return [ACTIONS.index(action) for action in preferred or fitting or allowed]


_PREFERRED: dict[Decision, tuple[Action, ...]] = {
    "answer": (),
    "clarify": ("RequestClarification",),
    # What is turned down is asked back, or put to somebody else; it is never answered.
    "decline": ("RequestClarification", "Escalate"),
}


def _is_unclear(question: Question) -> bool:
    """Whether there is something to ask back: several candidates, of which none is sure or named."""
    if len(question.found.subjects) > 1:
        return False
    return len(question.found.candidates) > 1 and question.confidence < ANSWERING.sure


def peers(facts: Answers, question: Question, others: OtherFeatures) -> list[str]:
    """Return up to three others to ask: related and routed ones first, then the best routes."""
    own = facts.profile.faj_code
    present = {own, *(subject.candidate.faj for subject in question.found.subjects)}
    relatives = list(others.relatives(own))
    routed = [candidate.faj for candidate in question.found.candidates]
    both = [faj for faj in routed if faj in relatives]
    ordered = dict.fromkeys([*both, *routed[: ANSWERING.max_peers], *relatives])
    return [faj for faj in ordered if faj not in present][: ANSWERING.max_peers]


async def act(action: Action, facts: Facts, question: Question, others: OtherFeatures) -> Draft:
    """Carry out an action; a question that hardly belongs here is answered with that remark."""
    if question.found.decision == "decline":
        return _decline(action, facts, question, others)
    draft = await _BUILDERS[action](await gathered(facts, question, others), question, others)
    subjects = [subject.candidate.faj for subject in question.found.others]
    draft = replace(draft, consulted=[*subjects, *draft.consulted])
    if question.found.in_domain >= ANSWERING.belongs_here:
        return draft
    return replace(draft, content=f"{OUTSIDE} {draft.content}")


def _decline(action: Action, facts: Facts, question: Question, others: OtherFeatures) -> Draft:
    """Say why there is no answer, and what comes nearest; the facts of a wrong feature would mislead."""
    reason = why_declined(question.text)
    nearest = _offered(question, others)
    section = table(
        "scope",
        "Why this is not answered",
        _OFFER_COLUMNS,
        [_offer_row(offer.profile) for offer in nearest],
        source="Words and routes of this question",
        text=reason + (" Nearest to it, should one of these be meant:" if nearest else ""),
    )
    content = f"{reason} Ask about a feature, parameter, counter or symptom of LTE or NR radio."
    if action != "Escalate":
        return Draft(content, [section])
    case = _case(facts, question, others, [])
    return Draft(f"{content} A case for somebody else is written below.", [section, case])


async def _direct(facts: Answers, question: Question, others: OtherFeatures) -> Draft:
    return Draft(facts.content(question), facts.sections(question))


async def _with_context(facts: Answers, question: Question, others: OtherFeatures) -> Draft:
    subjects = [subject.candidate.faj for subject in question.found.others]
    sections = _told_section(facts, question)
    for faj in (facts.profile.faj_code, *subjects):
        sections += others.network_sections(faj, question)
    if sections:
        lead = " ".join(section.text for section in sections if section.text)
    else:
        lead = (
            "No configuration or measurements are loaded and no situation was told, "
            "so this answer rests on the catalogue alone."
        )
    return Draft(f"{lead} {facts.content(question)}", [*sections, *facts.sections(question)])


def _told_section(facts: Answers, question: Question) -> list[AnswerSection]:
    if not question.told:
        return []
    touched = facts.mentioned_in(question.told)
    text = f"You told: {sentence(question.told)}"
    if touched:
        text += f" Of that, {listed(touched)} belong to {facts.profile.name}."
    return [
        table(
            "context",
            "Your situation",
            (("Belongs to this feature", "identifier"),),
            [row(name) for name in touched],
            source="Told with the question",
            text=text,
        )
    ]


async def _consult(facts: Answers, question: Question, others: OtherFeatures) -> Draft:
    codes = peers(facts, question, others)
    told = [await others.consult(faj, question) for faj in codes]
    names = [profile.title for profile in _profiles(codes, others)]
    if names:
        note = f"Consulted: {listed(names)}."
    else:
        note = "There is no related agent to consult."
    own = facts.profile.faj_code
    conflicts = [
        stated.text
        for stated in others.relations([own, *codes])
        if stated.kind == "conflicts_with" and own in (stated.faj_code, stated.other)
    ]
    note = " ".join([note, *conflicts])
    content = f"{facts.content(question)} {note}"
    return Draft(content, [*told, *facts.sections(question)], codes, len(codes))


async def _clarify(facts: Answers, question: Question, others: OtherFeatures) -> Draft:
    offers = _offered(question, others)
    asked = clarifying_question(offers)
    section = table(
        "clarification",
        "Which one is it?",
        _OFFER_COLUMNS,
        [_offer_row(offer.profile) for offer in offers],
        source="Routes of this question",
        text=asked,
    )
    if question.found.decision == "clarify":
        return Draft(f"{asked} Choose one, or say more about what you see.", [section])
    own = facts.profile
    content = f"{asked} The likeliest so far: {own.title}. {own.summary}"
    return Draft(content, [section, *facts.sections(question)])


def _offered(question: Question, others: OtherFeatures) -> list[Offer]:
    return [
        Offer(profile, candidate.score)
        for candidate in worth_offering(question.found)
        if (profile := others.profile(candidate.faj)) is not None
    ]


def _offer_row(profile: Profile) -> SectionRow:
    access = " and ".join(profile.access)
    faj = profile.faj_code
    return row(faj, profile.name, access, profile.category, profile.summary, faj=faj)


async def _escalate(facts: Answers, question: Question, others: OtherFeatures) -> Draft:
    known = facts.sections(question)
    lacks = [item[0].lower() + item[1:] for item in missing(question)]
    to_send = listed(lacks, ANSWERING.identifiers)
    content = (
        "This question is better put to an expert; a case is written below. "
        f"To send along: {to_send}. What is known so far: {facts.content(question)}"
    )
    return Draft(content, [_case(facts, question, others, known), *known])


def _case(
    facts: Answers, question: Question, others: OtherFeatures, known: list[AnswerSection]
) -> AnswerSection:
    return table(
        "escalation",
        "Case for an expert",
        (("Still missing", "text"),),
        [row(item) for item in missing(question)],
        source="Question, routes and facts of this agent",
        text=case_file(question, facts.profile, others.routes(question.found), known),
    )


def _profiles(codes: list[str], others: OtherFeatures) -> list[Profile]:
    return [profile for faj in codes if (profile := others.profile(faj)) is not None]


_Builder = Callable[[Answers, Question, OtherFeatures], Awaitable[Draft]]
_BUILDERS: dict[Action, _Builder] = {
    "DirectAnswer": _direct,
    "ContextAnswer": _with_context,
    "ConsultPeer": _consult,
    "RequestClarification": _clarify,
    "Escalate": _escalate,
}
