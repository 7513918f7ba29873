"""In which home of a child an adult reads and writes now."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from people.models import Child, Guardianship, Home, HomeMembership
from visibility import ties
from visibility.relations import HOME, HOME_NOW
from visibility.viewer import Viewer


def running_home(viewer: Viewer, child: Child) -> Home | None:
    """The home this guardian is in now; None for whoever may not read the child's log."""
    if viewer.hat != HOME_NOW.hat:
        return None
    return Home.objects.filter(pk__in=ties.homes(viewer, HOME_NOW, child)).order_by("-pk").first()


@transaction.atomic
def writing_home(viewer: Viewer, child: Child) -> Home:
    """The home to write in. Who was never joined to one is a home alone, from the first word on.

    Raises PermissionDenied for whoever may not read the child's log.
    """
    home = running_home(viewer, child)
    if home is not None:
        return home
    mine = Guardianship.objects.active(viewer.at).filter(person=viewer.person, child=child, reads_log=True)
    # The lock makes two first words at once wait for each other.
    tie = mine.filter(child__blocked_at__isnull=True).select_for_update(of=("self",)).first()
    if tie is None or viewer.hat != HOME_NOW.hat:
        raise PermissionDenied
    _look_again(viewer)
    home = running_home(viewer, child)
    if home is None:
        home = Home.objects.create(child=child)
        HomeMembership.objects.create(home=home, guardianship=tie, begins_at=viewer.at)
        _look_again(viewer)
    return home


def _look_again(viewer: Viewer) -> None:
    """What this look at the world has read of homes is out of date."""
    for relation in (HOME, HOME_NOW):
        viewer.ties.pop(relation, None)
