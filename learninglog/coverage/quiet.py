"""Children of a team who have not been documented for a while: a list to look at together, never a ranking."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from learninglog.models import Publication
from people.models import Child
from visibility.viewer import Viewer

QUIET_AFTER = timedelta(weeks=4)


def among(children: "QuerySet[Child]", unit: int, viewer: Viewer) -> "QuerySet[Child]":
    """Those without an entry of four weeks here that was about them; one about the whole group counts for nobody."""
    own = Publication.objects.filter(
        child=OuterRef("pk"),
        unit=unit,
        happened_on__gt=viewer.day - QUIET_AFTER,
        entry__whole_group=False,
    )
    return children.exclude(Exists(own))
