"""Which homes see a difference between two versions: only they are told."""

from functools import partial

from learninglog import mentions
from learninglog.models import EntryChild, SharedVersion, VersionChild, VersionPicture
from media_policy.models import Picture
from people.models import Home


def homes_that_see_a_change(before: SharedVersion, after: SharedVersion) -> list[Home]:
    """Running homes of children in both versions whose own rendition differs."""
    old, new = _faces(before), _faces(after)
    changed = [child for child in new if child in old and new[child] != old[child]]
    return list(Home.objects.filter(child__in=changed, memberships__ends_at__isnull=True).distinct())


def _faces(version: SharedVersion) -> dict[int, tuple[object, ...]]:
    """Per child what its family is shown of a version, pictures by key; other children are masked out."""
    rows = list(VersionChild.objects.filter(version=version, child__isnull=False).order_by("position", "pk"))
    pictures = list(
        VersionPicture.objects.filter(version=version, picture__isnull=False)
        .order_by("position", "pk")
        .prefetch_related("subjects", "picture__subjects")
    )
    alone = len(rows) == 1
    faces: dict[int, tuple[object, ...]] = {}
    for row in rows:
        if row.child_id is None:
            continue
        masked = partial(_masked, names={row.child_id: "\ue002"}, language=version.language)
        own = [
            (shown.picture_id, masked(shown.caption), masked(shown.alt))
            for shown in pictures
            if shown.picture is not None and _reaches(shown, shown.picture, row)
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
        )
    return faces


def _masked(text: str, names: dict[int, str], language: str) -> str:
    return mentions.masked(text, names, language)


def _reaches(shown: VersionPicture, picture: Picture, row: VersionChild) -> bool:
    """Whether the child's family is shown a picture, as `pictures.shown_to_family` decides it for a page."""
    subjects = {subject.child_id for subject in [*shown.subjects.all(), *picture.subjects.all()]}
    said_no = row.asked == EntryChild.Asked.NO and row.child_id in subjects
    unmarked = Picture.Marking.UNMARKED in {shown.marking, picture.marking}
    return subjects <= {row.child_id} and not said_no and not unmarked and picture.erased_at is None
