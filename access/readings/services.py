"""Asking about a line, answering, holding back."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.models import HeldLine, LineQuestion
from people.models import AccessEvent, Child
from visibility import rule
from visibility.matrix import LINES, OVERLOOK
from visibility.models import ReadingChild
from visibility.viewer import Viewer


@transaction.atomic
def ask(*, row: ReadingChild, text: str, by: Viewer) -> LineQuestion:
    """A guardian asks the head about a line; while one question is open, more words are added to it."""
    child = _child(row, LINES, by)
    open_one = LineQuestion.objects.select_for_update().filter(
        line=row.line, child=child, asked_by=by.person, answered_at__isnull=True
    )
    question: LineQuestion | None = open_one.first()
    if question is None:
        return LineQuestion.objects.create(
            line=row.line, child=child, asked_by=by.person, asked_at=by.at, text=text
        )  # fmt: skip
    question.text = f"{question.text}\n\n{text}"
    question.save(update_fields=["text"])
    return question


@transaction.atomic
def answer(*, question: LineQuestion, text: str, by: Viewer) -> LineQuestion:
    """The head answers; what is answered stays as it is. Raises PermissionDenied."""
    row: LineQuestion = LineQuestion.objects.select_for_update(of=("self",)).select_related("child").get(pk=question.pk)
    if not rule.may(by, OVERLOOK, row.child):
        raise PermissionDenied
    if row.answered_at is None:
        row.answer, row.answered_by, row.answered_at = text, by.person, by.at
        row.save(update_fields=["answer", "answered_by", "answered_at"])
    return row


@transaction.atomic
def hold_back(*, row: ReadingChild, ground: str, until: date, by: Viewer) -> HeldLine:
    """Keep a line from the child's guardians until a day: the first on which it shows again."""
    child = _child(row, OVERLOOK, by)
    held, _new = HeldLine.objects.update_or_create(
        line=row.line, child=child, defaults={"ground": ground, "until": until, "by": by.person, "at": by.at}
    )
    _note(row, child, by, {"until": str(until)}, ground)
    return held


@transaction.atomic
def show_again(*, row: ReadingChild, by: Viewer) -> None:
    """Stop holding a line back, at once."""
    child = _child(row, OVERLOOK, by)
    if HeldLine.objects.filter(line=row.line, child=child).update(until=by.day):
        _note(row, child, by, {"until": str(by.day)}, "")


def _child(row: ReadingChild, action: str, by: Viewer) -> Child:
    if row.child is None or not rule.may(by, action, row.child):
        raise PermissionDenied
    return row.child


def _note(row: ReadingChild, child: Child, by: Viewer, after: dict[str, str], ground: str) -> None:
    AccessEvent.objects.create(
        what=AccessEvent.What.HELD_BACK, organisation=child.organisation, at=by.at, by=by.person, child=child,
        person=row.line.person, after={"line": str(row.line.public_id), **after}, reason=ground,
    )  # fmt: skip


def erase_child(child: Child, at: datetime) -> None:
    """What was asked and held back about a child's lines goes with the child."""
    LineQuestion.objects.filter(child=child).delete()
    HeldLine.objects.filter(child=child).delete()
