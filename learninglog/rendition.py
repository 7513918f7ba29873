"""What one viewer sees of an entry. Pages, search, mail, packages and PDF all go through here.

The row is decided by the rule; its content is decided here: children that the viewer is not tied to now are masked in
words, quotes, pictures and alternative texts, and nothing tells how many they are.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from markupsafe import Markup

from curriculum.services import goal_labels
from ground.markdown import to_html
from learninglog import mentions
from learninglog.models import Entry, EntryChild, EntryPicture, Publication, SharedVersion, VersionChild, VersionPicture
from learninglog.pictures import shown_to_family, shown_to_staff
from people.models import Child, GroupOpening
from visibility import rule, ties
from visibility.relations import GUARDIAN
from visibility.viewer import Hat, Viewer


@dataclass(frozen=True)
class PictureView:
    public_id: uuid.UUID
    alt: str
    caption: str
    width: int
    height: int

    def _href(self, purpose: str) -> str:
        return reverse("media_policy:picture", kwargs={"public_id": self.public_id, "purpose": purpose})

    @property
    def href_thumb(self) -> str:
        return self._href("thumb")

    @property
    def href_card(self) -> str:
        return self._href("card")

    @property
    def href_full(self) -> str:
        return self._href("full")


@dataclass(frozen=True)
class Rendition:
    """Plain values, ready to be shown; holds nothing that its viewer may not know."""

    entry_id: int
    public_id: uuid.UUID
    title: str
    text: str
    language: str
    happened_on: date
    author: str
    children_line: str
    quotes: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    pictures: list[PictureView] = field(default_factory=list)
    own_children: frozenset[int] = frozenset()
    shared_at: datetime | None = None

    @property
    def body_html(self) -> Markup:
        return to_html(self.text)


@dataclass
class _About:
    """One child of the source, before masking."""

    child_id: int
    line: str
    asked: str
    quotes: list[str]
    remarks: list[tuple[int, str]]


@dataclass
class _Source:
    entry: Entry
    title: str
    text: str
    language: str
    happened_on: date
    goals: list[int]
    children: list[_About]
    pictures: list[Any]
    shared_at: datetime | None


def for_viewer(entries: Iterable[Entry], viewer: Viewer, *, only: frozenset[int] | None = None) -> list[Rendition]:
    """Renditions of entries that the rule has let this viewer read, in their order, in a fixed number of queries.

    `only` narrows the own words to some children (one child's log, one child's package).
    """
    rows = list(entries)
    if viewer.hat == Hat.GUARDIAN:
        return _for_family(rows, viewer, only)
    return _for_staff(rows, viewer)


def _for_family(entries: list[Entry], viewer: Viewer, only: frozenset[int] | None) -> list[Rendition]:
    standing: dict[int, dict[int, int]] = {}
    own = set(ties.children(viewer, GUARDIAN))
    publications = Publication.objects.filter(entry__in=[entry.pk for entry in entries], child__in=own)
    for entry_id, child_id, version_id in publications.values_list("entry_id", "child_id", "version_id"):
        standing.setdefault(entry_id, {})[child_id] = version_id
    version_ids = {version for children in standing.values() for version in children.values()}
    versions = _versions(version_ids, Q(pk__in=shown_to_family(viewer).values("pk")))
    names = _known(entries, versions.values(), own, viewer)
    sources: list[tuple[_Source, set[int], dict[int, str]]] = []
    for entry in entries:
        mine = standing.get(entry.pk, {})
        if not mine:
            continue
        shown = set(mine) if only is None else set(mine) & only
        # A child left out of a later sharing keeps the version it was in.
        version = versions[max(mine[child] for child in (shown or mine))]
        sources.append((_from_version(entry, version), shown, _names_in(entry, version, names, own)))
    return _rendered(sources)


@dataclass(frozen=True)
class _Version:
    """A shared version with its children and with the pictures that this viewer gets, in order."""

    row: SharedVersion
    children: list[VersionChild]
    pictures: list[VersionPicture]


def _versions(keys: Iterable[int], pictures: Q) -> dict[int, _Version]:
    found = {row.pk: _Version(row, [], []) for row in SharedVersion.objects.filter(pk__in=list(keys))}
    for child in VersionChild.objects.filter(version__in=found, child__isnull=False).order_by("position", "pk"):
        found[child.version_id].children.append(child)
    shown = VersionPicture.objects.filter(pictures, version__in=found).select_related("picture")
    for picture in shown.order_by("position", "pk"):
        found[picture.version_id].pictures.append(picture)
    return found


@dataclass(frozen=True)
class _Known:
    names: dict[int, str]
    openings: list[tuple[int, datetime]]


def _known(entries: list[Entry], versions: Iterable[_Version], own: set[int], viewer: Viewer) -> _Known:
    """First names in these versions, and which of the groups are open now and since when; one query each."""
    keys = own.union(*(_children_of(version) for version in versions))
    names = dict(Child.objects.unblocked().filter(pk__in=keys).values_list("pk", "given_name"))
    open_now = Q(closed_at__isnull=True) | Q(closed_at__gt=viewer.at)
    openings = GroupOpening.objects.filter(open_now, opened_at__lte=viewer.at)
    groups = {entry.group_id for entry in entries}
    return _Known(names, list(openings.filter(group__in=groups).values_list("group_id", "opened_at")))


def _children_of(version: _Version) -> set[int]:
    return {row.child_id for row in version.children if row.child_id}


def _names_in(entry: Entry, version: _Version, known: _Known, own: set[int]) -> dict[int, str]:
    """The names this family may read in a version: its own children, and in a group open then and now the others."""
    may = set(own)
    if any(group == entry.group_id and opened <= version.row.at for group, opened in known.openings):
        may |= _children_of(version)
    return {key: known.names[key] for key in may if key in known.names}


def _from_version(entry: Entry, version: _Version) -> _Source:
    about = [
        _About(row.child_id, row.line, row.asked, list(row.quotes), [(goal, text) for goal, text in row.remarks])
        for row in version.children
        if row.child_id
    ]
    row = version.row
    return _Source(
        entry, row.title, row.text, row.language, row.happened_on, list(row.goals), about, version.pictures, row.at
    )


def _for_staff(entries: list[Entry], viewer: Viewer) -> list[Rendition]:
    keys = [entry.pk for entry in entries]
    children = (
        EntryChild.objects.filter(entry__in=keys, left_out=False, child__blocked_at__isnull=True)
        .filter(rule.knows_here(viewer, "ENTRY"))
        .select_related("child")
        .prefetch_related("quotes", "remarks")
        .order_by("position", "pk")
    )
    by_entry: dict[int, list[EntryChild]] = {}
    for row in children:
        by_entry.setdefault(row.entry_id, []).append(row)
    pictures: dict[int, list[EntryPicture]] = {}
    shown = shown_to_staff(viewer).filter(entry__in=keys).select_related("picture").order_by("position", "pk")
    for picture in shown:
        pictures.setdefault(picture.entry_id, []).append(picture)
    goals: dict[int, list[int]] = {}
    for entry_id, goal_id in _goals_of(keys):
        goals.setdefault(entry_id, []).append(goal_id)
    sources: list[_Source] = []
    for entry in entries:
        about = [
            _About(
                row.child_id,
                row.line,
                row.asked,
                [quote.text for quote in sorted(row.quotes.all(), key=lambda quote: (quote.position, quote.pk))],
                [(one.goal_id, one.text) for one in sorted(row.remarks.all(), key=lambda remark: remark.pk)],
            )
            for row in by_entry.get(entry.pk, [])
        ]
        source = _Source(
            entry,
            entry.title,
            entry.text,
            entry.language,
            entry.happened_on,
            goals.get(entry.pk, []),
            about,
            pictures.get(entry.pk, []),
            entry.current.at if entry.current else None,
        )
        sources.append(source)
    names, lately = _staff_names(sources, viewer)
    found: list[tuple[_Source, set[int], dict[int, str]]] = []
    for source in sources:
        here = {row.child_id for row in source.children}
        found.append((source, here, {key: name for key, name in names.items() if key in here or key not in lately}))
    return _rendered(found)


def _goals_of(keys: list[int]) -> list[tuple[int, int]]:
    from learninglog.models import EntryGoal

    return list(EntryGoal.objects.filter(entry__in=keys).order_by("pk").values_list("entry_id", "goal_id"))


def _staff_names(sources: list[_Source], viewer: Viewer) -> tuple[dict[int, str], set[int]]:
    """Labels of every child in these texts that the viewer is tied to now, or knows as a child of its entry.

    Behind them the keys of children known only in the entries that may be finished: elsewhere they stay masked.
    """
    here = {row.child_id for source in sources for row in source.children}
    keys = here.union(*(mentions.children_in(*_texts_of(source)) for source in sources))
    tied = rule.knows(viewer, "ENTRY", "pk")
    rows = (
        Child.objects.unblocked()
        .filter(tied | Q(pk__in=here), pk__in=keys)
        .order_by("given_name", "pk")
        .values_list("pk", "given_name", "family_name")
    )
    lately = Child.objects.filter(pk__in=here if rule.finishing(viewer, "ENTRY") else ()).exclude(tied)
    return {label.child_id: label.text for label in mentions.labels(rows)}, set(lately.values_list("pk", flat=True))


def _texts_of(source: _Source) -> Iterator[str]:
    yield from (source.title, source.text)
    for about in source.children:
        yield from (about.line, *about.quotes, *(text for _goal, text in about.remarks))
    for picture in source.pictures:
        yield from (picture.alt, picture.caption)


def _rendered(sources: list[tuple[_Source, set[int], dict[int, str]]]) -> list[Rendition]:
    language = get_language() or "en"
    wanted = {goal for source, *_ in sources for goal in source.goals}
    wanted |= {goal for source, *_ in sources for row in source.children for goal, _ in row.remarks}
    labels = goal_labels(sorted(wanted), language)
    return [_one(source, shown, names, labels) for source, shown, names in sources]


def _one(source: _Source, shown: set[int], names: dict[int, str], labels: dict[int, str]) -> Rendition:
    def masked(text: str) -> str:
        return mentions.masked(text, names, source.language)

    own = [row for row in source.children if row.child_id in shown]
    run = ", ".join(mentions.token(row.child_id) for row in source.children)
    return Rendition(
        entry_id=source.entry.pk,
        public_id=source.entry.public_id,
        title=masked(source.title),
        text=masked(source.text),
        language=source.language,
        happened_on=source.happened_on,
        author=source.entry.created_by.given_name,
        children_line=masked(run),
        quotes=[masked(quote) for row in own for quote in row.quotes],
        lines=[(names.get(row.child_id, ""), masked(row.line)) for row in own if row.line],
        remarks=[(labels[goal], masked(text)) for row in own for goal, text in row.remarks if goal in labels],
        goals=[labels[goal] for goal in source.goals if goal in labels],
        pictures=[_picture(row, masked) for row in source.pictures],
        own_children=frozenset(shown),
        shared_at=source.shared_at,
    )


def _picture(row: Any, masked: Any) -> PictureView:
    return PictureView(
        row.picture.public_id, masked(row.alt), masked(row.caption), row.picture.width, row.picture.height
    )
