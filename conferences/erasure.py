"""What this room erases of a child: the working copy goes, versions and the conference itself are emptied."""

from datetime import datetime

from conferences.models import (
    Agreement,
    Conference,
    FieldValue,
    Material,
    Offer,
    RecordedField,
    RecordedMaterial,
    Side,
    Talk,
    Version,
)
from people.models import Child


def erase_child(child: Child, at: datetime) -> None:
    """Delete or empty every row about the child's conferences; that there were so many stays, without a word."""
    mine = Conference.objects.filter(child=child)
    for model in (FieldValue, Material, Agreement, Talk, Side, Offer):
        model.objects.filter(conference__in=mine).delete()
    versions = Version.objects.filter(conference__in=mine)
    RecordedField.objects.filter(version__in=versions, erased_at__isnull=True).update(
        home=None, value=None, written_by=None, erased_at=at
    )
    RecordedMaterial.objects.filter(version__in=versions, erased_at__isnull=True).update(
        home=None, entry=None, shared=None, picture=None, erased_at=at
    )
    versions.filter(erased_at__isnull=True).update(text="", agreements=[], erased_at=at)
    mine.filter(erased_at__isnull=True).update(stand_in=None, erased_at=at)
