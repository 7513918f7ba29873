"""The rule once more, slowly and from product.md: loops over plain rows, one question at a time.

It shares nothing with `visibility/`: no query, no relation, no table. Names of hats, actions and relations are the
words that both sides use. Where the two disagree, one of them is wrong.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle import at_conferences, at_families, at_plans, at_transfers, at_units
from tests.oracle.facts import Facts, Row

PRESCHOOL, SCHOOL = "preschool", "school"
HATS = ("guardian", "staff", "school")
GROUP_ROLES = {"pedagogue": "PEDAGOGUE", "childcare_worker": "CHILDCARE_WORKER"}
ORDINARY = {"PEDAGOGUE", "CHILDCARE_WORKER", "SPECIAL_EDUCATOR", "SUBSTITUTE", "HEAD"}


def on(day: date, row: Any) -> bool:
    """Days: the first counts, the end does not."""
    return row.starts_on <= day and (row.ends_on is None or day < row.ends_on)


def at_moment(at: datetime, row: Any) -> bool:
    return row.begins_at <= at and (row.ends_at is None or at < row.ends_at)


@dataclass(frozen=True)
class Because:
    """One reason why one person may: through which tie, about which child (None: through the group)."""

    person: int
    relation: str
    child: int | None


class Oracle:
    def __init__(self, facts: Facts, at: datetime) -> None:
        self.facts, self.at = facts, at
        self._ties: dict[tuple[int, int], set[tuple[str, int]]] = {}

    # --- when and who ---------------------------------------------------------------------------------------------

    def organisation(self, person: int) -> Row:
        return self.facts.one("organisations", self.facts.one("persons", person).organisation_id)

    def day(self, person: int) -> date:
        return self.at.astimezone(ZoneInfo(self.organisation(person).time_zone)).date()

    def blocked(self, child: int) -> bool:
        return self.facts.one("children", child).blocked_at is not None

    def was_ever_family(self, person: int, child: int) -> bool:
        return any(row.person_id == person and row.child_id == child for row in self.facts.guardianships)

    # --- guardians ------------------------------------------------------------------------------------------------

    def reading_is_over(self, person: int, child: int) -> bool:
        """Whether the child has left so long ago that its guardians read no more."""
        until = self.facts.one("children", child).reading_ends_on
        return until is not None and until <= self.day(person)

    def active_guardianships(self, person: int, child: int) -> list[Row]:
        if self.blocked(child) or self.reading_is_over(person, child):
            return []
        return [
            row
            for row in self.facts.guardianships
            if row.person_id == person
            and row.child_id == child
            and at_moment(self.at, row)
            and row.activated_at is not None
            and row.activated_at <= self.at
            and (row.inactivated_at is None or self.at < row.inactivated_at)
        ]

    def is_active_guardian(self, person: int, child: int) -> bool:
        return bool(self.active_guardianships(person, child))

    def reads_log_of(self, person: int, child: int) -> bool:
        return any(row.reads_log for row in self.active_guardianships(person, child))

    def own_children(self, person: int) -> set[int]:
        return {child.id for child in self.facts.children if self.reads_log_of(person, child.id)}

    def homes_of(self, person: int, child: int, *, now: bool) -> set[int]:
        """Homes the guardian is in now, or has been in through a guardianship that still holds."""
        ties = {row.id for row in self.active_guardianships(person, child) if row.reads_log}
        return {
            row.home_id
            for row in self.facts.home_memberships
            if row.guardianship_id in ties and row.begins_at <= self.at and (not now or at_moment(self.at, row))
        }

    # --- staff ----------------------------------------------------------------------------------------------------

    def at_rest(self, duty: int, day: date) -> bool:
        return any(row.duty_id == duty and on(day, row) for row in self.facts.leaves)

    def placed(self, child: int, unit: int, day: date) -> bool:
        return any(row.child_id == child and row.unit_id == unit and on(day, row) for row in self.facts.placements)

    def in_group(self, child: int, group: int, day: date) -> bool:
        return any(row.child_id == child and row.group_id == group and on(day, row) for row in self.facts.memberships)

    def working(self, person: int) -> list[Row]:
        """Duties at preschools that run today and are not at rest."""
        day = self.day(person)
        return [
            duty
            for duty in self.facts.duties
            if duty.person_id == person
            and duty.unit_id is not None
            and self.facts.one("units", duty.unit_id).kind == PRESCHOOL
            and on(day, duty)
            and not self.at_rest(duty.id, day)
        ]

    def groups_worked_in(self, duty: Row, day: date) -> set[int]:
        here = {group.id for group in self.facts.groups if group.unit_id == duty.unit_id}
        return {row.group_id for row in self.facts.assignments if row.duty_id == duty.id and on(day, row)} & here

    def passes_of(self, person: int) -> set[int]:
        """Preschool groups that a pass opens now."""
        groups = {row.group_id for row in self.facts.passes if row.person_id == person and at_moment(self.at, row)}
        return {key for key in groups if self.unit_of_group(key).kind == PRESCHOOL}

    def unit_of_group(self, group: int) -> Row:
        return self.facts.one("units", self.facts.one("groups", group).unit_id)

    def ties(self, person: int, child: int) -> set[tuple[str, int]]:
        """How a person at work is tied to a child now, and at which unit."""
        key = (person, child)
        if key not in self._ties:
            self._ties[key] = set() if self.blocked(child) else self._staff_ties(person, child)
        return self._ties[key]

    def _staff_ties(self, person: int, child: int) -> set[tuple[str, int]]:
        day, own = self.day(person), self.was_ever_family(person, child)
        kept_out = own and not at_families.lifted(self, person, child)
        found: set[tuple[str, int]] = set()
        for duty in self.working(person):
            if not self.placed(child, duty.unit_id, day):
                continue
            groups = self.groups_worked_in(duty, day)
            meets = any(self.in_group(child, group, day) for group in groups)
            if duty.role in GROUP_ROLES and meets:
                found |= {("OWN_CHILD", duty.unit_id)} if own else set()
                found |= set() if kept_out else {(GROUP_ROLES[duty.role], duty.unit_id)}
            if duty.role == "head" and not own:
                found.add(("HEAD", duty.unit_id))
            if kept_out:
                continue
            named = [row for row in self.facts.named if row.duty_id == duty.id and row.child_id == child]
            if any(on(day, row) for row in named):
                found.add(("SPECIAL_EDUCATOR", duty.unit_id))
            found.add(("ON_DUTY", duty.unit_id))
        if not kept_out:
            found |= self._through_pass(person, child, day)
        return found if own else found | self._tail(person, child, day)

    def _through_pass(self, person: int, child: int, day: date) -> set[tuple[str, int]]:
        found = set()
        for group in self.passes_of(person):
            unit = self.unit_of_group(group).id
            if self.placed(child, unit, day):
                found.add(("ON_PASS", unit))
                if self.in_group(child, group, day):
                    found.add(("SUBSTITUTE", unit))
        return found

    def _tail(self, person: int, child: int, day: date) -> set[tuple[str, int]]:
        """A tie by group that has ended, as many days ago at most as the organisation lets one finish."""
        days = self.organisation(person).finishing_tail_days
        found = set()
        for back in range(days + 1):
            then = day - timedelta(days=back)
            for duty in self.facts.duties:
                if duty.person_id != person or duty.role not in GROUP_ROLES or not on(then, duty):
                    continue
                if self.facts.one("units", duty.unit_id).kind != PRESCHOOL or self.at_rest(duty.id, day):
                    continue
                groups = self.groups_worked_in(duty, then)
                if self.placed(child, duty.unit_id, then) and any(self.in_group(child, g, then) for g in groups):
                    found.add(("FINISHING", duty.unit_id))
        return found if days else set()

    def works_in(self, person: int, group: int) -> bool:
        day = self.day(person)
        return any(group in self.groups_worked_in(duty, day) for duty in self.working(person))

    # --- children -------------------------------------------------------------------------------------------------

    def child_reasons(self, person: int, hat: str, action: str, child: int) -> set[Because]:
        names = at_families.names(self, person, hat, action, child)
        names |= at_conferences.of_child(self, person, hat, action, child)
        names |= at_transfers.of_child(self, person, hat, action, child)
        if hat == "guardian":
            if action in {"READ", "CONTACT"} and self.is_active_guardian(person, child):
                names.add("FAMILY")
            if action == "CONTRIBUTE" and self.reads_log_of(person, child):
                names.add("GUARDIAN")
        if hat == "staff":
            tied = {name for name, _ in self.ties(person, child)}
            names |= tied & ORDINARY if action == "READ" else set()
            names |= tied & {"ON_DUTY", "ON_PASS"} if action == "CONTACT" else set()
        return {Because(person, name, child) for name in names}

    # --- entries --------------------------------------------------------------------------------------------------

    def published(self, entry: int, child: int) -> bool:
        return any(row.entry_id == entry and row.child_id == child for row in self.facts.publications)

    def live_children(self, entry: int) -> list[int]:
        return [row.child_id for row in self.facts.entry_children if row.entry_id == entry and not row.left_out]

    def counted_children(self, entry: int) -> set[int]:
        """Whom the entry is about for the staff: on the working copy, or with a publication that still stands."""
        left_out = {row.child_id for row in self.facts.entry_children if row.entry_id == entry and row.left_out}
        return set(self.live_children(entry)) | {child for child in left_out if self.published(entry, child)}

    def entry_reasons(self, person: int, hat: str, action: str, entry: Row) -> set[Because]:
        found: set[Because] = set()
        live = self.live_children(entry.id)
        for child in sorted(self.counted_children(entry.id)):
            shown = action == "READ" and self.published(entry.id, child)
            if hat == "guardian" and shown and self.reads_log_of(person, child):
                found.add(Because(person, "GUARDIAN", child))
            if hat == "staff":
                found |= {Because(person, name, child) for name in self._entry_ties(person, action, entry, child)}
        if hat == "staff" and not live:
            found |= {Because(person, name, None) for name in self._nobody_yet(person, action, entry)}
        if action in {"WRITE", "SHARE", "NOTE"}:
            # Writing takes a tie to every child of the working copy; of nobody yet, a tie to the group.
            whom: set[int | None] = set(live) or {None}
            found = {because for because in found if because.child in whom}
            return found if {because.child for because in found} == whom else set()
        return found

    def _entry_ties(self, person: int, action: str, entry: Row, child: int) -> set[str]:
        if action == "CORRECT":
            return {"KEEPER"} if at_families.corrects(self, person, entry.id, child) else set()
        found = self._ordinary_entry_ties(person, action, entry, child)
        own_here = ("OWN_CHILD", entry.unit_id) in self.ties(person, child)
        if own_here and action in {"WRITE", "SHARE"}:
            others = [key for key in self.live_children(entry.id) if key != child]
            if any(self._ordinary_entry_ties(person, action, entry, key) for key in others):
                found.add("OWN_CHILD")
        return found

    def _ordinary_entry_ties(self, person: int, action: str, entry: Row, child: int) -> set[str]:
        names = {name for name, unit in self.ties(person, child) if unit == entry.unit_id}
        mine, never = entry.created_by_id == person, entry.first_shared_at is None
        may: dict[str, set[str]] = {
            "READ": {"PEDAGOGUE", "CHILDCARE_WORKER", "SPECIAL_EDUCATOR", "SUBSTITUTE"},
            "WRITE": {"PEDAGOGUE", "CHILDCARE_WORKER"},
            "SHARE": {"PEDAGOGUE", "CHILDCARE_WORKER"},
            "WITHDRAW": {"PEDAGOGUE"},
            "LEAVE_OUT": {"PEDAGOGUE", "CHILDCARE_WORKER"},
            "NOTE": {"PEDAGOGUE", "CHILDCARE_WORKER"},
        }
        allowed = set(may.get(action, ()))
        if action in {"READ", "WITHDRAW", "NOTE"} and not never:
            allowed.add("HEAD")
        if action in {"READ", "WRITE", "SHARE"} and mine and never:
            allowed.add("FINISHING")
        if action == "WRITE" and mine:
            allowed.add("SPECIAL_EDUCATOR")
            allowed |= {"SUBSTITUTE"} if never else set()
        return names & allowed

    def _nobody_yet(self, person: int, action: str, entry: Row) -> set[str]:
        if action not in {"READ", "WRITE", "NOTE"}:
            return set()
        found = {"ASSIGNED"} if self.works_in(person, entry.group_id) else set()
        if action != "NOTE" and entry.group_id in self.passes_of(person) and entry.created_by_id == person:
            found.add("PASSED")
        return found

    # --- threads, words from home, tray ----------------------------------------------------------------------------

    def thread_reasons(self, person: int, hat: str, action: str, thread: Row) -> set[Because]:
        names: set[str] = set()
        if hat == "guardian" and self.published(thread.entry_id, thread.child_id):
            homes = self.homes_of(person, thread.child_id, now=action == "REPLY")
            if action in {"READ", "REPLY"} and thread.home_id in homes:
                names.add("HOME_NOW" if action == "REPLY" else "HOME")
        if hat == "staff":
            unit = self.facts.one("entries", thread.entry_id).unit_id
            tied = {name for name, where in self.ties(person, thread.child_id) if where == unit}
            readers = {"PEDAGOGUE", "CHILDCARE_WORKER", "SPECIAL_EDUCATOR", "HEAD"}
            names |= tied & readers if action == "READ" else set()
            names |= tied & {"PEDAGOGUE", "CHILDCARE_WORKER"} if action == "REPLY" else set()
        return {Because(person, name, thread.child_id) for name in names}

    def words_reasons(self, person: int, hat: str, action: str, words: Row) -> set[Because]:
        if words.withdrawn_at is not None:
            return set()
        names: set[str] = set()
        if hat == "guardian":
            in_home = words.home_id in self.homes_of(person, words.child_id, now=False)
            wrote = words.written_by_id == person
            if in_home and (wrote or (action == "READ" and words.readers == "home")):
                names.add("HOME")
            shown = words.for_other_homes and self.facts.one("homes", words.home_id).shows_words_to_other_homes
            if action == "READ" and words.readers == "home" and shown and self.reads_log_of(person, words.child_id):
                names.add("GUARDIAN")
        if hat == "staff" and action == "READ":
            names |= {name for name, unit in self.ties(person, words.child_id) if unit == words.unit_id} & ORDINARY
        return {Because(person, name, words.child_id) for name in names}

    def tray_reasons(self, person: int, hat: str, action: str, item: Row) -> set[Because]:
        names: set[str] = set()
        if hat == "staff":
            if self.works_in(person, item.group_id):
                names.add("ASSIGNED")
            if item.group_id in self.passes_of(person) and (action == "READ" or item.created_by_id == person):
                names.add("PASSED")
        return {Because(person, name, None) for name in names}

    def recording_reasons(self, person: int, hat: str, action: str, recording: Row) -> set[Because]:
        """What a guardian said on paper is read by whoever keeps the access to that child, and by nobody else."""
        child = self.facts.one("guardianships", recording.guardianship_id).child_id
        return {Because(person, name, child) for name in at_families.names(self, person, hat, "ACCESS", child)}

    # --- the questions --------------------------------------------------------------------------------------------

    ASKED = {
        "CHILD": {"READ", "CONTACT", "CONTRIBUTE", "ISSUE", "HOLD"} | at_families.ASKED | at_transfers.OF_CHILD,
        "ENTRY": {"READ", "WRITE", "SHARE", "WITHDRAW", "LEAVE_OUT", "NOTE", "CORRECT"},
        "PLAN": at_plans.ASKED,
        "THREAD": {"READ", "REPLY"},
        "WORDS": {"READ", "WITHDRAW", "GO_ALONG"},
        "TRAY": {"READ", "WRITE"},
        "RECORDING": {"READ"},
        **at_units.ASKED,
        **at_conferences.ASKED,
        **at_transfers.ASKED,
    }
    TABLES = {"CHILD": "children", "ENTRY": "entries", "THREAD": "threads", "WORDS": "words", "TRAY": "tray"}
    TABLES |= {"RECORDING": "recordings", "PLAN": "plans", **at_units.TABLES, **at_conferences.TABLES}
    TABLES |= at_transfers.TABLES

    def reasons(self, person: int, hat: str, action: str, kind: str, row: Row) -> set[Because]:
        """Why this person may do this with this row, under this hat, now; empty means no."""
        if action not in self.ASKED[kind]:
            return set()
        if hat == "school":
            return {Because(person, *found) for found in at_transfers.reasons(self, person, action, kind, row)}
        if kind == "HANDOVER":
            ties = at_transfers.of_handover(self, person, hat, action, row) if hat != "office" else set()
            return {Because(person, name, row.child_id) for name in ties}
        if kind == "CHILD":
            return self.child_reasons(person, hat, action, row.id)
        if kind == "PLAN":
            return {Because(person, name, None) for name in at_plans.reasons(self, person, hat, action, row)}
        if kind in at_units.ASKED:
            return {Because(person, name, None) for name in at_units.reasons(self, person, hat, action, kind, row)}
        if kind in at_conferences.ASKED:
            names, child = at_conferences.reasons(self, person, hat, action, kind, row)
            return {Because(person, name, child) for name in names}
        asked = {
            "ENTRY": self.entry_reasons,
            "THREAD": self.thread_reasons,
            "WORDS": self.words_reasons,
            "TRAY": self.tray_reasons,
            "RECORDING": self.recording_reasons,
        }[kind]
        return asked(person, hat, action, row)

    def may(self, person: int, hat: str, action: str, kind: str) -> set[int]:
        """Keys of all rows of a kind with which this person may do this."""
        rows = getattr(self.facts, self.TABLES[kind])
        return {row.id for row in rows if self.reasons(person, hat, action, kind, row)}

    def audience(self, kind: str, row: Row, action: str = "READ") -> set[Because]:
        """Everyone who may, with every reason, whatever hat they would have to wear."""
        people = [person.id for person in self.facts.persons]
        return {b for p in people for hat in HATS for b in self.reasons(p, hat, action, kind, row)}
