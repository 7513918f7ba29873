"""Filling in: fields that nobody's words are lost in, what a home hands in, and the talk that was held."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conferences import homes
from conferences.homes import writing_home
from conferences.models import Conference, FieldValue, Side, Talk
from conferences.questions import NotAnAnswer
from conferences.services.agreeing import AgreementClash, agree, change_agreement, drop_agreement, follow_up
from conferences.services.locking import asked, locked
from conferences.services.picking import pick, unpick
from people.models import Guardianship, Home
from visibility.matrix import ADD, CONTRIBUTE, WRITE
from visibility.viewer import Hat, Viewer

__all__ = [
    "AgreementClash",
    "Clash",
    "NotAnAnswer",
    "agree",
    "change_agreement",
    "drop_agreement",
    "follow_up",
    "hand_in",
    "inform",
    "note_talk",
    "pick",
    "save",
    "unpick",
]


class Clash(Exception):
    """Somebody saved the field since one began: nothing was written, and both texts are here for the page."""

    def __init__(self, theirs: FieldValue, mine: Any) -> None:
        super().__init__("The field was saved by somebody else in between.")
        self.theirs, self.mine = theirs, mine


@transaction.atomic
def save(
    *, conference: Conference, question: uuid.UUID, value: Any, number: int, by: Viewer, home: Home | None = None
) -> FieldValue:
    """Save what stands in a field, beginning from the value with this number (0 where there was none).

    A guardian writes for the home they are in. The same words again are not another value.
    Raises Clash, NotAnAnswer, PermissionDenied.
    """
    row = locked(conference=conference, by=by, action=_action(by))
    question_asked = asked(row, question)
    at = home_of(by, row, home)
    if not (question_asked.for_homes_to_fill if at else question_asked.for_staff_to_fill):
        raise PermissionDenied
    answer = question_asked.answer(value)
    newest: FieldValue | None = row.values.filter(question=question, home=at).order_by("-number").first()
    if newest is not None and newest.value == answer:
        return newest
    if number != (newest.number if newest else 0):
        if newest is None:
            raise PermissionDenied
        raise Clash(newest, answer)
    return FieldValue.objects.create(
        conference=row, question=question, home=at, number=number + 1, value=answer,
        seen=question_asked.seen(at_home=at is not None), written_by=by.person, written_at=by.at,
    )  # fmt: skip


def _action(by: Viewer) -> str:
    return CONTRIBUTE if by.hat == Hat.GUARDIAN else WRITE


def home_of(by: Viewer, conference: Conference, home: Home | None) -> Home | None:
    """The home a guardian writes for, none for the staff. Raises PermissionDenied for a home that is not theirs."""
    if by.hat != Hat.GUARDIAN:
        if home is not None:
            raise PermissionDenied
        return None
    mine = writing_home(by, conference)
    if home is not None and home.pk != mine.pk:
        raise PermissionDenied
    return mine


@transaction.atomic
def hand_in(*, conference: Conference, by: Viewer) -> Side:
    """The home lets the staff read what it has filled in, and what it saves from now on. Raises PermissionDenied."""
    row = locked(conference=conference, by=by, action=CONTRIBUTE)
    side = _side(row, writing_home(by, row))
    if side.handed_in_at is None:
        side.handed_in_at, side.handed_in_by = by.at, by.person
        side.save(update_fields=["handed_in_at", "handed_in_by"])
    return side


@transaction.atomic
def open_side(*, conference: Conference, by: Viewer) -> Side | None:
    """Note that a home has opened the newest that it reads; nothing for a conference that has not been shown."""
    if by.hat != Hat.GUARDIAN or conference.shown_at is None:
        return None
    row = locked(conference=conference, by=by, action="READ")
    side = _side(row, writing_home(by, row))
    newest = row.versions.order_by("-number").values_list("at", flat=True).first()
    if side.opened_at is None or (newest is not None and side.opened_at < newest):
        side.opened_at = by.at
        side.save(update_fields=["opened_at"])
    return side


def _side(conference: Conference, home: Home) -> Side:
    side, _new = Side.objects.get_or_create(conference=conference, home=home)
    return side


def of_the_child(conference: Conference, home: Home | None) -> None:
    """Raises PermissionDenied for a home of another child."""
    if home is not None and home.child_id != conference.child_id:
        raise PermissionDenied


@transaction.atomic
def note_talk(
    *, conference: Conference, home: Home | None, held_on: date, took_part: str, interpreter: str, by: Viewer
) -> Talk:
    """Write down the talk that was held with all homes together, or with one. Raises PermissionDenied."""
    row = locked(conference=conference, by=by, action=WRITE)
    of_the_child(row, home)
    if by.hat == Hat.GUARDIAN:
        raise PermissionDenied
    talk, _new = Talk.objects.update_or_create(
        conference=row, home=home,
        defaults={
            "held_on": held_on, "took_part": took_part, "interpreter": interpreter, "written_by": by.person,
            "written_at": by.at,
        },
    )  # fmt: skip
    return talk


@transaction.atomic
def inform(*, conference: Conference, tie: Guardianship, informed: str, by: Viewer) -> Side:
    """Write down how a guardian's home was told what is written here, also after sealing. Raises PermissionDenied."""
    row = locked(conference=conference, by=by, action=WRITE if conference.sealed_at is None else ADD)
    if not homes.invited(by.at).filter(pk=tie.pk, child=row.child_id).exists():
        raise PermissionDenied
    side = _side(row, homes.home_of(tie, by.at))
    side.informed = Side.Informed(informed)
    side.save(update_fields=["informed"])
    return side
