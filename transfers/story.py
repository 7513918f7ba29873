"""The log of one transfer: what was chosen, what went, to whom, when it was opened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Answer
from transfers import choosing
from transfers.models import Handover, LeftOut, MovedStart, OpenWindow, Package, Receipt
from transfers.packaging.words import in_words
from transfers.services import hiding
from transfers.services.choosing import ASKED
from visibility.models import ReadingChild
from visibility.viewer import Hat, Viewer


@dataclass(frozen=True)
class Line:
    """One thing that happened, and on what moment; `text` says more where there is more."""

    at: datetime
    label: str
    text: str = ""
    icon: str = "clock"


def of(handover: Handover, viewer: Viewer) -> list[Line]:
    """Everything, the newest first; a guardian reads of the answers only their own."""
    receiver = hiding.receiver(handover, viewer)
    lines = [*_named(handover, receiver, viewer), *_answers(handover, viewer), *_windows(handover, receiver)]
    lines += [*_left_out(handover, viewer), *_read(handover, receiver), *_packages(handover, receiver)]
    if handover.ended_at is not None:
        lines.append(Line(handover.ended_at, str(Handover.Ended(handover.ended_because).label), icon="close"))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _named(handover: Handover, receiver: str, viewer: Viewer) -> list[Line]:
    moves = list(MovedStart.objects.filter(handover=handover).order_by("at", "pk"))
    told = {"receiver": receiver, "day": in_words(moves[0].was if moves else handover.first_day)}
    text = _("%(receiver)s, first day there %(day)s") % told
    label = _("The move became known") if handover.is_in_system else _("The head named the school")
    if handover.requested_by:
        label = _("The records keeper named the school")
        # A guardian is not told what another has asked for.
        if viewer.hat != Hat.GUARDIAN:
            text += ". " + _("Asked for by: %(who)s") % {"who": handover.requested_by}
    return [Line(handover.created_at, label, text, "school"), *(_moved(row) for row in moves)]


def _moved(row: MovedStart) -> Line:
    days = {"was": in_words(row.was), "day": in_words(row.first_day)}
    return Line(row.at, _("The first day there moved"), _("From %(was)s to %(day)s") % days, "calendar")


def _answers(handover: Handover, viewer: Viewer) -> list[Line]:
    asked = ASKED[choosing.kind_of(handover)]
    rows = Answer.objects.filter(child=handover.child, question__in=asked, erased_at__isnull=True)
    if viewer.hat == Hat.GUARDIAN:
        rows = rows.filter(guardianship__person=viewer.person)
    labels = {question.value: str(question.label) for question in asked}
    found = []
    for row in rows.select_related("guardianship__person").order_by("given_at", "pk"):
        mine = row.guardianship.person_id == viewer.person.pk
        who = _("You answered") if mine else _("%(name)s answered") % {"name": row.guardianship.person.get_full_name()}
        yes = row.value == Answer.Value.YES
        text = f"{labels[row.question]}: {row.get_value_display()}"
        found.append(Line(row.given_at, who, text, "check" if yes else "close"))
    return found


def _windows(handover: Handover, receiver: str) -> list[Line]:
    found = []
    for number, row in enumerate(OpenWindow.objects.filter(handover=handover).order_by("at", "pk")):
        days = {"from": in_words(row.starts), "to": in_words(_day_before(row.until))}
        text = _("The days from %(from)s to %(to)s") % days
        label = _("The days became fewer")
        if not number:
            label = _("Opened for %(receiver)s") % {"receiver": receiver}
        found.append(Line(row.at, label, text, "eye"))
    return found


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _left_out(handover: Handover, viewer: Viewer) -> list[Line]:
    """How much was left out and put back; what it was stands in the preview, for those who read it anyway."""
    rows = LeftOut.objects.filter(child=handover.child)
    if viewer.hat == Hat.GUARDIAN:
        rows = rows.filter(guardianship__person=viewer.person)
    found = [Line(row.at, _("Something was left out"), icon="hidden") for row in rows.order_by("at", "pk")]
    back = rows.filter(put_back_at__isnull=False).order_by("put_back_at", "pk")
    moments = back.values_list("put_back_at", flat=True)
    return found + [Line(at, _("Something was put back"), icon="undo") for at in moments if at is not None]


def _read(handover: Handover, receiver: str) -> list[Line]:
    """When somebody at the receiver opened it for the first time, and for the last."""
    rows = ReadingChild.objects.filter(child=handover.child, line__hat=Hat.SCHOOL, line__about=handover.public_id)
    moments = list(rows.order_by("at", "pk").values_list("at", flat=True))
    if not moments:
        return []
    told = {"receiver": receiver}
    found = [Line(moments[0], _("%(receiver)s opened it for the first time") % told, icon="book")]
    if len(moments) > 1:
        text = ngettext("%(num)s page altogether", "%(num)s pages altogether", len(moments)) % {"num": len(moments)}
        found.append(Line(moments[-1], _("%(receiver)s has opened it last") % told, text, "book"))
    return found


def _packages(handover: Handover, receiver: str) -> list[Line]:
    packages = Package.objects.filter(handover=handover).values("pk")
    rows = Receipt.objects.filter(package__in=packages, erased_at__isnull=True).select_related("package")
    # Whoever gets it may be known to somebody who must not know where the child goes.
    is_told = receiver != hiding.nameless(handover)
    return [
        Line(row.at, _package_line(row), _amounts(row.detail) or _for_whom(row, is_told=is_told), "share")
        for row in rows.order_by("at", "pk")
    ]


def _for_whom(row: Receipt, *, is_told: bool) -> str:
    """Who is to get it, in words of whoever asked for it."""
    if row.what != Receipt.What.ASKED or not is_told or not row.package.made_for:
        return ""
    return _("For %(name)s") % {"name": row.package.made_for}


def _package_line(row: Receipt) -> str:
    return _("The package: %(what)s") % {"what": str(Receipt.What(row.what).label).lower()}


def _amounts(detail: dict[str, Any]) -> str:
    """How much was in it, as figures."""
    if "entries" not in detail:
        return ""
    told = [
        ngettext("%(num)s entry", "%(num)s entries", detail["entries"]) % {"num": detail["entries"]},
        ngettext("%(num)s picture", "%(num)s pictures", detail.get("pictures", 0)) % {"num": detail.get("pictures", 0)},
        ngettext("%(num)s conference", "%(num)s conferences", detail.get("conferences", 0))
        % {"num": detail.get("conferences", 0)},
    ]
    return ", ".join(told)
