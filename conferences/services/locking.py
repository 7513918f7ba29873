"""A conference held still while something is written in it, so that writing and sealing wait for each other."""

import uuid

from django.core.exceptions import PermissionDenied

from conferences.models import Conference
from conferences.questions import Question, question_of
from visibility.matrix import ADD, READ
from visibility.viewer import Viewer

STAYS_OPEN_AFTERWARDS = (ADD, READ)


def locked(*, conference: Conference, by: Viewer, action: str) -> Conference:
    """The row for this action, until the transaction ends. Raises PermissionDenied."""
    rows = Conference.objects.visible_to(by, action).filter(pk=conference.pk)
    # Nothing that others change meanwhile may come along in the same statement: after the wait for the lock only the
    # locked row is new, what was joined to it is as it was before. So `current` is fetched by itself.
    row: Conference | None = rows.select_for_update(of=("self",)).select_related("frozen", "child").first()
    if row is None:
        raise PermissionDenied
    # Whoever waited for a seal was let through by the row as it stood before: the rule's own look is older than the
    # lock, and only the row itself is new.
    if action not in STAYS_OPEN_AFTERWARDS and not row.is_open:
        raise PermissionDenied
    return row


def asked(conference: Conference, key: uuid.UUID) -> Question:
    """The question with this key. Raises PermissionDenied: whoever asks for another has made it up."""
    question = question_of(conference, key)
    if question is None:
        raise PermissionDenied
    return question
