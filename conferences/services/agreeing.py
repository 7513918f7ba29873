"""What home and preschool agree on at the talk, and how it goes afterwards."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conferences.choices import QuestionType
from conferences.models import Agreement, Conference, FollowUp
from conferences.services.locking import asked, locked
from learninglog.models import Entry
from visibility.matrix import FOLLOW_UP, WRITE
from visibility.viewer import Viewer


class AgreementClash(Exception):
    """Somebody changed the agreement since one began: nothing was written, and both are here for the page."""

    def __init__(self, theirs: Agreement, mine: dict[str, Any]) -> None:
        super().__init__("The agreement was changed by somebody else in between.")
        self.theirs, self.mine = theirs, mine


@transaction.atomic
def agree(
    *, conference: Conference, question: uuid.UUID, what: str, who: str, by_when: date | None, client_key: uuid.UUID,
    by: Viewer,
) -> Agreement:  # fmt: skip
    """Write down an agreement; the same key again is the same one. Raises PermissionDenied."""
    row = locked(conference=conference, by=by, action=WRITE)
    if asked(row, question).type != QuestionType.AGREEMENT:
        raise PermissionDenied
    found, _new = Agreement.objects.get_or_create(
        client_key=client_key,
        defaults={
            "conference": row, "question": question, "position": row.agreements.count(), "what": what, "who": who,
            "by_when": by_when, "written_by": by.person, "written_at": by.at,
        },
    )  # fmt: skip
    if found.conference_id != row.pk:
        raise PermissionDenied
    return found


def _writable(agreement: Agreement, by: Viewer) -> Agreement:
    locked(conference=agreement.conference, by=by, action=WRITE)
    row: Agreement | None = Agreement.objects.visible_to(by, WRITE).filter(pk=agreement.pk).first()
    if row is None:
        raise PermissionDenied
    return row


@transaction.atomic
def change_agreement(
    *, agreement: Agreement, what: str, who: str, by_when: date | None, revision: int, by: Viewer
) -> Agreement:
    """Change an agreement that nobody has changed since. Raises AgreementClash, PermissionDenied."""
    row = _writable(agreement, by)
    mine = {"what": what, "who": who, "by_when": by_when}
    if all(getattr(row, name) == value for name, value in mine.items()):
        return row
    if row.revision != revision:
        raise AgreementClash(row, mine)
    for name, value in mine.items():
        setattr(row, name, value)
    row.revision, row.written_by, row.written_at = revision + 1, by.person, by.at
    row.save()
    return row


@transaction.atomic
def drop_agreement(*, agreement: Agreement, by: Viewer) -> None:
    """Take an agreement out again while the record is open. Raises PermissionDenied."""
    _writable(agreement, by).delete()


@transaction.atomic
def follow_up(
    *, agreement: Agreement, state: str, text: str, client_key: uuid.UUID, by: Viewer, entry: Entry | None = None
) -> FollowUp:
    """Write down how it goes with an agreement; the same key again is the same. Raises PermissionDenied."""
    if not Agreement.objects.visible_to(by, FOLLOW_UP).filter(pk=agreement.pk).exists():
        raise PermissionDenied
    if entry is not None and not Entry.objects.visible_to(by).filter(pk=entry.pk).exists():
        raise PermissionDenied
    row, _new = FollowUp.objects.get_or_create(
        client_key=client_key,
        defaults={
            "agreement": agreement, "state": FollowUp.State(state), "text": text, "entry": entry,
            "written_by": by.person, "written_at": by.at,
        },
    )  # fmt: skip
    if row.agreement_id != agreement.pk:
        raise PermissionDenied
    return row
