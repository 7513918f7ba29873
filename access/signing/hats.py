"""As what somebody may be here now: the hats that a person has a ground to wear."""

from collections.abc import Callable
from datetime import datetime, timedelta

from people.models import Duty, Guardianship, Pass, Person, Unit
from visibility.viewer import Hat, Moment

Ground = Callable[[Person, datetime], bool]
_grounds: dict[Hat, Ground] = {}


def register(hat: Hat, ground: Ground) -> None:
    """Let a higher room say who else has a ground to wear a hat: `ground(person, at)`."""
    _grounds[hat] = ground


def hats_of(person: Person, at: datetime) -> list[Hat]:
    """The hats a person can put on at this moment; a guardian need not be activated yet, but the tie must run."""
    moment = Moment.of(at, person.organisation)
    tail = moment.day - timedelta(days=moment.tail_days)
    found = []
    if Guardianship.objects.running(at).filter(person=person, child__blocked_at__isnull=True).exists():
        found.append(Hat.GUARDIAN)
    duties = list(
        Duty.objects.unsuspended(moment.day).filter(person=person).order_by("pk").values_list("role", "unit__kind")
    )
    ended = Duty.objects.running(tail).filter(ends_on__lte=moment.day)
    finishing = ended.filter(person=person, unit__kind=Unit.Kind.PRESCHOOL).exists()
    works = any(kind == Unit.Kind.PRESCHOOL or role in _OWNERS for role, kind in duties)
    if works or finishing or Pass.objects.running(at).filter(person=person).exists():
        found.append(Hat.STAFF)
    if any(kind == Unit.Kind.SCHOOL for _, kind in duties) or _has_ground(Hat.SCHOOL, person, at):
        found.append(Hat.SCHOOL)
    if any(role == Duty.Role.OFFICE for role, _ in duties):
        found.append(Hat.OFFICE)
    return found


def _has_ground(hat: Hat, person: Person, at: datetime) -> bool:
    return hat in _grounds and _grounds[hat](person, at)


_OWNERS = (Duty.Role.OWNERS_OFFICER, Duty.Role.RECORDS_KEEPER)
