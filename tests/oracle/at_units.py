"""Who keeps the staff of a unit, once more and slowly: heads, those who work there, the owner's officers."""

from typing import Any

ASKED = {
    "UNIT": {"READ", "STAFF", "APPOINT", "GIVE_PASS", "PAIR", "COVER", "TOTAL", "KEEP"},
    "DUTY": {"READ", "CHANGE"},
    "PASS": {"READ", "END"},
    "DEVICE": {"READ", "REVOKE"},
    "REVIEW": {"READ", "SIGN"},
}
TABLES = {"UNIT": "units", "DUTY": "duties", "PASS": "passes", "DEVICE": "devices", "REVIEW": "reviews"}


def running(oracle: Any, person: int) -> list[Any]:
    """The person's duties of today that are not at rest, wherever they are."""
    day = oracle.day(person)
    return [
        duty
        for duty in oracle.facts.duties
        if duty.person_id == person
        and duty.starts_on <= day
        and (duty.ends_on is None or day < duty.ends_on)
        and not oracle.at_rest(duty.id, day)
    ]


def heads(oracle: Any, person: int, unit: int) -> bool:
    return any(duty.role == "head" and duty.unit_id == unit for duty in running(oracle, person))


def works_at(oracle: Any, person: int, unit: int) -> bool:
    here = oracle.facts.one("units", unit).kind == "preschool"
    return here and any(duty.unit_id == unit for duty in running(oracle, person))


def oversees(oracle: Any, person: int, unit: int) -> bool:
    owner = oracle.facts.one("units", unit).organisation_id
    duties = running(oracle, person)
    return any(duty.role == "owners_officer" and duty.organisation_id == owner for duty in duties)


def unit_of(oracle: Any, kind: str, row: Any) -> int | None:
    if kind == "PASS":
        return int(oracle.unit_of_group(row.group_id).id)
    key: int | None = row.id if kind == "UNIT" else row.unit_id
    return key


def reasons(oracle: Any, person: int, hat: str, action: str, kind: str, row: Any) -> set[str]:
    """Names of the ties that let this person do this with a unit, a duty or a pass."""
    where = unit_of(oracle, kind, row)
    if hat != "staff" or where is None:
        return set()
    a_heads = kind == "DUTY" and row.role == "head"
    asked = {
        ("UNIT", "READ"): (heads, works_at, oversees),
        ("UNIT", "STAFF"): (heads,),
        ("UNIT", "APPOINT"): (oversees,),
        ("UNIT", "GIVE_PASS"): (works_at,),
        ("UNIT", "KEEP"): (works_at,),
        ("UNIT", "COVER"): (heads,),
        ("UNIT", "TOTAL"): (oversees,),
        ("DUTY", "READ"): (heads, oversees) if a_heads else (heads,),
        ("DUTY", "CHANGE"): (oversees,) if a_heads else (heads,),
        ("PASS", "READ"): (works_at,),
        ("PASS", "END"): (works_at,),
        ("UNIT", "PAIR"): (heads,),
        ("DEVICE", "READ"): (heads, works_at),
        ("DEVICE", "REVOKE"): (heads, works_at),
        ("REVIEW", "READ"): (heads, oversees),
        ("REVIEW", "SIGN"): (heads,),
    }
    return {tie.__name__.upper() for tie in asked[kind, action] if tie(oracle, person, where)}
