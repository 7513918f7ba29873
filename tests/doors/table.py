"""Every address of the installation: open to all, a third party's below its prefix, or a door with what opens it.

A door's answer is worked out by the oracle, from the tables and from product.md. An address that is nowhere in here
fails the walk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from people.models import Group
from tests.doors import at_bookings, at_conferences, at_transfers
from tests.doors.public import PUBLIC, PUBLIC_PARTS, THIRD_PARTY
from tests.oracle import at_families, at_units
from tests.oracle.content import Content
from tests.oracle.oracle import Oracle, at_moment

__all__ = ["DOORS", "PUBLIC", "PUBLIC_PARTS", "THIRD_PARTY", "Door"]
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


def at_some_unit(*actions: str) -> May:
    """May do one of these with any unit."""
    return lambda oracle, person, worn, row: any(
        oracle.reasons(person, worn, action, "UNIT", unit) for unit in oracle.facts.units for action in actions
    )


def at_unit(*actions: str) -> May:
    """May do one of these with the unit."""
    return lambda oracle, person, worn, unit: any(
        oracle.reasons(person, worn, action, "UNIT", oracle.facts.one("units", unit.pk)) for action in actions
    )


def at_its_unit(*actions: str) -> May:
    """May do one of these with the unit of the group."""
    return lambda oracle, person, worn, group: any(
        oracle.reasons(person, worn, action, "UNIT", oracle.facts.one("units", group.unit_id)) for action in actions
    )


def oversees_routine(oracle: Oracle, person: int, worn: str, routine: Any) -> bool:
    """The owner's officers of the organisation whose routine it is."""
    units = [unit for unit in oracle.facts.units if unit.organisation_id == routine.organisation_id]
    return any(oracle.reasons(person, worn, "APPOINT", "UNIT", unit) for unit in units)


def sees_line(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """A guardian of the child sees the line unless it is another guardian's."""
    child = oracle.facts.one("children", row.child_id)
    sees = row.line.hat != "guardian" or row.line.person_id == person
    return sees and bool(oracle.reasons(person, worn, "LINES", "CHILD", child))


def overlooks_line(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    child = oracle.facts.one("children", row.child_id)
    return row.line.hat != "guardian" and bool(oracle.reasons(person, worn, "OVERLOOK", "CHILD", child))


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


def of_clip(oracle: Oracle, person: int, worn: str, clip: Any) -> bool:
    return clip.pk in Content(oracle).clips_for(person, worn)


def keeps(sees: May) -> May:
    """Who is shown it, where the organisation lets everybody take a copy."""
    return lambda oracle, person, worn, row: worn in {"staff", "guardian"} and sees(oracle, person, worn, row)


def of_clip_at_work(oracle: Oracle, person: int, worn: str, clip: Any) -> bool:
    return worn == "staff" and of_clip(oracle, person, worn, clip)


def sends_it(oracle: Oracle, person: int, worn: str, upload: Any) -> bool:
    return worn == "staff" and oracle.facts.one("clip_uploads", upload.pk).uploaded_by_id == person


def nobody_by_that_alone(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """Whoever does not say what for, how much and under which key is told nothing."""
    return False


def about_some_child(*actions: str, hat: str = "staff") -> May:
    """May do one of these about any child."""
    return lambda oracle, person, worn, row: (
        worn == hat
        and any(
            oracle.reasons(person, worn, action, "CHILD", child)
            for child in oracle.facts.children
            for action in actions
        )
    )


def about_the_child_of(*actions: str) -> May:
    """May do each of these about the child of the tie."""
    return lambda oracle, person, worn, tie: all(
        oracle.reasons(person, worn, action, "CHILD", oracle.facts.one("children", tie.child_id)) for action in actions
    )


def about_what_they_reach(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """Keeps the access of some child that this person is tied to today."""
    return any(
        oracle.reasons(person, worn, "ACCESS", "CHILD", child)
        and (
            oracle.is_active_guardian(row.pk, child.id)
            or at_families.waits(oracle, row.pk, child.id)
            or oracle.ties(row.pk, child.id)
        )
        for child in oracle.facts.children
    )


def only_waits(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """A closed envelope of a child of whom nothing else is open."""
    children = [child.id for child in oracle.facts.children]
    return worn == "guardian" and any(
        at_families.waits(oracle, person, key) and not oracle.is_active_guardian(person, key) for key in children
    )


def another_hat(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """Ines alone is both, and what is sent asks for the guardian's."""
    return worn != "guardian" and any(
        tie.person_id == person and not oracle.blocked(tie.child_id) and at_moment(oracle.at, tie)
        for tie in oracle.facts.guardianships
    )


def copies_plan(oracle: Oracle, person: int, worn: str, plan: Any) -> bool:
    """Whoever reads the plan and works in the group it is copied to, here Granen."""
    granen = next(group for group in oracle.facts.groups if group.name == "Granen")
    reads = oracle.reasons(person, worn, "READ", "PLAN", oracle.facts.one("plans", plan.pk))
    return bool(reads) and oracle.works_in(person, granen.id)


def thought_it(oracle: Oracle, person: int, worn: str, thought: Any) -> bool:
    """Whoever wrote it, while they may still read what the team thinks of the entry."""
    entry = oracle.facts.one("entries", thought.entry_id)
    return thought.written_by_id == person and bool(oracle.reasons(person, worn, "NOTE", "ENTRY", entry))


def reads_of_goals(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    """What a goal means is public text, shown to families and staff."""
    return worn in {"guardian", "staff"}


def nobody(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    return False


def whose_it_is(oracle: Oracle, person: int, worn: str, row: Any) -> bool:
    return bool(row.person_id == person)


def opens_envelope(oracle: Oracle, person: int, worn: str, tie: Any) -> bool:
    """Whoever may activate a guardian of the child may hand them their way in; the tie must run."""
    child = oracle.facts.one("children", tie.child_id)
    runs = tie.begins_at <= oracle.at and (tie.ends_at is None or tie.ends_at > oracle.at)
    return worn == "staff" and runs and bool(oracle.reasons(person, worn, "ACTIVATE", "CHILD", child))


def keeps_duty(oracle: Oracle, person: int, worn: str, duty: Any) -> bool:
    """The head for the staff of the unit, the owner's officer for its head; never for oneself."""
    if duty.unit_id is None:
        return False
    heads, oversees = (tie(oracle, person, duty.unit_id) for tie in (at_units.heads, at_units.oversees))
    runs = duty.ends_on is None or duty.ends_on > oracle.day(person)
    return worn == "staff" and runs and duty.person_id != person and (oversees if duty.role == "head" else heads)


@dataclass(frozen=True)
class Door:
    """`on` names the rows of the world that it is opened on; `get` and `post` say who gets an answer."""

    on: str
    get: May | None = None
    post: May | None = None
    data: dict[str, str] = field(default_factory=dict)


READS, WRITES = of_row("CHILD", "READ", hat="guardian"), of_row("CHILD", "CONTRIBUTE", hat="guardian")
WORDS = {"text": "Hej", "happened_on": "2026-11-17", "readers": "home"}
NOBODY_ELSE = {"adults-TOTAL_FORMS": "0", "adults-INITIAL_FORMS": "0"}
JOINS = of_row("CHILD", "JOIN", hat="guardian")
OBJECTS = of_row("CHILD", "OBJECT", hat="guardian")
PLAN = {"title": "Water", "starts_on": "2026-11-01", "ends_on": "2026-12-01"}
KEY = "11111111-2222-4333-8444-555555555555"

DOORS: dict[str, Door] = {
    "portal:sign_out": Door("nothing", post=anybody),
    "account:sessions": Door("nothing", get=anybody),
    "account:end_session": Door("sessions", post=whose_it_is),
    "account:step_up": Door("nothing", get=anybody),
    "account:begin_step_up": Door("ways", get=nobody),
    "codes:guardian": Door("guardianships", get=opens_envelope, post=opens_envelope, data={"identified": "known"}),
    "codes:staff": Door("duties", get=keeps_duty, post=keeps_duty, data={"identified": "known"}),
    "portal:hat": Door("nothing", post=another_hat, data={"hat": "guardian"}),
    "portal:family": Door("nothing", get=hat_is("guardian")),
    "portal:notices": Door("nothing", get=hat_is("guardian"), post=hat_is("guardian")),
    "portal:staff": Door("nothing", get=hat_is("staff")),
    "portal:school": Door("nothing", get=hat_is("school")),
    "family:log": Door("children", get=WRITES),
    "family:filters": Door("children", get=WRITES),
    "family:landmarks": Door("children", get=WRITES),
    "family:entry": Door("published", get=of_family_entry),
    "family:captions": Door("published clips", get=of_family_entry),
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
    "staff:plans": Door("groups", get=reads_here),
    "staff:new_plan": Door("groups", get=works_here, post=works_here),
    "staff:new_plan_of_unit": Door("preschools", get=at_unit("COVER"), post=at_unit("COVER"), data=PLAN),
    "staff:plan": Door("plans", get=of_row("PLAN", "READ")),
    "staff:edit_plan": Door("plans", get=of_row("PLAN", "WRITE"), post=of_row("PLAN", "WRITE"), data=PLAN),
    "staff:conclusions": Door("plans", get=of_row("PLAN", "WRITE"), post=of_row("PLAN", "WRITE"), data={"text": "x"}),
    "staff:copy_plan": Door("plans", post=copies_plan, data={"group": "{granen}"}),
    "staff:reflect_on_plan": Door("plans", post=of_row("PLAN", "NOTE"), data={"text": "x"}),
    "staff:reflect": Door("entries", post=of_entry("NOTE"), data={"text": "x"}),
    "staff:take_back": Door("reflections", post=thought_it),
    "staff:coverage": Door("groups", get=reads_here),
    "staff:covered": Door("goals of groups", get=reads_here),
    "staff:unit": Door("preschools", get=at_unit("COVER")),
    "staff:unit_file": Door("preschools", get=at_unit("COVER")),
    "staff:unit_covered": Door("goals of preschools", get=at_unit("COVER")),
    "staff:totals": Door("nothing", get=at_some_unit("TOTAL")),
    "staff:landmarks": Door("children", get=of_row("CHILD", "READ")),
    "staff:asked": Door("children", get=nobody, post=nobody),
    "staff:asked_close": Door("requests", post=nobody),
    "staff:correct": Door("requested", post=nobody),
    "staff:asked_take_back": Door("requested", post=nobody),
    "goals:goal": Door("goals", get=reads_of_goals),
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
    "staff:take_out": Door("marked", post=of_entry("WRITE")),
    "staff:mark": Door("marked", post=of_entry("WRITE"), data={"who": "{child}"}),
    "staff:cover": Door(
        "marked", get=of_entry("READ", "WRITE"), post=of_entry("WRITE"), data={"use": "beside", "who": "nobody"}
    ),
    "staff:let_go": Door("marked", post=of_entry("WRITE")),
    "staff:new_about": Door("children", post=begins_about),
    "staff:child": Door("children", get=of_row("CHILD", "READ")),
    "staff:thread": Door("threads", get=of_row("THREAD", "READ"), post=of_row("THREAD", "REPLY"), data={"text": "Hej"}),
    "staff:take": Door("threads", post=of_row("THREAD", "REPLY")),
    "staff:device_key": Door("nothing", post=works_somewhere, data={"device": KEY}),
    "access:children": Door("nothing", get=about_some_child("ACCESS")),
    "access:closed": Door("nothing", get=about_some_child("ACTIVATE"), post=about_some_child("ACTIVATE")),
    "access:child": Door(
        "children", get=of_row("CHILD", "ACCESS"), post=of_row("CHILD", "ACTIVATE"), data={"do": "note", "why": "x"}
    ),
    "access:new_adult": Door("children", get=of_row("CHILD", "ACTIVATE"), post=of_row("CHILD", "ACTIVATE")),
    "access:adult": Door(
        "adults",
        get=about_the_child_of("ACCESS"),
        post=about_the_child_of("INACTIVATE"),
        data={"do": "inactive", "reason": "x"},
    ),
    "access:person": Door("people", get=about_what_they_reach),
    "families:wanted": Door("nothing", get=only_waits, post=only_waits, data=NOBODY_ELSE),
    "families:access": Door("children", get=JOINS, post=JOINS, data={"do": "leave"}),
    "answers:family": Door("children", get=OBJECTS, post=OBJECTS, data={"question": "photograph", "value": "no"}),
    "answers:listing": Door("nothing", get=about_some_child("ACCESS")),
    "answers:child": Door("children", get=of_row("CHILD", "ACCESS"), post=of_row("CHILD", "ACCESS")),
    "answers:settings": Door(
        "nothing",
        get=at_some_unit("APPOINT"),
        post=at_some_unit("APPOINT"),
        data={"question": "print", "basis": "consent", "answering_days": "14"},
    ),
    "answers:downloads": Door("nothing", post=at_some_unit("APPOINT"), data={"who": "staff"}),
    "openings:listing": Door("nothing", get=at_some_unit("APPOINT")),
    "openings:group": Door("groups", get=at_its_unit("APPOINT"), post=at_its_unit("APPOINT"), data={"do": "close"}),
    "work:team": Door("nothing", get=at_some_unit("STAFF", "APPOINT")),
    "work:new_duty": Door("units", get=at_unit("STAFF", "APPOINT"), post=at_unit("STAFF", "APPOINT")),
    "work:duty": Door("duties", get=of_row("DUTY", "READ"), post=of_row("DUTY", "CHANGE"), data={"do": "rules"}),
    "work:passes": Door("nothing", get=at_some_unit("GIVE_PASS")),
    "work:give_pass": Door("units", get=at_unit("GIVE_PASS"), post=at_unit("GIVE_PASS")),
    "work:end_pass": Door("passes", post=of_row("PASS", "END")),
    "work:without_e_id": Door(
        "nothing", get=at_some_unit("APPOINT"), post=at_some_unit("APPOINT"), data={"do": "open"}
    ),
    "work:devices": Door("nothing", get=at_some_unit("READ")),
    "work:pair": Door("units", get=at_unit("PAIR"), post=at_unit("PAIR"), data={"code": "ABCD2345", "name": "x"}),
    "work:revoke": Door("devices", post=of_row("DEVICE", "REVOKE")),
    "reviews:all": Door("nothing", get=at_some_unit("STAFF", "APPOINT")),
    "reviews:one": Door("reviews", get=of_row("REVIEW", "SIGN"), post=of_row("REVIEW", "SIGN"), data={"do": "sign"}),
    "reviews:protocol": Door("reviews", get=of_row("REVIEW", "READ")),
    "reviews:protocol_file": Door("reviews", get=of_row("REVIEW", "READ")),
    "reviews:routine": Door("routines", get=oversees_routine, post=oversees_routine, data={"holds": "Ja"}),
    "terms:ask": Door("nothing", get=nobody, post=nobody),
    "readings:family": Door("children", get=of_row("CHILD", "LINES", hat="guardian")),
    "readings:family_line": Door("lines", get=sees_line, post=sees_line, data={"text": "Varför?"}),
    "readings:head": Door("children", get=of_row("CHILD", "OVERLOOK")),
    "readings:head_line": Door("lines", get=overlooks_line, post=overlooks_line),
    "readings:questions": Door(
        "nothing", get=at_some_unit("STAFF", "APPOINT"), post=at_some_unit("STAFF", "APPOINT"), data={"question": "x"}
    ),
    "work:pin": Door("nothing", get=hat_is("staff"), post=hat_is("staff")),
    "media_policy:picture": Door("pictures", get=of_picture),
    "media_policy:clip": Door("clips", get=of_clip),
    "media_policy:picture_download": Door("kept pictures", get=keeps(of_picture)),
    "media_policy:clip_download": Door("states", get=keeps(of_clip)),
    "media_policy:clip_state": Door("states", get=of_clip_at_work),
    "media_policy:clip_begin": Door("nothing", post=nobody_by_that_alone),
    "media_policy:clip_piece": Door("uploads", get=sends_it, post=sends_it),
    "media_policy:clip_drop": Door("uploads", post=sends_it),
    "staff:clip": Door("clips of entries", get=of_entry("WRITE")),
    "staff:captions": Door("clips of entries", get=of_entry("READ")),
}
DOORS |= at_conferences.doors(Door, reads_here, of_row("CHILD", "READ"), at_unit("COVER"))
DOORS |= at_bookings.doors(Door, reads_here)
DOORS |= at_transfers.doors(Door, about_some_child("HAND_OVER"), at_some_unit("APPOINT"))
