"""Writing on the working copy. Every save counts up the revision; nobody's words are overwritten."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from ground.text import casefolded
from learninglog import mentions
from learninglog.models import Entry, EntryChild, EntryGoal, EntryPicture, Quote, Remark
from learninglog.retold import all_retold, retold
from learninglog.services.beginning import groups_about
from learninglog.services.second_words import keep_beside
from media_policy.models import Picture
from people.models import Child, Group
from visibility import rule, ties
from visibility.matrix import LEAVE_OUT, WRITE
from visibility.relations import ASSIGNED, PASSED
from visibility.viewer import Viewer


@dataclass(frozen=True)
class ChildInput:
    """What goes to one child's home alone. `quotes` in order; `remarks` by goal key."""

    line: str = ""
    asked: str = ""
    quotes: Sequence[str] = ()
    remarks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PictureInput:
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True)
class EntryInput:
    """The whole form of an entry; text as typed, with @Name for mentions. `children` in order, by key."""

    title: str
    text: str
    happened_on: date
    children: Mapping[int, ChildInput]
    goals: Sequence[int] = ()
    pictures: Mapping[uuid.UUID, PictureInput] = field(default_factory=dict)
    whole_group: bool = False
    not_names: Sequence[str] = ()
    language: str = ""


class WouldShutOut(Exception):
    """With just these children the writer could not open the entry again; nothing was saved."""


def may_start(*, group: Group, by: Viewer) -> bool:
    """Whether the viewer works in this group now, by assignment or pass."""
    return group.pk in ties.groups(by, ASSIGNED, PASSED)


@transaction.atomic
def start_entry(
    *,
    group: Group,
    by: Viewer,
    language: str = "",
    happened_on: date | None = None,
    client_key: uuid.UUID | None = None,
    about: Child | None = None,
) -> Entry:
    """A new draft in a group the viewer works in; the same key again gives the same draft.

    `about` begins it with one child, in a group of the child's, by whoever may write about that child.
    Raises PermissionDenied for a group that is not theirs today.
    """
    if about is None and not may_start(group=group, by=by):
        raise PermissionDenied
    if about is not None and group not in groups_about([about.pk], by).get(about.pk, []):
        raise PermissionDenied
    entry, made = Entry.objects.get_or_create(
        created_by=by.person,
        client_key=client_key or uuid.uuid4(),
        defaults={
            "group": group,
            "unit": group.unit,
            "created_at": by.at,
            "updated_at": by.at,
            "happened_on": happened_on or by.day,
            "language": language or group.unit.organisation.language,
        },
    )
    if made and about is not None:
        EntryChild.objects.create(entry=entry, child=about)
    return entry


def writable(*, entry: Entry, by: Viewer, action: str = WRITE) -> Entry:
    """The entry locked for writing, when the rule lets the viewer; PermissionDenied otherwise."""
    row: Entry | None = (
        Entry.objects.visible_to(by, action).kept().filter(pk=entry.pk).select_for_update(of=("self",)).first()
    )
    if row is None:
        raise PermissionDenied
    return row


def searchable(entry: Entry) -> str:
    """What the staff's search looks through. Without names: those are found by the rows of children (see search.py)."""
    return casefolded(mentions.without(f"{entry.title}\n{entry.text}"))


def labels_for(*, entry: Entry, by: Viewer) -> list[mentions.Label]:
    """What the composer calls the children one may mention here: today's group and the entry's own."""
    rows = Child.objects.filter(rule.knows(by, "ENTRY", "pk")).unblocked()
    today = rows.in_group(entry.group, by.day).values("pk")
    here = EntryChild.objects.filter(rule.knows_here(by, "ENTRY"), entry=entry, left_out=False).values("child_id")
    own = Child.objects.unblocked().filter(pk__in=here)
    both = rows.filter(pk__in=today).union(own).order_by("given_name", "id")
    return mentions.labels(both.values_list("id", "given_name", "family_name"))


# As long as a form may lie open: whom its writer knew when it was opened stands in it by name.
FORM_LIES_OPEN = timedelta(days=1)


@dataclass(frozen=True)
class Hand:
    """One writer's words on one entry: @Name becomes a mention, and "friends" the mention it was shown for."""

    entry: Entry
    by: Viewer
    known: list[mentions.Label]

    def tokens(self, typed: str, stored: str = "") -> str:
        """What was typed, as it is kept; `stored` is what it was shown from."""
        return retold(typed, stored, self._labels([typed], stored), self.entry.language)

    def all_tokens(self, typed: Sequence[str], stored: Sequence[str]) -> list[str]:
        """The same for several texts of one kind."""
        labels = self._labels(typed, "".join(stored))
        return all_retold(list(typed), list(stored), labels, self.entry.language)

    def _labels(self, typed: Sequence[str], stored: str) -> list[mentions.Label]:
        unknown = mentions.children_in(stored) - {label.child_id for label in self.known}
        lately = [label for label in self._lately if label.child_id in unknown] if unknown else []
        by_name = any(f"@{label.text}" in text for label in lately for text in typed)
        return [*self.known, *lately] if by_name else self.known

    @cached_property
    def _lately(self) -> list[mentions.Label]:
        return labels_for(entry=self.entry, by=replace(self.by, at=self.by.at - FORM_LIES_OPEN))


@transaction.atomic
def save_entry(*, entry: Entry, by: Viewer, revision: int, data: EntryInput, keep: bool = True) -> tuple[Entry, bool]:
    """Save the form. Returns the entry and whether it was taken as it is.

    When someone saved since `revision`, their words stay and these are kept beside them as SecondWords (False); not
    with `keep=False`, for a sender that brings both together and comes again.
    Raises PermissionDenied when the entry, or a child newly put on it, is not the viewer's; WouldShutOut.
    """
    row = writable(entry=entry, by=by)
    hand = Hand(row, by, labels_for(entry=row, by=by))
    if revision != row.revision:
        if keep:
            keep_beside(entry=row, by=by, revision=revision, data=data, hand=hand)
        return row, False
    _set_children(row, by, data, hand)
    _set_goals(row, data)
    _set_pictures(row, data, hand)
    title, text = mentions.cut(hand.tokens(data.title, row.title), 200), hand.tokens(data.text, row.text)
    row.title, row.text, row.happened_on = title, text, data.happened_on
    row.whole_group, row.not_names = data.whole_group, list(dict.fromkeys(data.not_names))
    row.language = data.language or row.language
    row.updated_at, row.revision = by.at, row.revision + 1
    row.search = searchable(row)
    row.save()
    if not rule.may(by, WRITE, row):
        # Alone with one's own child, or with nobody where one has only a tail: the writer would be shut out of it.
        raise WouldShutOut
    return row, True


def _set_children(entry: Entry, by: Viewer, data: EntryInput, hand: Hand) -> None:
    rows = {row.child_id: row for row in EntryChild.objects.filter(entry=entry)}
    live = {key for key, row in rows.items() if not row.left_out}
    new = [key for key in data.children if key not in live]
    allowed = set(Child.objects.filter(pk__in=new).filter(rule.knows(by, "ENTRY", "pk")).values_list("pk", flat=True))
    if set(new) - allowed:
        raise PermissionDenied
    for key in live - set(data.children):
        _take_off(rows[key])
    for position, (key, given) in enumerate(data.children.items()):
        row = rows.get(key) or EntryChild(entry=entry, child_id=key)
        row.position, row.left_out = position, False
        row.line, row.asked = hand.tokens(given.line, row.line).strip(), given.asked
        row.save()
        _set_own_words(row, given, hand)


def _set_own_words(row: EntryChild, given: ChildInput, hand: Hand) -> None:
    standing = [quote.text for quote in row.quotes.order_by("position", "pk")]
    quotes = [text.strip() for text in hand.all_tokens([quote for quote in given.quotes if quote.strip()], standing)]
    if quotes != standing:
        row.quotes.all().delete()
        Quote.objects.bulk_create(
            Quote(entry_child=row, text=text, position=number) for number, text in enumerate(quotes)
        )
    said = {remark.goal_id: remark.text for remark in row.remarks.all()}
    written = {goal: text for goal, text in given.remarks.items() if text.strip()}
    remarks = {goal: hand.tokens(text, said.get(goal, "")).strip() for goal, text in written.items()}
    if remarks != said:
        row.remarks.all().delete()
        Remark.objects.bulk_create(Remark(entry_child=row, goal_id=goal, text=text) for goal, text in remarks.items())


def _take_off(row: EntryChild) -> None:
    """Off the working copy; while a publication stands the row stays, so that it can still be withdrawn."""
    if row.entry.publications.filter(child=row.child_id).exists():
        row.left_out = True
        row.save(update_fields=["left_out"])
    else:
        row.delete()


def _set_goals(entry: Entry, data: EntryInput) -> None:
    wanted = list(dict.fromkeys(data.goals))
    EntryGoal.objects.filter(entry=entry).exclude(goal__in=wanted).delete()
    have = set(EntryGoal.objects.filter(entry=entry).values_list("goal_id", flat=True))
    EntryGoal.objects.bulk_create(EntryGoal(entry=entry, goal_id=goal) for goal in wanted if goal not in have)


def _set_pictures(entry: Entry, data: EntryInput, hand: Hand) -> None:
    """Order, caption and alternative text of the pictures the form names; the others stay as they are, behind them."""
    rows = {row.picture.public_id: row for row in entry.entry_pictures.select_related("picture")}
    for position, (key, given) in enumerate(data.pictures.items()):
        row = rows.get(key)
        if row is None:
            continue
        row.position = position
        row.caption = mentions.cut(hand.tokens(given.caption, row.caption).strip(), 300)
        row.alt = mentions.cut(hand.tokens(given.alt, row.alt).strip(), 300)
        row.save()


@transaction.atomic
def add_picture(*, entry: Entry, picture: Picture, by: Viewer) -> EntryPicture:
    """Put a picture last in an entry; once, however often it is asked."""
    row = writable(entry=entry, by=by)
    last = row.entry_pictures.aggregate(last=Max("position"))["last"]
    held, _made = EntryPicture.objects.get_or_create(
        entry=row, picture=picture, defaults={"position": 0 if last is None else last + 1}
    )
    return held


@transaction.atomic
def remove_picture(*, entry: Entry, picture: Picture, by: Viewer) -> None:
    """Take a picture out of the working copy; what stands shared keeps it until it is shared again or withdrawn."""
    row = writable(entry=entry, by=by)
    EntryPicture.objects.filter(entry=row, picture=picture).delete()


@transaction.atomic
def leave_out(*, entry: Entry, child: Child, by: Viewer) -> Entry:
    """Take one child off the working copy: also a child whose tie has ended, so that the others can be shared.

    A publication of that child stands as it is.
    """
    row = writable(entry=entry, by=by, action=LEAVE_OUT)
    held = EntryChild.objects.filter(entry=row, child=child, left_out=False).first()
    if held is not None:
        _take_off(held)
        Entry.objects.filter(pk=row.pk).update(revision=F("revision") + 1, updated_at=by.at)
        row.refresh_from_db()
    return row


@transaction.atomic
def discard_entry(*, entry: Entry, by: Viewer) -> None:
    """Throw a draft away. An entry that stands shared is withdrawn first; its pictures go with the nightly sweep."""
    row = writable(entry=entry, by=by)
    if row.current_id is not None:
        raise ValueError(_("Withdraw the entry before you throw it away."))
    Entry.objects.filter(pk=row.pk).update(discarded_at=by.at)
