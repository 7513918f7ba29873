"""Which homes see a difference between two versions: only they are told."""

from people.models import Home

from learninglog import mentions
from learninglog.models import SharedVersion, VersionChild, VersionPicture


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
        .prefetch_related("picture__subjects")
    )
    alone = len(rows) == 1
    faces: dict[int, tuple[object, ...]] = {}
    for row in rows:
        names = {row.child_id: "\ue002"}

        def masked(text: str, names: dict[int, str] = names) -> str:
            return mentions.masked(text, names, version.language)

        own = [
            (picture.picture_id, masked(picture.caption), masked(picture.alt))
            for picture in pictures
            if {subject.child_id for subject in picture.picture.subjects.all()} <= {row.child_id}
        ]
        faces[row.child_id] = (
            masked(version.title), masked(version.text), version.happened_on, tuple(version.goals), alone,
            row.line, row.asked, tuple(row.quotes), str(row.remarks), tuple(own),
        )
    return faces
