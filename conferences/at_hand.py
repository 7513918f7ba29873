"""What lies at hand while a conference is prepared: the child's words, the goals of the year, entries to pick from."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curriculum.services import goal_labels
from ground.markdown import to_text
from learninglog import feeds, mentions, rendition
from learninglog.models import Entry, EntryGoal, Quote
from learninglog.querysets import EntryQuerySet
from learninglog.rendition import PictureView, Rendition
from people.models import Child
from visibility.viewer import Hat, Viewer

A_YEAR = timedelta(days=365)
MOST_WORDS, MOST_GOALS, MOST_CHOICES = 8, 8, 60


@dataclass(frozen=True)
class AtHand:
    """`words` are (text, day, language, address), `goals` (label, entries)."""

    words: list[tuple[str, date, str, str]] = field(default_factory=list)
    goals: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """An entry, or one picture of it, that can be picked; `value` is what the form sends."""

    value: str
    title: str
    text: str
    language: str
    happened_on: date
    picture: PictureView | None
    chosen: bool


def of_child(child: Child, viewer: Viewer) -> AtHand:
    """For the staff: from entries of the last year that are about the child and that the rule lets them read."""
    rows = _lately(child, viewer)
    return AtHand(_words(child, rows), _goals(rows))


def _lately(child: Child, viewer: Viewer) -> EntryQuerySet:
    rows: EntryQuerySet = Entry.objects.visible_to(viewer).kept().shared().filter(publications__child=child)
    return rows.filter(happened_on__gt=viewer.day - A_YEAR)


def _words(child: Child, rows: EntryQuerySet) -> list[tuple[str, date, str, str]]:
    """The child's own words, newest first; whoever else is named in them is a friend."""
    said = Quote.objects.filter(entry_child__entry__in=rows.values("pk"), entry_child__child=child)
    said = said.filter(entry_child__left_out=False).select_related("entry_child__entry")
    found = []
    for quote in said.order_by("-entry_child__entry__happened_on", "-pk")[:MOST_WORDS]:
        entry = quote.entry_child.entry
        text = mentions.masked(quote.text, {child.pk: child.given_name}, entry.language)
        href = reverse("staff:entry", kwargs={"entry": entry.public_id})
        found.append((text, entry.happened_on, entry.language, href))
    return found


def _goals(rows: EntryQuerySet) -> list[tuple[str, int]]:
    keys = EntryGoal.objects.filter(entry__in=rows.values("pk")).order_by("pk").values_list("goal_id", flat=True)
    most = Counter(keys).most_common(MOST_GOALS)
    labels = goal_labels([key for key, _number in most], get_language() or "en")
    return [(labels[key], number) for key, number in most if key in labels]


def choices(child: Child, viewer: Viewer, chosen: set[str]) -> list[Choice]:
    """What this viewer can pick of the child's log: each entry, and each of its pictures where there are several."""
    found = []
    for shown in _renditions(child, viewer):
        title = shown.title or _("Without a title")
        words = to_text(shown.text)[:90]
        first = shown.pictures[0] if shown.pictures else None
        found.append(_choice(f"{shown.public_id}", title, words, shown, first, chosen))
        if len(shown.pictures) > 1:
            found += [
                _choice(f"{shown.public_id}:{one.public_id}", title, _("only this picture"), shown, one, chosen)
                for one in shown.pictures
            ]
    return found


def _choice(
    value: str, title: str, text: str, shown: Rendition, picture: PictureView | None, chosen: set[str]
) -> Choice:
    return Choice(value, title, text, shown.language, shown.happened_on, picture, value in chosen)


def _renditions(child: Child, viewer: Viewer) -> list[Rendition]:
    if viewer.hat == Hat.GUARDIAN:
        standing = feeds.standing(viewer).filter(child=child).values("entry_id")
        rows = Entry.objects.visible_to(viewer).filter(pk__in=standing)
    else:
        rows = Entry.objects.visible_to(viewer).kept().shared().filter(publications__child=child)
    entries = list(rows.select_related("created_by", "current").newest_first()[:MOST_CHOICES])
    return rendition.for_viewer(entries, viewer, only=frozenset({child.pk}))


def picked_keys(value: str) -> tuple[uuid.UUID, uuid.UUID | None] | None:
    """The entry and the picture that a choice names; None for what makes no sense."""
    entry, _sign, picture = value.partition(":")
    try:
        return uuid.UUID(entry), uuid.UUID(picture) if picture else None
    except ValueError:
        return None
