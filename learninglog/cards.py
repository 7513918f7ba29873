"""What the family's pages show: renditions with their addresses, badges and goals in words, and words from home."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language
from markupsafe import Markup

from ground.markdown import to_html
from learninglog import feeds, goals, rendition
from learninglog.goals import GoalWords
from learninglog.models import HomeWords, Message, Publication, Thread
from learninglog.rendition import PictureView, Rendition
from people.models import Child, Home
from visibility.viewer import Viewer


@dataclass(frozen=True)
class EntryCard:
    """An entry in one child's log. Everything said in it comes from the rendition."""

    shown: Rendition
    child: Child
    badge: str = ""
    goals: list[GoalWords] = field(default_factory=list)
    messages: int = 0
    waiting: int = 0

    @property
    def href(self) -> str:
        return reverse("family:entry", kwargs={"child": self.child.public_id, "entry": self.shown.public_id})

    @property
    def happened_on(self) -> date:
        return self.shown.happened_on

    @property
    def children_line(self) -> str:
        """Who it is about, where it says more than the page's own child."""
        return "" if self.shown.children_line == self.child.given_name else self.shown.children_line


@dataclass(frozen=True)
class WordsCard:
    """Words from home as one reader sees them; `by` is empty where another home wrote them."""

    public_id: uuid.UUID
    happened_on: date
    body_html: Markup
    by: str
    own_home: bool
    only_preschool: bool
    may_withdraw: bool
    pictures: list[PictureView]


@dataclass(frozen=True)
class Said:
    """One message of a conversation. `by` is a first name; `mine` is the reader's own."""

    by: str
    text: str
    at: datetime
    mine: bool
    staff: bool


@dataclass(frozen=True)
class Talk:
    """A home's conversation with the staff; `read` says that the staff have seen the home's last words."""

    said: list[Said]
    read: bool = False


def of_log(
    rows: Iterable[feeds.Row], viewer: Viewer, child: Child, home: Home | None, since: datetime
) -> list[EntryCard | WordsCard]:
    """The cards of one page of a log, in its order, in a fixed number of queries."""
    places = list(rows)
    publications = [row.publication for row in places if row.publication]
    cards = {card.shown.entry_id: card for card in of_entries(publications, viewer, child, home, since)}
    found: list[EntryCard | WordsCard] = []
    for row in places:
        if row.words is not None:
            found.append(of_words(row.words, viewer, home))
        elif row.feed_id in cards:
            found.append(cards[row.feed_id])
    return found


def of_entries(
    publications: list[Publication], viewer: Viewer, child: Child, home: Home | None, since: datetime
) -> list[EntryCard]:
    """One card for each publication of this child's."""
    by_entry = {row.entry_id: row for row in publications}
    shown = rendition.for_viewer([row.entry for row in publications], viewer, only=frozenset({child.pk}))
    words = goals.in_words({key for row in publications for key in row.goals}, get_language() or "en")
    changed = feeds.changed_for(home, since, by_entry)
    talks = _talks_under(viewer, child, list(by_entry))
    cards = []
    for one in shown:
        row = by_entry[one.entry_id]
        badge = feeds.badge(row, since, changed)
        mine = [words[key] for key in row.goals if key in words]
        cards.append(EntryCard(one, child, badge, mine, *talks.get(one.entry_id, (0, 0))))
    return cards


def of_words(words: HomeWords, viewer: Viewer, home: Home | None) -> WordsCard:
    """Words from home; another home is never named."""
    mine = words.written_by_id == viewer.person.pk
    # Who once shared a home with the reader may be named in what they wrote there.
    own = mine or not _of_another_home(words, viewer, home)
    return WordsCard(
        words.public_id,
        words.happened_on,
        to_html(words.text),
        words.written_by.given_name if own else "",
        own,
        words.readers == HomeWords.Readers.PRESCHOOL,
        mine,
        [
            PictureView(row.picture.public_id, "", "", row.picture.width, row.picture.height)
            for row in words.listed_pictures
        ],
    )
