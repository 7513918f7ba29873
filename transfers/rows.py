"""Which rows go along: for one transfer as it would go now, and for one reader at the receiving unit.

The first is concrete, one window over one child's rows; the second is the rule. The oracle holds both to the same.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from conferences.models import Agreement, Conference, FieldValue, RecordedField, RecordedMaterial, Talk, Version
from learninglog.models import Entry, HomeWords, Publication, VersionPicture
from media_policy.models import Picture
from people.models import Child
from transfers import windows
from transfers.models import Handover, LeftOut, WordsAlong
from visibility import kinds, rule
from visibility.prepared import PreparedRule
from visibility.viewer import Viewer
from visibility.window import Window, begins


@dataclass(frozen=True)
class Rows:
    """What the rule lets go, as querysets that are narrowed already; `left_out` are pictures that stay by a choice.

    `values` are the fields that a home filled in for itself; they are in no package for a receiver.
    """

    entries: QuerySet[Any]
    words: QuerySet[Any]
    conferences: QuerySet[Any]
    records: QuerySet[Any]
    materials: QuerySet[Any]
    agreements: QuerySet[Any]
    values: QuerySet[Any]
    left_out: frozenset[uuid.UUID] = frozenset()


def in_window(handover: Handover, *, log: bool = True, conferences: bool = True, whole: bool = False) -> Rows:
    """What goes to this receiver where these are chosen: for a package and the preview, and for picking from.

    `whole` is with what was left out: never for what goes.
    """
    window = windows.effective(handover)
    blocked = handover.child.blocked_at is not None
    if window is None or blocked:
        return nothing()
    until = begins(window.first_day, handover.child.organisation.time_zone)
    child = handover.child_id
    out = LeftOut.objects.none() if whole else LeftOut.objects.filter(child=child, put_back_at__isnull=True)
    days = {"happened_on__gte": window.starts, "happened_on__lt": window.until}
    standing = Publication.objects.filter(child=child, first_shared_at__lt=until, shared_at__lt=until, **days)
    entries = Entry.objects.filter(pk__in=standing.values("entry_id"))
    entries = entries.exclude(pk__in=out.filter(entry__isnull=False).values("entry_id"))
    ticked = WordsAlong.objects.filter(words=OuterRef("pk"), taken_back_at__isnull=True)
    words = HomeWords.objects.standing().filter(Exists(ticked), child=child, written_at__lt=until, **days)
    talks = _conferences(child, window, until).exclude(pk__in=out.filter(conference__isnull=False).values("conference"))
    if not log:
        entries, words = entries.none(), words.none()
    if not conferences:
        talks = talks.none()
    at_once = {"version__conference__in": talks.values("pk"), "home__isnull": True, "version__at__lt": until}
    newest = Q(version__kind__in=[Version.Kind.SEALED, Version.Kind.ADDENDUM])
    newest |= Q(version__conference__current=F("version"))
    off = out.filter(picture__isnull=False).values("picture_id")
    materials = RecordedMaterial.objects.filter(newest, **at_once, entry__in=entries.values("pk"))
    return Rows(
        entries=entries,
        words=words,
        conferences=talks,
        records=RecordedField.objects.filter(newest, **at_once),
        materials=materials.filter(Q(picture__isnull=True) | ~Q(picture__in=off)),
        agreements=Agreement.objects.filter(conference__in=talks.values("pk")),
        values=FieldValue.objects.none(),
        left_out=left_out(child),
    )


def _conferences(child: int, window: Window, until: datetime) -> QuerySet[Conference]:
    """Sealed before the first day, and every talk of it on a day inside."""
    talks = Talk.objects.filter(conference=OuterRef("pk"))
    missed = talks.filter(Q(held_on__lt=window.starts) | Q(held_on__gte=window.until))
    rows = Conference.objects.filter(child=child, sealed_at__lt=until)
    return rows.filter(Exists(talks), ~Exists(missed))


def nothing() -> Rows:
    """What goes without a yes."""
    return Rows(
        entries=Entry.objects.none(), words=HomeWords.objects.none(), conferences=Conference.objects.none(),
        records=RecordedField.objects.none(), materials=RecordedMaterial.objects.none(),
        agreements=Agreement.objects.none(), values=FieldValue.objects.none(),
    )  # fmt: skip


def for_reader(child: Child, viewer: Viewer, *, log: bool = True, talks: bool = True) -> Rows:
    """What the rule lets this reader at the receiving unit see of one child, and nothing through another child.

    Without `log` or `talks` that half is not asked for. Keys are read first: one child's year is a few hundred rows.
    """

    def seen(name: str, wanted: bool = True) -> Any:
        model, asked = _SEEN[name]
        rows: Any = model._default_manager
        return rows.filter(pk__in=[key for (key,) in asked.rows(viewer, child=child.pk)]) if wanted else rows.none()

    return Rows(
        entries=seen("entries"),
        words=seen("words", log),
        conferences=seen("conferences", talks),
        records=seen("records", talks),
        materials=seen("materials", talks),
        agreements=seen("agreements", talks),
        values=FieldValue.objects.none(),
        left_out=left_out(child.pk),
    )


def _asked(kind: str, model: Any, path: str) -> tuple[Any, PreparedRule]:
    """The keys of a child's rows that a viewer reads, by a query that is put together once a process."""

    def build(viewer: Viewer, child: Any) -> Any:
        return model.objects.visible_to(viewer).filter(**{path: child}).order_by("pk").values_list("pk")

    return model, PreparedRule(kind, build, child=int)


def _entries_of(viewer: Viewer, child: Any) -> Any:
    """Through this child alone: an entry about two may be open through the other one."""
    through = rule.links(kinds.by_name("ENTRY"), viewer)
    return through.filter(child=child).order_by("entry_id").values_list("entry_id")


_SEEN: dict[str, tuple[Any, PreparedRule]] = {
    "entries": (Entry, PreparedRule("ENTRY", _entries_of, child=int)),
    "words": _asked("WORDS", HomeWords, "child"),
    "conferences": _asked("CONFERENCE", Conference, "child"),
    "records": _asked("RECORD", RecordedField, "version__conference__child"),
    "materials": _asked("RECORDED_MATERIAL", RecordedMaterial, "version__conference__child"),
    "agreements": _asked("AGREEMENT", Agreement, "conference__child"),
}


def left_out(child: int) -> frozenset[uuid.UUID]:
    """Pictures that somebody left out, with what is shown instead of them and what they are shown instead of."""
    return frozenset(pictures_left_out(child).values_list("public_id", flat=True))


def pictures_left_out(child: int) -> QuerySet[Picture]:
    """The same as rows."""
    out = LeftOut.objects.filter(child=child, picture__isnull=False, put_back_at__isnull=True).values("picture_id")
    held = VersionPicture.objects.filter(picture=OuterRef("pk"))
    beside = Exists(held.filter(Q(stands_for__picture__in=out) | Q(stand_ins__picture__in=out)))
    return Picture.objects.filter(Q(pk__in=out) | beside)
