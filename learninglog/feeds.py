"""A child's log as its family reads it: shared entries and words from home, newest first.

A feed is an optimised spelling of the rule: short keyset pages of publications instead of a join over all entries. The
property tests hold it to `Entry.objects.visible_to`.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, Q, QuerySet, Value

from ground.paging import Page, after, cut
from ground.prepared import Prepared
from learninglog import search
from learninglog.models import Entry, HomeChange, HomeWords, Publication
from learninglog.rendition import Origin
from people.models import Child
from visibility import ties
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer

KEYS = ("-feed_day", "feed_rank", "-feed_id")
WORDS_FIRST, ENTRIES_NEXT = 0, 1
SIZE = 20
# Above this a figure says only "many".
MANY = 20


@dataclass(frozen=True)
class Wanted:
    """What a reader asked to see of a log; as it stands, everything.

    `goals` are keys (an empty list finds nothing); `new_since` asks for what is new or changed since then.
    """

    goals: list[int] | None = None
    from_home: bool = False
    text: str = ""
    new_since: datetime | None = None


class Standing(NamedTuple):
    """One entry that stands shared for a child, and what its card needs of the publication."""

    entry: Origin
    version_id: int
    happened_on: date
    first_shared_at: datetime
    goals: list[int]


@dataclass(frozen=True)
class Row:
    """One place in the log: an entry that stands shared, or words from home."""

    feed_day: date
    feed_rank: int
    feed_id: int
    standing: Standing | None = None
    words: HomeWords | None = None


def child_log(
    *, viewer: Viewer, child: Child, home: int | None = None, wanted: Wanted = Wanted(), cursor: str | None = None,
    size: int = SIZE,
) -> Page[Row]:  # fmt: skip
    """One page of a child's log, in two short queries; a stranger's page is empty.

    `home` is the key of the reader's own: only what changed for it counts as changed.
    """
    rows = [] if wanted.from_home else _entries(viewer, child, home, wanted, cursor, size)
    if wanted.goals is None and wanted.new_since is None:
        rows += _words(viewer, child, wanted, cursor, size)
    rows.sort(key=lambda row: (-row.feed_day.toordinal(), row.feed_rank, -row.feed_id))
    return cut(rows[: size + 1], model=Publication, keys=KEYS, size=size)


def standing(viewer: Viewer) -> QuerySet[Any]:
    """Publications of the children whose log this guardian reads now."""
    if viewer.hat != GUARDIAN.hat:
        return Publication.objects.none()
    return Publication.objects.filter(child__in=ties.children(viewer, GUARDIAN))


def one_entry(viewer: Viewer, child: Child, public_id: uuid.UUID) -> Standing | None:
    """One entry as it stands for this child's family, where the rule lets the viewer read it."""
    entries = Entry.objects.visible_to(viewer).filter(public_id=public_id)
    rows = standing(viewer).filter(child=child, entry__in=entries)
    return next((_standing(row) for row in rows.values_list(*COLUMNS)), None)


def badge(row: Standing, since: datetime, changed: set[int]) -> str:
    """Whether an entry is new to its reader, or was changed in what this home sees of it."""
    if row.first_shared_at > since:
        return "new"
    return "changed" if row.entry.pk in changed else ""


_CHANGED = Prepared(
    lambda home, since: HomeChange.objects.filter(home__in=home, at__gt=since).values_list("entry_id"),
    home=[int],
    since=datetime,
)


def changed_for(home: int | None, since: datetime) -> set[int]:
    """Keys of the entries whose rendition for this home has changed since then."""
    return {entry for (entry,) in _CHANGED.rows(home=[home] if home else [], since=since)}


def news(viewer: Viewer, child: Child, home: int | None, since: datetime) -> int:
    """How many entries are new or changed since then, counted no further than many."""
    if child.pk not in ties.children(viewer, GUARDIAN):
        return 0
    return len(_NEWS.rows(child=child.pk, home=home or 0, since=since))


def _new(rows: QuerySet[Any], home: int | None, since: datetime) -> QuerySet[Any]:
    changes = HomeChange.objects.filter(home=home, at__gt=since).values("entry_id")
    return rows.filter(Q(first_shared_at__gt=since) | Q(entry__in=changes))


_NEWS = Prepared(
    lambda child, home, since: (
        _new(Publication.objects.filter(child=child), home, since).order_by("pk").values_list("pk")[:MANY]
    ),
    child=int,
    home=int,
    since=datetime,
)


COLUMNS = (
    "entry_id", "entry__public_id", "entry__group_id", "entry__created_by__given_name", "version_id", "happened_on",
    "first_shared_at", "goals",
)  # fmt: skip


def _standing(row: tuple[Any, ...]) -> Standing:
    return Standing(Origin(*row[:4]), *row[4:])


def _newest(rows: QuerySet[Any], size: int) -> Any:
    return rows.order_by("-happened_on", "-entry_id").values_list(*COLUMNS)[: size + 1]


# The plain log's first page, which is opened all day.
_FIRST_PAGE = Prepared(lambda child: _newest(Publication.objects.filter(child=child), SIZE), child=int)


def _entries(
    viewer: Viewer, child: Child, home: int | None, wanted: Wanted, cursor: str | None, size: int
) -> list[Row]:
    if (wanted, cursor, size) == (Wanted(), None, SIZE) or (wanted, cursor, size) == (Wanted(), "", SIZE):
        found = _FIRST_PAGE.rows(child=child.pk) if child.pk in ties.children(viewer, GUARDIAN) else []
    else:
        found = list(_wanted_entries(viewer, child, home, wanted, cursor, size))
    rows = [_standing(row) for row in found]
    return [Row(row.happened_on, ENTRIES_NEXT, row.entry.pk, standing=row) for row in rows]


def _wanted_entries(
    viewer: Viewer, child: Child, home: int | None, wanted: Wanted, cursor: str | None, size: int
) -> Any:
    rows = standing(viewer).filter(child=child)
    if wanted.goals is not None:
        rows = rows.filter(goals__has_any_id=wanted.goals) if wanted.goals else rows.none()
    if wanted.new_since is not None:
        rows = _new(rows, home, wanted.new_since)
    if wanted.text:
        rows = search.in_publications(rows, wanted.text)
    rows = _behind(rows, cursor, day=F("happened_on"), rank=ENTRIES_NEXT, key=F("entry_id"))
    return _newest(rows, size)


_ANY_WORDS = Prepared(
    lambda child: HomeWords.objects.standing().filter(child=child).order_by("pk").values_list("pk")[:1], child=int
)


def _words(viewer: Viewer, child: Child, wanted: Wanted, cursor: str | None, size: int) -> list[Row]:
    # Most children have none, and the rule need not be put together to find that out.
    if not _ANY_WORDS.rows(child=child.pk):
        return []
    rows: QuerySet[Any] = HomeWords.objects.visible_to(viewer).for_list().filter(child=child)
    if wanted.text:
        rows = search.in_words(rows, wanted.text)
    rows = _behind(rows, cursor, day=F("happened_on"), rank=WORDS_FIRST, key=F("id"))
    rows = rows.order_by("-happened_on", "-pk")
    return [Row(row.happened_on, WORDS_FIRST, row.pk, words=row) for row in rows[: size + 1]]


def _behind(rows: QuerySet[Any], cursor: str | None, *, day: F, rank: int, key: F) -> QuerySet[Any]:
    """Rows behind the cursor of the united feed, whose keys each list spells in its own columns."""
    if not cursor:
        return rows
    rows = rows.alias(feed_day=day, feed_rank=Value(rank, output_field=IntegerField()), feed_id=key)
    return rows.filter(after(Publication, keys=KEYS, cursor=cursor))
