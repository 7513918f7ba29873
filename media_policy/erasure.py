"""What this room erases of a child: every picture on which the child can be recognised, whoever else is on it."""

from datetime import datetime

from media_policy.models import Picture, PictureErasure
from media_policy.services import erase_picture
from people.models import Child


def erase_child(child: Child, at: datetime) -> None:
    """Erase the child's pictures: rows emptied, files gone when this is committed."""
    for picture in Picture.objects.standing().filter(subjects__child=child).order_by("pk"):
        erase_picture(picture=picture, by_reason=PictureErasure.Reason.CHILD, at=at)
