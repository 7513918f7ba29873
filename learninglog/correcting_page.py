"""What the records keeper sees of a child who has left: what was asked, and the entries of those days in its words."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ground.clock import local_day
from learninglog import rendition
from learninglog.models import Correction, CorrectionRequest, Publication
from learninglog.rendition import Rendition
from people.models import Child, Guardianship
from visibility import kinds, rule, ties
from visibility.matrix import CORRECT, ENTRY
from visibility.relations import KEEPER
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """One entry as the child's family reads it, without its pictures; `version` is what was looked at."""

    shown: Rendition
    version: uuid.UUID


@dataclass(frozen=True)
class Asked:
    """One request, what was done on it, and while it is open the entries that it is about."""

    request: CorrectionRequest
    done: list[Correction]
    lines: list[Line] = field(default_factory=list)


def child(viewer: Viewer, public_id: uuid.UUID) -> Child | None:
    """A child whose records this viewer keeps."""
    mine = Child.objects.filter(pk__in=ties.children(viewer, KEEPER), public_id=public_id)
    found: Child | None = mine.select_related("organisation").first()
    return found


def who_asks(row: Child, viewer: Viewer) -> list[Guardianship]:
    """Every guardian of the child, active or not, as one asks by letter."""
    ties_of = Guardianship.objects.running(viewer.at).filter(child=row).select_related("person")
    return list(ties_of.order_by("begins_at", "pk"))


def request(row: Child, public_id: uuid.UUID) -> CorrectionRequest | None:
    """One request about this child."""
    return CorrectionRequest.objects.filter(child=row, public_id=public_id).first()


def requests(row: Child, viewer: Viewer) -> list[Asked]:
    """What was asked about a child, the newest first."""
    rows = CorrectionRequest.objects.filter(child=row).order_by("-created_at", "-pk")
    told = rows.select_related("recording__guardianship__person", "recording__recorded_by")
    return [Asked(one, _done(one), _lines(one, viewer)) for one in told]


def _done(one: CorrectionRequest) -> list[Correction]:
    return list(one.corrections.select_related("by").order_by("at", "pk"))


def _lines(one: CorrectionRequest, viewer: Viewer) -> list[Line]:
    if one.closed_at is not None:
        return []
    mine = rule.links(kinds.by_name(ENTRY), viewer, CORRECT).filter(child=one.child_id)
    rows: Any = Publication.objects.filter(child=one.child_id, entry__in=mine.values("entry_id"))
    rows = rows.filter(happened_on__gte=one.first_day, happened_on__lte=one.last_day)
    found = list(rows.select_related("entry__created_by", "version").order_by("-happened_on", "-entry_id"))
    chosen = [(rendition.origin(row.entry), row.version_id) for row in found]
    shown = rendition.of_child(chosen, one.child_id, viewer.at)
    return [Line(words, row.version.public_id) for words, row in zip(shown, found, strict=True)]


def corrected_on(entry: int, child: Child) -> date | None:
    """The day on which what the family reads of an entry was corrected; None where it stands as it was shared."""
    standing = Correction.objects.filter(entry=entry, request__child=child, version__publications__child=child)
    at = standing.values_list("at", flat=True).first()
    return local_day(at, child.organisation.time_zone) if at is not None else None
