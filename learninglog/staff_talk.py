"""Conversations with homes as the staff see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from markupsafe import Markup

from ground.markdown import to_html
from learninglog import groups, rendition
from learninglog.models import Message, Thread
from people.models import Guardianship
from visibility import rule
from visibility.matrix import READ, REPLY
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Row:
    """A thread in a list; no word of what was written."""

    thread: Thread
    child: str
    title: str
    days: int
    taken_by: str
    mine: bool

    @property
    def href(self) -> str:
        return reverse("staff:thread", kwargs={"thread": self.thread.public_id})


@dataclass(frozen=True)
class Said:
    by: str
    body_html: Markup
    at: datetime
    staff: bool


@dataclass(frozen=True)
class Talk:
    row: Row
    said: list[Said]
    adults: list[str]
    may_reply: bool
    entry_readable: bool

    @property
    def thread(self) -> Thread:
        return self.row.thread


def rows(threads: Iterable[Thread], viewer: Viewer) -> list[Row]:
    """One row a thread, in their order."""
    found = list(threads)
    names = groups.called([thread.child for thread in found])
    shown = rendition.for_viewer({thread.entry_id: thread.entry for thread in found}.values(), viewer)
    titles = {one.entry_id: one.title for one in shown}
    return [
        Row(
            thread,
            names[thread.child_id],
            titles.get(thread.entry_id, ""),
            (viewer.at - thread.waiting_since).days if thread.waiting_since else 0,
            thread.taken_by.given_name if thread.taken_by else "",
            thread.taken_by_id == viewer.person.pk,
        )
        for thread in found
    ]


def talk(thread: Thread, viewer: Viewer) -> Talk:
    """The whole conversation with one home, and who belongs to that home now."""
    [row] = rows([thread], viewer)
    messages = Message.objects.filter(thread=thread, erased_at__isnull=True).select_related("written_by")
    said = [
        Said(message.written_by.given_name, to_html(message.text), message.sent_at, message.side == Message.Side.STAFF)
        for message in messages.order_by("sent_at", "pk")
    ]
    home = Guardianship.objects.active(viewer.at).filter(
        home_memberships__home=thread.home_id, home_memberships__ends_at__isnull=True
    )
    adults = [tie.person.get_full_name() for tie in home.select_related("person").order_by("person__given_name", "pk")]
    return Talk(row, said, adults, rule.may(viewer, REPLY, thread), rule.may(viewer, READ, thread.entry))
