"""One answer to a question about several features: the first leads, the others stand beside it by name.

What the catalogue states between them is said first: two features that must not be active together are
the one thing that a reader must not miss.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from elex_browser.answering.facts import Answers, Facts, Profile
from elex_browser.answering.other_features import Surroundings
from elex_browser.answering.sections import CATALOGUE, KNOWLEDGE
from elex_browser.answering.wording import listed
from elex_browser.asking.question import Question
from elex_browser.protocol import AnswerSection, SectionRow

_SECTIONS_OF_OTHERS = 4
_COMPARED_BY = f"{CATALOGUE}; what they do, are good for and cost: {KNOWLEDGE.lower()}"


class Member(NamedTuple):
    """One of the features, and the part of the question that is about it."""

    facts: Facts
    part: Question


async def gathered(facts: Facts, question: Question, around: Surroundings) -> Answers:
    """Return what the question's subjects know together; of a single one just its own facts."""
    if len(question.subjects) < 2:
        return facts
    members = [Member(facts, question.about(question.subjects[0].text))]
    for subject in question.subjects[1:]:
        other = await around.facts(subject.route.faj_code)
        members.append(Member(other, question.about(subject.text)))
    return _Together(members, question, around)


class _Together:
    """What several features' agents know."""

    def __init__(self, members: Sequence[Member], whole: Question, around: Surroundings) -> None:
        self._members = members
        self._whole = whole
        self._around = around
        self._codes = [member.facts.profile.faj_code for member in members]
        self._relations = around.relations(self._codes)
        self.profile: Profile = members[0].facts.profile

    def content(self, _: Question) -> str:
        """The relations first where they were asked for, else each one's answer, and then them."""
        stated = [relation.text for relation in self._relations]
        intent = self._whole.intent
        if intent == "conflicts":
            return "\n".join([*stated, *self._harmless()])
        if intent == "prerequisites":
            return "\n".join([self._around.activation_text(self._codes), *stated])
        if intent == "comparison":
            lines = [self._differences(), *stated]
        else:
            lines = [*stated, *(m.facts.content(m.part) for m in self._members)]
        if not stated:
            lines.append(self._nothing_stated())
        if self._whole.unclear:
            lines.append(f"Not answered here, ask it by itself: {listed(self._whole.unclear)}.")
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
        return [_title(member.facts.profile) for member in self._members]

    def _nothing_stated(self) -> str:
        return f"The catalogue states no relation between {listed(self._names())}."

    def _harmless(self) -> list[str]:
        """The pairs for which no conflict is stated, so that silence is not taken for an answer."""
        stated = {frozenset((r.faj_code, r.other)) for r in self._relations if r.is_conflict}
        free = [
            f"{_title(a)} and {_title(b)}"
            for a, b in combinations([member.facts.profile for member in self._members], 2)
            if frozenset((a.faj_code, b.faj_code)) not in stated
        ]
        return (
            [f"No conflict is stated between {listed(free, joint='nor between')}."] if free else []
        )

    def _differences(self) -> str:
        traits = [member.facts.traits() for member in self._members]
        names = [name for name in traits[0] if len({one.get(name) for one in traits}) > 1]
        short = [name.lower() for name in names if name not in ("Code", "What it does")]
        about = " ".join(
            f"{_title(m.facts.profile)}: {m.facts.profile.summary}" for m in self._members
        )
        differ = f" They differ in {listed(short, 5)}; see the table." if short else ""
        return f"{listed(self._names())} side by side. {about}{differ}"

    def _comparison(self) -> AnswerSection:
        traits = [member.facts.traits() for member in self._members]
        names = dict.fromkeys(name for one in traits for name in one)
        return AnswerSection(
            kind="comparison",
            title="Side by side",
            source=_COMPARED_BY,
            text=f"What the catalogue knows of {listed(self._names())}.",
            columns=["Property", *(member.facts.profile.name for member in self._members)],
            rows=[
                SectionRow(cells=[name, *(one.get(name, "not known") for one in traits)])
                for name in names
            ],
        )

    def _relation_section(self) -> AnswerSection:
        rows = [
            SectionRow(cells=[relation.name, relation.kind, relation.other, relation.other_name])
            for relation in self._relations
        ]
        for row, relation in zip(rows, self._relations, strict=True):
            row.faj_code = relation.other
        return AnswerSection(
            kind="relations",
            title="How they belong together",
            source=CATALOGUE,
            text=" ".join(r.text for r in self._relations) or self._nothing_stated(),
            columns=["Feature", "Relation", "Code", "To"] if rows else [],
            rows=rows,
        )


def _contribution(member: Member) -> list[AnswerSection]:
    """What another subject adds: its answer under its name, then the sections that were asked for."""
    profile = member.facts.profile
    head = AnswerSection(
        kind="subject",
        title=_title(profile),
        source=f"Agent of {profile.faj_code}",
        faj_code=profile.faj_code,
        text=member.facts.content(member.part),
        columns=["Code", "Feature", "Access", "Category"],
        rows=[
            SectionRow(
                cells=[
                    profile.faj_code,
                    profile.name,
                    " and ".join(profile.access),
                    profile.category,
                ],
                faj_code=profile.faj_code,
            )
        ],
    )
    parts = member.facts.sections(member.part)[:_SECTIONS_OF_OTHERS]
    for part in parts:
        part.title = f"{profile.name}: {part.title}"
        part.faj_code = profile.faj_code
    return [head, *parts]


def _title(profile: Profile) -> str:
    return f"{profile.name} ({profile.faj_code})"
