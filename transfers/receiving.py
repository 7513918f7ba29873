"""What a receiver may have of a child at a moment: the answers of now, the days, and what the family has ticked.

Asked anew each time, and a no where anything is unknown.
"""

import uuid
from datetime import datetime

from access.models import FrozenWording
from ground.clock import local_day
from people.models import Answer, Child, Unit
from transfers import choice, rows, windows
from transfers.models import Handover, Highlight
from transfers.packaging.parcel import Choice, Yes
from transfers.rows import Rows
from visibility.viewer import Viewer
from visibility.window import begins


def questions(handover: Handover) -> tuple[choice.Question, choice.Question]:
    """The questions about the log and about the conferences that are asked for this receiver."""
    kind = handover.unit.kind if handover.unit is not None else Unit.Kind.SCHOOL
    return choice.log(kind), choice.conferences(kind)


def chosen(handover: Handover, at: datetime) -> tuple[bool, bool]:
    """Whether the log, and whether the conferences, may be seen by the answers of now."""
    log, conferences = (bool(choice.chosen([handover.child_id], question, at)) for question in questions(handover))
    return log, conferences


def may_receive(handover: Handover, at: datetime) -> bool:
    """Whether anything may go to this receiver now: a transfer that stands, a yes, and days that it is about."""
    known = Child.objects.unblocked().filter(pk=handover.child_id).exists()
    if not known or handover.ended_at is not None or handover.erased_at is not None or not any(chosen(handover, at)):
        return False
    days = windows.effective(handover)
    return days is not None and not days.is_empty


def going(handover: Handover, viewer: Viewer | None, at: datetime) -> Rows:
    """What goes to this receiver now: to a reader there by the rule, without one as a package takes it along."""
    if viewer is not None:
        return rows.for_reader(handover.child, viewer)
    if not may_receive(handover, at):
        return rows.nothing()
    log, conferences = chosen(handover, at)
    return rows.in_window(handover, log=log, conferences=conferences)


def highlights(handover: Handover) -> list[uuid.UUID]:
    """The entries that were picked for the first page, in their order; whether they go is asked elsewhere."""
    picked = Highlight.objects.filter(handover=handover).order_by("position", "pk")
    return list(picked.values_list("entry__public_id", flat=True))


def until(handover: Handover) -> datetime:
    """The moment from which on nothing that was added goes along: the first day at the receiver, the earliest known."""
    days = windows.effective(handover)
    return begins(days.first_day if days else handover.first_day, handover.child.organisation.time_zone)


def receipts(handover: Handover, at: datetime) -> list[Choice]:
    """The yes that lets each part go: in which words it was asked, and on which days somebody said it. No names."""
    zone = handover.child.organisation.time_zone
    found = []
    for question, yes in zip(questions(handover), chosen(handover, at), strict=True):
        if not yes:
            continue
        said = _said_yes(handover, question, at)
        digests = [one.wording for one in said]
        frozen = FrozenWording.objects.filter(kind=question, digest__in=digests).order_by("-edition", "pk").first()
        found.append(
            Choice(
                str(question),
                frozen.title if frozen else str(question.label),
                frozen.body if frozen else "",
                [Yes(local_day(one.given_at, zone), one.wording) for one in said],
            )
        )
    return found


def _said_yes(handover: Handover, question: str, at: datetime) -> list[Answer]:
    """The newest answer of each active legal guardian who has said yes."""
    ties = choice.standing([handover.child_id], question, at)[handover.child_id].yes
    given = Answer.objects.filter(guardianship__in=ties, question=question, given_at__lte=at)
    newest = {answer.guardianship_id: answer for answer in given.order_by("given_at", "pk")}
    return [newest[key] for key in sorted(newest)]
