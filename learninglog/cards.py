"""What the family's pages show: renditions with their addresses, badges and goals in words, and words from home."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from curriculum.spoken import GoalWords, in_words
from ground.addresses import address
from ground.markdown import to_html
from ground.prepared import Prepared
from learninglog import feeds, rendition
from learninglog.models import HomeWords, Message, Thread
from learninglog.readers import Reader
from learninglog.rendition import PictureView, Rendition
from media_policy.models import Picture
from people.models import Child


@dataclass(frozen=True)
class EntryCard:
    """An entry in one child's log. Everything said in it comes from the rendition."""

    shown: Rendition
    child: Child
    badge: str = ""
    goals: list[GoalWords] = field(default_factory=list)
    messages: int = 0
    unread: int = 0

    @property
    def href(self) -> str:
        return address("family:entry", child=self.child.public_id, entry=self.shown.public_id)

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
    when: str
    mine: bool
    staff: bool


@dataclass(frozen=True)
class Talk:
    """A home's conversation with the staff; `read` says that the staff have seen the home's last words."""

    said: list[Said]
    read: bool = False


def of_log(rows: Iterable[feeds.Row], reader: Reader) -> list[EntryCard | WordsCard]:
    """The cards of one page of a log, in its order, in a fixed number of queries."""
    places = list(rows)
    cards = {card.shown.entry_id: card for card in of_entries([row.standing for row in places if row.standing], reader)}
    found: list[EntryCard | WordsCard] = []
    for row in places:
        if row.words is not None:
            found.append(of_words(row.words, reader))
        elif row.feed_id in cards:
            found.append(cards[row.feed_id])
    return found


def of_entries(standing: list[feeds.Standing], reader: Reader) -> list[EntryCard]:
    """One card for each entry that stands shared for the child."""
    by_entry = {row.entry.pk: row for row in standing}
    mine = {reader.child.pk}
    shown = rendition.of_versions([(row.entry, row.version_id, mine) for row in standing], reader.viewer)
    words = in_words({key for row in standing for key in row.goals}, get_language() or "en")
    changed = feeds.changed_for(reader.home, reader.since)
    talks = _talks_under(reader, by_entry)
    return [
        EntryCard(
            one,
            reader.child,
            feeds.badge(by_entry[one.entry_id], reader.since, changed),
            [words[key] for key in by_entry[one.entry_id].goals if key in words],
            *talks.get(one.entry_id, (0, 0)),
        )
        for one in shown
    ]


def of_words(words: HomeWords, reader: Reader) -> WordsCard:
    """Words from home; who wrote in a home that is not the reader's is never named."""
    own = words.home_id in reader.homes
    return WordsCard(
        words.public_id,
        words.happened_on,
        to_html(words.text),
        words.written_by.given_name if own else "",
        own,
        words.readers == HomeWords.Readers.PRESCHOOL,
        words.written_by_id == reader.viewer.person.pk,
        [_from_home(row.picture, reader.child) for row in words.listed_pictures],  # type: ignore[attr-defined]
    )


def _from_home(picture: Picture, child: Child) -> PictureView:
    alt = _("%(name)s, a picture from home") % {"name": child.given_name}
    return PictureView(picture.public_id, alt, "", picture.width, picture.height)


def talk_under(entry: int, reader: Reader) -> Talk:
    """The conversation of the reader's own home, and of homes they have been in, about an entry; oldest first."""
    threads = Thread.objects.visible_to(reader.viewer).filter(entry=entry, child=reader.child)
    rows = Message.objects.filter(thread__in=threads, erased_at__isnull=True)
    said, read = [], False
    for row in rows.select_related("written_by", "thread").order_by("sent_at", "pk"):
        staff = row.side == Message.Side.STAFF
        mine = row.written_by_id == reader.viewer.person.pk and not staff
        said.append(Said(row.written_by.given_name, row.text, row.sent_at, _when(row.sent_at, reader), mine, staff))
        seen = row.thread.staff_read_at
        read = not staff and seen is not None and seen >= row.sent_at
    return Talk(said, read)


def _when(at: datetime, reader: Reader) -> str:
    zone = reader.viewer.person.organisation
    local = at.astimezone(ZoneInfo(zone.time_zone if zone else "UTC"))
    return date_format(local, "j. F H:i" if get_language() == "nb" else "j F H:i")


_BEGUN = Prepared(
    lambda child, entries, homes: (
        Thread.objects.filter(child=child, entry__in=entries, home__in=homes).order_by("pk").values_list("pk")
    ),
    child=int,
    entries=[int],
    homes=[int],
)


def _talks_under(reader: Reader, entries: Iterable[int]) -> dict[int, tuple[int, int]]:
    """By entry: how many messages the reader's home has exchanged, and how many of the staff's it has not read."""
    # Under most entries nobody has written, and the rule need not be put together to find that out.
    begun = _BEGUN.rows(child=reader.child.pk, entries=list(entries), homes=sorted(reader.homes))
    if not begun:
        return {}
    threads = Thread.objects.visible_to(reader.viewer).filter(pk__in=[pk for (pk,) in begun])
    rows = Message.objects.filter(thread__in=threads, erased_at__isnull=True).order_by("pk")
    found: dict[int, tuple[int, int]] = {}
    for entry, side, sent, read in rows.values_list("thread__entry_id", "side", "sent_at", "thread__home_read_at"):
        unread = side == Message.Side.STAFF and (read is None or read < sent)
        every, new = found.get(entry, (0, 0))
        found[entry] = (every + 1, new + unread)
    return found
