"""What this room erases of a child: each picture, film and recording in which it can be recognised."""

from datetime import datetime

from media_policy.clips.services import erase_clip
from media_policy.models import Clip, ClipErasure, Picture, PictureErasure
from media_policy.services import erase_picture
from people.models import Child


def erase_child(child: Child, at: datetime) -> None:
    """Erase the child's pictures, films and recordings: rows emptied, files gone when this is committed."""
    for picture in Picture.objects.standing().filter(subjects__child=child).order_by("pk"):
        erase_picture(picture=picture, by_reason=PictureErasure.Reason.CHILD, at=at)
    for clip in Clip.objects.standing().filter(subjects__child=child).order_by("pk"):
        erase_clip(clip=clip, by_reason=ClipErasure.Reason.CHILD, at=at)
