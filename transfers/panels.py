"""What this room puts into the pages of others: a panel of the settings, what waits, questions, notices."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from access.leaving import told
from access.questions.pages import own_tie
from conferences.panels import Waiting
from learninglog import slots
from people.models import Child, Guardianship, Person
from transfers import choice, choosing, first_page, fresh, spring
from transfers.models import Handover
from visibility import ties
from visibility.relations import FAMILY
from visibility.viewer import Hat, Strength, Viewer

WORDINGS = Path(__file__).resolve().parent / "data" / "question_wordings.json"
# In spring, so long before the first day, whoever has not chosen is asked to look once a fortnight, and never more.
ASK_FROM = timedelta(days=180)
ASK_EVERY = 14


def transfer(viewer: Viewer, child: Child) -> Mapping[str, Any] | None:
    """The way to the choice for a legal guardian, and to the own copy for everybody of the family."""
    if child.pk not in ties.children(viewer, FAMILY):
        return None
    tie = own_tie(viewer, child)
    where = {"child": child.public_id}
    return {
        "href": reverse("family_transfers:choice", kwargs=where) if tie is not None else "",
        "copy_href": reverse("family_transfers:copy", kwargs=where),
        "waits": tie is not None and choosing.waits(tie, viewer),
        "moves": choosing.standing_moves(child, viewer),
    }


AT_WORK = slots.Tab(
    "first_page", gettext_lazy("Moving on"), "school", "transfers:first_page", 40, (), first_page.any_of
)
PANEL = slots.Panel("transfer", "transfers/family/panel.html", 15, transfer)


def waiting(viewer: Viewer, children: list[Child]) -> list[Waiting]:
    """A choice that waits about a known move, and what is new since the choice in the last days before it opens."""
    found = []
    for child in children:
        tie = own_tie(viewer, child)
        if tie is None:
            continue
        name, where = {"name": child.given_name}, {"child": child.public_id}
        for move in choosing.standing_moves(child, viewer):
            if fresh.is_due(move.handover, viewer.at) and fresh.count(move.handover, tie, viewer.at):
                href = reverse("family_transfers:preview", kwargs={**where, "handover": move.handover.public_id})
                label = _("New about %(name)s since your choice") % name
                found.append(Waiting(child.pk, label, _("Look before it goes along"), href))
        if choosing.waits(tie, viewer):
            href = reverse("family_transfers:choice", kwargs=where)
            label = _("What goes along when %(name)s moves on") % name
            found.append(Waiting(child.pk, label, _("You decide, and can take your time"), href))
    return found


def leaving(viewer: Viewer, children: list[Child]) -> list[Waiting]:
    """Until when one can read about a child who has left, and the way to the own copy."""
    last = told.last_days(children, viewer)
    found = []
    for child in children:
        if child.pk in last:
            told_of = {"name": child.given_name, "day": _in_words(last[child.pk])}
            label = _("You can read about %(name)s until %(day)s") % told_of
            href = reverse("family_transfers:copy", kwargs={"child": child.public_id})
            found.append(Waiting(child.pk, label, _("Make your own copy before"), href))
    return found


def _in_words(day: date) -> str:
    return date_format(day, "j F Y" if get_language() != "nb" else "j. F Y")


def to_be_told(person: Person, since: datetime, at: datetime) -> bool:
    """Whether a guardian is told: a new move, a choice to make in spring, or what is new before it opens."""
    found = Guardianship.objects.active(at).legal().filter(person=person, child__blocked_at__isnull=True)
    rows = list(found.select_related("child__organisation", "person").order_by("pk"))
    viewer = Viewer(person=person, hat=Hat.GUARDIAN, strength=Strength.LOW, at=at)
    return any(_is_told(tie, viewer, since) for tie in rows)


def _is_told(tie: Guardianship, viewer: Viewer, since: datetime) -> bool:
    rows = Handover.objects.filter(child=tie.child, ended_at__isnull=True).select_related("child__organisation", "unit")
    asked = False
    for row in rows.order_by("pk"):
        if since < row.created_at <= viewer.at:
            return True
        if fresh.is_due(row, viewer.at) and fresh.newest(row, tie, viewer.at, since):
            return True
        left = row.first_day - viewer.day
        near = timedelta(0) < left <= ASK_FROM
        asked |= near
        if near and left.days % ASK_EVERY == 0 and choosing.waits(tie, viewer):
            return True
    # Whoever is asked because of a move already is asked no more often in spring.
    return not asked and spring.is_a_day_to_ask(viewer.day) and choosing.waits(tie, viewer)


def register_all() -> None:
    from access import notices
    from access.questions import known

    asked = [known.Known(one.value, one.label, one in choice.MAY_BE_OBJECTED) for one in choice.Question]
    known.register(asked, WORDINGS)
    slots.register_panel(PANEL)
    slots.register_staff_tab(AT_WORK)
    notices.register("transfers", to_be_told)
