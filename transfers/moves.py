"""What a head sees of moves: which are coming, who has not answered, and one child's in full."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from access.families import pages as families
from access.models import RecordedAnswer
from access.questions import pages as questions
from access.team import reach
from ground.names import sort_names
from media_policy.answers import Standing
from people.models import Answer, Child, Guardianship, Placement
from transfers import choice, choosing, receiving, spring
from transfers.models import Disclosure, Handover, HiddenReceiver, Package
from transfers.services import packages as package_services
from transfers.services.choosing import ASKED
from visibility.matrix import APPOINT, DISCLOSE, HAND_OVER, SEND, STAFF_IT, UNIT
from visibility.viewer import Viewer

# A move is shown among the coming ones until so long after the first day.
SHOWN_AFTER = timedelta(days=120)
# By question and child.
Standings = dict[str, dict[int, Standing]]


@dataclass(frozen=True)
class Part:
    """The log or the conferences for one receiver: whether they go, who stands against it, who has not answered."""

    label: str | Promise
    goes: bool
    against: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """One transfer on the head's list."""

    handover: Handover
    child: str
    receiver: str
    first_day: date
    parts: list[Part]

    @property
    def waits(self) -> bool:
        return any(part.silent for part in self.parts)

    @property
    def silent(self) -> list[str]:
        """Whose answer is lacking, each once."""
        return list(dict.fromkeys(name for part in self.parts for name in part.silent))


def coming(viewer: Viewer) -> list[Move]:
    """The moves that this head sees to, those with an answer lacking first, then by first day."""
    rows = Handover.objects.visible_to(viewer, SEND).filter(first_day__gte=viewer.day - SHOWN_AFTER)
    rows = rows.select_related("child__organisation", "unit", "placement").order_by("first_day", "pk")
    found = _moves(list(rows[: families.MOST]), viewer)
    return sorted(found, key=lambda move: (not move.waits, move.first_day, move.child))


def silent(viewer: Viewer) -> int:
    """How many coming moves lack an answer."""
    return sum(move.waits for move in coming(viewer) if move.first_day > viewer.day)


def _moves(rows: list[Handover], viewer: Viewer) -> list[Move]:
    standings = _standings(rows, viewer)
    found = []
    for row in rows:
        child = f"{row.child.given_name} {row.child.family_name}".strip()
        receiver = row.unit.name if row.unit is not None else row.receiver_name
        found.append(Move(row, child, receiver, row.first_day, _parts(row, standings)))
    return found


def _standings(rows: list[Handover], viewer: Viewer) -> Standings:
    """Each question once for all the children it is about."""
    asked: dict[str, set[int]] = {}
    for row in rows:
        for question in receiving.questions(row):
            asked.setdefault(question, set()).add(row.child_id)
    return {question: choice.standing(children, question, viewer.at) for question, children in asked.items()}


def parts(row: Handover, viewer: Viewer) -> list[Part]:
    """Where the log and the conferences stand for this receiver, with names: the head's alone."""
    return _parts(row, _standings([row], viewer))


def _parts(row: Handover, standings: Standings) -> list[Part]:
    labels = (_("The log"), _("The conferences"))
    found = []
    for label, question in zip(labels, receiving.questions(row), strict=True):
        standing = standings[question][row.child_id]
        goes = choice.is_yes(question, standing)
        found.append(Part(label, goes, _names(standing.against), [] if goes else _names(standing.silent)))
    return found


def _names(ties: list[Guardianship]) -> list[str]:
    return [tie.person.get_full_name() for tie in ties]


def others(viewer: Viewer) -> list[Child]:
    """The children for whom no move is known, by name: those whose next school the head can name."""
    known = Handover.objects.visible_to(viewer, SEND).filter(first_day__gte=viewer.day).values("child")
    rows = families.children(viewer, HAND_OVER).exclude(pk__in=known).order_by("pk")
    return sort_names(list(rows), lambda row: f"{row.given_name} {row.family_name}", get_language() or "en")[
        : families.MOST
    ]


@dataclass(frozen=True)
class Beginner:
    """A child who begins school in the autumn, and whose answer about a school is lacking."""

    child: Child
    silent: list[str]


def beginners(viewer: Viewer) -> list[Beginner]:
    """In spring, the children of whom no school is known yet, those with an answer lacking first; by name."""
    rows = list(spring.beginners(families.children(viewer, HAND_OVER), viewer.day).order_by("pk")[: families.MOST])
    asked = [choice.standing([row.pk for row in rows], question, viewer.at) for question in ASKED["school"]]
    found = [
        Beginner(row, list(dict.fromkeys(name for one in asked for name in _names(one[row.pk].silent)))) for row in rows
    ]
    named = sort_names(found, lambda one: f"{one.child.given_name} {one.child.family_name}", get_language() or "en")
    return sorted(named, key=lambda one: not one.silent)


@dataclass(frozen=True)
class Said:
    """One legal guardian's newest word on one question, and how it was told where it was not told here."""

    name: str
    stable: object
    words: str | Promise
    answer: Answer | None
    recorded: RecordedAnswer | None


@dataclass(frozen=True)
class OfChild:
    """One question with what each legal guardian has said."""

    question: str
    label: str | Promise
    said: list[Said]


def answers(child: Child, viewer: Viewer) -> list[OfChild]:
    """The four questions; those about a next preschool only where somebody has answered or a move is known."""
    ties = questions.legals(child, viewer)
    kinds = {"school"} | {choosing.kind_of(row) for row in _of_child(child)}
    given = Answer.objects.filter(child=child, question__in=choice.Question.values)
    answered = set(given.values_list("question", flat=True))
    found = []
    for kind, asked in ASKED.items():
        for question in asked:
            if kind in kinds or question in answered:
                found.append(OfChild(question.value, question.label, [_said(tie, question) for tie in ties]))
    return found


def _said(tie: Guardianship, question: str) -> Said:
    row = questions.services.newest(tie, question)
    recorded = RecordedAnswer.objects.filter(answer=row).select_related("recording__recorded_by").first()
    said = row.get_value_display() if row is not None else _("No answer yet")
    return Said(tie.person.get_full_name(), tie.person.public_id, said, row, recorded)


def _of_child(child: Child) -> list[Handover]:
    return list(Handover.objects.filter(child=child).select_related("unit").order_by("-first_day", "pk"))


def of_child(child: Child, viewer: Viewer) -> list[Move]:
    """Every transfer of a child, also those that have ended, the newest first."""
    rows = Handover.objects.visible_to(viewer).filter(child=child)
    rows = rows.select_related("child__organisation", "unit", "placement").order_by("-first_day", "pk")
    return _moves(list(rows), viewer)


def _cases(viewer: Viewer) -> QuerySet[Disclosure]:
    """A head decides, and reads, what was asked while the child was at their own preschool; the owner's officer all."""
    rows = Disclosure.objects.filter(child__in=families.children(viewer, DISCLOSE), erased_at__isnull=True)
    if reach.rows(UNIT, viewer, APPOINT).exists():
        return rows
    there = Placement.objects.filter(child=OuterRef("child"), unit__in=reach.rows(UNIT, viewer, STAFF_IT).values("pk"))
    there = there.filter(starts_on__lte=OuterRef("created_at__date"))
    return rows.filter(Exists(there.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("created_at__date")))))


def cases(child: Child, viewer: Viewer) -> list[Disclosure]:
    """The requests of parents without access about a child, the newest first, as far as this viewer decides them."""
    return list(_cases(viewer).filter(child=child).order_by("-asked_on", "-pk"))


def case(viewer: Viewer, public_id: uuid.UUID) -> Disclosure | None:
    """One of them."""
    found: Disclosure | None = (
        _cases(viewer)
        .filter(public_id=public_id)
        .select_related("child__organisation", "package", "decided_by")
        .first()
    )
    return found


@dataclass(frozen=True)
class Told:
    """One guardian, and whether the receiver's name is kept from them."""

    tie: Guardianship
    hidden: bool


def told(handover: Handover, viewer: Viewer) -> list[Told]:
    """Every guardian of the child whose tie runs."""
    ties = Guardianship.objects.running(viewer.at).filter(child=handover.child).select_related("person")
    rows = HiddenReceiver.objects.filter(handover=handover, shown_at__isnull=True)
    hidden = set(rows.values_list("guardianship_id", flat=True))
    return [Told(tie, tie.pk in hidden) for tie in ties.order_by("pk")]


@dataclass(frozen=True)
class Sent:
    """A package as the head sees it."""

    package: Package
    percent: int

    @property
    def under_way(self) -> bool:
        return self.package.state in package_services.UNDER_WAY

    @property
    def ready(self) -> bool:
        return self.package.state == Package.State.READY


def packages(handover: Handover) -> list[Sent]:
    """The packages of a transfer, the newest first."""
    rows = Package.objects.filter(handover=handover, erased_at__isnull=True).order_by("-created_at", "-pk")
    return [Sent(row, package_services.percent(row)) for row in rows]


def package(handover: Handover, public_id: uuid.UUID) -> Package | None:
    """One of them."""
    found: Package | None = Package.objects.filter(handover=handover, public_id=public_id).first()
    return found


def adult(handover: Handover, public_id: uuid.UUID) -> Guardianship | None:
    """One guardian of the child."""
    found: Guardianship | None = Guardianship.objects.filter(child=handover.child, public_id=public_id).first()
    return found
