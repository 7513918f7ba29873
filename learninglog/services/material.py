"""The working copy of an entry as sharing reads it: plain values, in six statements whatever its size; one more with
a film in it."""

from dataclasses import dataclass
from typing import NamedTuple

from ground.prepared import Prepared
from learninglog.models import Entry, EntryChild, EntryPicture, Quote, Remark
from learninglog.services.clips import OfClip
from learninglog.services.clips import of_entry as clips_of_entry
from media_policy.models import PictureSubject


class OfChild(NamedTuple):
    """One child of the working copy; remarks are (goal id, text)."""

    child_id: int
    name: str
    position: int
    line: str
    asked: str
    quotes: list[str]
    remarks: list[tuple[int, str]]

    def texts(self) -> list[str]:
        """The words that go to this child's home alone."""
        return [self.line, *self.quotes, *(text for _goal, text in self.remarks)]


class OfPicture(NamedTuple):
    """One picture of the working copy, and the keys of the children who can be recognised on it.

    `stands_for` is the row of the whole one that it is shown instead of.
    """

    row: int
    stands_for: int | None
    covered: bool
    picture_id: int
    marking: str
    position: int
    caption: str
    alt: str
    subjects: list[int]


_CHILDREN = Prepared(
    lambda entry: (
        EntryChild.objects.filter(entry=entry, left_out=False)
        .order_by("position", "pk")
        .values_list("pk", "child_id", "child__given_name", "position", "line", "asked")
    ),
    entry=int,
)
_QUOTES = Prepared(
    lambda rows: (
        Quote.objects.filter(entry_child__in=rows).order_by("position", "pk").values_list("entry_child_id", "text")
    ),
    rows=[int],
)
_REMARKS = Prepared(
    lambda rows: (
        Remark.objects.filter(entry_child__in=rows).order_by("pk").values_list("entry_child_id", "goal_id", "text")
    ),
    rows=[int],
)
_PICTURES = Prepared(
    lambda entry: (
        EntryPicture.objects.filter(entry=entry)
        .order_by("position", "pk")
        .values_list(
            "pk", "stands_for_id", "picture__covered", "picture_id", "picture__marking", "position", "caption", "alt"
        )
    ),
    entry=int,
)
_SUBJECTS = Prepared(
    lambda pictures: (
        PictureSubject.objects.filter(picture__in=pictures).order_by("pk").values_list("picture_id", "child_id")
    ),
    pictures=[int],
)


@dataclass(frozen=True)
class Material:
    """Everything of the working copy that sharing looks at, read once."""

    entry: Entry
    children: list[OfChild]
    pictures: list[OfPicture]
    clips: list[OfClip]

    @classmethod
    def of(cls, entry: Entry) -> "Material":
        children = {row[0]: OfChild._make((*row[1:], [], [])) for row in _CHILDREN.rows(entry=entry.pk)}
        for row, text in _QUOTES.rows(rows=list(children)):
            children[row].quotes.append(text)
        for row, goal, text in _REMARKS.rows(rows=list(children)):
            children[row].remarks.append((goal, text))
        pictures = [OfPicture._make((*row, [])) for row in _PICTURES.rows(entry=entry.pk)]
        by_key: dict[int, list[int]] = {}
        for picture, child in _SUBJECTS.rows(pictures=[held.picture_id for held in pictures]):
            by_key.setdefault(picture, []).append(child)
        pictures = [held._replace(subjects=by_key.get(held.picture_id, [])) for held in pictures]
        # A whole one stands before what stands in for it: so they are asked, and so they are written down.
        pictures.sort(key=lambda held: held.stands_for is not None)
        return cls(entry, list(children.values()), pictures, clips_of_entry(entry))

    def places(self) -> list[list[OfPicture]]:
        """Each whole picture with what stands in for it, in the order in which a family is offered them."""
        found = {held.row: [held] for held in self.pictures if held.stands_for is None}
        for held in sorted(self.pictures, key=lambda held: held.row):
            if held.stands_for is not None:
                found[held.stands_for].append(held)
        return list(found.values())

    def keys(self) -> set[int]:
        return {row.child_id for row in self.children}

    def texts(self) -> list[str]:
        """Every text that some family would read."""
        found = [self.entry.title, self.entry.text]
        found += [text for row in self.children for text in row.texts()]
        found += [text for clip in self.clips for text in (clip.caption, clip.words)]
        return found + [text for picture in self.pictures for text in (picture.caption, picture.alt)]
