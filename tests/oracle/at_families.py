"""The oracle's part about who has access to a child: heads, the owner's officer, legal guardians, lifted ties."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from access.models import RecordedPage, Recording
from learninglog.models import CorrectionRequest
from media_policy.models import Picture
from people import models as people

if TYPE_CHECKING:
    from tests.oracle.worlds import World

HEADS_WORK = {"ACCESS", "ACTIVATE", "INACTIVATE", "END", "OVERLOOK"}
HEAD_ALONE = {"NAME", "LIFT"}
ASKED = HEADS_WORK | HEAD_ALONE | {"TELL", "CONSENT", "REFUSE", "JOIN", "LINES", "ANSWER", "OBJECT"}


def lifted(oracle: Any, person: int, child: int) -> bool:
    """Whether the tie to the own child is lifted at this moment."""
    return any(
        row.person_id == person and row.child_id == child and row.begins_at <= oracle.at < row.ends_at
        for row in oracle.facts.lifts
    )


def has_head(oracle: Any, child: int) -> bool:
    """Whether somebody is on duty today as head of the child, who is not its guardian."""
    return any(("HEAD", unit.id) in oracle.ties(person.id, child)
               for person in oracle.facts.persons for unit in oracle.facts.units)  # fmt: skip


def is_of_owner(oracle: Any, person: int, child: int, role: str) -> bool:
    owner, day = oracle.facts.one("children", child).organisation_id, oracle.day(person)
    return any(
        duty.person_id == person and duty.role == role and duty.organisation_id == owner
        and duty.starts_on <= day and (duty.ends_on is None or day < duty.ends_on) and not oracle.at_rest(duty.id, day)
        for duty in oracle.facts.duties
    )  # fmt: skip


def has_left(oracle: Any, person: int, child: int) -> bool:
    """Whether the child has been at a preschool, and is at none today."""
    day, kinds = oracle.day(person), {unit.id: unit.kind for unit in oracle.facts.units}
    places = [row for row in oracle.facts.placements if row.child_id == child and kinds[row.unit_id] == "preschool"]
    begun = [row for row in places if row.starts_on <= day]
    return bool(begun) and all(row.ends_on is not None and row.ends_on <= day for row in begun)


def waits(oracle: Any, person: int, child: int) -> bool:
    """A legal guardian whom no head has activated: the tie runs, and the envelope is closed."""
    return not oracle.blocked(child) and any(
        row.person_id == person and row.child_id == child and row.kind == "legal" and row.activated_at is None
        and row.begins_at <= oracle.at and (row.ends_at is None or oracle.at < row.ends_at)
        for row in oracle.facts.guardianships
    )  # fmt: skip


def names(oracle: Any, person: int, hat: str, action: str, child: int) -> set[str]:
    """The ties through which this person may do this about the child's access."""
    found: set[str] = set()
    if hat == "guardian":
        if action == "LINES" and oracle.is_active_guardian(person, child):
            found.add("FAMILY")
        if action == "JOIN" and oracle.reads_log_of(person, child):
            found.add("GUARDIAN")
        if action in {"TELL", "CONSENT", "REFUSE", "ANSWER", "OBJECT"}:
            legal = any(row.kind == "legal" for row in oracle.active_guardianships(person, child))
            found |= {"LEGAL"} if legal else set()
        if action == "TELL" and waits(oracle, person, child):
            found.add("WAITING")
    if hat == "staff" and action in HEADS_WORK | HEAD_ALONE:
        if any(name == "HEAD" for name, _ in oracle.ties(person, child)):
            found.add("HEAD")
        free = not oracle.blocked(child) and not oracle.was_ever_family(person, child)
        officer = free and is_of_owner(oracle, person, child, "owners_officer")
        if action in HEADS_WORK and officer and not has_head(oracle, child):
            found.add("OFFICER")
        if action == "ACCESS" and keeps_records(oracle, person, child):
            found.add("KEEPER")
    return found


def keeps_records(oracle: Any, person: int, child: int) -> bool:
    """Whether this is the records keeper of a child who has left, not one of their own."""
    free = not oracle.blocked(child) and not oracle.was_ever_family(person, child)
    return free and is_of_owner(oracle, person, child, "records_keeper") and has_left(oracle, person, child)


def corrects(oracle: Any, person: int, entry: int, child: int) -> bool:
    """Whether they may put right what the child’s family reads of an entry: somebody has lately asked about its day."""
    days = [row.happened_on for row in oracle.facts.publications if (row.entry_id, row.child_id) == (entry, child)]
    return keeps_records(oracle, person, child) and any(
        row.child_id == child and row.closed_at is None and row.first_day <= day <= row.last_day
        and timedelta(0) <= oracle.at - row.created_at < timedelta(days=30)
        for row in oracle.facts.correction_requests for day in days
    )  # fmt: skip


def officer(world: "World", person: int, role: str, start: int, end: int | None) -> None:
    people.Duty.objects.create(
        person=world.people[person], organisation=world.organisation, role=role,
        starts_on=world.day(start), ends_on=world.day(end),
    )  # fmt: skip


def lift(world: "World", person: int, child: int, begins: int, ends: int) -> None:
    """Hours from now; the head's part in it is another test's."""
    people.OwnChildLift.objects.create(
        person=world.people[person], child=world.children[child], lifted_by=world.people[0],
        begins_at=world.moment(0, begins), ends_at=world.moment(0, ends),
    )  # fmt: skip


def record(world: "World", child: int, erased: bool) -> None:
    """Somebody's paper about the child, with one page; how it is written down is another test's."""
    tie = people.Guardianship.objects.filter(child=world.children[child]).order_by("pk")[0]
    kept = {"uploaded_by": world.people[0], "width": 16, "height": 12, "marking": "nobody"}
    gone = {"erased_at": world.moment(0), "width": 0, "height": 0}
    page = Picture.objects.create(
        organisation=world.organisation, unit=world.units[0], uploaded_at=world.moment(0), **(gone if erased else kept)
    )
    said = Recording.objects.create(
        guardianship=tie, medium="paper", said_on=world.day(-1), identified="known", recorded_by=world.people[0],
        recorded_at=world.moment(0),
    )  # fmt: skip
    RecordedPage.objects.create(recording=said, picture=page, position=0)


def ask_to_correct(world: "World", child: int, first: int, last: int, made: int, closed: bool) -> None:
    """A request as it was written down; how is another test's."""
    tie = people.Guardianship.objects.filter(child=world.children[child]).order_by("pk")[0]
    at = world.moment(made)
    said = Recording.objects.create(
        guardianship=tie, medium="paper", said_on=world.day(made), identified="known", recorded_by=world.people[0],
        recorded_at=at,
    )  # fmt: skip
    CorrectionRequest.objects.create(
        recording=said, child=tie.child, first_day=world.day(first), last_day=world.day(last), created_at=at,
        closed_at=world.moment(0) if closed else None,
    )  # fmt: skip


def reading_ends(world: "World", child: int, day: int) -> None:
    """The first day without reading; how it comes about is another test's."""
    people.Child.objects.filter(pk=world.children[child].pk).update(reading_ends_on=world.day(day))


DEEDS = {
    "ask to correct": ask_to_correct,
    "reading ends": reading_ends,
    "officer": officer,
    "lift": lift,
    "record": record,
}
