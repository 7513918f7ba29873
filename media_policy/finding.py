"""The file that an address names, for whom the rule shows it to. Every byte of a picture that is served begins here."""

import uuid

from media_policy import holders
from media_policy.models import Derivative
from visibility.viewer import Viewer


def derivative(viewer: Viewer | None, public_id: uuid.UUID, purpose: str) -> Derivative | None:
    """The one file at the address; None where there is none, and where it is not shown to this viewer now."""
    if viewer is None:
        return None
    named = Derivative.objects.at_address(public_id, purpose)
    row: Derivative | None = named.filter(picture__erased_at__isnull=True).first()
    # Putting the whole rule into one statement costs more than all else here; the commonest yes does without. What is
    # not there asks as much as what is forbidden, so that neither can be told from the other.
    if holders.pictures.quickly_shown(viewer, row.picture_id if row is not None else 0):
        return row
    return named.visible_to(viewer).first()
