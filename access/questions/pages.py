"""What the pages about questions show: to a guardian their own answers, to the head who has not answered."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from access.families import pages
from access.models import FrozenWording, RecordedAnswer
from access.questions import services, words
from access.terms import services as terms
from ground.names import sort_names
from media_policy.answers import AFTER_A_ROUND, Standing, standings
from media_policy.questions import Question, Way, way
from people.models import Answer, Child, GroupMembership, GroupOpening, Guardianship, RoundChild
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Asked:
    """One question as a guardian reads it: the frozen words, how it is decided, what they said, what counts now."""

    question: str
    label: str | Promise
    wording: FrozenWording | None
    decided: str
    mine: Answer | None
    allowed: bool
    now: str
    again: bool = False
    until: datetime | None = None

    @property
    def yes(self) -> bool:
        return self.mine is not None and self.mine.value == Answer.Value.YES

    @property
    def no(self) -> bool:
        return self.mine is not None and not self.yes

    @property
    def waits(self) -> bool:
        return self.mine is None or self.again


def own_tie(viewer: Viewer, child: Child) -> Guardianship | None:
    """The viewer's own legal guardianship of the child, active now."""
    rows = Guardianship.objects.active(viewer.at).legal().filter(person=viewer.person, child=child)
    return rows.select_related("child__organisation", "person").first()


def open_groups(child: Child, viewer: Viewer) -> list[int]:
    """The groups the child is in today whose families know of each other."""
    groups = GroupMembership.objects.running(viewer.day).filter(child=child).values("group")
    opened = GroupOpening.objects.filter(group__in=groups, opened_at__lte=viewer.at).order_by("pk")
    return [row.group_id for row in opened if row.closed_at is None or row.closed_at > viewer.at]


def asked(tie: Guardianship, viewer: Viewer) -> list[Asked]:
    """The questions about this child, those that wait for an answer first."""
    groups = open_groups(tie.child, viewer)
    found = []
    for question in Question:
        mine = services.newest(tie, question)
        # A group with hidden members asks nothing about other families; what was once said can still be taken back.
        if question in AFTER_A_ROUND and not groups and mine is None:
            continue
        found.append(_asked(question, tie, mine, groups, viewer))
    return sorted(found, key=lambda one: not one.waits)


def _asked(question: Question, tie: Guardianship, mine: Answer | None, groups: list[int], viewer: Viewer) -> Asked:
    owner = tie.child.organisation
    group = groups[0] if groups and question in AFTER_A_ROUND else None
    standing = standings(question, [tie.child_id], viewer.at, group=group)[tie.child_id]
    put = RoundChild.objects.filter(child=tie.child, round__question=question)
    yearly = put.filter(round__group__isnull=True).order_by("-round__put_at").values_list("round__put_at", flat=True)
    until = (
        put.filter(round__group__in=groups).order_by("-round__put_at").values_list("round__answers_until", flat=True)
    )
    wording = terms.current(question, get_language() or "", tie.person.language, owner.language)
    last = yearly.first()
    return Asked(
        question.value,
        question.label,
        wording,
        words.decided(way(question, owner), question),
        mine,
        standing.allowed,
        words.now(question, standing, tie),
        again=last is not None and (mine is None or mine.given_at < last),
        until=until.values_list("round__answers_until", flat=True).first(),
    )


def waiting(tie: Guardianship, viewer: Viewer) -> int:
    """How many questions wait for this guardian: never answered, or asked again since."""
    given = Answer.objects.filter(guardianship=tie, question__in=Question.values).order_by("given_at", "pk")
    said = dict(given.values_list("question", "given_at"))
    put = RoundChild.objects.filter(child=tie.child, round__group__isnull=True).order_by("round__put_at")
    again = dict(put.values_list("round__question", "round__put_at"))
    asked_here = set(Question.values) if open_groups(tie.child, viewer) else set(Question.values) - AFTER_A_ROUND
    late = {question for question, at in said.items() if question in again and at < again[question]}
    return len((asked_here - said.keys()) | late)


def history(tie: Guardianship) -> list[Answer]:
    """What this guardian has answered so far, the newest first."""
    rows = Answer.objects.filter(guardianship=tie, question__in=Question.values, erased_at__isnull=True)
    return list(rows.order_by("-given_at", "-pk")[:50])


# --- the head --------------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """One child on the head's list: how many questions somebody has not answered, and where a no stands."""

    child: Child
    silent: list[str | Promise] = field(default_factory=list)
    against: list[str | Promise] = field(default_factory=list)


def listing(viewer: Viewer) -> list[Line]:
    """The children of the unit by name; those of whom an answer is lacking first."""
    rows = list(pages.children(viewer).select_related("organisation").order_by("pk"))
    lines = {row.pk: Line(row) for row in rows}
    open_now = _in_open_groups(list(lines), viewer)
    for question in Question:
        for key, standing in standings(question, lines, viewer.at).items():
            if question in AFTER_A_ROUND and key not in open_now:
                continue
            if standing.against:
                lines[key].against.append(question.label)
            elif standing.silent and not standing.way.objection:
                lines[key].silent.append(question.label)
    named = sort_names(
        list(lines.values()), lambda line: f"{line.child.given_name} {line.child.family_name}", get_language() or "en"
    )
    return sorted(named, key=lambda line: not line.silent)[: pages.MOST]


def _in_open_groups(children: list[int], viewer: Viewer) -> set[int]:
    opened = GroupOpening.objects.filter(opened_at__lte=viewer.at).exclude(closed_at__lte=viewer.at)
    rows = GroupMembership.objects.running(viewer.day).filter(child__in=children, group__in=opened.values("group"))
    return set(rows.values_list("child_id", flat=True))


@dataclass(frozen=True)
class Said:
    """One legal guardian's word on one question, and how it was told where it was not told here."""

    name: str
    person: Any
    words: str | Promise
    answer: Answer | None
    recorded: RecordedAnswer | None


@dataclass(frozen=True)
class OfChild:
    question: str
    label: str | Promise
    decided: str
    standing: Standing
    said: list[Said]


def of_child(child: Child, viewer: Viewer) -> list[OfChild]:
    """Every question with what each legal guardian has said."""
    ties = legals(child, viewer)
    groups = open_groups(child, viewer)
    found = []
    for question in Question:
        group = groups[0] if groups and question in AFTER_A_ROUND else None
        standing = standings(question, [child.pk], viewer.at, group=group)[child.pk]
        said = [_said(tie, question) for tie in ties]
        if question in AFTER_A_ROUND and not groups and not any(one.answer for one in said):
            continue
        decided = words.decided(way(question, child.organisation), question)
        found.append(OfChild(question.value, question.label, decided, standing, said))
    return found


def legals(child: Child, viewer: Viewer) -> list[Guardianship]:
    """The legal guardians known now, activated or not: whose answer can be written down."""
    rows = Guardianship.objects.running(viewer.at).legal().filter(child=child).exclude(person=viewer.person)
    return list(rows.select_related("person", "child__organisation").order_by("pk"))


def _said(tie: Guardianship, question: Question) -> Said:
    last = services.newest(tie, question)
    recorded = RecordedAnswer.objects.filter(answer=last).select_related("recording__recorded_by").first()
    said = last.get_value_display() if last is not None else _("No answer yet")
    return Said(tie.person.get_full_name(), tie.person.public_id, said, last, recorded)


@dataclass(frozen=True)
class Setting:
    question: str
    label: str | Promise
    way: Way
    decided: str


def settings_of(organisation: Any) -> list[Setting]:
    """How each question is decided now."""
    return [
        Setting(
            question.value,
            question.label,
            way(question, organisation),
            words.decided(way(question, organisation), question),
        )
        for question in Question
    ]
