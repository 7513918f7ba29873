"""Today's group at a glance, and the ways on from it."""

import uuid
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import overview
from conferences.overview import Held, Overview
from ground.names import sort_names
from learninglog import rendition
from learninglog.coverage import quiet
from learninglog.mentions import labels
from learninglog.models import Entry, Thread, TrayPicture
from learninglog.querysets import EntryQuerySet
from learninglog.services.beginning import groups_about
from media_policy.models import Picture
from people.models import Child
from portal.start import groups
from portal.start.groups import StaffGroup
from visibility import kinds, rule
from visibility.matrix import READ, WRITE
from visibility.viewer import Viewer

FEW = 6


@dataclass(frozen=True)
class Face:
    pk: int
    public_id: uuid.UUID
    name: str
    href: str
    begins: bool = False


@dataclass(frozen=True)
class TrayPictureView:
    public_id: uuid.UUID

    @property
    def href_thumb(self) -> str:
        return reverse("media_policy:picture", kwargs={"public_id": self.public_id, "purpose": "thumb"})


@dataclass(frozen=True)
class Draft:
    title: str
    by: str
    updated_at: object
    href: str


@dataclass(frozen=True)
class Waiting:
    """A home that waits for a reply: whose child, under what, since when; no word of what was written."""

    child: str
    child_key: uuid.UUID
    title: str
    days: int
    taken_by: str
    href: str


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool
    count: int = 0


@dataclass
class Today:
    groups: list[StaffGroup]
    group: StaffGroup | None = None
    children: list[Face] = field(default_factory=list)
    quiet: list[Face] = field(default_factory=list)
    tray: list[TrayPictureView] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    named: list[Face] = field(default_factory=list)
    talks: Overview | None = None
    held: list[Held] = field(default_factory=list)

    @property
    def tabs(self) -> list[Tab]:
        """The groups to choose from."""
        start = reverse("portal:staff")
        return [Tab(g.name, f"{start}?{groups.GROUP_KEY}={g.public_id}", g == self.group) for g in self.groups]

    @property
    def child_ids(self) -> set[int]:
        return {face.pk for face in [*self.children, *self.named]} | {one.child_id for one in self.held}


def today(viewer: Viewer, found: list[StaffGroup], group: StaffGroup | None) -> Today:
    """Everything on the start page, about the chosen group; without one, the children somebody works with by name."""
    page = Today(found, group)
    if group is None:
        named = _faces(Child.objects.filter(_readable(viewer)))
        begins = groups_about([face.pk for face in named], viewer)
        page.held = overview.held_elsewhere(viewer)
        page.named = [replace(face, begins=face.pk in begins) for face in named]
        page.drafts = _drafts(Entry.objects.visible_to(viewer, WRITE).filter(created_by=viewer.person), viewer)
        return page
    children = Child.objects.in_group(group.pk, viewer.day).filter(_readable(viewer))
    page.children = _faces(children)
    page.talks = overview.of_children(list(children), group.unit_id, viewer)
    page.held = overview.held_elsewhere(viewer, [face.pk for face in page.children])
    if group.works_here:
        page.quiet = _faces(quiet.among(children, group.unit_id, viewer))
        page.tray = _tray(group, viewer)
        page.drafts = _drafts(Entry.objects.visible_to(viewer).of_group(group.pk), viewer)
        page.waiting = _waiting(group, viewer, {face.pk: face.name for face in page.children})
    return page


def _readable(viewer: Viewer) -> object:
    return rule.visible(kinds.of_model(Child), viewer, READ)


def _faces(children: object) -> list[Face]:
    rows = list(children)  # type: ignore[call-overload]
    names = {label.child_id: label.text for label in labels([(c.pk, c.given_name, c.family_name) for c in rows])}
    faces = [
        Face(row.pk, row.public_id, names[row.pk], reverse("staff:child", kwargs={"child": row.public_id}))
        for row in rows
    ]
    return sort_names(faces, lambda face: face.name, get_language() or "en")


def _tray(group: StaffGroup, viewer: Viewer) -> list[TrayPictureView]:
    held = TrayPicture.objects.filter(
        item__group=group.pk, item__used_in__isnull=True, item__created_at__gte=groups.yesterday(viewer)
    )
    rows = Picture.objects.visible_to(viewer).filter(pk__in=held.values("picture_id")).order_by("-uploaded_at", "-pk")
    return [TrayPictureView(key) for key in rows.values_list("public_id", flat=True)[: FEW - 1]]


def _drafts(found: EntryQuerySet, viewer: Viewer) -> list[Draft]:
    rows = found.drafts().order_by("-updated_at", "-pk")
    entries = list(rows.select_related("created_by", "current")[:FEW])
    words = {shown.entry_id: shown.title for shown in rendition.for_viewer(entries, viewer)}
    return [
        Draft(
            title=words.get(entry.pk) or _("Without a title yet"),
            by=entry.created_by.given_name,
            updated_at=entry.updated_at,
            href=reverse("staff:compose", kwargs={"entry": entry.public_id}),
        )
        for entry in entries
    ]


def _waiting(group: StaffGroup, viewer: Viewer, names: dict[int, str]) -> list[Waiting]:
    rows = Thread.objects.visible_to(viewer).waiting().filter(entry__group=group.pk, child__in=list(names))
    threads = list(rows.select_related("entry__created_by", "entry__current", "child", "taken_by")[:FEW])
    shown = rendition.for_viewer([thread.entry for thread in threads], viewer)
    titles = {row.entry_id: row.title for row in shown}
    return [
        Waiting(
            child=names[thread.child_id],
            child_key=thread.child.public_id,
            title=titles.get(thread.entry_id, ""),
            days=(viewer.at - thread.waiting_since).days,
            taken_by=thread.taken_by.given_name if thread.taken_by else "",
            href=reverse("staff:thread", kwargs={"thread": thread.public_id}),
        )
        for thread in threads
    ]
