"""Which photographs of papers are shown to whom: those of the recordings that the viewer may read."""

from typing import Any

from django.db.models import QuerySet

from access.models import RecordedPage, Recording
from people.models import Guardianship
from visibility.viewer import Viewer


def held_by_recordings(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the pages that recordings show to this viewer."""
    return RecordedPage.objects.filter(recording__in=Recording.objects.visible_to(viewer)).values("picture_id")


def about_recordings(picture_pk: int) -> set[int]:
    """The child whom a page is about, for the reading log."""
    rows = Guardianship.objects.filter(recordings__pages__picture=picture_pk)
    return set(rows.values_list("child_id", flat=True))
