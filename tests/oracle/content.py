"""What of an entry or a picture reaches one person, by the oracle: names, own words, pictures, what a search finds."""

import re
from dataclasses import dataclass, field

from tests.oracle import at_answers, at_transfers
from tests.oracle.facts import Row
from tests.oracle.oracle import ORDINARY, Oracle

MENTION = re.compile("\ue000(\\d+)\ue001")


@dataclass
class Seen:
    """First names, private words and picture keys in one rendition; `friends` tells that somebody was masked."""

    names: set[str] = field(default_factory=set)
    own_words: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    friends: bool = False


def mentioned(*texts: str) -> set[int]:
    return {int(key) for text in texts for key in MENTION.findall(text)}


class Content:
    def __init__(self, oracle: Oracle) -> None:
        self.oracle, self.facts = oracle, oracle.facts

    # --- whose names ----------------------------------------------------------------------------------------------

    def known_at_work(self, person: int, entry: Row) -> set[int]:
        """Children the person is tied to now; and, in what they may finish, those they were tied to lately."""
        known = set()
        for child in self.facts.children:
            tied = {name for name, _ in self.oracle.ties(person, child.id)}
            here = {name for name, unit in self.oracle.ties(person, child.id) if unit == entry.unit_id}
            finishing = entry.created_by_id == person and entry.first_shared_at is None and "FINISHING" in here
            if tied & (ORDINARY | {"OWN_CHILD"}) or (finishing and child.id in self.oracle.live_children(entry.id)):
                known.add(child.id)
        return known

    def known_at_home(self, person: int, entry: Row, version: Row) -> set[int]:
        """Own children; where the group was open when it was shared and is still, the children of the version."""
        known = set(self.oracle.own_children(person))
        for opening in self.facts.openings:
            still = opening.closed_at is None or self.oracle.at < opening.closed_at
            open_since = opening.opened_at <= min(version.at, self.oracle.at)
            if opening.group_id == entry.group_id and open_since and still:
                known |= {row.child_id for row in self.facts.version_children if row.version_id == version.id}
        return {child for child in known if not self.oracle.blocked(child)}

    # --- entries --------------------------------------------------------------------------------------------------

    def of_entry(self, person: int, hat: str, entry: Row, only: int | None = None) -> Seen | None:
        """None where nothing of it may be shown."""
        if not self.oracle.reasons(person, hat, "READ", "ENTRY", entry):
            return None
        return self._at_home(person, entry, only) if hat == "guardian" else self._at_work(person, entry)

    def _at_home(self, person: int, entry: Row, only: int | None) -> Seen:
        own = self.oracle.own_children(person)
        mine = [row for row in self.facts.publications if row.entry_id == entry.id and row.child_id in own]
        shown = [row for row in mine if only is None or row.child_id == only]
        version = self.facts.one("versions", max(row.version_id for row in shown or mine))
        about = sorted(
            (row for row in self.facts.version_children if row.version_id == version.id),
            key=lambda row: (row.position, row.id),
        )
        words = [row for row in about if row.child_id in {publication.child_id for publication in shown}]
        held = [row for row in self.facts.version_pictures if row.version_id == version.id]
        pictures = [row for row in held if self.family_gets(person, row)]
        texts = [version.title, version.text]
        texts += [text for row in words for text in [row.line, *row.quotes]]
        texts += [text for row in pictures for text in (row.alt, row.caption)]
        named = mentioned(*texts) | {row.child_id for row in about}
        return self._seen(
            named,
            self.known_at_home(person, entry, version),
            [text for row in words for text in [row.line, *row.quotes] if text],
            [row.picture_id for row in sorted(pictures, key=lambda row: (row.position, row.id))],
        )

    def _at_work(self, person: int, entry: Row) -> Seen:
        known = self.known_at_work(person, entry)
        about = sorted(
            (row for row in self.facts.entry_children if row.entry_id == entry.id and not row.left_out),
            key=lambda row: (row.position, row.id),
        )
        words = [row for row in about if row.child_id in known]
        pictures = [
            row
            for row in self.facts.entry_pictures
            if row.entry_id == entry.id
            # What stands in for another is not one more picture of the entry.
            and row.stands_for_id is None
            and self.staff_gets(person, entry, row.picture_id)
        ]
        own = []
        for row in words:
            quotes = sorted((q for q in self.facts.quotes if q.entry_child_id == row.id), key=lambda q: q.position)
            own += [text for text in [row.line, *(quote.text for quote in quotes)] if text]
        texts = [entry.title, entry.text, *own]
        texts += [text for row in pictures for text in (row.alt, row.caption)]
        return self._seen(
            mentioned(*texts) | {row.child_id for row in words},
            known,
            own,
            [row.picture_id for row in sorted(pictures, key=lambda row: (row.position, row.id))],
        )

    def _seen(self, named: set[int], known: set[int], own: list[str], pictures: list[int]) -> Seen:
        names = {self.facts.one("children", key).given_name for key in named & known}
        return Seen(names, [MENTION.sub("", text).strip() for text in own], pictures, bool(named - known))

    # --- pictures -------------------------------------------------------------------------------------------------

    def marked(self, picture: int) -> set[int]:
        return {row.child_id for row in self.facts.subjects if row.picture_id == picture}

    def family_gets(self, person: int, held: Row) -> bool:
        """They may see it; and of a whole picture and all that stands in for it, it is the first they may see."""
        place = [
            row
            for row in self.facts.version_pictures
            if held.stands_for_id is not None
            and (row.id == held.stands_for_id or (row.stands_for_id == held.stands_for_id and row.id < held.id))
        ]
        return self.family_may(person, held) and not any(self.family_may(person, row) for row in place)

    def family_may(self, person: int, held: Row) -> bool:
        """Marked, none of its children said no when it was shared, and nobody on it is kept from this family.

        It must be so by what was said of the picture when the version was confirmed, and by what is said now. What is
        painted over tells that others were there: it goes to nobody at home but by an open group.
        """
        if held.picture_id is None:
            return False
        picture = self.facts.one("pictures", held.picture_id)
        asked = [row for row in self.facts.version_children if row.version_id == held.version_id]
        refused = {row.child_id for row in asked if row.asked == "no"}
        then = {row.child_id for row in self.facts.version_subjects if row.version_picture_id == held.id}
        everybody = then | self.marked(picture.id)
        if picture.erased_at is not None or "unmarked" in {picture.marking, held.marking} or everybody & refused:
            return False
        own = self.oracle.own_children(person)
        version = self.facts.one("versions", held.version_id)
        for_own = everybody <= own and not picture.covered
        return for_own or self.shown_to_others(everybody, own, version)

    def shown_to_others(self, everybody: set[int | None], own: set[int], version: Row) -> bool:
        """Open when it was shared and still, and by the answers of now everybody may be on a picture and be shown."""
        group = self.facts.one("entries", version.entry_id).group_id
        still_open = any(
            row.group_id == group
            and row.opened_at <= min(version.at, self.oracle.at)
            and (row.closed_at is None or self.oracle.at < row.closed_at)
            for row in self.facts.openings
        )
        return still_open and all(
            child is not None
            and at_answers.allows(self.oracle, "photograph", child)
            and (child in own or at_answers.allows(self.oracle, "other_families", child, group))
            for child in everybody
        )

    def staff_gets(self, person: int, entry: Row, picture_id: int) -> bool:
        """Everybody on it is a child they may know here; unmarked, it may be anybody of the entry."""
        picture = self.facts.one("pictures", picture_id)
        known = self.known_at_work(person, entry)
        may_be = set(self.oracle.live_children(entry.id)) if picture.marking == "unmarked" else set()
        return picture.erased_at is None and self.marked(picture_id) | may_be <= known

    def pictures_for(self, person: int, hat: str) -> set[int]:
        """Every picture that reaches this person by anything."""
        if hat == "school":
            return at_transfers.pictures_for(self, person)
        found = self._by_words(person, hat) | self._by_tray(person, hat) | self._by_recordings(person, hat)
        if hat == "guardian":
            own = self.oracle.own_children(person)
            standing = {row.version_id for row in self.facts.publications if row.child_id in own}
            rows = [row for row in self.facts.version_pictures if row.version_id in standing]
            return found | {row.picture_id for row in rows if self.family_gets(person, row)}
        for row in self.facts.entry_pictures:
            entry = self.facts.one("entries", row.entry_id)
            if self.oracle.reasons(person, hat, "READ", "ENTRY", entry) and self.staff_gets(
                person, entry, row.picture_id
            ):
                found.add(row.picture_id)
        return found

    # --- films and recordings -------------------------------------------------------------------------------------

    def clips_for(self, person: int, hat: str) -> set[int]:
        """Every film and recording that reaches this person by an entry."""
        if hat == "school":
            return at_transfers.clips_for(self, person)
        if hat == "guardian":
            own = self.oracle.own_children(person)
            standing = {row.version_id for row in self.facts.publications if row.child_id in own}
            rows = [row for row in self.facts.version_clips if row.version_id in standing]
            return {row.clip_id for row in rows if self.family_gets_clip(person, row)}
        found = set()
        for row in self.facts.entry_clips:
            entry, clip = self.facts.one("entries", row.entry_id), self.facts.one("clips", row.clip_id)
            known = self.known_at_work(person, entry)
            may_be = set(self.oracle.live_children(entry.id)) if clip.marking == "unmarked" else set()
            reads = self.oracle.reasons(person, hat, "READ", "ENTRY", entry)
            if reads and clip.erased_at is None and self.in_clip(clip.id) | may_be <= known:
                found.add(clip.id)
        return found

    def in_clip(self, clip: int) -> set[int]:
        return {row.child_id for row in self.facts.clip_subjects if row.clip_id == clip}

    def family_gets_clip(self, person: int, held: Row) -> bool:
        """As with pictures; but it cannot be covered, so in front of others each child in it needs every yes, said."""
        if held.clip_id is None:
            return False
        clip, version = self.facts.one("clips", held.clip_id), self.facts.one("versions", held.version_id)
        asked = [row for row in self.facts.version_children if row.version_id == held.version_id]
        refused = {row.child_id for row in asked if row.asked == "no"}
        then = {row.child_id for row in self.facts.version_clip_subjects if row.version_clip_id == held.id}
        everybody = then | self.in_clip(clip.id)
        if clip.erased_at is not None or "unmarked" in {clip.marking, held.marking} or everybody & refused:
            return False
        if everybody <= self.oracle.own_children(person):
            return True
        group = self.facts.one("entries", version.entry_id).group_id
        still_open = any(
            row.group_id == group
            and row.opened_at <= min(version.at, self.oracle.at)
            and (row.closed_at is None or self.oracle.at < row.closed_at)
            for row in self.facts.openings
        )
        return still_open and all(
            child is not None
            and all(at_answers.all_said_yes(self.oracle, question, child) for question in ("film", "other_families"))
            for child in everybody
        )

    # --- by what else a picture is held ---------------------------------------------------------------------------

    def _by_words(self, person: int, hat: str) -> set[int]:
        readable = self.oracle.may(person, hat, "READ", "WORDS")
        keys = {row.picture_id for row in self.facts.words_pictures if row.words_id in readable}
        return {key for key in keys if self.facts.one("pictures", key).erased_at is None}

    def _by_recordings(self, person: int, hat: str) -> set[int]:
        readable = self.oracle.may(person, hat, "READ", "RECORDING")
        keys = {row.picture_id for row in self.facts.recorded_pages if row.recording_id in readable}
        return {key for key in keys if self.facts.one("pictures", key).erased_at is None}

    def _by_tray(self, person: int, hat: str) -> set[int]:
        """Unused pictures of the group's tray, save those of a child they are not tied to."""
        readable = self.oracle.may(person, hat, "READ", "TRAY")
        unused = {row.id for row in self.facts.tray if row.id in readable and row.used_in_id is None}
        keys = {row.picture_id for row in self.facts.tray_pictures if row.item_id in unused}
        known = {
            child.id
            for child in self.facts.children
            if {name for name, _ in self.oracle.ties(person, child.id)} & (ORDINARY | {"OWN_CHILD"})
        }
        return {k for k in keys if self.facts.one("pictures", k).erased_at is None and self.marked(k) <= known}

    # --- a child's log and its search -----------------------------------------------------------------------------

    def log_of(self, person: int, child: int) -> set[tuple[str, int]]:
        """("entry" or "words", key) of everything in the child's log as this guardian reads it."""
        found: set[tuple[str, int]] = set()
        if self.oracle.reads_log_of(person, child):
            found |= {("entry", row.entry_id) for row in self.facts.publications if row.child_id == child}
        mine = [row for row in self.facts.words if row.child_id == child]
        return found | {
            ("words", row.id) for row in mine if self.oracle.reasons(person, "guardian", "READ", "WORDS", row)
        }

    def finds(self, person: int, child: int, word: str) -> set[tuple[str, int]]:
        """What of that log a search for one word finds: shared text, own words; never a name."""
        found: set[tuple[str, int]] = set()
        for kind, key in self.log_of(person, child):
            if kind == "words":
                text = self.facts.one("words", key).text
            else:
                standing = [r for r in self.facts.publications if r.entry_id == key and r.child_id == child]
                version = self.facts.one("versions", standing[0].version_id)
                rows = [r for r in self.facts.version_children if r.version_id == version.id and r.child_id == child]
                own = [text for row in rows for text in [row.line, *row.quotes]]
                text = " ".join([version.title, version.text, *own])
            if word.casefold() in MENTION.sub(" ", text).casefold():
                found.add((kind, key))
        return found

    # --- the staff's lists ----------------------------------------------------------------------------------------

    def staff_log(self, person: int, group: int | None = None) -> set[int]:
        """What was ever shared and nobody threw away, of one group or of all, as far as they may read it."""
        rows = [self.facts.one("entries", key) for key in self.oracle.may(person, "staff", "READ", "ENTRY")]
        kept = [row for row in rows if row.first_shared_at is not None and row.discarded_at is None]
        return {row.id for row in kept if group is None or row.group_id == group}

    def staff_drafts(self, person: int, group: int) -> set[int]:
        """Begun and not standing shared; one that nobody has written on or put a picture in says nothing."""
        rows = [self.facts.one("entries", key) for key in self.oracle.may(person, "staff", "READ", "ENTRY")]
        pictured = {row.entry_id for row in self.facts.entry_pictures}
        return {
            row.id
            for row in rows
            if row.group_id == group
            and row.current_id is None
            and row.discarded_at is None
            and (row.revision or row.id in pictured)
        }

    def staff_waiting(self, person: int, group: int) -> set[int]:
        rows = [self.facts.one("threads", key) for key in self.oracle.may(person, "staff", "READ", "THREAD")]
        here = [row for row in rows if self.facts.one("entries", row.entry_id).group_id == group]
        return {row.id for row in here if row.waiting_since is not None}

    def staff_finds(self, person: int, word: str) -> set[int]:
        """By a word of title or text, or by the name of a child on it whom they are tied to."""
        found = set()
        for key in self.staff_log(person):
            entry = self.facts.one("entries", key)
            names = {
                self.facts.one("children", child).given_name.casefold()
                for child in self.oracle.live_children(key)
                if {name for name, _ in self.oracle.ties(person, child)} & (ORDINARY | {"OWN_CHILD"})
            }
            text = MENTION.sub(" ", f"{entry.title} {entry.text}").casefold()
            if word.casefold() in text or word.casefold() in names:
                found.add(key)
        return found
