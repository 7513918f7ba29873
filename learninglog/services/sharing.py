"""Sharing: what was confirmed is what is shared, in one transaction, once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from ground.prepared import Prepared
from ground.text import casefolded
from learninglog import mentions
from learninglog.changes import homes_that_see_a_change
from learninglog.clips import not_filmed
from learninglog.models import (
    Entry,
    EntryChild,
    HomeChange,
    Publication,
    SharedVersion,
    VersionAudience,
    VersionChild,
    VersionPicture,
    VersionSubject,
)
from learninglog.openly import Openly, not_photographed, openly
from learninglog.services import clips
from learninglog.services.drafts import writable
from learninglog.services.material import Material, OfChild, OfPicture
from media_policy.models import Picture
from people.models import Child, Guardianship
from visibility import audience, rule, ties
from visibility.audience import Reach
from visibility.matrix import ENTRY, READ, SHARE
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer

# Whom it goes to when a child moves on is decided then, by the family.
ONCE_SHARED = {"met": ("SHARED", "NOT_DRAFT"), "unmet": ("NEVER_SHARED", "IN_WINDOW")}


class NotReady(Exception):
    """The entry cannot be shared as it stands; `blockers` are machine words, the screen has the sentences."""

    def __init__(self, preview: "Preview") -> None:
        super().__init__(", ".join(preview.blockers))
        self.preview = preview


class AudienceChanged(Exception):
    """Somebody was added or removed, or the entry was saved, since it was confirmed: ask again."""

    def __init__(self, preview: "Preview") -> None:
        super().__init__("The audience is not the one that was confirmed.")
        self.preview = preview


@dataclass(frozen=True)
class Preview:
    """Who would get the entry, and what is unusual; names come only on the screen.

    `families` counts children, `adults` people. `digest` is what the teacher confirms.
    """

    entry: Entry
    reaches: list[Reach]
    digest: str
    families: int
    adults: int
    without_guardian: list[int] = field(default_factory=list)
    not_activated: list[int] = field(default_factory=list)
    staying_pictures: list[int] = field(default_factory=list)
    # How many pictures a family gets, by its child; and by picture those on it who may not be photographed.
    pictures_to: dict[int, int] = field(default_factory=dict)
    not_photographed: dict[int, list[int]] = field(default_factory=dict)
    # The same of films and recordings.
    staying_clips: list[int] = field(default_factory=list)
    clips_to: dict[int, int] = field(default_factory=dict)
    not_filmed: dict[int, list[int]] = field(default_factory=dict)
    plain_names: list[mentions.PlainName] = field(default_factory=list)
    children_outside: bool = False
    is_open: bool = False
    blockers: list[str] = field(default_factory=list)


def preview_sharing(*, entry: Entry, by: Viewer) -> Preview:
    """What sharing now would do, with everything unusual about it."""
    material = Material.of(entry)
    preview = _checked(material, by)
    reached = {reach.child_id for reach in preview.reaches if reach.relation is GUARDIAN}
    others = openly(entry.group_id, _everybody(material), shared_at=by.at, at=by.at)
    going = [[row for row in place if not _kept(row, material)] for place in material.places()]
    said_no = {child.child_id for child in material.children if child.asked == EntryChild.Asked.NO}
    films = clips.reached(material.clips, entry=entry, children=material.keys(), said_no=said_no, by=by)
    return replace(
        preview,
        without_guardian=sorted(material.keys() - reached),
        not_activated=_not_activated(material.keys(), by),
        staying_pictures=_staying(material, going, others, by),
        pictures_to={
            child.child_id: sum(_reaches(place, {child.child_id}, others) for place in going)
            for child in material.children
        },
        staying_clips=[key for key, children in films.items() if not children],
        clips_to={key: sum(key in children for children in films.values()) for key in sorted(material.keys())},
        is_open=others.is_open,
        children_outside=entry.group.has_children_outside and bool(material.pictures),
    )


def _checked(material: Material, by: Viewer) -> Preview:
    """Who would be reached, and what forbids sharing: all that sharing itself has to know."""
    entry, keys = material.entry, material.keys()
    everyone = audience.reached(entry, by.moment, READ, **ONCE_SHARED)
    reaches = [reach for reach in everyone if reach.child_id is None or reach.child_id in keys]
    guardians = [reach for reach in reaches if reach.relation is GUARDIAN]
    names = _plain_names(material, by)
    forbidden = not_photographed({key for row in material.pictures for key in row.subjects}, by.at)
    showing = {
        place[0].picture_id: sorted({key for row in place for key in row.subjects if key in forbidden})
        for place in material.places()
    }
    showing = {picture: keys for picture, keys in showing.items() if keys}
    unfilmed = not_filmed({key for row in material.clips for key in row.subjects}, by.at)
    filming = {row.clip_id: [key for key in row.subjects if key in unfilmed] for row in material.clips}
    filming = {clip: keys for clip, keys in filming.items() if keys}
    found = {
        "nobody": not keys,
        "empty": not (entry.title.strip() or entry.text.strip() or material.pictures or material.clips),
        "names": bool(names),
        "photograph": bool(showing),
        "film": bool(filming),
    }
    return Preview(
        entry=entry,
        reaches=reaches,
        digest=_digest(material, guardians),
        families=len({reach.child_id for reach in guardians}),
        adults=len({reach.person_id for reach in guardians}),
        plain_names=names,
        not_photographed=showing,
        not_filmed=filming,
        blockers=[word for word, is_so in found.items() if is_so],
    )


def _digest(material: Material, guardians: list[Reach]) -> str:
    """What is confirmed: the saved words, the pictures with who is in them, and everyone who is reached."""
    entry = material.entry
    reached = sorted({(reach.child_id or 0, reach.person_id) for reach in guardians})
    # A picture that comes in while somebody looks counts up no revision.
    seen = [(row.picture_id, row.marking, sorted(row.subjects), row.stands_for or 0) for row in material.pictures]
    films = clips.seen(material.clips)
    return hashlib.sha256(f"{entry.pk}:{entry.revision}:{reached}:{seen}:{films}".encode()).hexdigest()[:32]


def _not_activated(child_ids: set[int], by: Viewer) -> list[int]:
    """Guardianships that run but are not active now."""
    running = Guardianship.objects.running(by.at).filter(child__in=child_ids)
    active = Guardianship.objects.active(by.at).values("pk")
    return list(running.exclude(pk__in=active).order_by("pk").values_list("pk", flat=True))


def _everybody(material: Material) -> set[int]:
    return material.keys().union(*(row.subjects for row in material.pictures))


def _kept(row: OfPicture, material: Material) -> bool:
    """Whether a picture goes to no family at all: unmarked, or of a child who said no."""
    said_no = {child.child_id for child in material.children if child.asked == EntryChild.Asked.NO}
    return row.marking == Picture.Marking.UNMARKED or bool(set(row.subjects) & said_no)


def _reaches(place: list[OfPicture], own: Iterable[int | None], others: Openly) -> bool:
    """Whether a family with these children gets the picture, or what stands in for it."""
    return any(others.reaches(row.subjects, own, covered=row.covered) for row in place)


def _staying(material: Material, going: list[list[OfPicture]], others: Openly, by: Viewer) -> list[int]:
    """Pictures that go to no family: kept, or of children of different families whom nobody else may see."""
    own: dict[int, set[int | None]] = {}
    for tie in ties.of_children(_everybody(material), [GUARDIAN], by.moment)[GUARDIAN]:
        own.setdefault(tie.person, set()).add(tie.child)
    readers = [children for children in own.values() if children & material.keys()]
    return [
        whole.picture_id
        for (whole, *_stand_ins), place in zip(material.places(), going, strict=True)
        if not any(_reaches(place, children, others) for children in readers)
    ]


_TODAY = Prepared(
    lambda group, day: Child.objects.in_group(group, day).order_by("pk").values_list("pk", "given_name"),
    group=int,
    day=date,
)


def _plain_names(material: Material, by: Viewer) -> list[mentions.PlainName]:
    """First names of the group's children written without @; an entry about one child may name that one plainly."""
    today = _TODAY.rows(group=material.entry.group_id, day=by.day)
    known = dict(today) | {row.child_id: row.name for row in material.children}
    alone = material.keys() if len(material.children) == 1 else set()
    others = [(key, name) for key, name in known.items() if key not in alone]
    return mentions.plain_names(material.texts(), others, material.entry.not_names)


@transaction.atomic
def share_entry(*, entry: Entry, by: Viewer, confirmed: str | None = None) -> SharedVersion:
    """Share the working copy with the families of its children.

    `confirmed` is the digest of the preview the teacher saw. A second call without a change in between gives
    the version that stands. Raises PermissionDenied, NotReady, AudienceChanged.
    """
    row = writable(entry=entry, by=by, action=SHARE)
    material = Material.of(row)
    if row.current is not None and row.current.revision == row.revision and _holds(row.current, material):
        return row.current
    checked = _checked(material, by)
    if checked.blockers:
        raise NotReady(preview_sharing(entry=row, by=by))
    if confirmed is not None and confirmed != checked.digest:
        raise AudienceChanged(preview_sharing(entry=row, by=by))
    before = row.versions.order_by("-number").first()
    version = _write_version(row, by, before)
    _write_parts(material, version, checked.reaches)
    _publish(material, version, by, before)
    # The newest may be a correction, which is about one child alone.
    compared = row.current or before
    if compared is not None:
        for home in homes_that_see_a_change(compared, version):
            HomeChange.objects.update_or_create(entry=row, home=home, defaults={"child_id": home.child_id, "at": by.at})
    row.current, row.withdrawn_at = version, None
    row.first_shared_at = row.first_shared_at or by.at
    row.save(update_fields=["current", "withdrawn_at", "first_shared_at"])
    return version


def _holds(version: SharedVersion, material: Material) -> bool:
    """Whether a version has the pictures of the working copy: those come and are marked without a new revision."""
    rows = version.pictures.order_by("pk").values_list("pk", "picture_id", "marking", "stands_for__picture_id")
    held = {key: what for key, *what in rows}
    seen: dict[int, set[int | None]] = {key: set() for key in held}
    for key, child in VersionSubject.objects.filter(version_picture__in=held).values_list("version_picture", "child"):
        seen[key].add(child)
    whole = {row.row: row.picture_id for row in material.pictures}
    now = [
        (row.picture_id, row.marking, whole.get(row.stands_for or 0), set(row.subjects)) for row in material.pictures
    ]
    same_films = clips.seen_in(version) == clips.seen(material.clips)
    return same_films and [(*what, seen[key]) for key, what in held.items()] == now


def _write_version(entry: Entry, by: Viewer, before: SharedVersion | None) -> SharedVersion:
    return SharedVersion.objects.create(
        entry=entry,
        number=before.number + 1 if before else 1,
        at=by.at,
        by=by.person,
        revision=entry.revision,
        happened_on=entry.happened_on,
        language=entry.language,
        title=entry.title,
        text=entry.text,
        goals=list(entry.entry_goals.order_by("pk").values_list("goal_id", flat=True)),
        not_names=entry.not_names,
    )


def _write_parts(material: Material, version: SharedVersion, reaches: list[Reach]) -> None:
    VersionChild.objects.bulk_create(
        VersionChild(
            version=version,
            child_id=row.child_id,
            position=row.position,
            line=row.line,
            asked=row.asked,
            quotes=row.quotes,
            remarks=row.remarks,
        )
        for row in material.children
    )
    _write_pictures(material, version)
    clips.write_version(version, material.clips)
    VersionAudience.objects.bulk_create(
        VersionAudience(
            version=version, person_id=reach.person_id, child_id=reach.child_id, relation=reach.relation.name
        )
        for reach in reaches
    )


def _write_pictures(material: Material, version: SharedVersion) -> None:
    """The whole ones first; what stands in for one has its place and its caption, and says who is left on it."""
    whole = {row.row: row for row in material.pictures if row.stands_for is None}
    written: dict[int, VersionPicture] = {}
    for rows in (list(whole.values()), [row for row in material.pictures if row.stands_for is not None]):
        made = VersionPicture.objects.bulk_create(
            VersionPicture(
                version=version,
                marking=row.marking,
                picture_id=row.picture_id,
                position=whole[row.stands_for or row.row].position,
                caption=whole[row.stands_for or row.row].caption,
                alt=row.alt or default_alt(version.title, row.subjects),
                stands_for=written.get(row.stands_for or 0),
            )
            for row in rows
        )
        written |= {row.row: held for row, held in zip(rows, made, strict=True)}
    VersionSubject.objects.bulk_create(
        VersionSubject(version_picture=written[row.row], child_id=subject)
        for row in material.pictures
        for subject in row.subjects
    )


def default_alt(title: str, child_ids: list[int]) -> str:
    """Alternative text where nobody wrote one: the title, and who can be recognised, as mentions."""
    seen = ", ".join(mentions.token(key) for key in sorted(child_ids))
    return ": ".join(part for part in [title, seen] if part)[:300]


def _publish(material: Material, version: SharedVersion, by: Viewer, before: SharedVersion | None) -> None:
    """One publication a child, swapped in this transaction."""
    first: dict[int | None, datetime] = {}
    if before is not None:
        _let_go_of_taken_off(material.entry, by)
        earlier = VersionChild.objects.filter(version__entry=material.entry, child__in=material.keys())
        first = dict(earlier.order_by("-version__number").values_list("child_id", "version__at"))
        Publication.objects.filter(entry=material.entry, child__in=material.keys()).delete()
    Publication.objects.bulk_create(
        Publication(
            entry=material.entry,
            version=version,
            child_id=row.child_id,
            unit_id=material.entry.unit_id,
            happened_on=version.happened_on,
            shared_at=version.at,
            first_shared_at=first.get(row.child_id, version.at),
            goals=version.goals,
            search=search_words(version, row),
        )
        for row in material.children
    )


def _let_go_of_taken_off(entry: Entry, by: Viewer) -> None:
    """A child taken off by somebody tied to it loses its publication (it was the wrong child); one whose tie has ended
    keeps the version it was in."""
    taken_off = EntryChild.objects.filter(entry=entry, left_out=True).filter(rule.knows(by, ENTRY, "child"))
    gone = list(taken_off.values_list("child_id", flat=True))
    if gone:
        Publication.objects.filter(entry=entry, child__in=gone).delete()
        EntryChild.objects.filter(entry=entry, left_out=True, child__in=gone).delete()


def search_words(version: SharedVersion, row: OfChild) -> str:
    """What this child's family may find the entry by: the shared words without mentions, and its own."""
    return casefolded(" ".join(mentions.without(text) for text in [version.title, version.text, *row.texts()]))


def names_in(*, entry: Entry, by: Viewer) -> list[mentions.PlainName]:
    """First names of today's children that stand in the working copy as plain words."""
    return _plain_names(Material.of(entry), by)
