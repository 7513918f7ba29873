"""Around the writing: one save of the whole form, who else writes, second words, plain names, keys of unsent words."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from learninglog import mentions, pictures
from learninglog.models import (
    DeviceKey,
    Entry,
    EntryChild,
    EntryClip,
    EntryPicture,
    Presence,
    Quote,
    Remark,
    SecondWords,
)
from learninglog.openly import not_photographed
from learninglog.services.drafts import (
    ChildInput,
    EntryInput,
    WouldShutOut,
    add_picture,
    labels_for,
    leave_out,
    may_start,
    remove_picture,
    save_entry,
    searchable,
    start_entry,
    writable,
)
from media_policy.models import Picture
from media_policy.services import mark
from people.models import Child, Group, Person
from visibility import rule, ties
from visibility.matrix import WRITE
from visibility.relations import ASSIGNED, FINISHING, PASSED, SPECIAL_EDUCATOR, Relation
from visibility.viewer import Hat, Strength, Viewer

HERE_FOR = timedelta(seconds=45)
# Whoever has none of these ties has no draft to go on with, and no key.
WRITERS: tuple[Relation, ...] = (ASSIGNED, PASSED, FINISHING, SPECIAL_EDUCATOR)


@dataclass(frozen=True)
class Marked:
    """Who can be recognised on one picture. `guessed` was filled in by us because the entry had one child."""

    children: frozenset[int] = frozenset()
    nobody: bool = False
    guessed: bool = False


@dataclass(frozen=True)
class Form:
    """All that one save of the composer brings. Without `keep`, words on an older revision are not kept beside: the
    sender brings both together itself, and holds its words until that is confirmed."""

    data: EntryInput
    marks: Mapping[uuid.UUID, Marked] = field(default_factory=dict)
    keep: bool = True


@dataclass(frozen=True)
class Saved:
    """`taken` is false when words were kept beside; `held_back` when the choice of children could not be taken."""

    entry: Entry
    taken: bool
    held_back: bool = False


@transaction.atomic
def save(*, entry: Entry, by: Viewer, revision: int, form: Form) -> Saved:
    """Save words, children, goals and who is in which picture. On an older revision only words are kept, beside.

    Children with whom the writer would shut themselves out stay as they were; the words are saved all the same.
    Raises PermissionDenied.
    """
    before = frozenset(
        EntryChild.objects.filter(entry=entry, left_out=False).order_by("pk").values_list("child_id", flat=True)
    )
    try:
        with transaction.atomic():
            row, taken = save_entry(entry=entry, by=by, revision=revision, data=form.data, keep=form.keep)
    except WouldShutOut:
        return replace(_with_standing_children(entry, by, revision, form), held_back=True)
    if taken:
        _mark(row, by, form, before)
    return Saved(row, taken)


def _with_standing_children(entry: Entry, by: Viewer, revision: int, form: Form) -> Saved:
    rows = EntryChild.objects.filter(entry=entry, left_out=False).order_by("position", "pk")
    children = {key: form.data.children.get(key, ChildInput()) for key in rows.values_list("child_id", flat=True)}
    return save(entry=entry, by=by, revision=revision, form=replace(form, data=replace(form.data, children=children)))


def _mark(entry: Entry, by: Viewer, form: Form, before: frozenset[int]) -> None:
    """Write who can be recognised, for the pictures of the form and those that came in meanwhile."""
    after = frozenset(form.data.children)
    held = pictures.whole_to_staff(by).filter(entry=entry)
    rows = list(held.select_related("picture").prefetch_related("picture__subjects").order_by("pk"))
    seen = {key for row in rows for key in _standing(row.picture).children}
    forbidden = not_photographed(seen | after, by.at) if rows else frozenset()
    known = {label.child_id for label in labels_for(entry=entry, by=by)}
    for row in rows:
        standing = _standing(row.picture)
        wanted = _decided(form.marks.get(row.picture.public_id), standing, before, after, forbidden)
        if wanted.children - standing.children - known:
            raise PermissionDenied
        if wanted != standing:
            children = Child.objects.filter(pk__in=wanted.children)
            mark(picture=row.picture, children=children, nobody=wanted.nobody, by=by)


def _decided(
    said: Marked | None, standing: Marked, before: frozenset[int], after: frozenset[int], forbidden: frozenset[int]
) -> Marked:
    """Where the entry has one child, a picture nobody has marked is taken to show that child.

    The guess holds only as long as that is the one child: beside another, somebody has to look. A child who may not
    be photographed is never guessed, because such a mark stays.
    """
    return _with_lasting(_by_words(said, standing, before, after, forbidden), standing, forbidden)


def _with_lasting(marked: Marked, standing: Marked, forbidden: frozenset[int]) -> Marked:
    """That somebody who may not be photographed is on a picture is not unsaid; the picture is taken out instead."""
    lasting = standing.children & forbidden
    return Marked(marked.children | lasting) if lasting - marked.children else marked


def _by_words(
    said: Marked | None, standing: Marked, before: frozenset[int], after: frozenset[int], forbidden: frozenset[int]
) -> Marked:
    alone = after if len(after) == 1 and not after & forbidden else None
    # Both ticked at once: children are the stronger word, they keep the picture from more families.
    marked = standing if said is None else Marked(said.children, said.nobody and not said.children)
    guessed = said.guessed if said is not None else len(before) == 1 and standing.children == before
    if guessed and marked.children != alone:
        marked = Marked()
    unmarked = not (marked.children or marked.nobody)
    # Who takes the one child off a picture is believed; a picture from before the child came is taken to show it.
    if alone and unmarked and (said is None or before != after):
        return Marked(alone)
    return marked


def _standing(picture: Picture) -> Marked:
    subjects = frozenset(subject.child_id for subject in picture.subjects.all())
    return Marked(subjects, picture.marking == Picture.Marking.NOBODY)


@transaction.atomic
def keep_picture(*, entry: Entry, picture: Picture, by: Viewer) -> EntryPicture:
    """Put a picture last in the entry; beside one child, and marked by nobody, it is taken to show that child.

    Raises PermissionDenied.
    """
    # The lock makes a save that puts a second child on wait, and look at this picture too.
    row = writable(entry=entry, by=by)
    held = add_picture(entry=row, picture=picture, by=by)
    children = list(Child.objects.filter(entry_children__entry=row, entry_children__left_out=False)[:2])
    keys = {child.pk for child in children}
    if len(keys) == 1 and picture.marking == Picture.Marking.UNMARKED and not not_photographed(keys, by.at):
        mark(picture=picture, children=children, nobody=False, by=by)
    return held


def note_presence(*, entry: Entry, by: Viewer) -> list[Person]:
    """Note that the viewer has the draft open, and say who else has, by name."""
    Presence.objects.update_or_create(entry=entry, person=by.person, defaults={"seen_at": by.at})
    others = Presence.objects.filter(entry=entry, seen_at__gt=by.at - HERE_FOR).exclude(person=by.person)
    return [row.person for row in others.select_related("person").order_by("person__given_name", "pk")]


def second_words(*, entry: Entry) -> list[SecondWords]:
    """What stands beside a draft and waits to be taken in or let go, oldest first."""
    rows = SecondWords.objects.filter(entry=entry, settled_at__isnull=True)
    return list(rows.select_related("written_by").prefetch_related("lines__child").order_by("written_at", "pk"))


@transaction.atomic
def settle(*, entry: Entry, second: SecondWords, by: Viewer, take_in: bool) -> Entry:
    """Put second words behind what stands in the entry, or let them go. Raises PermissionDenied; twice is once."""
    row = writable(entry=entry, by=by)
    waiting = SecondWords.objects.filter(pk=second.pk, entry=row, settled_at__isnull=True)
    kept = waiting.prefetch_related("lines").select_for_update(of=("self",)).first()
    if kept is None:
        return row
    if take_in:
        _take_in(row, kept)
        row.updated_at, row.revision, row.search = by.at, row.revision + 1, searchable(row)
        row.save(update_fields=["title", "text", "search", "updated_at", "revision"])
    kept.settled_at = by.at
    kept.save(update_fields=["settled_at"])
    return row


def _take_in(entry: Entry, second: SecondWords) -> None:
    more = [second.text]
    if second.title and entry.title:
        more.insert(0, second.title)
    entry.title = entry.title or second.title
    entry.text = "\n\n".join(part for part in [entry.text, *more] if part)
    rows = {row.child_id: row for row in EntryChild.objects.filter(entry=entry, left_out=False)}
    for line in second.lines.all():
        row = rows.get(line.child_id)
        if row is not None:
            row.line = "\n".join(part for part in [row.line, line.text] if part)
            row.save(update_fields=["line"])


@transaction.atomic
def settle_name(*, entry: Entry, by: Viewer, child: Child, word: str, mention: bool) -> Entry:
    """Make a plain first name the mention it is, or note that this word is not the child. Raises PermissionDenied."""
    row = writable(entry=entry, by=by)
    if not mention:
        row.not_names = list(dict.fromkeys([*row.not_names, word]))
    else:
        row.title = mentions.cut(mentions.mention_plain(row.title, child.pk, word), 200)
        row.text = mentions.mention_plain(row.text, child.pk, word)
        _mention_in_parts(row, child, word)
    row.updated_at, row.revision, row.search = by.at, row.revision + 1, searchable(row)
    row.save(update_fields=["title", "text", "search", "not_names", "updated_at", "revision"])
    return row


def _mention_in_parts(entry: Entry, child: Child, word: str) -> None:
    own = {"entry_child__entry": entry}
    for model, where, column, most in (
        (EntryChild, {"entry": entry}, "line", 0),
        (Quote, own, "text", 0),
        (Remark, own, "text", 0),
        (EntryPicture, {"entry": entry}, "caption", 300),
        (EntryPicture, {"entry": entry}, "alt", 300),
        (EntryClip, {"entry": entry}, "caption", 300),
        (EntryClip, {"entry": entry}, "words", 0),
    ):
        for part in model.objects.filter(**where).order_by("pk"):
            text = mentions.mention_plain(getattr(part, column), child.pk, word)
            if text != getattr(part, column):
                setattr(part, column, mentions.cut(text, most) if most else text)
                part.save(update_fields=[column])


@transaction.atomic
def leave_out_untied(*, entry: Entry, by: Viewer) -> Entry:
    """Take off every child the viewer is not tied to any more, so that the others can be shared."""
    untied = EntryChild.objects.filter(entry=entry, left_out=False).exclude(rule.knows_here(by, "ENTRY"))
    row = entry
    for held in untied.select_related("child").order_by("pk"):
        row = leave_out(entry=entry, child=held.child, by=by)
    return row


def device_key(*, device: uuid.UUID, by: Viewer) -> str:
    """The key that closes this person's unsent words on this device: 32 bytes as hex, made when first asked for.

    Raises PermissionDenied when the person works nowhere now.
    """
    if not _writes_anywhere(by):
        raise PermissionDenied
    row, _new = DeviceKey.objects.get_or_create(
        person=by.person, device=device, defaults={"key": secrets.token_hex(32), "made_at": by.at}
    )
    return row.key


def _writes_anywhere(by: Viewer) -> bool:
    return by.hat == Hat.STAFF and any(ties.of_viewer(by, WRITERS).values())


def forget_keys(person: Person) -> None:
    """When a person signs out by themselves, what lies unsent on any of their devices can no longer be opened."""
    DeviceKey.objects.filter(person=person).delete()


def sweep_keys(*, at: datetime) -> int:
    """Drop the keys of those whose access has ended, and old presences; returns how many keys."""
    Presence.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    gone = 0
    people = Person.objects.filter(pk__in=DeviceKey.objects.values("person")).select_related("organisation")
    for person in people.order_by("pk"):
        if not _writes_anywhere(Viewer(person, Hat.STAFF, Strength.LOW, at)):
            gone += DeviceKey.objects.filter(person=person).delete()[0]
    return gone


@transaction.atomic
def bump(*, entry: Entry, by: Viewer) -> Entry:
    """Count a change that came outside of the form, such as a picture taken out, so that sharing asks again."""
    row = writable(entry=entry, by=by)
    Entry.objects.filter(pk=row.pk).update(revision=F("revision") + 1, updated_at=by.at)
    row.refresh_from_db(fields=["revision", "updated_at"])
    return row


@transaction.atomic
def mark_picture(*, entry: Entry, by: Viewer, picture: uuid.UUID, marked: Marked) -> Entry:
    """Say who can be recognised in one picture of the entry, outside of its form. Raises PermissionDenied."""
    row = writable(entry=entry, by=by)
    held = pictures.shown_to_staff(by).filter(entry=row, picture__public_id=picture).select_related("picture").first()
    if held is None:
        raise PermissionDenied
    known = {label.child_id for label in labels_for(entry=row, by=by)}
    standing = _standing(held.picture)
    said = Marked(marked.children & known, marked.nobody and not marked.children)
    said = _with_lasting(said, standing, not_photographed(standing.children, by.at))
    mark(picture=held.picture, children=Child.objects.filter(pk__in=said.children), nobody=said.nobody, by=by)
    return bump(entry=row, by=by)


@transaction.atomic
def take_out(*, entry: Entry, by: Viewer, picture: uuid.UUID) -> Entry:
    """Take a picture out of the entry, outside of its form. Raises PermissionDenied; twice is once."""
    held = pictures.shown_to_staff(by).filter(entry=entry, picture__public_id=picture).select_related("picture").first()
    if held is None:
        return writable(entry=entry, by=by)
    remove_picture(entry=entry, picture=held.picture, by=by)
    return bump(entry=entry, by=by)


@transaction.atomic
def open_new(*, group: Group, by: Viewer, client_key: uuid.UUID | None = None, about: Child | None = None) -> Entry:
    """A new draft of today, about nobody yet or one child; one that the viewer never touched is taken instead.

    Raises PermissionDenied for a group that is not theirs today.
    """
    untouched = Entry.objects.visible_to(by, WRITE).drafts().of_group(group)
    untouched = untouched.filter(created_by=by.person, revision=0, entry_pictures__isnull=True, tray_items__isnull=True)
    found: Entry | None = untouched.filter(entry_children__child=about).order_by("-pk").first()
    if found is None or (about is None and not may_start(group=group, by=by)):
        return start_entry(group=group, by=by, client_key=client_key, about=about)
    found.created_at = found.updated_at = by.at
    found.happened_on = by.day
    found.save(update_fields=["created_at", "updated_at", "happened_on"])
    return found
