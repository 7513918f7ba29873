"""The pictures and films that a receiver gets with a child: those of the child's rendition, and no others.

Nobody but that child can be recognised on them, also where two children of a group come to the same class.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ground.prepared import Prepared
from learninglog import clips, pictures
from learninglog.models import HomeWords, HomeWordsPicture, Publication, VersionClip, VersionPicture
from media_policy.models import Picture, PictureSubject
from transfers.models import Handover
from transfers.rows import pictures_left_out
from visibility import kinds, rule
from visibility.prepared import PreparedRule
from visibility.viewer import Hat, Viewer


def pictures_shown(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the pictures that transfers show to this viewer."""
    parts = [part for child in _children(viewer) for part in _pictures_of(child, viewer)]
    if not parts:
        return VersionPicture.objects.none().values("picture_id")
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def shows_picture(viewer: Viewer, key: int) -> bool:
    """Whether an entry that came with a child shows one picture; of pictures with words from home it says no.

    The same queries as `pictures_shown`, put together once a process; a no says nothing.
    """
    if viewer.hat != Hat.SCHOOL:
        return False
    read: dict[int, list[int]] = {}
    for child, entry in _PAIRS.rows(viewer, picture=key):
        read.setdefault(child, []).append(entry)
    return any(
        _OWN.rows(own=[child], entries=entries, picture=key) and not pictures_left_out(child).filter(pk=key).exists()
        for child, entries in sorted(read.items())
    )


def _pairs(viewer: Viewer, picture: Any) -> Any:
    """The children through whom, and the entries on which, the viewer might see a picture."""
    held = VersionPicture.objects.filter(
        picture=picture,
        version__publications__entry=OuterRef("entry_id"),
        version__publications__child=OuterRef("child_id"),
    )
    links = rule.links(kinds.by_name("ENTRY"), viewer).filter(Exists(held))
    return links.order_by("pk").values_list("child_id", "entry_id")


_PAIRS = PreparedRule("ENTRY", _pairs, picture=int)
_OWN = Prepared(
    lambda own, entries, picture: (
        pictures.shown_to_families(own, (), pictures.NO_MOMENT)
        .filter(picture=picture, version__entry__in=entries)
        .values_list("pk")[:1]
    ),
    own=[int],
    entries=[int],
    picture=int,
)


def clips_shown(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the films and recordings that transfers show to this viewer."""
    parts = [
        clips.shown_to_families([child], viewer.at, openly=False)
        .filter(version__in=_versions(child, viewer))
        .values("clip_id")
        for child in _children(viewer)
    ]
    if not parts:
        return VersionClip.objects.none().values("clip_id")
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _children(viewer: Viewer) -> list[int]:
    """Keys of the children whose transfer is open for this reader now."""
    if viewer.hat != Hat.SCHOOL:
        return []
    rows = Handover.objects.visible_to(viewer).order_by("child_id").values_list("child_id", flat=True)
    return sorted(set(rows))


def _versions(child: int, viewer: Viewer) -> QuerySet[Any]:
    """Keys of the versions that stand shared for this child, of the entries the viewer reads through it."""
    through = rule.links(kinds.by_name("ENTRY"), viewer).filter(child=child).values("entry_id")
    return Publication.objects.filter(child=child, entry__in=through).values("version_id")


def _pictures_of(child: int, viewer: Viewer) -> list[QuerySet[Any]]:
    out = pictures_left_out(child).values("pk")
    shared = pictures.shown_to_families([child], (), viewer.at).filter(version__in=_versions(child, viewer))
    words = HomeWords.objects.visible_to(viewer).standing().filter(child=child).values("pk")
    others = PictureSubject.objects.filter(picture=OuterRef("picture_id")).exclude(child=child)
    from_home = HomeWordsPicture.objects.filter(words__in=words, picture__erased_at__isnull=True)
    from_home = from_home.exclude(picture__marking=Picture.Marking.UNMARKED).exclude(Exists(others))
    return [rows.exclude(picture__in=out).values("picture_id") for rows in (shared, from_home)]
