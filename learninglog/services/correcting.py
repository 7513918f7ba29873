"""The records keeper puts right what stands about a child who has left, where somebody has asked for it.

Everything here is about one child: the staff's working copy and what other families read stay as they are.
"""

import uuid
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.recordings import services as recordings
from access.recordings.services import NotPossible, Told
from ground.text import casefolded
from learninglog import clips, mentions, pictures, rendition
from learninglog.changes import homes_that_see_a_change
from learninglog.kinds import ASKED_FOR
from learninglog.models import (
    Correction,
    CorrectionRequest,
    Entry,
    HomeChange,
    Publication,
    SharedVersion,
    VersionAudience,
    VersionChild,
    VersionClip,
    VersionClipSubject,
    VersionPicture,
    VersionSubject,
)
from learninglog.versions import FIRST
from people.models import Guardianship
from visibility import kinds, rule, ties
from visibility.matrix import CORRECT, ENTRY
from visibility.relations import GUARDIAN, KEEPER
from visibility.viewer import Viewer

MOST_DAYS = timedelta(days=92)


@transaction.atomic
def ask(*, guardianship: Guardianship, told: Told, first_day: date, last_day: date, by: Viewer) -> CorrectionRequest:
    """Write down that a guardian asked for something of these days to be put right; its note says what.

    The same form twice is one request. Raises PermissionDenied, and NotPossible.
    """
    earlier = CorrectionRequest.objects.filter(recording__in=recordings.known(by, told)).first()
    if earlier is not None:
        return earlier
    if guardianship.child_id not in ties.children(by, KEEPER):
        raise PermissionDenied
    if not told.note.strip():
        raise NotPossible("note")
    if first_day > last_day or last_day - first_day > MOST_DAYS:
        raise NotPossible("last_day")
    recording = recordings.record(guardianship=guardianship, told=told, by=by)
    made: CorrectionRequest = CorrectionRequest.objects.create(
        recording=recording, child_id=guardianship.child_id, first_day=first_day, last_day=last_day, created_at=by.at
    )
    return made


@transaction.atomic
def close(*, request: CorrectionRequest, by: Viewer) -> None:
    """Nothing more is opened by it. Raises PermissionDenied; closing twice is once."""
    if request.child_id not in ties.children(by, KEEPER):
        raise PermissionDenied
    CorrectionRequest.objects.filter(pk=request.pk, closed_at__isnull=True).update(
        closed_at=by.at, closed_by=by.person
    )  # fmt: skip


@transaction.atomic
def take_back(*, request: CorrectionRequest, entry: Entry, by: Viewer) -> None:
    """The entry no longer reaches this child's family; other families keep theirs. Raises PermissionDenied."""
    row, standing = _standing(request, entry, by)
    standing.delete()
    if not Publication.objects.filter(entry=row).exists():
        row.current, row.withdrawn_at = None, by.at
        row.save(update_fields=["current", "withdrawn_at"])
    Correction.objects.create(request=request, entry=row, at=by.at, by=by.person)


@transaction.atomic
def correct(
    *, request: CorrectionRequest, entry: Entry, title: str, text: str, seen: uuid.UUID, by: Viewer
) -> SharedVersion:
    """A version with these words for this child's family; the one before is kept, as every version is.

    `seen` is the version whose words were on the page. Raises PermissionDenied, and NotPossible: "changed" where
    another stands by now, "text" where nothing would.
    """
    row, standing = _standing(request, entry, by)
    before = standing.version
    if before.public_id != seen:
        raise NotPossible("changed")
    if not (title.strip() or text.strip() or before.pictures.exists() or before.clips.exists()):
        raise NotPossible("text")
    (shown,) = rendition.of_child([(rendition.origin(row), before.pk)], request.child_id, by.at)
    if (shown.title, shown.text) == (title, text):
        return before
    version = _version(before, row, title, text, by)
    _copy_parts(before, version, request.child_id, by)
    own = before.children.get(child=request.child_id)
    search = [mentions.without(said) for said in (title, text, own.line, *own.quotes)]
    search += [mentions.without(said) for _goal, said in own.remarks]
    standing.version, standing.shared_at, standing.search = version, by.at, casefolded(" ".join(search))
    standing.save(update_fields=["version", "shared_at", "search"])
    for home in homes_that_see_a_change(before, version):
        if home.child_id == request.child_id:
            HomeChange.objects.update_or_create(
                entry=row, home=home, defaults={"child_id": home.child_id, "at": by.at}
            )  # fmt: skip
    Correction.objects.create(request=request, entry=row, version=version, at=by.at, by=by.person)
    return version


def _standing(request: CorrectionRequest, entry: Entry, by: Viewer) -> tuple[Entry, Publication]:
    """The entry, locked, and what this child's family has of it, where the rule lets the viewer correct that."""
    row: Entry = Entry.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=entry.pk)
    asked = CorrectionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    is_open = asked.closed_at is None and by.at - ASKED_FOR < asked.created_at
    mine = rule.links(kinds.by_name(ENTRY), by, CORRECT).filter(entry=row, child=request.child_id)
    days = {"happened_on__gte": request.first_day, "happened_on__lte": request.last_day}
    rows = Publication.objects.filter(entry=row, child=request.child_id, **days).select_related("version")
    standing = rows.first() if is_open and mine.exists() else None
    if standing is None:
        raise PermissionDenied
    return row, standing


def _version(before: SharedVersion, entry: Entry, title: str, text: str, by: Viewer) -> SharedVersion:
    """The next version, about this child alone: its words as given, everything else as it was."""
    newest = entry.versions.order_by("-number").values_list("number", flat=True)[0]
    made: SharedVersion = SharedVersion.objects.create(
        entry=entry, number=newest + 1, at=by.at, by=by.person, revision=before.revision,
        happened_on=before.happened_on, language=before.language, title=title, text=text, goals=before.goals,
        not_names=before.not_names,
    )  # fmt: skip
    return made


def _copy_parts(before: SharedVersion, version: SharedVersion, child: int, by: Viewer) -> None:
    """What the family had beside the words: the child's own lines, and pictures and films of nobody but the child.

    Which of the others it may see was decided when they were shared; this version is younger, and about one child.
    """
    own = before.children.get(child=child)
    VersionChild.objects.create(
        version=version, child_id=child, line=own.line, asked=own.asked, quotes=own.quotes, remarks=own.remarks
    )
    for row in pictures.shown_to_families([child], [], FIRST).filter(version=before).order_by("pk"):
        copy = VersionPicture.objects.create(
            version=version, picture_id=row.picture_id, position=row.position, caption=row.caption, alt=row.alt,
            marking=row.marking,
        )  # fmt: skip
        for subject in row.subjects.order_by("pk"):
            VersionSubject.objects.create(version_picture=copy, child_id=subject.child_id)
    for clip in clips.shown_to_families([child], by.at, openly=False).filter(version=before).order_by("pk"):
        film = VersionClip.objects.create(
            version=version, clip_id=clip.clip_id, position=clip.position, caption=clip.caption, words=clip.words,
            marking=clip.marking,
        )  # fmt: skip
        for seen in clip.subjects.order_by("pk"):
            VersionClipSubject.objects.create(version_clip=film, child_id=seen.child_id)
    reached = ties.of_children([child], [GUARDIAN], by.moment)[GUARDIAN]
    VersionAudience.objects.bulk_create(
        VersionAudience(version=version, person_id=tie.person, child_id=child, relation=GUARDIAN.name)
        for tie in reached
    )
