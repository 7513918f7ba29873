"""Entries as lists of the staff show them: the rendition, its state in a word, and where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from ground.markdown import to_html, to_text
from learninglog import rendition
from learninglog.models import Entry, HomeWords
from learninglog.rendition import PictureView, Rendition
from visibility.viewer import Viewer


@dataclass(frozen=True)
class StaffCard:
    """`state` is a word for what is not simply shared: a draft, withdrawn, changed since it was shared."""

    shown: Rendition
    entry: Entry
    state: str = ""

    @property
    def href(self) -> str:
        return reverse("staff:entry", kwargs={"entry": self.entry.public_id})

    @property
    def href_compose(self) -> str:
        return reverse("staff:compose", kwargs={"entry": self.entry.public_id})

    @property
    def title(self) -> str:
        return self.shown.title or _("Without a title yet")

    @property
    def first_words(self) -> str:
        """The beginning of the text, for a list of drafts."""
        return to_text(self.shown.text)[:120]

    @property
    def happened_on(self) -> date:
        return self.shown.happened_on


def of(entries: Iterable[Entry], viewer: Viewer) -> list[StaffCard]:
    """One card an entry, in their order, in a fixed number of queries."""
    rows = {entry.pk: entry for entry in entries}
    shown = rendition.for_viewer(rows.values(), viewer)
    return [StaffCard(_with_alts(one), rows[one.entry_id], state_of(rows[one.entry_id])) for one in shown]


def _with_alts(shown: Rendition) -> Rendition:
    """Nobody has to write alternative texts; where there is none a picture is called by its entry's title."""
    called = shown.title or _("Picture")
    return replace(shown, pictures=[replace(one, alt=one.alt or called) for one in shown.pictures])


def state_of(entry: Entry) -> str:
    if entry.current is None:
        return _("Withdrawn") if entry.first_shared_at else _("Draft")
    return _("Changed, not shared yet") if entry.current.revision != entry.revision else ""


def children_of(cards: Iterable[StaffCard]) -> set[int]:
    """Keys of the children whose words these cards show."""
    return {key for card in cards for key in card.shown.own_children}


@dataclass(frozen=True)
class WordsCard:
    """Words from home as the staff read them."""

    happened_on: date
    by: str
    body_html: Markup
    only_preschool: bool
    pictures: list[PictureView]


def of_words(words: HomeWords) -> WordsCard:
    pictures = [
        PictureView(row.picture.public_id, "", "", row.picture.width, row.picture.height)
        for row in words.listed_pictures  # type: ignore[attr-defined]
    ]
    by, only = words.written_by.given_name, words.readers == HomeWords.Readers.PRESCHOOL
    return WordsCard(words.happened_on, by, to_html(words.text), only, pictures)
