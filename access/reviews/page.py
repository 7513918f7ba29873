"""What the review's pages show: the odd things with their names, what is unchanged, and what has been signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from access.models import Review, ReviewLine, RoutineReview
from access.reviews import odd, services
from access.reviews.odd import Point
from access.team import reach
from people.models import Child, Duty, Group, Person, Unit
from visibility.matrix import APPOINT, CHILD, READ, SIGN, STAFF_IT, UNIT
from visibility.viewer import Viewer

Kind = ReviewLine.Kind
# Where the head goes to put it right.
OF_PERSON = (Kind.NO_SIGN_IN, Kind.WITHOUT_GROUP, Kind.RULES_NOT_SHOWN, Kind.DUTY)


@dataclass(frozen=True)
class Line:
    """One thing as it is read: what it is, about whom, since when, and what was noted about it."""

    key: str
    kind: str
    what: str
    about: str
    day: date | None = None
    note: str = ""
    href: str = ""


@dataclass
class Page:
    review: Review
    odd: list[Line] = field(default_factory=list)
    seen: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    child_ids: set[int] = field(default_factory=set)


class Names:
    """Names by key, for some points: of a child only where the reader may read of it, or none is told."""

    def __init__(self, points: Iterable[Point], viewer: Viewer) -> None:
        found = list(points)
        self.people: Mapping[int, Person] = Person.objects.in_bulk({p.person_id for p in found if p.person_id})
        self.groups: Mapping[int, Group] = Group.objects.in_bulk({p.group_id for p in found if p.group_id})
        wanted = {p.child_id for p in found if p.child_id}
        mine = reach.rows(CHILD, viewer, READ).filter(pk__in=wanted)
        self.children: Mapping[int, Child] = {child.pk: child for child in mine}

    def about(self, point: Point) -> str:
        """As "Siri Vik · Granen"."""
        parts = []
        if point.person_id:
            parts.append(self.people[point.person_id].get_full_name())
        if point.child_id:
            child = self.children.get(point.child_id)
            parts.append(f"{child.given_name} {child.family_name}".strip() if child else _("a child"))
        if point.group_id:
            parts.append(self.groups[point.group_id].name)
        if point.detail in Duty.Role.values:
            parts.append(str(Duty.Role(point.detail).label))
        return " · ".join(parts)


def line(point: Point, names: Names, *, note: str = "", href: str = "") -> Line:
    return Line(point.key, point.kind, str(Kind(point.kind).label), names.about(point), point.day, note, href)


def page(review: Review, viewer: Viewer) -> Page:
    """The open review: odd things first, then what was looked at, then everybody who works there."""
    look = services.look_of(review, viewer.at)
    waiting = services.open_points(review, viewer.at)
    lines = list(review.lines.order_by("pk"))
    duties = odd.duties(look)
    working = [Point(Kind.DUTY, person_id=duty.person_id, detail=duty.role) for duty in duties]
    names = Names([*waiting, *(services.point_of(row) for row in lines), *working], viewer)
    pages = {duty.person_id: reverse("work:duty", kwargs={"duty": duty.public_id}) for duty in duties}
    return Page(
        review,
        [line(point, names, href=_mended_at(point, pages)) for point in waiting],
        [line(services.point_of(row), names, note=row.note) for row in lines],
        [line(point, names, href=pages.get(point.person_id or 0, "")) for point in working],
        set(names.children),
    )


def _mended_at(point: Point, pages: Mapping[int, str]) -> str:
    if point.kind in OF_PERSON:
        return pages.get(point.person_id or 0, "")
    return reverse("work:passes") if point.kind == Kind.PASS_GIVEN else ""


def protocol(review: Review, viewer: Viewer) -> Page:
    """What was looked at and signed, as it stands for good."""
    rows = list(review.lines.order_by("pk"))
    names = Names((services.point_of(row) for row in rows), viewer)
    lines = [line(services.point_of(row), names, note=row.note) for row in rows]
    looked = [one for one in lines if one.kind != Kind.DUTY]
    return Page(review, [], looked, [one for one in lines if one.kind == Kind.DUTY], set(names.children))


@dataclass(frozen=True)
class Month:
    """One review in a list."""

    unit: str
    month: date
    signed_at: datetime | None
    signed_by: str
    href: str
    protocol: str


@dataclass
class Overview:
    """`mine` are the head's; `others` what the owner sees of every unit; `without` are units that have none."""

    mine: list[Month] = field(default_factory=list)
    others: list[Month] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    routines: list[RoutineReview] = field(default_factory=list)


MONTHS = 24


def overview(viewer: Viewer) -> Overview:
    """The reviews a viewer signs, and those of the units the viewer oversees; newest first."""
    found = Overview()
    own = set(reach.rows("REVIEW", viewer, SIGN).values_list("pk", flat=True))
    rows = reach.rows("REVIEW", viewer, READ).select_related("unit", "signed_by")
    newest = rows.order_by("-month", "unit__name", "pk")
    for review in newest[: MONTHS * 20]:
        (found.mine if review.pk in own else found.others).append(_month(review, review.pk in own))
    overseen = reach.rows(UNIT, viewer, APPOINT)
    has_one = rows.filter(month=viewer.day.replace(day=1)).values("unit")
    found.without = list(overseen.exclude(pk__in=has_one).order_by("name").values_list("name", flat=True))
    routines = RoutineReview.objects.filter(organisation__in=overseen.values("organisation"))
    found.routines = list(routines.select_related("signed_by").order_by("-half", "pk"))
    return found


def _month(review: Review, own: bool) -> Month:
    href = reverse("reviews:one", kwargs={"review": review.public_id}) if own and review.signed_at is None else ""
    protocol = reverse("reviews:protocol", kwargs={"review": review.public_id}) if review.signed_at else ""
    by = review.signed_by.get_full_name() if review.signed_by else ""
    return Month(review.unit.name, review.month, review.signed_at, by, href, protocol)


def keeps(viewer: Viewer) -> list[Unit]:
    """The units whose reviews the viewer signs or oversees."""
    return reach.units(viewer, STAFF_IT, APPOINT)


def routine_of(viewer: Viewer, public_id: object) -> RoutineReview | None:
    """The owner's review of the routine at this address, for an officer of that owner."""
    overseen = reach.rows(UNIT, viewer, APPOINT).values("organisation")
    return RoutineReview.objects.filter(organisation__in=overseen, public_id=public_id).first()
