"""The doors of times for talks: who opens them by the oracle, and the rows of the cast's world they are opened on."""

from collections.abc import Callable
from typing import Any

from people.models import Group
from tests.doors.at_conferences import may
from tests.oracle import at_units
from tests.oracle.at_conferences import under_way
from tests.oracle.oracle import Oracle

May = Callable[..., bool]
OFFERS = ("to Astrid's home", "to Ulf's home, taken back")
A_DAY = {"first_day": "2026-11-23", "last_day": "2026-11-23", "weekdays": "0", "begins": "14:00", "ends": "15:00"}


def of_offer(action: str, hat: str, *, twice: bool = False) -> May:
    """May do this with the offer while it stands, in a conference they know of; `twice` is told again afterwards."""

    def opens(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
        fact = oracle.facts.one(Oracle.TABLES["OFFER"], row.pk)
        knows = may("READ", hat=hat)(oracle, person, worn, row.conference)
        standing = fact.ended_at is None or twice
        return knows and standing and bool(oracle.reasons(person, worn, action, "OFFER", fact))

    return opens


def at_home(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """Of a conference under way, shown or not: times are offered before there is anything to read."""
    fact = oracle.facts.one(Oracle.TABLES["CONFERENCE"], row.pk)
    return under_way(fact) and may("READ", hat="guardian")(oracle, person, worn, row)


def keeps(reads_here: May) -> May:
    """Reads of the group, and works at its preschool by a duty: a pass keeps no times."""
    return lambda oracle, person, worn, group: (
        reads_here(oracle, person, worn, group) and at_units.works_at(oracle, person, group.unit_id)
    )


def removes(reads_here: May) -> May:
    """The same, of a time that is kept at that group's preschool."""
    return lambda oracle, person, worn, pair: (
        pair[0].unit_id == pair[1].unit_id and keeps(reads_here)(oracle, person, worn, pair[0])
    )


def places(made: Any, address: Callable[[str, Any, dict[str, Any]], Any]) -> dict[str, list[Any]]:
    """By what a door says it is opened on: `address(label, row, parts)` for each."""
    offers = [(label, made["OFFER", label]) for label in OFFERS]
    times = [(label, made["FREE_TIME", label]) for label in ("Cecilia's", "Lena's")]
    groups = list(Group.objects.order_by("pk"))

    def about(row: Any, **more: Any) -> dict[str, Any]:
        return {"conference": row.conference.public_id, "offer": row.public_id, **more}

    return {
        "offers": [address(label, row, about(row)) for label, row in offers],
        "offers at home": [
            address(label, row, about(row, child=row.conference.child.public_id)) for label, row in offers
        ],
        "times of groups": [
            address(f"{label} in {group.name}", (group, time), {"group": group.public_id, "time": time.public_id})
            for label, time in times
            for group in groups
        ],
    }  # fmt: skip


def doors(door: Callable[..., Any], reads_here: May) -> dict[str, Any]:
    """Every address about times for talks, and who opens it."""
    here, series = keeps(reads_here), A_DAY | {"minutes": "30", "pause": "0"}
    return {
        "talks:times": door("groups", get=here),
        "talks:keep_times": door("groups", get=here, post=here, data=series),
        "talks:spread": door("groups", post=here, data={"each": "3"}),
        "talks:wall": door("groups", get=here),
        "talks:remove_time": door("times of groups", post=removes(reads_here)),
        "talks:offer": door("conferences", post=may("OFFER")),
        "talks:take_back_time": door("offers", post=of_offer("WITHDRAW", "staff", twice=True)),
        # Without the legal guardian who said so the page comes back and says it, also of one that was taken back.
        "talks:book_for": door("offers", post=of_offer("WITHDRAW", "staff", twice=True)),
        "family_talks:booking": door("conferences at home", get=at_home, post=at_home),
        "family_talks:cancel_talk": door("offers at home", post=of_offer("BOOK", "guardian")),
        "family_talks:appointment": door("offers at home", get=of_offer("READ", "guardian")),
    }
