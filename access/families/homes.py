"""Guardians who read together: a home is joined when all of it have asked each other, and left by any one at once."""

from dataclasses import dataclass
from itertools import product

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from access.models import HomeAsking
from people import services
from people.models import Child, Guardianship, HomeMembership
from visibility import rule
from visibility.matrix import JOIN
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Other:
    """Another guardian of the child, as seen by one of them: in my home, asked by me, asking me."""

    guardianship: Guardianship
    together: bool
    asked: bool
    asks: bool


def own_tie(viewer: Viewer, child: Child) -> Guardianship | None:
    """The viewer's own active guardianship of the child."""
    rows = Guardianship.objects.active(viewer.at).filter(person=viewer.person, child=child)
    return rows.select_related("person", "child__organisation").first()


def others(mine: Guardianship, viewer: Viewer) -> list[Other]:
    """Whom one can read together with. Being made inactive does not show here: the other guardian is told nothing.

    A legal guardian sees everyone who was ever let in; the others see the legal guardians and those of their home.
    """
    home = _home(mine, viewer)
    rows = Guardianship.objects.running(viewer.at).filter(child=mine.child_id).exclude(pk=mine.pk)
    asked = _open().filter(asks=mine).values_list("whom", flat=True)
    asking = _open().filter(whom=mine).values_list("asks", flat=True)
    sees_all = mine.kind == Guardianship.Kind.LEGAL
    found = []
    for row in rows.filter(reads_log=True).select_related("person").order_by("pk"):
        together = row.pk in home
        known = row.kind == Guardianship.Kind.LEGAL or (sees_all and row.activated_at is not None)
        if together or known:
            found.append(Other(row, together, row.pk in set(asked), row.pk in set(asking)))
    return found


def _home(tie: Guardianship, viewer: Viewer) -> set[int]:
    """Keys of the guardianships in the home of one, itself included."""
    running = HomeMembership.objects.running(viewer.at)
    homes = running.filter(guardianship=tie).values("home")
    return set(running.filter(home__in=homes).values_list("guardianship", flat=True))


def _open() -> QuerySet[HomeAsking]:
    return HomeAsking.objects.filter(withdrawn_at__isnull=True)


def _mine(viewer: Viewer, child: Child) -> Guardianship:
    mine = own_tie(viewer, child)
    if mine is None or not rule.may(viewer, JOIN, child):
        raise PermissionDenied
    return mine


@transaction.atomic
def ask(*, child: Child, whom: Guardianship, by: Viewer) -> bool:
    """Ask to read together; says whether that joined the homes, because everybody had asked."""
    mine = _mine(by, child)
    # One at a time for a child: two who ask each other at once must see each other's asking.
    Child.objects.select_for_update().get(pk=child.pk)
    seen = {other.guardianship.pk: other for other in others(mine, by)}
    if whom.pk not in seen or seen[whom.pk].together:
        raise PermissionDenied
    HomeAsking.objects.get_or_create(asks=mine, whom=whom, withdrawn_at=None, defaults={"asked_at": by.at})
    here, there = _home(mine, by), _home(whom, by)
    if not there or not _all_asked(here, there):
        return False
    ties = list(Guardianship.objects.filter(pk__in=here | there).select_related("child__organisation").order_by("pk"))
    services.join_homes(guardianships=ties, at=by.at, by=by.person)
    return True


def _all_asked(here: set[int], there: set[int]) -> bool:
    pairs = set(_open().filter(asks__in=here | there, whom__in=here | there).values_list("asks", "whom"))
    return all({(one, other), (other, one)} <= pairs for one, other in product(here, there))


@transaction.atomic
def take_back(*, child: Child, whom: Guardianship, by: Viewer) -> None:
    """Do not ask any longer; a home that is joined already is left, not taken back."""
    mine = _mine(by, child)
    _open().filter(asks=mine, whom=whom).update(withdrawn_at=by.at)


@transaction.atomic
def leave(*, child: Child, by: Viewer) -> None:
    """From now on everyone of the home reads alone; what was written together stays with those who wrote it."""
    mine = _mine(by, child)
    home = _home(mine, by)
    if len(home) < 2:
        return
    services.separate_home(guardianship=mine, at=by.at, by=by.person)
    _open().filter(asks__in=home, whom__in=home).update(withdrawn_at=by.at)
