"""The homes of a conference's child: who is in which now, and the one a guardian writes in."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from conferences.models import Conference
from people.models import Child, Guardianship, Home, HomeMembership, Person
from visibility import ties
from visibility.relations import TALK_HOME, TALK_HOME_NOW, TALK_LEGAL_HOME
from visibility.viewer import Viewer


@dataclass(frozen=True)
class HomeNow:
    """A home with the adults in it who may read the conferences."""

    home: Home
    people: list[Person]


def homes_now(child: Child | int, at: datetime) -> list[HomeNow]:
    """Every home in which somebody may read this child's conferences at that moment."""
    readers = Guardianship.objects.active(at).filter(child=child, reads_conferences=True)
    rows = HomeMembership.objects.running(at).filter(guardianship__in=readers)
    found: dict[int, HomeNow] = {}
    for row in rows.select_related("home", "guardianship__person").order_by("home", "pk"):
        found.setdefault(row.home_id, HomeNow(row.home, [])).people.append(row.guardianship.person)
    return list(found.values())


def running_home(viewer: Viewer, conference: Conference) -> Home | None:
    """The home in which this guardian reads the child's conferences now; None for anybody else."""
    mine = [tie.home for tie in _ties(viewer) if tie.child == conference.child_id and tie.home is not None]
    return Home.objects.filter(pk__in=mine).order_by("-pk").first()


def _ties(viewer: Viewer) -> list[ties.Tie]:
    return ties.of_viewer(viewer, [TALK_HOME_NOW])[TALK_HOME_NOW] if viewer.hat == TALK_HOME_NOW.hat else []


@transaction.atomic
def writing_home(viewer: Viewer, conference: Conference) -> Home:
    """The home to write in. Who was never joined to one is a home alone, from the first word on.

    Raises PermissionDenied for whoever may not read the child's conferences.
    """
    home = running_home(viewer, conference)
    if home is not None:
        return home
    mine = Guardianship.objects.active(viewer.at).filter(
        person=viewer.person, child=conference.child_id, child__blocked_at__isnull=True, reads_conferences=True
    )
    # The lock makes two first words at once wait for each other.
    tie = mine.select_for_update(of=("self",)).first()
    if tie is None or viewer.hat != TALK_HOME_NOW.hat:
        raise PermissionDenied
    _look_again(viewer)
    home = running_home(viewer, conference)
    if home is None:
        home = Home.objects.create(child_id=conference.child_id)
        HomeMembership.objects.create(home=home, guardianship=tie, begins_at=viewer.at)
        _look_again(viewer)
    return home


def _look_again(viewer: Viewer) -> None:
    """What this look at the world has read of homes is out of date."""
    for relation in (TALK_HOME, TALK_HOME_NOW, TALK_LEGAL_HOME):
        viewer.ties.pop(relation, None)


@transaction.atomic
def home_of(tie: Guardianship, at: datetime) -> Home:
    """The home of one guardian, who may never have been in any: then a home alone."""
    row = Guardianship.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    joined = HomeMembership.objects.running(at).filter(guardianship=row).select_related("home").first()
    if joined is not None:
        return joined.home
    home = Home.objects.create(child_id=row.child_id)
    HomeMembership.objects.create(home=home, guardianship=row, begins_at=at)
    return home


def invited(at: datetime) -> QuerySet[Guardianship]:
    """Guardians who come to talks: those the consents let read conferences, activated or not, but not made inactive."""
    standing = Q(inactivated_at__isnull=True) | Q(inactivated_at__gt=at)
    rows: QuerySet[Guardianship] = Guardianship.objects.running(at).filter(standing, reads_conferences=True)
    return rows
