"""The doors of conferences: who opens them by the oracle, and the rows of the cast's world they are opened on."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.conferences.talks import key
from tests.oracle import at_conferences
from tests.oracle.oracle import Oracle

CONFERENCES = (
    "about Alma, under way", "about Alma, sealed last year", "about Bo, being prepared", "about Elsa, shown",
    "about Noor in the other unit", "about Tyra, begun by mistake",
)  # fmt: skip
# A question of each kind that a page answers.
QUESTIONS = {"written": "joy", "from log": "from log", "agreed": "agree", "at home": "at home", "home log": "home log"}


def may(*actions: str, hat: str = "staff") -> Callable[..., bool]:
    """May do each of these with the conference."""
    return lambda oracle, person, worn, row: (
        worn == hat and all(_reasons(oracle, person, worn, action, "CONFERENCE", row) for action in actions)
    )


def _reasons(oracle: Oracle, person: int, worn: str, action: str, kind: str, row: Any) -> bool:
    fact = oracle.facts.one(Oracle.TABLES[kind], row.pk)
    return bool(oracle.reasons(person, worn, action, kind, fact))


def seals(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """Who seals it; a second tap of theirs finds it sealed, and is told the same."""
    return may("READ", "SEAL")(oracle, person, worn, row) or may("READ", "ADD")(oracle, person, worn, row)


def informs(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """Who writes in it, and who adds to it when it is sealed."""
    return may("READ", "WRITE")(oracle, person, worn, row) or may("READ", "ADD")(oracle, person, worn, row)


def told(*actions: str) -> Callable[..., bool]:
    """At home: may do each of these with a conference that was shown; of one that is prepared there is no page."""
    at_home = may(*actions, hat="guardian")
    return lambda oracle, person, worn, row: row.shown_at is not None and at_home(oracle, person, worn, row)


def reads_conferences(oracle: Oracle, person: int, worn: str, child: Any) -> bool:
    """An active guardian whom the consents let read the conferences."""
    return worn == "guardian" and any(tie.reads_conferences for tie in oracle.active_guardianships(person, child.pk))


def begins_in(oracle: Oracle, person: int, worn: str, group: Any) -> bool:
    """May begin a conference about some child of the group today; never about one of their own family."""
    day = oracle.day(person)
    return worn == "staff" and any(
        oracle.in_group(child.id, group.pk, day)
        and oracle.reasons(person, worn, "READ", "CHILD", child)
        and oracle.reasons(person, worn, "ISSUE", "CHILD", child)
        and not oracle.was_ever_family(person, child.id)
        for child in oracle.facts.children
    )


def of_agreement(*actions: str) -> Callable[..., bool]:
    return lambda oracle, person, worn, row: (
        worn == "staff" and all(_reasons(oracle, person, worn, action, "AGREEMENT", row) for action in actions)
    )


def picked_at_work(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """What the staff picked is theirs to take out."""
    return row.home_id is None and may("READ", "WRITE")(oracle, person, worn, row.conference)


def picked_at_home(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """What a home picked is that home's to take out, while the conference is under way."""
    child = row.conference.child_id
    mine = at_conferences.homes(oracle, person, child, now=True)
    return row.home_id in mine and told("READ", "CONTRIBUTE")(oracle, person, worn, row.conference)


def places(made: Any, address: Callable[[str, Any, dict[str, Any]], Any]) -> dict[str, list[Any]]:
    """By what a door says it is opened on: `address(label, row, parts)` for each."""
    rows = [(label, made["CONFERENCE", label]) for label in CONFERENCES]

    def about(row: Any, **more: Any) -> dict[str, Any]:
        return {"conference": row.public_id, **more}

    def at_home(row: Any, **more: Any) -> dict[str, Any]:
        return {"child": row.child.public_id, **about(row, **more)}

    def asked(name: str, parts: Callable[..., dict[str, Any]]) -> list[Any]:
        return [address(f"{label}, {name}", row, parts(row, question=key(QUESTIONS[name]))) for label, row in rows]

    def hanging(kind: str, labels: Iterable[str], name: str, parts: Callable[..., dict[str, Any]]) -> list[Any]:
        held = [(label, made[kind, label]) for label in labels]
        return [address(label, row, parts(row.conference, **{name: row.public_id})) for label, row in held]

    picked = ("picked by the staff", "picked by Astrid's home", "picked by Ulf's home")
    return {
        "conferences": [address(label, row, about(row)) for label, row in rows],
        "conferences at home": [address(label, row, at_home(row)) for label, row in rows],
        "questions": asked("written", about),
        "questions from the log": asked("from log", about),
        "questions of agreement": asked("agreed", about),
        "questions at home": asked("at home", at_home),
        "questions of the home's log": asked("home log", at_home),
        "agreements": hanging("AGREEMENT", ("under way", "sealed"), "agreement", about),
        "picked": hanging("MATERIAL", picked, "material", about),
        "picked at home": hanging("MATERIAL", picked, "material", at_home),
    }


def doors(door: Callable[..., Any], reads_here: Any, reads_child: Any, heads: Any) -> dict[str, Any]:
    """Every address of a conference's own pages, and who opens it."""

    def begins(oracle: Oracle, person: int, worn: str, group: Any) -> bool:
        return bool(reads_here(oracle, person, worn, group)) and begins_in(oracle, person, worn, group)

    return {
        "talks:group": door("groups", get=reads_here),
        "talks:issue": door("groups", get=begins, post=begins),
        "talks:child": door("children", get=reads_child),
        "talks:unit": door("preschools", get=heads),
        **{
            f"talks:{name}": door("conferences", get=may("READ"))
            for name in ("conference", "prepare", "talk", "present", "after", "pdf")
        },
        "talks:save": door("questions", post=may("READ", "WRITE"), data={"value": "Hej", "number": "0"}),
        "talks:pick": door("questions from the log", get=may("READ", "WRITE"), post=may("READ", "WRITE")),
        "talks:unpick": door("picked", post=picked_at_work),
        "talks:show": door("conferences", get=may("READ"), post=may("READ", "SHOW")),
        "talks:note": door("conferences", post=may("READ", "WRITE"), data={"held_on": "2026-11-17"}),
        "talks:inform": door("conferences", post=informs),
        "talks:agree": door("questions of agreement", post=may("READ", "WRITE"), data={"what": "x", "who": "both"}),
        "talks:agreement": door("agreements", get=of_agreement("READ", "WRITE"), post=of_agreement("READ", "WRITE")),
        "talks:follow_up": door("agreements", post=of_agreement("READ", "FOLLOW_UP"), data={"state": "done"}),
        "talks:seal": door("conferences", get=may("READ", "SEAL"), post=seals),
        "talks:add": door("conferences", post=may("READ", "ADD"), data={"text": "x"}),
        "talks:close": door(
            "conferences", get=may("READ", "CLOSE"), post=may("READ", "CLOSE"), data={"because": "not_wanted"}
        ),
        "talks:people": door("conferences", get=may("READ", "HOLD"), post=may("READ", "HOLD")),
        "family_talks:listing": door("children", get=reads_conferences),
        "family_talks:conference": door("conferences at home", get=told("READ")),
        "family_talks:pdf": door("conferences at home", get=told("READ")),
        "family_talks:save": door("questions at home", post=told("READ", "CONTRIBUTE"), data={"value": "Hej"}),
        "family_talks:pick": door(
            "questions of the home's log", get=told("READ", "CONTRIBUTE"), post=told("READ", "CONTRIBUTE")
        ),
        "family_talks:unpick": door("picked at home", post=picked_at_home),
        "family_talks:hand_in": door("conferences at home", post=told("READ", "CONTRIBUTE")),
    }
