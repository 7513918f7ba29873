"""Every address of the installation: open to all, a third party's below its prefix, or a door with what opens it.

A door's answer is worked out by the oracle, from the tables and from product.md. An address that is nowhere in here
fails the walk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from people.models import Group
from tests.oracle.content import Content
from tests.oracle.oracle import Oracle

# Nothing on these tells anything about a child or a person; test_every_door looks at them as nobody.
PUBLIC = {
    "portal:home",
    "portal:language",
    "portal:robots",
    "portal:editorial",
    "portal:sign_in",
    "demo:personas",
    "demo:sign_in",
    "wagtail_serve",
}
THIRD_PARTY = ("cms/", "documents/")

May = Callable[[Oracle, int, str, Any], bool]


def hat_is(hat: str) -> May:
    return lambda oracle, person, worn, row: worn == hat


def anybody(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    return True


def of_entry(*actions: str) -> May:
    """May do each of these with the entry, as staff, while nobody has thrown it away."""
    return lambda oracle, person, worn, row: (
        worn == "staff"
        and all(oracle.reasons(person, worn, a, "ENTRY", oracle.facts.one("entries", row.pk)) for a in actions)
    )


def of_row(kind: str, *actions: str, hat: str = "staff") -> May:
    return lambda oracle, person, worn, row: (
        worn == hat
        and all(
            oracle.reasons(person, worn, action, kind, oracle.facts.one(Oracle.TABLES[kind], row.pk))
            for action in actions
        )
    )


def works_here(oracle: Oracle, person: int, worn: str, group: Any) -> bool:
    return worn == "staff" and (oracle.works_in(person, group.pk) or group.pk in oracle.passes_of(person))


def reads_here(oracle: Oracle, person: int, worn: str, group: Any) -> bool:
    """Whoever works in the group, and the head of its unit."""
    heads = any(d.role == "head" and d.unit_id == group.unit_id for d in oracle.working(person))
    return works_here(oracle, person, worn, group) or (worn == "staff" and heads)


def begins_about(oracle: Oracle, person: int, worn: str, child: Any) -> bool:
    """Whoever writes about the child as work, while it is in some group of that unit."""
    day, writes = oracle.day(person), {"PEDAGOGUE", "CHILDCARE_WORKER", "SPECIAL_EDUCATOR", "SUBSTITUTE"}
    units = {unit for name, unit in oracle.ties(person, child.pk) if name in writes}
    return worn == "staff" and any(
        g.unit_id in units and oracle.in_group(child.pk, g.id, day) for g in oracle.facts.groups
    )


def works_somewhere(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """In a group, or with a child: whoever could have words of their own lying unsent on a device."""
    in_groups = any(works_here(oracle, person, worn, Group(pk=group.id)) for group in oracle.facts.groups)
    ties = {name for child in oracle.facts.children for name, _ in oracle.ties(person, child.id)}
    writes = {"PEDAGOGUE", "CHILDCARE_WORKER", "SPECIAL_EDUCATOR", "SUBSTITUTE", "OWN_CHILD", "FINISHING"}
    return worn == "staff" and (in_groups or bool(ties & writes))


def of_family_entry(oracle: Oracle, person: int, worn: str, pair: Any) -> bool:
    """The address names the child and the entry; it must be shared with this child's family, and that be theirs."""
    child, entry = pair
    return worn == "guardian" and oracle.published(entry.pk, child.pk) and oracle.reads_log_of(person, child.pk)


def of_picture(oracle: Oracle, person: int, worn: str, picture: Any) -> bool:
    return picture.pk in Content(oracle).pictures_for(person, worn)


@dataclass(frozen=True)
class Door:
    """`on` names the rows of the world that it is opened on; `get` and `post` say who gets an answer."""

    on: str
    get: May | None = None
    post: May | None = None
    data: dict[str, str] = field(default_factory=dict)


READS, WRITES = of_row("CHILD", "READ", hat="guardian"), of_row("CHILD", "CONTRIBUTE", hat="guardian")
WORDS = {"text": "Hej", "happened_on": "2026-11-17", "readers": "home"}
KEY = "11111111-2222-4333-8444-555555555555"

DOORS: dict[str, Door] = {
    "portal:sign_out": Door("nothing", post=anybody),
    "portal:family": Door("nothing", get=hat_is("guardian")),
    "portal:notices": Door("nothing", get=hat_is("guardian"), post=hat_is("guardian")),
    "portal:staff": Door("nothing", get=hat_is("staff")),
    "portal:school": Door("nothing", get=hat_is("school")),
    "family:log": Door("children", get=WRITES),
    "family:filters": Door("children", get=WRITES),
    "family:entry": Door("published", get=of_family_entry),
    "family:message": Door("published", post=of_family_entry, data={"text": "Hej"}),
    "family:from_home": Door("children", get=WRITES, post=WRITES, data=WORDS),
    "family:withdraw_words": Door(
        "words",
        get=of_row("WORDS", "READ", "WITHDRAW", hat="guardian"),
        post=of_row("WORDS", "WITHDRAW", hat="guardian"),
    ),
    "family:contacts": Door("children", get=READS),
    "family:settings": Door("children", get=READS),
    "family:show_words": Door("children", post=WRITES, data={"on": "on"}),
    "staff:group_log": Door("groups", get=reads_here),
    "staff:unreached": Door("groups", get=reads_here),
    "staff:replies": Door("groups", get=reads_here),
    "staff:drafts": Door("groups", get=works_here),
    "staff:new": Door("groups", post=works_here),
    "staff:tray": Door("groups", get=works_here, post=works_here),
    "staff:tray_upload": Door("groups", post=works_here),
    "staff:tray_use": Door("groups", post=works_here),
    "staff:tray_remove": Door("tray", post=of_row("TRAY", "READ", "WRITE")),
    "staff:entry": Door("entries", get=of_entry("READ")),
    "staff:compose": Door("entries", get=of_entry("READ", "WRITE")),
    "staff:save": Door("entries", post=of_entry("WRITE"), data={"revision": "0", "happened_on": "2026-11-17"}),
    "staff:here": Door("entries", post=of_entry("WRITE")),
    "staff:name": Door("entries", post=of_entry("WRITE"), data={"do": "mention", "child": "{child}"}),
    "staff:share": Door("entries", get=of_entry("READ", "WRITE"), post=of_entry("WRITE")),
    "staff:withdraw": Door("entries", get=of_entry("READ", "WITHDRAW"), post=of_entry("WITHDRAW")),
    "staff:discard": Door("entries", get=of_entry("READ", "WRITE"), post=of_entry("WRITE")),
    "staff:leave_out": Door("entries", post=of_entry("LEAVE_OUT")),
    "staff:upload": Door("entries", post=of_entry("WRITE")),
    "staff:mark": Door("marked", post=of_entry("WRITE"), data={"who": "{child}"}),
    "staff:new_about": Door("children", post=begins_about),
    "staff:child": Door("children", get=of_row("CHILD", "READ")),
    "staff:thread": Door("threads", get=of_row("THREAD", "READ"), post=of_row("THREAD", "REPLY"), data={"text": "Hej"}),
    "staff:take": Door("threads", post=of_row("THREAD", "REPLY")),
    "staff:device_key": Door("nothing", post=works_somewhere, data={"device": KEY}),
    "media_policy:picture": Door("pictures", get=of_picture),
}
