"""One answer to a question about several features: the first leads, the others stand beside it by name.

What the catalogue states between them is said first: two features that must not be active together are
the one thing that a reader must not miss.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from elex_browser.answering.comparison import differences
from elex_browser.answering.facts import Answers, Facts, Profile
from elex_browser.answering.limits import ANSWERING
from elex_browser.answering.other_features import OtherFeatures
from elex_browser.answering.sections import CATALOGUE, KNOWLEDGE, row, table
from elex_browser.answering.wording import listed
from elex_browser.asking.question import Question
from elex_browser.protocol import AnswerSection, ColumnKind

_COMPARED_BY = f"{CATALOGUE}; what they do, are good for and cost: {KNOWLEDGE.lower()}"


class Member(NamedTuple):
    """One of the features, and the part of the question that is about it."""

    facts: Facts
    part: Question


async def gathered(facts: Facts, question: Question, others: OtherFeatures) -> Answers:
    """Return what the question's subjects know together; of a single one just its own facts."""
    if len(question.found.subjects) < 2:
        return facts
    members = [Member(facts, question.about(question.found.subjects[0].text))]
    for subject in question.found.others:
        other = await others.facts(subject.candidate.faj)
        members.append(Member(other, question.about(subject.text)))
    return _Together(members, question, others)


class _Together:
    """What several features' agents know."""

    def __init__(self, members: Sequence[Member], whole: Question, others: OtherFeatures) -> None:
        self._members = members
        self._whole = whole
        self._others = others
        self._codes = [member.facts.profile.faj_code for member in members]
        self._relations = others.relations(self._codes)
        self.profile: Profile = members[0].facts.profile

    def content(self, _: Question) -> str:
        """The relations first where they were asked for, else each one's answer, and then them."""
        stated = [relation.text for relation in self._relations]
        intent = self._whole.intent
        if intent == "conflicts":
            return "\n".join([*stated, *self._harmless()])
        if intent == "prerequisites":
            return "\n".join([self._others.activation_text(self._codes), *stated])
        if intent == "comparison":
            lines = [self._differences(), *stated]
        else:
            lines = [*stated, *(m.facts.content(m.part) for m in self._members)]
        if not stated:
            lines.append(self._nothing_stated())
        if self._whole.found.unclear:
            lines.append(
                f"Not answered here, ask it by itself: {listed(self._whole.found.unclear)}."
            )
        return "\n".join(lines)

    def sections(self, _: Question) -> list[AnswerSection]:
        """Side by side if that was asked for, their relations, the leader's sections, the others'."""
        lead, *others = self._members
        joint = [self._comparison()] if self._whole.intent == "comparison" else []
        joint += [self._relation_section(), *lead.facts.sections(lead.part)]
        for other in others:
            joint += _contribution(other)
        return joint

    def mentioned_in(self, text: str) -> list[str]:
        """What a text names of any of them."""
        found = [name for member in self._members for name in member.facts.mentioned_in(text)]
        return list(dict.fromkeys(found))

    def _names(self) -> list[str]:
        return [member.facts.profile.title for member in self._members]

    def _nothing_stated(self) -> str:
        return f"The catalogue states no relation between {listed(self._names())}."

    def _harmless(self) -> list[str]:
        """The pairs for which no conflict is stated, so that silence is not taken for an answer."""
        stated = {
            frozenset((r.faj_code, r.other)) for r in self._relations if r.kind == "conflicts_with"
        }
        free = [
            f"{a.title} and {b.title}"
            for a, b in combinations([member.facts.profile for member in self._members], 2)
            if frozenset((a.faj_code, b.faj_code)) not in stated
        ]
        return (
            [f"No conflict is stated between {listed(free, joint='nor between')}."] if free else []
        )

    def _differences(self) -> str:
        short = [name.lower() for name in differences(*(m.facts.traits() for m in self._members))]
        about = " ".join(
            f"{m.facts.profile.title}: {m.facts.profile.summary}" for m in self._members
        )
        differ = (
            f" They differ in {listed(short, ANSWERING.identifiers)}; see the table."
            if short
            else ""
        )
        return f"{listed(self._names())} side by side. {about}{differ}"

    def _comparison(self) -> AnswerSection:
        traits = [member.facts.traits() for member in self._members]
        names = dict.fromkeys(name for one in traits for name in one)
        columns: list[tuple[str, ColumnKind]] = [("Property", "text")]
        columns += [(member.facts.profile.name, "text") for member in self._members]
        return table(
            "comparison",
            "Side by side",
            columns,
            [row(name, *(one.get(name) for one in traits)) for name in names],
            source=_COMPARED_BY,
            text=f"What the catalogue knows of {listed(self._names())}.",
        )

    def _relation_section(self) -> AnswerSection:
        return table(
            "relations",
            "How they belong together",
            (("Feature", "text"), ("Relation", "relation"), ("Code", "link"), ("To", "text")),
            [row(r.name, r.kind, r.other, r.other_name, faj=r.other) for r in self._relations],
            source=CATALOGUE,
            text=" ".join(r.text for r in self._relations) or self._nothing_stated(),
        )


def _contribution(member: Member) -> list[AnswerSection]:
    """What another subject adds: its answer under its name, then the sections that were asked for."""
    profile = member.facts.profile
    access = " and ".join(profile.access)
    head = table(
        "subject",
        profile.title,
        (("Code", "link"), ("Feature", "text"), ("Access", "text"), ("Category", "text")),
        [row(profile.faj_code, profile.name, access, profile.category, faj=profile.faj_code)],
        source=f"Agent of {profile.faj_code}",
        text=member.facts.content(member.part),
        faj=profile.faj_code,
    )
    parts = member.facts.sections(member.part)[: ANSWERING.sections_of_others]
    for part in parts:
        part.faj_code = profile.faj_code
    return [head, *parts]
