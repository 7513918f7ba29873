"""Whom a picture was about that somebody asked for and did not get."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from media_policy import holders
from media_policy.models import Picture


def of_pictures(public_ids: set[uuid.UUID], at: datetime) -> Iterable[tuple[uuid.UUID, int]]:
    """The children who are marked on these pictures, and those whom their holders tie them to."""
    for picture in Picture.objects.standing().filter(public_id__in=public_ids).order_by("pk"):
        marked = picture.subjects.values_list("child_id", flat=True)
        for child_id in {*marked, *holders.children_about(picture.pk)}:
            yield picture.public_id, child_id
