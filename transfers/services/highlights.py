"""Up to ten entries for the receiver's first page, picked by the family with the preschool."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.recordings.services import NotPossible
from learninglog.models import Entry
from transfers import rows
from transfers.models import Handover, Highlight
from transfers.models.items import MOST_HIGHLIGHTS
from visibility import rule
from visibility.matrix import PICK
from visibility.viewer import Hat, Viewer


@transaction.atomic
def pick(
    *, handover: Handover, entries: Sequence[uuid.UUID], by: Viewer, seen: Sequence[uuid.UUID] = ()
) -> list[Highlight]:  # fmt: skip
    """Pick these; of those that were `seen` as picked, drop the others. What somebody else picked meanwhile stays.

    Raises PermissionDenied; NotPossible for more than ten, and for one outside the window or, at home, left out.
    """
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if not rule.may(by, PICK, row):
        raise PermissionDenied
    wanted = list(dict.fromkeys(entries))
    known = dict(to_pick_from(row, by).order_by("pk").values_list("public_id", "pk"))
    if any(key not in known for key in wanted):
        raise NotPossible("entries")
    before = list(row.highlights.order_by("position").values_list("entry_id", flat=True))
    dropped = {known[key] for key in seen if key in known and key not in wanted}
    keys = [key for key in before if key not in dropped]
    keys += [known[key] for key in wanted if known[key] not in keys]
    if len(keys) > MOST_HIGHLIGHTS:
        raise NotPossible("entries")
    if before != keys:
        row.highlights.all().delete()
        Highlight.objects.bulk_create(
            Highlight(handover=row, entry_id=key, position=place, at=by.at, by=by.person)
            for place, key in enumerate(keys)
        )
    return list(row.highlights.select_related("entry").order_by("position"))


def to_pick_from(handover: Handover, by: Viewer) -> Any:
    """Entries inside the window that this reader may read: at home what goes, at work also what is left out.

    At work it is not told what a family leaves out; it goes along no more for having been picked.
    """
    inside = rows.in_window(handover, whole=by.hat == Hat.STAFF).entries.values("pk")
    return Entry.objects.visible_to(by).filter(pk__in=inside)


def of_handover(handover: Handover) -> list[uuid.UUID]:
    """The picked entries in their order, whether they still go along or not."""
    picked = handover.highlights.order_by("position", "pk")
    return list(picked.values_list("entry__public_id", flat=True))
