"""What was picked from the log, as one reader gets it now: a rendition by the rule, or a line that it is gone."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from conferences.models import Conference, Material, RecordedMaterial
from learninglog import rendition
from learninglog.models import Entry, Publication
from learninglog.rendition import PictureView, Rendition
from people.models import Home
from visibility.relations import GUARDIAN
from visibility.ties import Tie
from visibility.viewer import Viewer

PICKED_WITH = ("entry", "picture", "home")


@dataclass(frozen=True)
class Picked:
    """`removed` is what stands shared for the child no more; `closed` what this very reader may not open.

    Of both nothing is told. `changed` says that the entry was shared anew since the version was made.
    """

    question: uuid.UUID
    public_id: uuid.UUID | None = None
    home: Home | None = None
    removed: bool = False
    closed: bool = False
    changed: bool = False
    entry: uuid.UUID | None = None
    picture: uuid.UUID | None = None
    title: str = ""
    language: str = ""
    happened_on: date | None = None
    pictures: list[PictureView] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    shown: Rendition | None = None


def pictured(rows: Iterable[Material | RecordedMaterial], conference: Conference, viewer: Viewer) -> list[Picked]:
    """One for each row, in the order they were picked in, in a fixed number of queries."""
    found = sorted(rows, key=lambda row: (row.position, row.pk))
    keys = {row.entry_id for row in found if row.entry_id is not None}
    if not keys:
        return [Picked(row.question, removed=True) for row in found]
    standing = dict(
        Publication.objects.filter(child=conference.child_id, entry__in=keys)
        .order_by("pk")
        .values_list("entry_id", "version_id")
    )
    readable = Entry.objects.visible_to(viewer).filter(pk__in=standing).select_related("created_by").order_by("pk")
    chosen = [(rendition.origin(entry), standing[entry.pk], {conference.child_id}) for entry in readable]
    shown = rendition.of_versions(chosen, _as_family(viewer, conference.child_id)) if chosen else []
    return [_one(row, standing, {one.entry_id: one for one in shown}) for row in found]


def _as_family(viewer: Viewer, child: int) -> Viewer:
    """Who the words and pictures are meant for: a guardian themselves, and for the staff the family of this one child.

    What the staff pick is turned to the family on a screen and printed for it; so nothing of another child that is in
    the same entry may stand there, also when somebody at work could read it elsewhere.
    """
    if viewer.hat == GUARDIAN.hat:
        return viewer
    look = Viewer(person=viewer.person, hat=GUARDIAN.hat, strength=viewer.strength, at=viewer.at)
    look.ties[GUARDIAN] = [Tie(viewer.person.pk, child, None, None, None)]
    return look


def _one(row: Material | RecordedMaterial, standing: dict[int, int], shown: dict[int, Rendition]) -> Picked:
    public_id = row.public_id if isinstance(row, Material) else None
    one = shown.get(row.entry_id or 0)
    if row.entry_id not in standing or one is None:
        gone = row.entry_id not in standing
        return Picked(row.question, public_id, row.home, removed=gone, closed=not gone)
    pictures = one.pictures
    picture = row.picture.public_id if row.picture else None
    if picture is not None:
        pictures = [view for view in pictures if view.public_id == picture]
        if not pictures:
            return Picked(row.question, public_id, row.home, removed=True)
    shared = row.shared_id if isinstance(row, RecordedMaterial) else None
    return Picked(
        row.question, public_id, row.home,
        changed=shared is not None and shared != standing[row.entry_id],
        entry=one.public_id, picture=picture,
        title=one.title or _("Without a title"), language=one.language, happened_on=one.happened_on,
        pictures=pictures, quotes=[] if picture else one.quotes, shown=one,
    )  # fmt: skip
