"""Under an entry each home talks with the staff by itself. Messages are only ever added."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learninglog import mentions
from learninglog.models import Entry, Message, Publication, Thread
from learninglog.services.homes import writing_home
from people.models import Child
from visibility import rule
from visibility.matrix import READ, REPLY
from visibility.viewer import Hat, Viewer


class Empty(ValueError):
    """Nothing was written."""


@transaction.atomic
def write(*, entry: Entry, child: Child, by: Viewer, text: str, client_key: uuid.UUID) -> Message:
    """A guardian's words under an entry, in the thread of the home they are in now; the same key twice is one message.

    Raises PermissionDenied when the entry is not shared with this child's family, or is not theirs to answer; Empty.
    """
    words = _words(text)
    standing = Publication.objects.filter(entry=entry, child=child).exists()
    if by.hat != Hat.GUARDIAN or not standing or not rule.may(by, READ, entry):
        raise PermissionDenied
    home = writing_home(by, child)
    thread, _made = Thread.objects.get_or_create(entry=entry, home=home, defaults={"child": child})
    thread = _locked(thread, by, REPLY)
    message, new = _message(thread, Message.Side.HOME, by, words, client_key)
    if new:
        # Who waits keeps the place in the queue that the first unanswered word gave.
        thread.waiting_since = thread.waiting_since or by.at
        thread.home_read_at = by.at
        thread.save(update_fields=["waiting_since", "home_read_at"])
    return message


@transaction.atomic
def reply(*, thread: Thread, by: Viewer, text: str, client_key: uuid.UUID) -> Message:
    """The staff's answer; nobody waits any more. Raises PermissionDenied; Empty."""
    words = _words(text)
    row = _locked(thread, by, REPLY, Hat.STAFF)
    message, new = _message(row, Message.Side.STAFF, by, words, client_key)
    if new:
        row.waiting_since, row.taken_by, row.staff_read_at = None, None, by.at
        row.save(update_fields=["waiting_since", "taken_by", "staff_read_at"])
    return message


@transaction.atomic
def take(*, thread: Thread, by: Viewer, over: bool = False) -> Thread:
    """Say that one sees to the answer. The first who says so has it, unless the next takes it `over` knowingly."""
    row = _locked(thread, by, REPLY, Hat.STAFF)
    if row.waiting_since is not None and (row.taken_by_id is None or over):
        row.taken_by = by.person
        row.save(update_fields=["taken_by"])
    return row


@transaction.atomic
def let_go(*, thread: Thread, by: Viewer) -> Thread:
    """Give back what one had taken; it waits for anybody again."""
    row = _locked(thread, by, REPLY, Hat.STAFF)
    if row.taken_by_id == by.person.pk:
        row.taken_by = None
        row.save(update_fields=["taken_by"])
    return row


def mark_read(*, thread: Thread, by: Viewer) -> None:
    """Note that the staff have seen what stands there now.

    Only readers who could answer count: a home is not told "read" because somebody else looked in.
    """
    if by.hat == Hat.STAFF:
        Thread.objects.visible_to(by, REPLY).filter(pk=thread.pk).update(staff_read_at=by.at)


def home_has_read(*, entry: int, child: Child, by: Viewer) -> None:
    """Note that a guardian has seen the conversations of their homes about an entry (its key)."""
    if by.hat == Hat.GUARDIAN:
        Thread.objects.visible_to(by).filter(entry=entry, child=child).update(home_read_at=by.at)


def _words(text: str) -> str:
    words = mentions.clean(text).strip()
    if not words:
        raise Empty
    return words


def _locked(thread: Thread, by: Viewer, action: str, *hats: Hat) -> Thread:
    row: Thread | None = (
        Thread.objects.visible_to(by, action).filter(pk=thread.pk).select_for_update(of=("self",)).first()
    )
    if row is None or (hats and by.hat not in hats):
        raise PermissionDenied
    return row


def _message(thread: Thread, side: str, by: Viewer, words: str, client_key: uuid.UUID) -> tuple[Message, bool]:
    return Message.objects.get_or_create(
        written_by=by.person,
        client_key=client_key,
        defaults={"thread": thread, "side": side, "text": words, "sent_at": by.at},
    )
