"""Conferences, once more and slowly: who knows of one, who writes and seals, and who reads each field of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from conferences import reading
from conferences.models import Conference
from people.models import Person
from tests.oracle import at_units
from tests.oracle.conference_deeds import DEEDS, steps
from visibility.viewer import Viewer

__all__ = ["ANY_CHILD", "ASKED", "DEEDS", "TABLES", "differences", "of_child", "reasons", "steps"]

ASKED = {
    "CONFERENCE": {"READ", "CONTRIBUTE", "WRITE", "SHOW", "SEAL", "ADD", "CLOSE", "HOLD", "OFFER"},
    "FIELD": {"READ"},
    "MATERIAL": {"READ"},
    "VERSION": {"READ"},
    "RECORD": {"READ"},
    "RECORDED_MATERIAL": {"READ"},
    "AGREEMENT": {"READ", "WRITE", "FOLLOW_UP"},
    "TALK": {"READ"},
    "SIDE": {"READ"},
    "OFFER": {"READ", "BOOK", "WITHDRAW"},
    "FREE_TIME": {"READ", "WRITE"},
}
TABLES = {
    "CONFERENCE": "conferences", "FIELD": "field_values", "MATERIAL": "materials", "VERSION": "conference_versions",
    "RECORD": "recorded_fields", "RECORDED_MATERIAL": "recorded_materials", "AGREEMENT": "agreements",
    "TALK": "talks", "SIDE": "conference_sides", "OFFER": "offers", "FREE_TIME": "free_times",
}  # fmt: skip
ANY_CHILD = {
    "CONFERENCE": "SEAL", "FIELD": "READ", "MATERIAL": "READ", "VERSION": "READ", "RECORD": "READ",
    "RECORDED_MATERIAL": "READ", "AGREEMENT": "FOLLOW_UP", "TALK": "READ", "SIDE": "READ", "OFFER": "BOOK",
    "FREE_TIME": "WRITE",
}  # fmt: skip
SEALERS = {"RESPONSIBLE", "STAND_IN", "PEDAGOGUE"}
WRITERS = SEALERS | {"CHILDCARE_WORKER"}
READERS = WRITERS | {"SPECIAL_EDUCATOR", "HEAD"}
FINISHERS = {"FINISHING", "RESPONSIBLE_LATELY"}


def _on(day: Any, row: Any) -> bool:
    return bool(row.starts_on <= day and (row.ends_on is None or day < row.ends_on))


def holds(oracle: Any, person: int, child: int, unit: int, then: Any) -> bool:
    """Whether the person held the child's conferences at this preschool on a day, by a duty not at rest today."""
    if oracle.facts.one("units", unit).kind != "preschool" or not oracle.placed(child, unit, then):
        return False
    rows = [row for row in oracle.facts.responsible if row.child_id == child and _on(then, row)]
    duties = [oracle.facts.one("duties", row.duty_id) for row in rows]
    mine = [duty for duty in duties if duty.person_id == person and duty.unit_id == unit and _on(then, duty)]
    return any(not oracle.at_rest(duty.id, oracle.day(person)) for duty in mine)


def of_child(oracle: Any, person: int, hat: str, action: str, child: int) -> set[str]:
    """Who begins a conference and says who holds it."""
    if hat != "staff" or action not in {"ISSUE", "HOLD"} or oracle.blocked(child):
        return set()
    found = {name for name, _unit in oracle.ties(person, child)} & {"PEDAGOGUE", "HEAD"}
    day, own = oracle.day(person), oracle.was_ever_family(person, child)
    if not own and any(holds(oracle, person, child, unit.id, day) for unit in oracle.facts.units):
        found.add("RESPONSIBLE")
    return found


def under_way(row: Any) -> bool:
    return row.sealed_at is None and row.closed_at is None and row.erased_at is None


def staff(oracle: Any, person: int, row: Any) -> set[str]:
    """How a person at work is tied to this conference; whoever is or was family of the child is not at all."""
    child, unit, day = row.child_id, row.unit_id, oracle.day(person)
    if oracle.blocked(child) or oracle.was_ever_family(person, child):
        return set()
    found = {name for name, where in oracle.ties(person, child) if where == unit}
    found &= {"PEDAGOGUE", "CHILDCARE_WORKER", "SPECIAL_EDUCATOR", "HEAD", "FINISHING"}
    if row.issued_by_id != person and row.stand_in_id != person:
        found.discard("FINISHING")
    if holds(oracle, person, child, unit, day):
        found.add("RESPONSIBLE")
    tail = oracle.organisation(person).finishing_tail_days
    if tail and any(holds(oracle, person, child, unit, day - timedelta(days=back)) for back in range(tail + 1)):
        found.add("RESPONSIBLE_LATELY")
    here = any(duty.unit_id == unit and duty.role == "pedagogue" for duty in oracle.working(person))
    if here and oracle.placed(child, unit, day) and row.stand_in_id == person:
        found.add("STAND_IN")
    return found if under_way(row) else found - FINISHERS


def homes(oracle: Any, person: int, child: int, *, now: bool, legal: bool = False) -> set[int]:
    """Homes in which the person reads the child's conferences: now, or in which they have been too."""
    rows = [tie for tie in oracle.active_guardianships(person, child) if tie.reads_conferences]
    ties = {tie.id for tie in rows if not legal or tie.kind == "legal"}
    return {
        member.home_id
        for member in oracle.facts.home_memberships
        if member.guardianship_id in ties
        and member.begins_at <= oracle.at
        and (not now or member.ends_at is None or oracle.at < member.ends_at)
    }


def conference_of(oracle: Any, kind: str, row: Any) -> Any:
    if kind == "CONFERENCE":
        return row
    if kind in {"RECORD", "RECORDED_MATERIAL"}:
        row = oracle.facts.one("conference_versions", row.version_id)
    return oracle.facts.one("conferences", row.conference_id)


def reasons(oracle: Any, person: int, hat: str, action: str, kind: str, row: Any) -> tuple[set[str], int | None]:
    """The ties that let this person do this, and the child they are ties to."""
    if kind == "FREE_TIME":
        works = hat == "staff" and at_units.works_at(oracle, person, row.unit_id)
        return ({"WORKS_AT"} if works else set()), None
    conference = conference_of(oracle, kind, row)
    if hat == "guardian":
        return guardian(oracle, person, action, kind, row, conference), conference.child_id
    if hat != "staff":
        return set(), conference.child_id
    found = staff(oracle, person, conference) & at_work(oracle, action, kind, row, conference)
    return {"PEDAGOGUE_HERE" if name == "STAND_IN" else name for name in found}, conference.child_id


def at_work(oracle: Any, action: str, kind: str, row: Any, conference: Any) -> set[str]:
    """Which of the staff may do this with it as it stands."""
    going_on, sealed = under_way(conference), conference.sealed_at is not None
    if action == "READ":
        return READERS | FINISHERS if kind not in {"FIELD", "MATERIAL"} or handed_in(oracle, kind, row) else set()
    if action == "WRITE":
        return WRITERS | FINISHERS if going_on else set()
    if action in {"SHOW", "SEAL"}:
        return SEALERS | FINISHERS if going_on else set()
    if action in {"CLOSE", "HOLD", "OFFER"}:
        return SEALERS | {"HEAD"} if going_on else set()
    if action == "WITHDRAW":
        return SEALERS | {"HEAD"}
    return {"ADD": SEALERS, "FOLLOW_UP": WRITERS}.get(action, set()) if sealed else set()


def handed_in(oracle: Any, kind: str, row: Any) -> bool:
    """Whether the staff read it: theirs, or of a home that has handed in, and not what it had thought better of."""
    if row.home_id is None:
        return True
    mine = [
        s for s in oracle.facts.conference_sides if (s.conference_id, s.home_id) == (row.conference_id, row.home_id)
    ]
    times = [side.handed_in_at for side in mine if side.handed_in_at is not None and side.handed_in_at <= oracle.at]
    if not times or kind == "MATERIAL":
        return bool(times)
    field = (row.conference_id, row.home_id, row.question)
    later = [
        other
        for other in oracle.facts.field_values
        if (other.conference_id, other.home_id, other.question) == field and other.number > row.number
    ]
    return not any(other.written_at <= times[0] for other in later)


def guardian(oracle: Any, person: int, action: str, kind: str, row: Any, conference: Any) -> set[str]:
    child = conference.child_id
    reads = any(tie.reads_conferences for tie in oracle.active_guardianships(person, child))
    if not reads:
        return set()
    if kind == "CONFERENCE":
        mistake = conference.closed_because == "mistake" and conference.shown_at is None
        fills_in = conference.shown_at is not None and under_way(conference)
        return {"TALK_FAMILY"} if (action == "READ" and not mistake) or (action == "CONTRIBUTE" and fills_in) else set()
    if kind == "OFFER":
        return offered(oracle, person, action, row, conference)
    if action != "READ":
        return set()
    if kind == "AGREEMENT":
        return {"TALK_FAMILY"} if conference.sealed_at is not None else set()
    if kind == "VERSION":
        return {"TALK_FAMILY"} if newest(row, conference) else set()
    if kind in {"RECORD", "RECORDED_MATERIAL"}:
        if not newest(oracle.facts.one("conference_versions", row.version_id), conference):
            return set()
    elif kind in {"FIELD", "MATERIAL"} and row.home_id is None:
        return set()
    if row.home_id is None:
        return {"TALK_FAMILY"}
    return {"TALK_HOME"} if row.home_id in homes(oracle, person, child, now=False) else set()


def offered(oracle: Any, person: int, action: str, row: Any, conference: Any) -> set[str]:
    if row.ended_at is not None:
        return set()
    child = conference.child_id
    if action == "READ":
        return {"TALK_HOME_NOW"} if row.home_id in homes(oracle, person, child, now=True) else set()
    books = action == "BOOK" and under_way(conference)
    return {"TALK_LEGAL_HOME"} if books and row.home_id in homes(oracle, person, child, now=True, legal=True) else set()


def newest(version: Any, conference: Any) -> bool:
    return version.kind in {"sealed", "addendum"} or conference.current_id == version.id


def differences(oracle: Any, viewer: Viewer) -> Iterator[str]:
    """What stands on the page of each conference, beside what the facts say this reader may know."""
    hat = str(viewer.hat)
    person = Person.objects.select_related("organisation").get(pk=viewer.person.pk)
    read = {"guardian": reading.for_home, "staff": reading.for_staff}.get(hat)
    if read is None:
        return
    said = {row.value for row in oracle.facts.field_values}
    for row in oracle.facts.conferences:
        if reasons(oracle, person.pk, hat, "READ", "CONFERENCE", row)[0]:
            page = read(Conference.objects.select_related("frozen").get(pk=row.id), viewer)
            words = set(repr(page.sections).replace("'", " ").split())
            meant = told(oracle, person.pk, hat, row)
            if words & said != meant:
                yield f"page of conference {row.id}: {sorted(words & said)}, the oracle {sorted(meant)}"


def told(oracle: Any, person: int, hat: str, conference: Any) -> set[str]:
    """The words that this reader gets on its page: what stands in each field they read, and nothing older."""
    fields: dict[Any, Any] = {}
    for row in sorted(oracle.facts.field_values, key=lambda row: row.number):
        if row.conference_id == conference.id and reasons(oracle, person, hat, "READ", "FIELD", row)[0]:
            fields[row.question, row.home_id] = row.value
    found = set(fields.values())
    if hat == "guardian":
        found |= {
            row.value
            for row in oracle.facts.recorded_fields
            if row.version_id == conference.current_id
            and row.home_id is None
            and reasons(oracle, person, hat, "READ", "RECORD", row)[0]
        }
        if conference.current_id is None:
            return set()
    return found
