"""Words written on an older revision of a draft are kept beside it, never over somebody else's."""

from typing import TYPE_CHECKING

from learninglog import mentions
from learninglog.models import Entry, EntryChild, SecondLine, SecondWords
from visibility.viewer import Viewer

if TYPE_CHECKING:
    from learninglog.services.drafts import ChildInput, EntryInput, Hand


def keep_beside(*, entry: Entry, by: Viewer, revision: int, data: "EntryInput", hand: "Hand") -> SecondWords | None:
    """Keep what of this form says something else than the entry does now; None when nothing would be lost.

    Who types on from the same old revision replaces their words from there; earlier ones stay.
    """
    title = mentions.cut(hand.tokens(data.title, entry.title), 200).strip()
    text = hand.tokens(data.text, entry.text).strip()
    title = "" if title == entry.title.strip() else title
    text = "" if text == entry.text.strip() else text
    lines = _lines(entry, data, hand)
    if not (title or text or lines):
        return None
    second, _new = SecondWords.objects.update_or_create(
        entry=entry,
        written_by=by.person,
        revision=max(revision, 0),
        settled_at=None,
        defaults={"written_at": by.at, "title": title, "text": text},
    )
    second.lines.all().delete()
    SecondLine.objects.bulk_create(
        SecondLine(second_words=second, child_id=child, text=words) for child, words in lines.items()
    )
    return second


def _lines(entry: Entry, data: "EntryInput", hand: "Hand") -> dict[int, str]:
    """By child, the words for that home that do not stand there yet."""
    rows = EntryChild.objects.filter(entry=entry, left_out=False).prefetch_related("quotes", "remarks").order_by("pk")
    standing = {row.child_id: _standing(row) for row in rows}
    lines = {}
    for child, given in data.children.items():
        there = standing.get(child, [])
        new = [words for words in _given(given, hand, there) if words and words not in there]
        if new:
            lines[child] = "\n".join(new)
    return lines


def _standing(row: EntryChild) -> list[str]:
    return [row.line, *(quote.text for quote in row.quotes.all()), *(remark.text for remark in row.remarks.all())]


def _given(given: "ChildInput", hand: "Hand", standing: list[str]) -> list[str]:
    texts = [given.line, *given.quotes, *given.remarks.values()]
    return [text.strip() for text in hand.all_tokens(texts, standing)]
