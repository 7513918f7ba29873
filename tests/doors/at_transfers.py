"""The doors of transfers: who opens them by the oracle, and the rows of the cast's world they are opened on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from people.models import Answer, Guardianship
from tests.cast import NOW, TODAY, Cast
from tests.oracle import at_transfers
from tests.oracle.oracle import Oracle
from transfers.services import cases, handovers, packages

May = Callable[[Oracle, int, str, Any], bool]
TRANSFERS = ("Alma's to the school", "Bo's to a school elsewhere", "Elsa's, cancelled")


def of_child(*actions: str, hat: str = "staff", child: Callable[[Any], int] = lambda row: row.child_id) -> May:
    """May do each of these with the child that the row is about."""
    return lambda oracle, person, worn, row: (
        worn == hat
        and all(
            oracle.reasons(person, worn, action, "CHILD", oracle.facts.one("children", child(row)))
            for action in actions
        )
    )


def of_transfer(*actions: str, hat: str = "staff", package: bool = False) -> May:
    """May do each of these with the transfer; `package` where it must be one to a school elsewhere."""
    return lambda oracle, person, worn, row: (
        worn == hat
        and (row.unit_id is None or not package)
        and all(
            oracle.reasons(person, worn, action, "HANDOVER", oracle.facts.one("handovers", row.pk))
            for action in actions
        )
    )


def both(*doors: May) -> May:
    return lambda *asked: all(door(*asked) for door in doors)


def at_school(part: str = "") -> May:
    """Reads the transfer where it is received; a part of it, where that was chosen."""

    def may(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
        fact = oracle.facts.one("handovers", row.pk)
        reads = worn == "school" and bool(at_transfers.reasons(oracle, person, "READ", "HANDOVER", fact))
        return reads and (not part or at_transfers.yes(oracle, fact, part))

    return may


def log_goes(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    return at_transfers.yes(oracle, oracle.facts.one("handovers", row.pk), "log")


def has_first_page(oracle: Oracle, person: int, worn: str, child: Any) -> bool:
    """Picks for a transfer of this child with which the log goes."""
    return worn == "staff" and any(
        oracle.reasons(person, worn, "PICK", "HANDOVER", row) and at_transfers.yes(oracle, row, "log")
        for row in oracle.facts.handovers
        if row.child_id == child.pk
    )


def reads_about(oracle: Oracle, person: int) -> set[int]:
    """Keys of the children whose transfer somebody at a receiver reads."""
    return {
        row.child_id for row in oracle.facts.handovers if at_transfers.reasons(oracle, person, "READ", "HANDOVER", row)
    }


def wrote(oracle: Oracle, person: int, worn: str, pair: Any) -> bool:
    """Whoever wrote the words from home."""
    words = oracle.facts.one("words", pair[1].pk)
    return worn == "guardian" and bool(oracle.reasons(person, worn, "GO_ALONG", "WORDS", words))


def leaves_out(oracle: Oracle, person: int, worn: str, pair: Any) -> bool:
    return of_child("LEAVE_OUT", hat="guardian")(oracle, person, worn, pair[0])


def decided(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    return bool(row.decision) and of_child("DISCLOSE")(oracle, person, worn, row)


def world(cast: Cast, made: dict[Any, Any], entry: Any) -> dict[str, Any]:
    """Alma's family lets the school read the log; of Bo there is a package; about Bo a parent has asked twice."""
    ulf_alma = Guardianship.objects.get(person=cast.ulf, child=cast.alma)
    for question, ties in (
        ("school_log", (cast.astrid_alma, ulf_alma, cast.birger_bo)),
        ("school_conferences", (cast.birger_bo,)),
    ):
        for tie in ties:
            Answer.objects.create(
                child=tie.child, guardianship=tie, question=question, value="yes", given_at=NOW, given_by=tie.person
            )
    handovers.follow_child(cast.alma, NOW)
    by = cast.viewer("eva")
    asked = {"child": cast.bo, "asked_by": "Klas", "asked_on": TODAY, "asked_for": "Hur det går", "by": by}
    waits, granted = cases.ask(**asked), cases.ask(**asked | {"asked_for": "Samtalet"})
    granted = cases.decide(
        disclosure=granted, decision="granted", harm_check="Inget", letter="Ja", appeal_told=False, by=by
    )
    packages.for_disclosure(disclosure=granted, entries=[entry], conferences=[], language="sv", by=by)
    sent = packages.for_handover(
        handover=made["HANDOVER", "Bo's to a school elsewhere"], made_for="x", language="sv", by=by, at=NOW
    )
    return {"cases": [waits, granted], "package": sent, "entry": entry}


def places(cast: Cast, made: Any, address: Callable[[str, Any, dict[str, Any]], Any], entry: Any) -> dict[str, Any]:
    """By what a door says it is opened on: `address(label, row, parts)` for each."""
    own = world(cast, made, entry)
    rows = [(label, made["HANDOVER", label]) for label in TRANSFERS]

    def here(row: Any, **more: Any) -> dict[str, Any]:
        return {"handover": row.public_id, **more}

    def at_home(row: Any, **more: Any) -> dict[str, Any]:
        return here(row, child=row.child.public_id, **more)

    words = made["WORDS", "Astrid's for the home"]
    sent = own["package"]
    alma, bo = rows[0][1], rows[1][1]
    hidden = [(alma, cast.astrid_alma), (bo, cast.birger_bo)]
    return {
        "transfers": [address(label, row, here(row)) for label, row in rows],
        "transfers at home": [address(label, row, at_home(row)) for label, row in rows],
        "things to leave out": [
            address(label, (row, entry), at_home(row, kind="entry", thing=entry.public_id)) for label, row in rows[:2]
        ],
        "words to go along": [address("Astrid's", (alma, words), at_home(alma, thing=words.public_id))],
        "packages": [address("Bo's", bo, here(bo, package=sent.public_id))],
        "told where": [
            address(tie.person.given_name, row, here(row, adult=tie.public_id)) for row, tie in hidden
        ],
        "cases": [
            address("decided" if row.decision else "asked", row, {"case": row.public_id}) for row in own["cases"]
        ],
        "granted": [address("granted", own["cases"][1], {"case": own["cases"][1].public_id})],
    }  # fmt: skip


def doors(door: Callable[..., Any], some_child: May, some_unit: May) -> dict[str, Any]:
    """Every address of the transfers, and who opens it."""

    def child(action: str, hat: str = "staff") -> May:
        return of_child(action, hat=hat, child=lambda row: row.pk)

    def nobody(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
        return False

    reads_it = of_transfer("READ", hat="guardian")
    legal = of_child("LEAVE_OUT", hat="guardian")
    picks = both(of_transfer("PICK", hat="guardian"), legal)
    at_work = both(of_transfer("PICK"), log_goes)
    day = (TODAY + timedelta(days=61)).isoformat()
    asked = {"asked_by": "Klas", "asked_on": TODAY.isoformat(), "asked_for": "x"}
    return {
        "family_transfers:choice": door(
            "children", get=child("OBJECT", "guardian"), post=child("OBJECT", "guardian"), data={"for": "school"}
        ),
        "family_transfers:transfer": door("transfers at home", get=reads_it),
        "family_transfers:preview": door("transfers at home", get=both(reads_it, legal)),
        "family_transfers:leave_out": door("things to leave out", post=leaves_out),
        "family_transfers:along": door("words to go along", post=wrote),
        "family_transfers:pick": door("transfers at home", get=picks, post=picks),
        "family_transfers:copy": door("children", get=child("COPY", "guardian"), post=child("COPY", "guardian")),
        # Of what is not made yet there is no file; tests of the own copy fetch one.
        "family_transfers:download": door("children", get=nobody),
        "transfers:listing": door("nothing", get=some_child),
        "transfers:settings": door(
            "nothing", get=some_unit, post=some_unit, data={"question": "days", "before": "30", "after": "90"}
        ),
        "transfers:child": door("children", get=child("HAND_OVER"), post=child("HAND_OVER")),
        "transfers:first_page": door("children", get=has_first_page),
        "transfers:pick": door("transfers", post=at_work),
        "transfers:request": door("children", get=child("DISCLOSE"), post=child("DISCLOSE"), data=asked),
        "transfers:transfer": door("transfers", get=of_transfer("REVOKE")),
        # Of one that has ended they lead back to its page, and tests of two taps see that nothing is changed.
        "transfers:first_day": door(
            "transfers", post=of_transfer("REVOKE", package=True), data={"first_day": day}
        ),
        "transfers:cancel": door("transfers", post=of_transfer("REVOKE", package=True)),
        "transfers:make": door("transfers", post=of_transfer("REVOKE"), data={"made_for": "x"}),
        "transfers:send": door("packages", post=of_transfer("REVOKE"), data={"days": "14", "downloads": "3"}),
        "transfers:revoke": door("packages", post=of_transfer("REVOKE")),
        "transfers:hide": door("told where", post=of_transfer("REVOKE")),
        "transfers:case": door("cases", get=of_child("DISCLOSE"), post=of_child("DISCLOSE")),
        "transfers:letter": door("cases", get=decided),
        "transfers:hand_out": door("cases", get=decided),
        "transfers:send_case": door("granted", post=of_child("DISCLOSE"), data={"days": "14", "downloads": "3"}),
        "transfers:revoke_case": door("granted", post=of_child("DISCLOSE")),
        "school:transfer": door("transfers", get=at_school()),
        "school:log": door("transfers", get=at_school("log")),
        "school:conferences": door("transfers", get=at_school("conferences")),
    }  # fmt: skip
