"""What one viewer sees of an entry. Pages, search, mail, packages and PDF all go through here.

The row is decided by the rule; its content is decided here: children that the viewer is not tied to now are masked in
words, quotes, pictures and alternative texts, and nothing tells how many they are.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import get_language
from markupsafe import Markup

from curriculum.spoken import in_words
from ground.addresses import address
from ground.markdown import to_html
from learninglog import mentions
from learninglog.clips import Take, in_entries, in_versions
from learninglog.models import Entry, EntryChild, Publication
from learninglog.pictures import whole_to_staff
from learninglog.versions import About, Shot, Version, openings, read_versions
from media_policy.models import Clip
from people.models import Child
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
        return address("media_policy:picture", public_id=self.public_id, purpose=purpose)

    @property
    def href_thumb(self) -> str:
        return self._href("thumb")

    @property
    def href_card(self) -> str:
        return self._href("card")

    @property
    def href_full(self) -> str:
        return self._href("full")

    @property
    def href_download(self) -> str:
        return address("media_policy:picture_download", public_id=self.public_id)


@dataclass(frozen=True)
class ClipView:
    """A film or a recording; `words` is what is said in it, as typed lines."""

    public_id: uuid.UUID
    kind: str
    state: str
    duration_ms: int
    width: int
    height: int
    caption: str
    words: str

    @property
    def is_film(self) -> bool:
        return self.kind == Clip.Kind.FILM

    @property
    def is_ready(self) -> bool:
        return self.state == Clip.State.READY

    @property
    def href_play(self) -> str:
        return address("media_policy:clip", public_id=self.public_id, purpose="play")

    @property
    def href_poster(self) -> str:
        return address("media_policy:clip", public_id=self.public_id, purpose="poster")

    @property
    def href_download(self) -> str:
        return address("media_policy:clip_download", public_id=self.public_id)


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
    clips: list[ClipView] = field(default_factory=list)
    own_children: frozenset[int] = frozenset()
    shared_at: datetime | None = None

    @property
    def body_html(self) -> Markup:
        return to_html(self.text)


class Origin(NamedTuple):
    """What a rendition takes from the entry itself."""

    pk: int
    public_id: uuid.UUID
    group_id: int
    author: str


def origin(entry: Entry) -> Origin:
    """Of an entry that came with its `created_by`."""
    return Origin(entry.pk, entry.public_id, entry.group_id, entry.created_by.given_name)


@dataclass
class _Source:
    entry: Origin
    title: str
    text: str
    language: str
    happened_on: date
    goals: list[int]
    children: list[About]
    pictures: list[Shot]
    shared_at: datetime | None
    clips: list[Take] = field(default_factory=list)


def for_viewer(entries: Iterable[Entry], viewer: Viewer, *, only: frozenset[int] | None = None) -> list[Rendition]:
    """Renditions of entries that the rule has let this viewer read, in their order, in a fixed number of queries.

    `only` narrows the own words to some children (one child's log, one child's package).
    """
    rows = list(entries)
    if viewer.hat == Hat.GUARDIAN:
        return _for_family(rows, viewer, only)
    if viewer.hat == Hat.SCHOOL and rows:
        # What the staff write on is never a receiver's to read: see `of_child`.
        raise PermissionDenied
    return _for_staff(rows, viewer)


def _for_family(entries: list[Entry], viewer: Viewer, only: frozenset[int] | None) -> list[Rendition]:
    standing: dict[int, dict[int, int]] = {}
    own = ties.children(viewer, GUARDIAN)
    publications = Publication.objects.filter(entry__in=[entry.pk for entry in entries], child__in=own)
    for entry_id, child_id, version_id in publications.values_list("entry_id", "child_id", "version_id"):
        standing.setdefault(entry_id, {})[child_id] = version_id
    chosen: list[tuple[Origin, int, set[int]]] = []
    for entry in entries:
        mine = standing.get(entry.pk, {})
        if mine:
            shown = set(mine) if only is None else set(mine) & only
            # A child left out of a later sharing keeps the version it was in.
            chosen.append((origin(entry), max(mine[child] for child in (shown or mine)), shown))
    return of_versions(chosen, viewer)


def of_versions(chosen: list[tuple[Origin, int, set[int]]], viewer: Viewer) -> list[Rendition]:
    """For a guardian, renditions of versions that stand for children of theirs: (entry, version, those children)."""
    own = set(ties.children(viewer, GUARDIAN))
    opened = openings({entry.group_id for entry, *_ in chosen}, viewer.at)
    versions = read_versions({version for _entry, version, _shown in chosen}, own, opened, viewer.at)
    takes = in_versions(versions, own, viewer.at)
    siblings = _siblings(versions.values(), own, takes)
    sources: list[tuple[_Source, set[int], dict[int, str]]] = []
    for entry, key, shown in chosen:
        version = versions[key]
        names = siblings | {child: name for child, name in version.names.items() if child in own}
        # In a group open then and now the others of the entry are known too.
        if any(group == entry.group_id and since <= version.at for group, since in opened):
            names |= version.names
        sources.append((_from_version(entry, version, takes.get(key, [])), shown, names))
    return _rendered(sources)


def of_child(chosen: Iterable[tuple[Origin, int]], child: int, at: datetime) -> list[Rendition]:
    """Renditions of versions as they go to another place with one child, in their order: (entry, version).

    Whoever reads them there knows no other child: not a brother or sister, and nobody of a group that is open here.
    """
    rows = list(chosen)
    versions = read_versions({version for _entry, version in rows}, [child])
    takes = in_versions(versions, [child], at, openly=False)
    sources: list[tuple[_Source, set[int], dict[int, str]]] = []
    for entry, key in rows:
        version = versions[key]
        names = {own: name for own, name in version.names.items() if own == child}
        sources.append((_from_version(entry, version, takes.get(key, [])), {child}, names))
    return _rendered(sources)


def _siblings(versions: Iterable[Version], own: set[int], takes: dict[int, list[Take]]) -> dict[int, str]:
    """First names of the family's own children that are mentioned in a version without being on it."""
    missing: set[int] = set()
    for version in versions:
        texts = (version.title, version.text, *(text for row in version.children for text in _words_of(row)))
        shots = (text for shot in version.pictures for text in (shot.alt, shot.caption))
        said = (text for take in takes.get(version.pk, ()) for text in (take.caption, take.words))
        missing |= (mentions.children_in(*texts, *shots, *said) & own) - version.names.keys()
    if not missing:
        return {}
    return dict(Child.objects.unblocked().filter(pk__in=missing).values_list("pk", "given_name"))


def _from_version(entry: Origin, version: Version, takes: list[Take]) -> _Source:
    return _Source(
        entry, version.title, version.text, version.language, version.happened_on, version.goals, version.children,
        version.pictures, version.at, takes,
    )  # fmt: skip


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
    pictures: dict[int, list[Shot]] = {}
    shown = whole_to_staff(viewer).filter(entry__in=keys).order_by("position", "pk")
    columns = ("entry_id", "picture__public_id", "alt", "caption", "picture__width", "picture__height")
    for entry_id, *shot in shown.values_list(*columns):
        pictures.setdefault(entry_id, []).append(Shot(*shot))
    takes = in_entries(keys, viewer)
    goals: dict[int, list[int]] = {}
    for entry_id, goal_id in _goals_of(keys):
        goals.setdefault(entry_id, []).append(goal_id)
    sources: list[_Source] = []
    for entry in entries:
        about = [
            About(
                row.child_id,
                row.line,
                row.asked,
                [quote.text for quote in sorted(row.quotes.all(), key=lambda quote: (quote.position, quote.pk))],
                [(one.goal_id, one.text) for one in sorted(row.remarks.all(), key=lambda remark: remark.pk)],
            )
            for row in by_entry.get(entry.pk, [])
        ]
        source = _Source(
            origin(entry),
            entry.title,
            entry.text,
            entry.language,
            entry.happened_on,
            goals.get(entry.pk, []),
            about,
            pictures.get(entry.pk, []),
            entry.current.at if entry.current else None,
            takes.get(entry.pk, []),
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
        yield from _words_of(about)
    for picture in source.pictures:
        yield from (picture.alt, picture.caption)
    for take in source.clips:
        yield from (take.caption, take.words)


def _words_of(about: About) -> Iterator[str]:
    yield from (about.line, *about.quotes, *(text for _goal, text in about.remarks))


def _rendered(sources: list[tuple[_Source, set[int], dict[int, str]]]) -> list[Rendition]:
    language = get_language() or "en"
    wanted = {goal for source, *_ in sources for goal in source.goals}
    wanted |= {goal for source, *_ in sources for row in source.children for goal, _ in row.remarks}
    labels = {key: goal.label for key, goal in in_words(wanted, language).items()}
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
        author=source.entry.author,
        children_line=masked(run),
        quotes=[masked(quote) for row in own for quote in row.quotes],
        lines=[(names.get(row.child_id, ""), masked(row.line)) for row in own if row.line],
        remarks=[(labels[goal], masked(text)) for row in own for goal, text in row.remarks if goal in labels],
        goals=[labels[goal] for goal in source.goals if goal in labels],
        pictures=[_picture(row, masked) for row in source.pictures],
        clips=[ClipView(*take[:-2], masked(take.caption), masked(take.words)) for take in source.clips],
        own_children=frozenset(shown),
        shared_at=source.shared_at,
    )


def _picture(shot: Shot, masked: Callable[[str], str]) -> PictureView:
    return PictureView(shot.public_id, masked(shot.alt), masked(shot.caption), shot.width, shot.height)
