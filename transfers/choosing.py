"""A guardian's page of the choice: what is asked, what they said, where it stands, and what changes from now."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from access.models import FrozenWording
from access.questions import services as questions
from access.questions import words as question_words
from access.terms import services as terms
from media_policy.answers import Standing
from media_policy.questions import way
from people.models import Answer, Child, Guardianship, Unit
from transfers import choice, spring, windows
from transfers.models import Handover
from transfers.packaging.words import in_words
from transfers.services import hiding
from transfers.services.choosing import ASKED
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Asked:
    """One question as a guardian reads it: its frozen words, what they said, and where it stands now."""

    question: str
    label: str | Promise
    wording: FrozenWording | None
    decided: str
    mine: Answer | None
    is_yes: bool
    now: str

    @property
    def value(self) -> str | None:
        """What this guardian chose, for the form; None while nothing was said."""
        if self.mine is None:
            return None
        return "yes" if self.mine.value == Answer.Value.YES else "no"


@dataclass(frozen=True)
class Move:
    """A receiver that is known: where the child goes, when, and from when until when it can be read there."""

    handover: Handover
    receiver: str
    first_day: date
    opens_on: date | None
    closes_on: date | None
    is_open: bool


@dataclass(frozen=True)
class Group:
    """The questions about one kind of receiver, with the moves there that are known."""

    kind: str
    asked: list[Asked]
    moves: list[Move] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        return all(one.mine is not None for one in self.asked)


def groups(tie: Guardianship, viewer: Viewer) -> list[Group]:
    """The choice for a school and for a next preschool; the one that is needed sooner comes first."""
    moves = standing_moves(tie.child, viewer)
    found = [
        Group(kind, [_asked(one, tie, viewer) for one in asked], [m for m in moves if kind_of(m.handover) == kind])
        for kind, asked in ASKED.items()
    ]
    return sorted(found, key=lambda group: min((move.first_day for move in group.moves), default=date.max))


def kind_of(handover: Handover) -> str:
    """Which of the two choices a transfer is about; a package goes to a school."""
    preschool = handover.unit is not None and handover.unit.kind == Unit.Kind.PRESCHOOL
    return "preschool" if preschool else "school"


def standing_moves(child: Child, viewer: Viewer) -> list[Move]:
    """The transfers of a child that have not ended, as this guardian may know of them."""
    rows = Handover.objects.visible_to(viewer).filter(child=child, ended_at__isnull=True)
    rows = rows.select_related("child__organisation", "unit", "placement").order_by("first_day", "pk")
    return [move(row, viewer) for row in rows]


def move(row: Handover, viewer: Viewer) -> Move:
    """One transfer with its days."""
    days = windows.reading(row.child.organisation)
    here = row.is_in_system
    return Move(
        handover=row,
        receiver=hiding.receiver(row, viewer),
        first_day=row.first_day,
        opens_on=days.opens_on(row.first_day) if here else None,
        closes_on=days.closes_on(row.first_day) if here else None,
        is_open=here and windows.is_open(row, viewer.at),
    )


def _asked(question: choice.Question, tie: Guardianship, viewer: Viewer) -> Asked:
    owner = tie.child.organisation
    found = choice.standing([tie.child_id], question, viewer.at)[tie.child_id]
    is_yes = choice.is_yes(question, found)
    return Asked(
        question.value,
        question.label,
        terms.current(question, get_language() or "", tie.person.language, owner.language),
        decided(question, tie),
        questions.newest(tie, question),
        is_yes,
        now(found, tie, is_yes=is_yes),
    )


def decided(question: str, tie: Guardianship) -> str:
    """How this question is decided in the organisation, in a sentence."""
    how = way(question, tie.child.organisation)
    if how.objection:
        return _("It is shown unless a legal guardian says no.")
    return question_words.decided(how, question)


def now(found: Standing, mine: Guardianship, *, is_yes: bool) -> str:
    """Where it stands, without telling what another guardian has said."""
    if is_yes:
        return _("It goes along as it stands now.")
    if mine in found.against:
        return _("It does not go along: you have said no.")
    if mine in found.yes:
        return _("It does not go along yet: your yes alone is not enough.")
    return _("It does not go along now.")


def active_tie(viewer: Viewer, child: Child) -> Guardianship | None:
    """The viewer's own guardianship of the child, of whatever kind, active now."""
    rows = Guardianship.objects.active(viewer.at).filter(person=viewer.person, child=child)
    tie: Guardianship | None = rows.select_related("child__organisation").order_by("pk").first()
    return tie


def history(tie: Guardianship) -> list[Answer]:
    """What this guardian has chosen so far, the newest first."""
    rows = Answer.objects.filter(guardianship=tie, question__in=choice.Question.values, erased_at__isnull=True)
    return list(rows.order_by("-given_at", "-pk")[:50])


def waits(tie: Guardianship, viewer: Viewer) -> bool:
    """Whether a move is known, or school is near, about which this guardian has not chosen yet."""
    rows = Handover.objects.filter(child=tie.child, ended_at__isnull=True).select_related("unit")
    kinds = {kind_of(row) for row in rows}
    if spring.is_beginner(tie.child, viewer.day):
        kinds.add("school")
    said = set(Answer.objects.filter(guardianship=tie).values_list("question", flat=True))
    return any(not set(ASKED[kind]) <= said for kind in kinds)


def chosen_at(tie: Guardianship, kind: str) -> datetime | None:
    """When this guardian chose last for this kind of receiver."""
    rows = Answer.objects.filter(guardianship=tie, question__in=ASKED[kind], erased_at__isnull=True)
    found: datetime | None = rows.order_by("-given_at").values_list("given_at", flat=True).first()
    return found


# --- what is different from now on -----------------------------------------------------------------------------------


def said_yes(child: Child, kind: str, at: datetime) -> dict[str, bool]:
    """Whether each part may go by the answers of now."""
    return {question: bool(choice.chosen([child.pk], question, at)) for question in ASKED[kind]}


def changed(group: Group, before: dict[str, bool], after: dict[str, bool], name: str) -> list[str]:
    """What the choice has changed from this moment on, in plain words."""
    said: list[Any] = [_("Your choice is kept and counts at once.")]
    if any(before[q] and not after[q] for q in after):
        said.append(
            _("What you have taken back can be read no more from this moment, and no package with it can be fetched. "
              "What somebody has read before cannot be unread, and a file that was fetched cannot be taken back.")
        )  # fmt: skip
    if any(after[q] and not before[q] for q in after):
        said.append(_opens(group, name))
    if not any(after.values()) and not any(before.values()):
        said.append(_("Nothing goes along as it stands now."))
    return said


def _opens(group: Group, name: str) -> str:
    here = [move for move in group.moves if move.handover.is_in_system]
    if not here:
        return _("It goes along when %(name)s moves on. You are told here before it does.") % {"name": name}
    first = here[0]
    if first.is_open:
        return _("%(receiver)s can read it from now on.") % {
            "receiver": first.receiver[:1].upper() + first.receiver[1:]
        }
    told = {
        "receiver": first.receiver[:1].upper() + first.receiver[1:],
        "day": in_words(first.opens_on or first.first_day),
    }
    return _("%(receiver)s can read it from %(day)s.") % told
