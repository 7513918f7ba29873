"""Which pictures the staff may put in print, by the answers of now; the rest stay on the screen."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from media_policy import answers
from media_policy.models import Picture, PictureSubject
from media_policy.questions import Question


def kept_off_paper(pictures: Iterable[uuid.UUID], at: datetime) -> frozenset[uuid.UUID]:
    """Public ids of those on which somebody may not appear in print, and of those nobody has marked."""
    rows = Picture.objects.filter(public_id__in=list(pictures))
    unmarked = set(rows.filter(marking=Picture.Marking.UNMARKED).values_list("public_id", flat=True))
    marked = PictureSubject.objects.filter(picture__in=rows.values("pk"))
    on_them = list(marked.values_list("picture__public_id", "child_id"))
    allowed = answers.allowed(Question.PRINT, {child for _picture, child in on_them}, at)
    return frozenset(unmarked | {picture for picture, child in on_them if child not in allowed})
