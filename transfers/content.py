"""What goes along with a child: one rendition for the school’s page, the preview, the package and the own copy.

Which rows go is the rule's answer, handed over as querysets; what stands in them is made here. No other child is in it
by name, quote, picture or number; no threads, no notes of the staff, no plans, and no national id.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import get_language

from conferences.models import Agreement, Conference, FieldValue, RecordedField, RecordedMaterial
from curriculum.case import exporting
from curriculum.spoken import in_words
from learninglog import mentions, rendition
from learninglog.models import Entry, HomeWords, Publication
from learninglog.rendition import Origin, Rendition
from media_policy.models import Picture, PictureSubject
from people.models import Child
from transfers import parts, receiving, talks
from transfers.models import Handover
from transfers.rows import Rows
from transfers.services import hiding
from visibility.viewer import Viewer

NOBODY: Mapping[int, str] = {}


def own_copy(child: Child, viewer: Viewer) -> parts.Content:
    """Everything about a child that this guardian may read, in the child's rendition, whatever the day."""
    mine = {"conference__child": child}
    rows = Rows(
        entries=Entry.objects.visible_to(viewer),
        words=HomeWords.objects.visible_to(viewer).standing().filter(child=child),
        conferences=Conference.objects.visible_to(viewer).filter(child=child, current__isnull=False),
        records=RecordedField.objects.visible_to(viewer).filter(version__conference__child=child),
        materials=RecordedMaterial.objects.visible_to(viewer).filter(version__conference__child=child),
        agreements=Agreement.objects.visible_to(viewer).filter(**mine),
        values=FieldValue.objects.visible_to(viewer).filter(**mine, home__isnull=False),
    )
    unnamed = hiding.unnamed_units(viewer.person, [child.pk]).get(child.pk, {})
    return gathered(child, rows, at=viewer.at, unnamed=unnamed)


def of_handover(handover: Handover, viewer: Viewer | None, at: datetime) -> parts.Content:
    """What goes to a receiver at this moment, in the active language; empty when nothing may.

    With a viewer of the school, as far as the rule shows it to them; without one, as a package takes it along.
    """
    log, conferences = receiving.chosen(handover, at)
    child = Child.objects.select_related("organisation").get(pk=handover.child_id)
    return gathered(
        child, receiving.going(handover, viewer, at), at=at, first_day=handover.first_day,
        highlights=receiving.highlights(handover), until=receiving.until(handover), with_log=log,
        with_conferences=conferences,
    )  # fmt: skip


def gathered(
    child: Child, rows: Rows, *, at: datetime, first_day: date | None = None, highlights: Iterable[uuid.UUID] = (),
    until: datetime | None = None, with_log: bool = True, with_conferences: bool = True,
    unnamed: Mapping[int, str] = NOBODY,
) -> parts.Content:  # fmt: skip
    """These rows as they go along with the child, in the active language.

    `until` leaves out what was added to a conference from that moment on; `unnamed` is what stands for the names of
    units of which the reader must not know.
    """
    entries, keys = _entries(child, rows, at, unnamed)
    shown = {entry.public_id: entry for entry in entries}
    return parts.Content(
        child=f"{child.given_name} {child.family_name}".strip(),
        given_name=child.given_name,
        organisation=child.organisation.name,
        first_day=first_day,
        entries=entries,
        words=_words(child, rows),
        conferences=talks.told(child, rows, shown, until, unnamed),
        goals=_goals(keys),
        highlights=[key for key in highlights if key in shown],
        with_log=with_log,
        with_conferences=with_conferences,
    )


def _entries(
    child: Child, rows: Rows, at: datetime, unnamed: Mapping[int, str]
) -> tuple[list[parts.Entry], set[int]]:  # fmt: skip
    """The entries by the day they happened, the first one first, and the keys of their goals."""
    standing = Publication.objects.filter(child=child, child__blocked_at__isnull=True, entry__in=rows.entries)
    found = list(
        standing.order_by("happened_on", "entry_id").values_list(
            "entry_id", "entry__public_id", "entry__group_id", "entry__created_by__given_name", "version_id",
            "first_shared_at", "goals", "unit__name", "unit_id",
        )
    )  # fmt: skip
    chosen = [(Origin(*row[:4]), row[4]) for row in found]
    shown = rendition.of_child(chosen, child.pk, at)
    made = [
        _entry(one, row[5], row[6], unnamed.get(row[8], row[7]), rows.left_out)
        for one, row in zip(shown, found, strict=True)
    ]  # fmt: skip
    return made, {key for row in found for key in row[6]}


def _entry(
    one: Rendition, first_shared_at: datetime, goals: list[int], unit: str, left_out: frozenset[uuid.UUID]
) -> parts.Entry:
    return parts.Entry(
        public_id=one.public_id,
        title=one.title,
        text=one.text,
        language=one.language,
        happened_on=one.happened_on,
        shared_at=one.shared_at or first_shared_at,
        author=one.author,
        unit=unit,
        line=" ".join(text for _name, text in one.lines),
        quotes=one.quotes,
        remarks=one.remarks,
        goals=goals,
        pictures=[
            parts.Picture(view.public_id, view.alt, view.caption)
            for view in one.pictures
            if view.public_id not in left_out
        ],
        clips=[
            parts.Clip(clip.public_id, clip.is_film, round(clip.duration_ms / 1000), clip.caption, clip.words)
            for clip in one.clips
        ],
    )


def _words(child: Child, rows: Rows) -> list[parts.Words]:
    found = list(rows.words.select_related("written_by").order_by("happened_on", "pk"))
    pictures = _pictures_of(found, child, rows.left_out)
    names = {child.pk: child.given_name}
    return [
        parts.Words(
            row.public_id,
            mentions.masked(row.text, names, get_language() or "en"),
            row.happened_on,
            row.written_by.given_name,
            pictures.get(row.pk, []),
        )
        for row in found
    ]


def _pictures_of(
    words: list[HomeWords], child: Child, left_out: frozenset[uuid.UUID]
) -> dict[int, list[parts.Picture]]:
    """Pictures of words from home on which nobody but the child is marked."""
    others = PictureSubject.objects.exclude(child=child).values("picture_id")
    rows = (
        Picture.objects.filter(words_pictures__words__in=words, erased_at__isnull=True)
        .exclude(marking=Picture.Marking.UNMARKED)
        .exclude(pk__in=others)
        .order_by("words_pictures__words", "words_pictures__position", "words_pictures__pk")
        .values_list("words_pictures__words_id", "public_id")
    )
    found: dict[int, list[parts.Picture]] = {}
    for key, public_id in rows:
        if public_id not in left_out:
            found.setdefault(key, []).append(parts.Picture(public_id, "", ""))
    return found


def _goals(keys: set[int]) -> dict[int, parts.Goal]:
    items = exporting.items(keys)
    return {
        key: parts.Goal(key, words.label, words.text, words.area, words.framework, items[key])
        for key, words in in_words(keys, get_language() or "en").items()
        if key in items
    }
