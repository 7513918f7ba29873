"""Sharing: what was confirmed is what is shared, in one transaction, once."""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from ground.text import casefolded
from learninglog import mentions
from learninglog.changes import homes_that_see_a_change
from learninglog.models import (
    Entry,
    EntryChild,
    HomeChange,
    Publication,
    SharedVersion,
    VersionAudience,
    VersionChild,
    VersionPicture,
)
from learninglog.services.drafts import writable
from media_policy.models import Picture
from people.models import Child, Guardianship
from visibility import audience, rule
from visibility.audience import Reach
from visibility.matrix import SHARE
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer

ONCE_SHARED = {"met": ("SHARED", "NOT_DRAFT"), "unmet": ("NEVER_SHARED",)}


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
    plain_names: list[mentions.PlainName] = field(default_factory=list)
    children_outside: bool = False
    blockers: list[str] = field(default_factory=list)


def preview_sharing(*, entry: Entry, by: Viewer) -> Preview:
    """What sharing now would do. Raises PermissionDenied when the viewer may read but not write here."""
    children = _live(entry)
    reaches = audience.reached(entry, by.moment, "READ", **ONCE_SHARED)
    keys = {row.child_id for row in children}
    reaches = [reach for reach in reaches if reach.child_id is None or reach.child_id in keys]
    guardians = [reach for reach in reaches if reach.relation is GUARDIAN]
    reached_children = {reach.child_id for reach in guardians}
    names = _plain_names(entry, children, by)
    blockers = []
    if not children:
        blockers.append("nobody")
    if not (entry.title.strip() or entry.text.strip() or entry.entry_pictures.exists()):
        blockers.append("empty")
    if names:
        blockers.append("names")
    return Preview(
        entry=entry,
        reaches=reaches,
        digest=_digest(entry, guardians),
        families=len(reached_children),
        adults=len({reach.person_id for reach in guardians}),
        without_guardian=sorted(keys - reached_children),
        not_activated=_not_activated(keys, by),
        staying_pictures=_staying(entry),
        plain_names=names,
        children_outside=entry.group.has_children_outside and entry.entry_pictures.exists(),
        blockers=blockers,
    )


def _live(entry: Entry) -> list[EntryChild]:
    rows = EntryChild.objects.filter(entry=entry, left_out=False).select_related("child")
    return list(rows.prefetch_related("quotes", "remarks").order_by("position", "pk"))


def _digest(entry: Entry, guardians: list[Reach]) -> str:
    reached = sorted({(reach.child_id or 0, reach.person_id) for reach in guardians})
    return hashlib.sha256(f"{entry.pk}:{entry.revision}:{reached}".encode()).hexdigest()[:32]


def _not_activated(child_ids: set[int], by: Viewer) -> list[int]:
    """Guardianships that run but are not active now."""
    running = Guardianship.objects.running(by.at).filter(child__in=child_ids)
    active = Guardianship.objects.active(by.at).values("pk")
    return list(running.exclude(pk__in=active).order_by("pk").values_list("pk", flat=True))


def _staying(entry: Entry) -> list[int]:
    """Pictures that go to no family: unmarked, or of a child who said no."""
    rows = entry.entry_pictures.order_by("position", "pk")
    said_no = EntryChild.objects.filter(entry=entry, asked=EntryChild.Asked.NO).values("child_id")
    unmarked = rows.filter(picture__marking=Picture.Marking.UNMARKED)
    refused = rows.filter(picture__subjects__child__in=said_no)
    staying = set(unmarked.values_list("picture_id", flat=True)) | set(refused.values_list("picture_id", flat=True))
    return [key for key in rows.values_list("picture_id", flat=True) if key in staying]


def _plain_names(entry: Entry, children: list[EntryChild], by: Viewer) -> list[mentions.PlainName]:
    texts = [entry.title, entry.text]
    for row in children:
        texts += [row.line, *(quote.text for quote in row.quotes.all()), *(r.text for r in row.remarks.all())]
    for picture in entry.entry_pictures.all():
        texts += [picture.caption, picture.alt]
    today = Child.objects.in_group(entry.group, by.day).values_list("pk", "given_name")
    known = dict(today) | {row.child_id: row.child.given_name for row in children}
    own = known if len(children) > 1 else {k: v for k, v in known.items() if k not in {r.child_id for r in children}}
    return mentions.plain_names(texts, own.items(), entry.not_names)


@transaction.atomic
def share_entry(*, entry: Entry, by: Viewer, confirmed: str | None = None) -> SharedVersion:
    """Share the working copy with the families of its children.

    `confirmed` is the digest of the preview the teacher saw. A second call without a change in between gives
    the version that stands. Raises PermissionDenied, NotReady, AudienceChanged.
    """
    row = writable(entry=entry, by=by, action=SHARE)
    if row.current is not None and row.current.revision == row.revision:
        return row.current
    preview = preview_sharing(entry=row, by=by)
    if preview.blockers:
        raise NotReady(preview)
    if confirmed is not None and confirmed != preview.digest:
        raise AudienceChanged(preview)
    version = _write_version(row, by)
    children = _live(row)
    _write_parts(row, version, children, preview)
    before = _last_version(row, version)
    _publish(row, version, children, by)
    if before is not None:
        for home in homes_that_see_a_change(before, version):
            HomeChange.objects.update_or_create(entry=row, home=home, defaults={"child_id": home.child_id, "at": by.at})
    row.current, row.withdrawn_at = version, None
    row.first_shared_at = row.first_shared_at or by.at
    row.save(update_fields=["current", "withdrawn_at", "first_shared_at"])
    return version


def _write_version(entry: Entry, by: Viewer) -> SharedVersion:
    number = entry.versions.aggregate(last=Max("number"))["last"] or 0
    return SharedVersion.objects.create(
        entry=entry,
        number=number + 1,
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


def _write_parts(entry: Entry, version: SharedVersion, children: list[EntryChild], preview: Preview) -> None:
    VersionChild.objects.bulk_create(
        VersionChild(
            version=version,
            child_id=row.child_id,
            position=row.position,
            line=row.line,
            asked=row.asked,
            quotes=[quote.text for quote in sorted(row.quotes.all(), key=lambda q: (q.position, q.pk))],
            remarks=[[remark.goal_id, remark.text] for remark in row.remarks.all()],
        )
        for row in children
    )
    pictures = entry.entry_pictures.order_by("position", "pk").prefetch_related("picture__subjects")
    VersionPicture.objects.bulk_create(
        VersionPicture(
            version=version,
            picture_id=row.picture_id,
            position=row.position,
            caption=row.caption,
            alt=row.alt or default_alt(entry, [subject.child_id for subject in row.picture.subjects.all()]),
        )
        for row in pictures
    )
    VersionAudience.objects.bulk_create(
        VersionAudience(
            version=version, person_id=reach.person_id, child_id=reach.child_id, relation=reach.relation.name
        )
        for reach in preview.reaches
    )


def default_alt(entry: Entry, child_ids: list[int]) -> str:
    """Alternative text where nobody wrote one: the title, and who can be recognised, as mentions."""
    seen = ", ".join(mentions.token(key) for key in sorted(child_ids))
    return ": ".join(part for part in [entry.title, seen] if part)[:300]


def _last_version(entry: Entry, version: SharedVersion) -> SharedVersion | None:
    return entry.versions.filter(number=version.number - 1).first()


def _publish(entry: Entry, version: SharedVersion, children: list[EntryChild], by: Viewer) -> None:
    """One publication a child, swapped in this transaction.

    A child taken off by somebody tied to it loses its publication now (it was the wrong child); one whose tie has
    ended keeps the version it was in.
    """
    taken_off = EntryChild.objects.filter(entry=entry, left_out=True).filter(rule.knows(by, "ENTRY", "child"))
    gone = list(taken_off.values_list("child_id", flat=True))
    Publication.objects.filter(entry=entry, child__in=gone).delete()
    EntryChild.objects.filter(entry=entry, left_out=True, child__in=gone).delete()
    keys = [row.child_id for row in children]
    shared_before = VersionChild.objects.filter(version__entry=entry, child__in=keys).order_by("-version__number")
    first = dict(shared_before.values_list("child_id", "version__at"))
    Publication.objects.filter(entry=entry, child__in=keys).delete()
    Publication.objects.bulk_create(
        Publication(
            entry=entry,
            version=version,
            child_id=row.child_id,
            unit_id=entry.unit_id,
            happened_on=version.happened_on,
            shared_at=version.at,
            first_shared_at=first.get(row.child_id, version.at),
            goals=version.goals,
            search=search_words(version, row),
        )
        for row in children
    )


def search_words(version: SharedVersion, row: EntryChild) -> str:
    """What this child's family may find the entry by: the shared words without mentions, and its own."""
    own = [row.line, *(quote.text for quote in row.quotes.all()), *(remark.text for remark in row.remarks.all())]
    return casefolded(" ".join(mentions.without(text) for text in [version.title, version.text, *own]))


def names_in(*, entry: Entry, by: Viewer) -> list[mentions.PlainName]:
    """First names of today's children that stand in the working copy as plain words."""
    return _plain_names(entry, _live(entry), by)
