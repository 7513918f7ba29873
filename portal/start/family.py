"""A guardian's start page: each child with the latest of its log, and how much of it is new."""

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from conferences.panels import Waiting, waiting
from learninglog import rendition
from learninglog.models import Entry, HomeChange, Publication
from learninglog.rendition import PictureView, Rendition
from learninglog.services.visits import seen_before
from people.models import Child, GroupMembership
from portal.start import places
from transfers import panels as transfers
from transfers.services import hiding
from visibility import ties
from visibility.relations import HOME_NOW
from visibility.viewer import Viewer

LATEST = 3
DRAWINGS = ("leaf", "blocks", "weather", "mitten", "boots")
MANY = 20


@dataclass(frozen=True)
class Latest:
    """An entry as a small card on the start page."""

    entry: Rendition
    href: str

    @property
    def drawing(self) -> str:
        """What stands in the place of a picture: the same for the same entry, always."""
        return DRAWINGS[self.entry.public_id.int % len(DRAWINGS)]

    @property
    def picture(self) -> PictureView | None:
        return self.entry.pictures[0] if self.entry.pictures else None


@dataclass(frozen=True)
class ChildPage:
    pk: int
    public_id: uuid.UUID
    name: str
    place: str
    new: int
    latest: list[Latest]
    href: str
    waiting: list[Waiting]

    @property
    def many_new(self) -> bool:
        return self.new >= MANY


def start(viewer: Viewer) -> list[ChildPage]:
    """One part of the page for each child; nothing in it that the rendition does not give."""
    children = places.children_of(viewer)
    since = seen_before(children=[child.pk for child in children], by=viewer)
    where = _places(children, viewer)
    waits = [*transfers.leaving(viewer, children), *waiting(viewer, children), *transfers.waiting(viewer, children)]
    return [
        ChildPage(
            pk=child.pk,
            public_id=child.public_id,
            name=child.given_name,
            place=where.get(child.pk, ""),
            new=_new(child, viewer, since[child.pk]),
            latest=_latest(child, viewer),
            href=reverse("family:log", kwargs={"child": child.public_id}),
            waiting=[one for one in waits if one.child_id == child.pk],
        )
        for child in children
    ]


def _places(children: list[Child], viewer: Viewer) -> dict[int, str]:
    """Where each child is, as far as it is told: its preschool while it has one, its latest group there."""
    rows = GroupMembership.objects.running(viewer.day).filter(child__in=children)
    rows = rows.order_by("-group__unit__kind", "starts_on", "pk")
    words = rows.values_list("child_id", "group__name", "group__unit__name", "group__unit_id")
    kept = hiding.unnamed_units(viewer.person, [child.pk for child in children])
    return {child: f"{group} · {unit}" for child, group, unit, key in words if key not in kept.get(child, {})}


def _latest(child: Child, viewer: Viewer) -> list[Latest]:
    # The publication's own index gives the newest of one child; the rule is asked about those rows alone.
    newest = Publication.objects.filter(child=child).order_by("-happened_on", "-entry_id").values("entry_id")[:LATEST]
    keys = [row["entry_id"] for row in newest]
    entries = Entry.objects.visible_to(viewer).filter(pk__in=keys).select_related("created_by", "current")
    order = {key: place for place, key in enumerate(keys)}
    rows = sorted(entries, key=lambda entry: order[entry.pk])
    shown = rendition.for_viewer(rows, viewer, only=frozenset({child.pk}))
    return [Latest(entry, _href(child, entry)) for entry in shown]


def _href(child: Child, entry: Rendition) -> str:
    return reverse("family:entry", kwargs={"child": child.public_id, "entry": entry.public_id})


def _new(child: Child, viewer: Viewer, since: object) -> int:
    homes = ties.homes(viewer, HOME_NOW)
    changed = HomeChange.objects.filter(child=child, at__gt=since, home__in=homes).values("entry_id")
    readable = Entry.objects.visible_to(viewer).values("pk")
    rows = Publication.objects.filter(Q(first_shared_at__gt=since) | Q(entry__in=changed), child=child)
    return rows.filter(entry__in=readable)[:MANY].count()
