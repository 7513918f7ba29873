"""A child's log as its family reads it: shared entries and words from home, newest first.

A feed is an optimised spelling of the rule: short keyset pages of publications instead of a join over all entries. The
property tests hold it to `Entry.objects.visible_to`.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Value

from ground.paging import Page, after, cut
from learninglog import search
from learninglog.models import Entry, HomeChange, HomeWords, Publication
from people.models import Child, Home
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


@dataclass(frozen=True)
class Row:
    """One place in the log: an entry with its publication, or words from home."""

    feed_day: date
    feed_rank: int
    feed_id: int
    publication: Publication | None = None
    words: HomeWords | None = None


def child_log(
    *, viewer: Viewer, child: Child, home: Home | None = None, wanted: Wanted = Wanted(), cursor: str | None = None,
    size: int = SIZE,
) -> Page[Row]:  # fmt: skip
    """One page of a child's log, in two short queries; a stranger's page is empty.

    `home` is the reader's own: only what changed for it counts as changed.
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


def one_entry(viewer: Viewer, child: Child, public_id: uuid.UUID) -> Publication | None:
    """The publication of one entry for this child's family, where the rule lets the viewer read the entry."""
    entries = Entry.objects.visible_to(viewer).filter(public_id=public_id)
    rows = standing(viewer).filter(child=child, entry__in=entries)
    return rows.select_related("entry__created_by").first()


def badge(publication: Publication, since: datetime, changed: set[int]) -> str:
    """Whether an entry is new to its reader, or was changed in what this home sees of it."""
    if publication.first_shared_at > since:
        return "new"
    return "changed" if publication.entry_id in changed else ""


def changed_for(home: Home | None, since: datetime, entries: Iterable[int] | None = None) -> set[int]:
    """Keys of the entries (of these, or of all) whose rendition for this home has changed since then."""
    if home is None:
        return set()
    rows = HomeChange.objects.filter(home=home, at__gt=since)
    if entries is not None:
        rows = rows.filter(entry__in=list(entries))
    return set(rows.values_list("entry_id", flat=True))


def news(viewer: Viewer, child: Child, home: Home | None, since: datetime) -> int:
    """How many entries are new or changed since then, counted no further than many."""
    rows = _new(standing(viewer).filter(child=child), home, since)
    return len(rows.order_by("pk").values_list("pk", flat=True)[:MANY])


def _new(rows: QuerySet[Any], home: Home | None, since: datetime) -> QuerySet[Any]:
    changes = HomeChange.objects.filter(home=home, at__gt=since).values("entry_id")
    return rows.filter(Q(first_shared_at__gt=since) | Q(entry__in=changes))


def _entries(
    viewer: Viewer, child: Child, home: Home | None, wanted: Wanted, cursor: str | None, size: int
) -> list[Row]:
    rows = standing(viewer).filter(child=child)
    if wanted.goals is not None:
        rows = rows.filter(goals__has_any_id=wanted.goals) if wanted.goals else rows.none()
    if wanted.new_since is not None:
        rows = _new(rows, home, wanted.new_since)
    if wanted.text:
        rows = search.in_publications(rows, wanted.text)
    rows = _behind(rows, cursor, day=F("happened_on"), rank=ENTRIES_NEXT, key=F("entry_id"))
    rows = rows.select_related("entry__created_by").order_by("-happened_on", "-entry_id")
    return [Row(row.happened_on, ENTRIES_NEXT, row.entry_id, publication=row) for row in rows[: size + 1]]


def _words(viewer: Viewer, child: Child, wanted: Wanted, cursor: str | None, size: int) -> list[Row]:
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
