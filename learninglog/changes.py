"""Which homes see a difference between two versions: only they are told."""

from datetime import datetime
from functools import partial

from learninglog import clips, mentions
from learninglog.models import EntryChild, SharedVersion, VersionChild, VersionClip, VersionPicture
from learninglog.openly import Openly, openly
from media_policy.models import Clip, Picture
from people.models import Home

Film = tuple[VersionClip, set[int | None], set[int] | None]


def homes_that_see_a_change(before: SharedVersion, after: SharedVersion) -> list[Home]:
    """Running homes of children in both versions whose own rendition differs."""
    old, new = _faces(before, after.at), _faces(after, after.at)
    changed = [child for child in new if child in old and new[child] != old[child]]
    return list(Home.objects.filter(child__in=changed, memberships__ends_at__isnull=True).distinct())


def _faces(version: SharedVersion, at: datetime) -> dict[int, tuple[object, ...]]:
    """Per child what its family is shown of a version, pictures by key; other children are masked out."""
    rows = list(VersionChild.objects.filter(version=version, child__isnull=False).order_by("position", "pk"))
    pictures = list(
        VersionPicture.objects.filter(version=version, picture__isnull=False)
        .order_by("position", "pk")
        .prefetch_related("subjects", "picture__subjects")
    )
    seen = {key for shown in pictures for key in _seen(shown)}
    others = openly(version.entry.group_id, seen, shared_at=version.at, at=at)
    alone = len(rows) == 1
    said_no = {row.child_id for row in rows if row.asked == EntryChild.Asked.NO}
    films = _films(version, at, said_no)
    faces: dict[int, tuple[object, ...]] = {}
    for row in rows:
        if row.child_id is None:
            continue
        masked = partial(_masked, names={row.child_id: "\ue002"}, language=version.language)
        own = [
            (shown.picture_id, masked(shown.caption), masked(shown.alt))
            for shown in _got(pictures, row, others, said_no)
        ]
        faces[row.child_id] = (
            masked(version.title),
            masked(version.text),
            version.happened_on,
            tuple(version.goals),
            alone,
            masked(row.line),
            row.asked,
            tuple(masked(quote) for quote in row.quotes),
            tuple((goal, masked(text)) for goal, text in row.remarks),
            tuple(own),
            tuple(
                (shown.clip_id, masked(shown.caption), masked(shown.words))
                for shown, seen, openly_seen in films
                if clips.reaches(seen, {row.child_id}, openly_seen)
            ),
        )
    return faces


def _films(version: SharedVersion, at: datetime, said_no: set[int | None]) -> list[Film]:
    """Films and recordings that go to some family, with who is in them, as `clips.shown_to_family` decides it."""
    rows = VersionClip.objects.filter(version=version, clip__isnull=False, clip__erased_at__isnull=True)
    rows = rows.exclude(marking=Clip.Marking.UNMARKED).exclude(clip__marking=Clip.Marking.UNMARKED)
    held = []
    for row in rows.order_by("position", "pk").prefetch_related("subjects", "clip__subjects"):
        now = row.clip.subjects.all() if row.clip is not None else []
        seen = {subject.child_id for subject in [*row.subjects.all(), *now]}
        if not seen & said_no:
            held.append((row, seen))
    keys = {key for _row, seen in held for key in seen if key is not None}
    openly_seen = clips.openly_now(keys, version.entry.group_id, shared_at=version.at, at=at)
    return [(row, seen, openly_seen) for row, seen in held]


def _masked(text: str, names: dict[int, str], language: str) -> str:
    return mentions.masked(text, names, language)


def _seen(shown: VersionPicture) -> set[int | None]:
    """Who can be recognised, by what was confirmed and by what is said now."""
    now = shown.picture.subjects.all() if shown.picture is not None else []
    return {subject.child_id for subject in [*shown.subjects.all(), *now]}


def _got(
    pictures: list[VersionPicture], row: VersionChild, others: Openly, said_no: set[int | None]
) -> list[VersionPicture]:
    """The pictures that the child's family is shown: of each, the whole one or the first that stands in for it."""
    found: dict[int, VersionPicture] = {}
    for shown in pictures:
        if shown.picture is not None and _reaches(shown, shown.picture, row, others, said_no):
            found.setdefault(shown.stands_for_id or shown.pk, shown)
    return list(found.values())


def _reaches(
    shown: VersionPicture, picture: Picture, row: VersionChild, others: Openly, said_no: set[int | None]
) -> bool:
    """Whether the child's family is shown a picture, as `pictures.shown_to_family` decides it for a page."""
    subjects = _seen(shown)
    unmarked = Picture.Marking.UNMARKED in {shown.marking, picture.marking}
    kept = unmarked or picture.erased_at is not None or bool(subjects & said_no)
    return not kept and others.reaches(subjects, {row.child_id}, covered=picture.covered)
