"""Taking an entry and its pictures from the families, at once."""

from django.db import transaction

from learninglog.models import Entry, EntryChild, Publication
from learninglog.services.drafts import writable
from visibility.matrix import WITHDRAW
from visibility.viewer import Viewer


@transaction.atomic
def withdraw_entry(*, entry: Entry, by: Viewer) -> Entry:
    """Nothing of the entry reaches a family any more; the staff keep the working copy and can share it again.

    Anyone who may for any child on it may. Raises PermissionDenied otherwise; withdrawing twice is once.
    """
    row = writable(entry=entry, by=by, action=WITHDRAW)
    if row.current_id is None:
        return row
    Publication.objects.filter(entry=row).delete()
    EntryChild.objects.filter(entry=row, left_out=True).delete()
    row.current, row.withdrawn_at = None, by.at
    row.save(update_fields=["current", "withdrawn_at"])
    return row
