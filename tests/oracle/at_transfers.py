"""Transfers, once more and slowly: what of a child may be read at the receiving unit, and what goes into a package."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle import at_answers, at_families
from transfers import receiving
from transfers import rows as going
from transfers.models import Handover
from visibility.viewer import Viewer

ASKED = {"HANDOVER": {"READ", "PICK", "SEND", "REVOKE"}}
TABLES = {"HANDOVER": "handovers"}
OF_CHILD = {"LEAVE_OUT", "PUT_BACK", "HAND_OVER", "COPY", "DISCLOSE"}
NAMES = {"school": ("RECEIVING_SCHOOL", "RECEIVING_HEAD"), "preschool": ("NEXT_PRESCHOOL", "NEXT_PRESCHOOL_HEAD")}
RECEIVERS = {name for names in NAMES.values() for name in names}
OF_CONFERENCE = {"CONFERENCE", "VERSION", "RECORD", "RECORDED_MATERIAL", "AGREEMENT"}


def of_child(oracle: Any, person: int, hat: str, action: str, child: int) -> set[str]:
    """Legal guardians leave out; a guardian gets a copy; the head, the officer or the keeper names a school."""
    if hat == "guardian":
        if action == "COPY" and oracle.is_active_guardian(person, child):
            return {"FAMILY"}
        return at_families.names(oracle, person, hat, "REFUSE", child) if action in {"LEAVE_OUT", "PUT_BACK"} else set()
    if hat != "staff" or action not in {"HAND_OVER", "DISCLOSE"}:
        return set()
    # What a parent without access is told takes somebody who answers for the child, not for its records.
    return at_families.names(oracle, person, hat, "ACCESS" if action == "HAND_OVER" else "OVERLOOK", child)


def of_handover(oracle: Any, person: int, hat: str, action: str, row: Any) -> set[str]:
    """At home and at the preschool; the receiver's part is `reasons`."""
    child, standing = row.child_id, row.ended_at is None
    if hat == "guardian":
        if action == "READ" and oracle.is_active_guardian(person, child):
            return {"FAMILY"}
        return at_families.names(oracle, person, hat, "REFUSE", child) if action == "PICK" and standing else set()
    heads = at_families.names(oracle, person, hat, "ACCESS", child)
    teaches = {name for name, _unit in oracle.ties(person, child)} & {"PEDAGOGUE"} if standing else set()
    return {
        "READ": heads | teaches,
        "PICK": (heads & {"HEAD"}) | teaches if standing else set(),
        "SEND": heads if standing else set(),
        "REVOKE": heads,
    }[action]


# --- who receives ---------------------------------------------------------------------------------------------------


def to_come(day: date, row: Any) -> bool:
    return row.ends_on is None or day < row.ends_on


def receives(oracle: Any, person: int, child: int) -> set[tuple[str, int]]:
    """("RECEIVING_SCHOOL" …, unit) by which somebody works where the child comes to; never about an own child."""
    day = oracle.day(person)
    if oracle.blocked(child) or oracle.was_ever_family(person, child):
        return set()
    found = set()
    for duty in oracle.facts.duties:
        runs = duty.starts_on <= day and to_come(day, duty)
        if duty.person_id != person or duty.unit_id is None or not runs or oracle.at_rest(duty.id, day):
            continue
        unit = oracle.facts.one("units", duty.unit_id)
        elsewhere = {
            place.unit_id
            for place in oracle.facts.placements
            if place.child_id == child and oracle.facts.one("units", place.unit_id).kind == "preschool"
        } - {unit.id}
        if unit.kind == "preschool" and not elsewhere:
            continue
        theirs = {
            row.group_id for row in oracle.facts.memberships if row.child_id == child and to_come(day, row)
        } & {group.id for group in oracle.facts.groups if group.unit_id == unit.id}  # fmt: skip
        names = {
            "school": ("RECEIVING_SCHOOL", "RECEIVING_HEAD"),
            "preschool": ("NEXT_PRESCHOOL", "NEXT_PRESCHOOL_HEAD"),
        }
        teacher, head = names[unit.kind]
        if theirs & oracle.groups_worked_in(duty, day):
            found.add((teacher, unit.id))
        placed = any(
            row.child_id == child and row.unit_id == unit.id and to_come(day, row) for row in oracle.facts.placements
        )
        if duty.role == "head" and placed and not theirs:
            found.add((head, unit.id))
    return found


def open_here(oracle: Any, child: int, unit: int) -> Any:
    """The transfer of this child to this unit that may be read today, or None."""
    owner = oracle.facts.one("organisations", oracle.facts.one("children", child).organisation_id)
    today = oracle.at.astimezone(ZoneInfo(owner.time_zone)).date()
    said = [row for row in oracle.facts.transfer_settings if row.organisation_id == owner.id]
    last = max(said, key=lambda row: (row.at, row.id), default=None)
    before, after = (last.days_before, last.days_after) if last else (30, 90)
    for row in oracle.facts.handovers:
        if (row.child_id, row.unit_id) != (child, unit) or row.ended_at is not None:
            continue
        if row.opened_at is None or row.opened_at > oracle.at or not windows_of(oracle, row):
            continue
        if not row.first_day - timedelta(days=before) <= today < row.first_day + timedelta(days=after):
            continue
        place = next((one for one in oracle.facts.placements if one.id == row.placement_id), None)
        if place is None or (place.child_id, place.unit_id, place.starts_on) != (child, unit, row.first_day):
            continue
        there = [one for one in oracle.facts.placements if (one.child_id, one.unit_id) == (child, unit)]
        if any(to_come(today, one) for one in there):
            return row
    return None


# --- the window ------------------------------------------------------------------------------------------------------


def windows_of(oracle: Any, handover: Any) -> list[Any]:
    return [row for row in oracle.facts.open_windows if row.handover_id == handover.id]


def a_year_before(day: date) -> date:
    return date(day.year - 1, 3, 1) if (day.month, day.day) == (2, 29) else date(day.year - 1, day.month, day.day)


def inside(oracle: Any, handover: Any, day: date) -> bool:
    """Within a year before the first day, at a preschool that was not the receiver's, and never what was not open."""
    if not a_year_before(handover.first_day) <= day < handover.first_day:
        return False
    places = [
        row
        for row in oracle.facts.placements
        if row.child_id == handover.child_id
        and row.unit_id != handover.unit_id
        and oracle.facts.one("units", row.unit_id).kind == "preschool"
    ]
    if not any(row.ends_on is None or day < row.ends_on for row in places):
        return False
    return all(row.starts <= day < row.until for row in windows_of(oracle, handover))


def before(oracle: Any, handover: Any, moment: datetime | None) -> bool:
    """Before the first day began, as their clocks have it, on every first day that it has been."""
    owner = oracle.facts.one("organisations", oracle.facts.one("children", handover.child_id).organisation_id)
    if moment is None:
        return False
    day = moment.astimezone(ZoneInfo(owner.time_zone)).date()
    return all(day < first for first in (handover.first_day, *(w.first_day for w in windows_of(oracle, handover))))


def left_out(oracle: Any, child: int, **thing: Any) -> bool:
    ((column, key),) = thing.items()
    return key is not None and any(
        row.child_id == child and getattr(row, column) == key and row.put_back_at is None
        for row in oracle.facts.left_out
    )


def entry_goes(oracle: Any, handover: Any, entry: int) -> bool:
    """It stands shared for this child, happened inside, and is as it was before the first day."""
    child = handover.child_id
    standing = [row for row in oracle.facts.publications if (row.entry_id, row.child_id) == (entry, child)]
    if not standing or left_out(oracle, child, entry_id=entry):
        return False
    version = oracle.facts.one("versions", standing[0].version_id)
    versions = {row.id for row in oracle.facts.versions if row.entry_id == entry}
    with_child = {row.version_id for row in oracle.facts.version_children if row.child_id == child} & versions
    first = min(oracle.facts.one("versions", key).at for key in with_child)
    in_time = before(oracle, handover, first) and before(oracle, handover, version.at)
    return in_time and inside(oracle, handover, version.happened_on)


def words_go(oracle: Any, handover: Any, row: Any) -> bool:
    ticked = any(tick.words_id == row.id and tick.taken_back_at is None for tick in oracle.facts.words_along)
    in_time = before(oracle, handover, row.written_at) and inside(oracle, handover, row.happened_on)
    return row.child_id == handover.child_id and row.withdrawn_at is None and ticked and in_time


def conference_goes(oracle: Any, handover: Any, row: Any) -> bool:
    """Sealed before the first day, and talked about on days inside alone."""
    days = [talk.held_on for talk in oracle.facts.talks if talk.conference_id == row.id]
    mine = row.child_id == handover.child_id and not left_out(oracle, row.child_id, conference_id=row.id)
    in_time = before(oracle, handover, row.sealed_at)
    return mine and in_time and bool(days) and all(inside(oracle, handover, day) for day in days)


def goes(oracle: Any, handover: Any, kind: str, row: Any) -> bool:
    """Window and list of what hangs on a conference: only what is newest, for every home, and was there in time."""
    facts = oracle.facts
    if kind == "CONFERENCE":
        return conference_goes(oracle, handover, row)
    if kind == "AGREEMENT":
        return conference_goes(oracle, handover, facts.one("conferences", row.conference_id))
    version = row if kind == "VERSION" else facts.one("conference_versions", row.version_id)
    conference = facts.one("conferences", version.conference_id)
    newest = version.kind in {"sealed", "addendum"} or conference.current_id == version.id
    if not newest or not before(oracle, handover, version.at) or not conference_goes(oracle, handover, conference):
        return False
    if kind in {"RECORD", "RECORDED_MATERIAL"} and row.home_id is not None:
        return False
    if kind == "RECORDED_MATERIAL":
        if row.entry_id is None or not entry_goes(oracle, handover, row.entry_id):
            return False
        return not left_out(oracle, handover.child_id, picture_id=row.picture_id)
    return True


def yes(oracle: Any, handover: Any, what: str) -> bool:
    """Whether they have said yes to this receiver, in their own words; a school always needs it."""
    kind = oracle.facts.one("units", handover.unit_id).kind if handover.unit_id is not None else "school"
    question, child, at = f"{kind}_{what}", handover.child_id, oracle.at
    if oracle.blocked(child):
        return False
    ties = [row for row in oracle.facts.guardianships if row.child_id == child and row.kind == "legal"]
    ties = [row for row in ties if row.begins_at <= at and (row.ends_at is None or at < row.ends_at)]
    said = {row.id: at_answers.last_word(oracle, question, row.id) for row in ties}
    if set(said.values()) & {"no", "withdrawn"}:
        return False
    active = [row for row in ties if row.activated_at is not None and row.activated_at <= at]
    active = [row for row in active if row.inactivated_at is None or at < row.inactivated_at]
    words = [said[row.id] for row in active]
    if not words:
        return False
    basis, enough = at_answers.way(oracle, question, child)
    no_stops = kind == "preschool" and basis == "objection"
    return all(word == "yes" for word in words) or no_stops or (enough and "yes" in words)


# --- the receiver ----------------------------------------------------------------------------------------------------


def reasons(oracle: Any, person: int, action: str, kind: str, row: Any) -> set[tuple[str, int]]:
    """(relation, child) by which somebody at a receiving unit may read this."""
    if action != "READ" or kind not in OF_CONFERENCE | {"ENTRY", "WORDS", "HANDOVER"}:
        return set()
    found = set()
    for child in oracle.facts.children:
        for name, unit in receives(oracle, person, child.id):
            handover = open_here(oracle, child.id, unit)
            if handover is not None and reads(oracle, handover, kind, row):
                found.add((name, child.id))
    return found


def reads(oracle: Any, handover: Any, kind: str, row: Any) -> bool:
    log, talks = yes(oracle, handover, "log"), yes(oracle, handover, "conferences")
    if kind == "HANDOVER":
        return row.id == handover.id and (log or talks)
    if kind == "ENTRY":
        return log and entry_goes(oracle, handover, row.id)
    if kind == "WORDS":
        return log and words_go(oracle, handover, row)
    chosen = talks and (log or kind != "RECORDED_MATERIAL")
    return chosen and goes(oracle, handover, kind, row)


def readable(oracle: Any, person: int) -> Iterator[tuple[int, Any]]:
    """(child, transfer) that somebody at a receiving unit has open, with a yes to the log."""
    for child in oracle.facts.children:
        for _name, unit in receives(oracle, person, child.id):
            handover = open_here(oracle, child.id, unit)
            if handover is not None and yes(oracle, handover, "log"):
                yield child.id, handover


def pictures_for(content: Any, person: int) -> set[int]:
    """Those of the child alone, on what goes: nobody else can be recognised, whoever else comes to the same class."""
    oracle, facts, found = content.oracle, content.facts, set()
    for child, handover in readable(oracle, person):
        alone = _alone(content, child)
        for row in facts.publications:
            if row.child_id == child and entry_goes(oracle, handover, row.entry_id):
                held = [one for one in facts.version_pictures if one.version_id == row.version_id]
                found |= {one.picture_id for one in held if alone(one) and not _out(oracle, child, one)}
        for words in facts.words:
            if words_go(oracle, handover, words):
                keys = {one.picture_id for one in facts.words_pictures if one.words_id == words.id}
                found |= {key for key in keys if _from_home(content, child, key)}
    return found


def _from_home(content: Any, child: int, key: int) -> bool:
    picture = content.facts.one("pictures", key)
    there = picture.erased_at is None and picture.marking != "unmarked"
    return there and content.marked(key) <= {child} and not left_out(content.oracle, child, picture_id=key)


def _out(oracle: Any, child: int, held: Any) -> bool:
    """Left out itself, or what it is shown instead of, or what is shown instead of it, wherever that was."""
    whole = {row.id: row.picture_id for row in oracle.facts.version_pictures}
    pairs = {(row.picture_id, whole[row.stands_for_id]) for row in oracle.facts.version_pictures if row.stands_for_id}
    same = pairs | {(other, one) for one, other in pairs} | {(held.picture_id, held.picture_id)}
    return any(left_out(oracle, child, picture_id=other) for one, other in same if one == held.picture_id)


def _alone(content: Any, child: int) -> Any:
    """Whether a family whose only child this is would get a picture, were no group open."""
    facts = content.facts

    def may(row: Any) -> bool:
        if row.picture_id is None:
            return False
        picture = facts.one("pictures", row.picture_id)
        about = [one for one in facts.version_children if one.version_id == row.version_id]
        then = {one.child_id for one in facts.version_subjects if one.version_picture_id == row.id}
        everybody = then | content.marked(picture.id)
        if picture.erased_at is not None or picture.covered or "unmarked" in {picture.marking, row.marking}:
            return False
        return everybody <= {child} and not everybody & {one.child_id for one in about if one.asked == "no"}

    def first(row: Any) -> bool:
        if row.stands_for_id is None:
            return may(row)
        place = [one for one in facts.version_pictures if one.stands_for_id == row.stands_for_id and one.id < row.id]
        return may(row) and not any(map(may, [*place, facts.one("version_pictures", row.stands_for_id)]))

    return first


def clips_for(content: Any, person: int) -> set[int]:
    """The same of films: nobody else in them, by what was said then and by what is said now."""
    facts, found = content.facts, set()
    for child, handover in readable(content.oracle, person):
        versions = {
            row.version_id: [one for one in facts.version_children if one.version_id == row.version_id]
            for row in facts.publications
            if row.child_id == child and entry_goes(content.oracle, handover, row.entry_id)
        }
        for row in facts.version_clips:
            if row.version_id not in versions or row.clip_id is None:
                continue
            clip = facts.one("clips", row.clip_id)
            then = {one.child_id for one in facts.version_clip_subjects if one.version_clip_id == row.id}
            everybody = then | content.in_clip(clip.id)
            no = {one.child_id for one in versions[row.version_id] if one.asked == "no"}
            marked = "unmarked" not in {clip.marking, row.marking} and clip.erased_at is None
            if marked and everybody <= {child} and not everybody & no:
                found.add(clip.id)
    return found


# --- what is compared -------------------------------------------------------------------------------------------------


def packages(oracle: Any) -> Iterator[str]:
    """Of every transfer, what a package would hold now, beside what may be in it."""
    for row in oracle.facts.handovers:
        handover = Handover.objects.select_related("child__organisation", "unit").get(pk=row.id)
        found = receiving.going(handover, None, oracle.at)
        log, talks = (row.ended_at is None and yes(oracle, row, what) for what in ("log", "conferences"))
        meant = {
            "entries": {e.id for e in oracle.facts.entries if log and entry_goes(oracle, row, e.id)},
            "words": {w.id for w in oracle.facts.words if log and words_go(oracle, row, w)},
            "conferences": _all(oracle, row, "CONFERENCE", "conferences", talks),
            "agreements": _all(oracle, row, "AGREEMENT", "agreements", talks),
            "records": _all(oracle, row, "RECORD", "recorded_fields", talks),
            "materials": _all(oracle, row, "RECORDED_MATERIAL", "recorded_materials", talks and log),
        }
        for name, keys in meant.items():
            there = set(getattr(found, name).values_list("pk", flat=True))
            if there != keys:
                yield f"{name} of transfer {row.id} at {oracle.at}: {sorted(there)}, the oracle {sorted(keys)}"


def _all(oracle: Any, handover: Any, kind: str, table: str, chosen: bool) -> set[int]:
    return {row.id for row in getattr(oracle.facts, table) if chosen and goes(oracle, handover, kind, row)}


def differences(oracle: Any, viewer: Viewer) -> Iterator[str]:
    """Of each child, what this reader at a receiving unit gets through that child alone."""
    for child in oracle.facts.children:
        found = going.for_reader(Handover._meta.get_field("child").related_model.objects.get(pk=child.id), viewer)
        there = set(found.entries.values_list("pk", flat=True))
        meant = {
            row.id
            for row in oracle.facts.entries
            if any(key == child.id for _name, key in reasons(oracle, viewer.person.pk, "READ", "ENTRY", row))
        }
        if there != meant:
            yield f"entries that came with child {child.id}: {sorted(there)}, the oracle {sorted(meant)}"
