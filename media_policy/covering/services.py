"""Making a cropped or covered picture and keeping it as one of its own."""

import uuid

from media_policy import files
from media_policy.covering.paint import paint
from media_policy.covering.regions import Plan, checked
from media_policy.intake import Prepared
from media_policy.models import Picture
from media_policy.purposes import Purpose
from media_policy.services import keep, known
from visibility.viewer import Viewer


def make(*, of: Picture, plan: Plan, by: Viewer, client_key: uuid.UUID | None, stands_in: bool) -> Picture:
    """A picture painted from the master of another, marked by nobody yet; raises Unfit.

    One that stands in for the whole one is erased with it; one that takes its place knows nothing of it any more. The
    same `client_key` from the same person gives the picture that is there already.
    """
    twin = known(by, client_key)
    if twin is not None:
        return twin
    plan = checked(plan)
    master = of.derivatives.get(purpose=Purpose.MASTER)
    with files.storage().open(master.storage_name, "rb") as file:
        painted = paint(file.read(), plan)
    prepared = Prepared(painted.width, painted.height, of.taken_at, painted.pieces)
    return keep(
        prepared,
        by=by,
        unit=of.unit,
        client_key=client_key,
        made_from=of if stands_in else None,
        covered=painted.covered,
    )
