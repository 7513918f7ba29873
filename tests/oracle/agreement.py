"""All questions at once: what the code answers about a world, beside what the oracle answers; a list of differences."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

from django.utils import translation

from learninglog import feeds, services, staff_feeds
from learninglog.models import Entry, VersionAudience
from learninglog.rendition import for_viewer
from media_policy import answers
from media_policy.models import Clip, Picture
from people.models import Child, Person
from tests.oracle import at_answers, at_conferences, at_coverage, at_transfers
from tests.oracle import facts as plain
from tests.oracle.content import Content, Seen
from tests.oracle.oracle import Because, Oracle
from tests.oracle.worlds import NAMES, World
from visibility import audience, kinds, rule
from visibility.viewer import Hat, Moment, Strength, Viewer

ACTIONS = ("READ", "WRITE", "SHARE", "WITHDRAW", "LEAVE_OUT", "REPLY", "CONTACT", "CONTRIBUTE")
ACTIONS += ("STAFF", "APPOINT", "GIVE_PASS", "CHANGE", "END", "PAIR", "REVOKE", "SIGN", "LINES", "OVERLOOK")
ACTIONS += ("ACCESS", "ACTIVATE", "INACTIVATE", "NAME", "LIFT", "TELL", "CONSENT", "REFUSE", "JOIN")
ACTIONS += ("ANSWER", "OBJECT", "COVER", "TOTAL", "NOTE")
ACTIONS += ("ISSUE", "HOLD", "SHOW", "SEAL", "ADD", "CLOSE", "OFFER", "KEEP", "BOOK", "FOLLOW_UP")
ACTIONS += ("GO_ALONG", "PUT_BACK", "PICK", "SEND", "HAND_OVER", "COPY", "DISCLOSE", "CORRECT")
ANY_CHILD = {
    "ENTRY": "READ",
    "CHILD": "CONTACT",
    "THREAD": "READ",
    "WORDS": "READ",
    "TRAY": "READ",
    "RECORDING": "READ",
    "PLAN": "NOTE",
    "HANDOVER": "PICK",
}
ANY_CHILD |= {"UNIT": "GIVE_PASS", "DUTY": "CHANGE", "PASS": "END", "DEVICE": "REVOKE", "REVIEW": "SIGN"}
ANY_CHILD |= at_conferences.ANY_CHILD
FRIENDS = ("kompisar", "Kompisar")
PAGE = 50


class Asked:
    """One world at one moment, and both ways of answering."""

    def __init__(self, world: World, facts: plain.Facts, at: datetime) -> None:
        self.world, self.at = world, at
        self.oracle = Oracle(facts, at)
        self.content = Content(self.oracle)
        self.facts = facts

    def viewer(self, person: Any, hat: Hat) -> Viewer:
        row = Person.objects.select_related("organisation").get(pk=person.pk)
        return Viewer(person=row, hat=hat, strength=Strength.SUBSTANTIAL, at=self.at)

    def differences(self, random: Random, people: int, hats: tuple[Hat, ...]) -> Iterator[str]:
        """Every answer that differs, for some of the people."""
        for person in random.sample(self.world.people, min(people, len(self.world.people))):
            for hat in hats:
                viewer = self.viewer(person, hat)
                for found in self._of_viewer(viewer, random):
                    yield f"{person.login} as {hat} at {self.at.isoformat()}: {found}"
        yield from self._audiences(random)
        yield from self._answers()
        yield from at_transfers.packages(self.oracle)

    def _of_viewer(self, viewer: Viewer, random: Random) -> Iterator[str]:
        yield from self._rows(viewer, random)
        yield from self._pictures(viewer)
        if viewer.hat == Hat.SCHOOL:
            yield from at_transfers.differences(self.oracle, viewer)
            return
        yield from self._renditions(viewer)
        yield from at_coverage.differences(self.oracle, viewer)
        yield from at_conferences.differences(self.oracle, viewer)
        if viewer.hat == Hat.GUARDIAN:
            yield from self._logs(viewer, random)
        if viewer.hat == Hat.STAFF:
            yield from self._lists(viewer, random)

    # --- rows -----------------------------------------------------------------------------------------------------

    def _rows(self, viewer: Viewer, random: Random) -> Iterator[str]:
        for kind in kinds.all_kinds():
            read: set[int] = set()
            for action in ACTIONS:
                rows = kind.model._default_manager.filter(rule.visible(kind, viewer, action))
                found = set(rows.values_list("pk", flat=True))
                meant = self.oracle.may(viewer.person.pk, str(viewer.hat), action, kind.name)
                if found != meant:
                    yield f"{action} {kind.name}: the rule says {sorted(found)}, the oracle {sorted(meant)}"
                read = found if action == "READ" else read
                # A records keeper corrects what they do not read: its own page shows one child's words of it.
                if kind.name != "CHILD" and action != "CORRECT" and not found <= read:
                    yield f"{action} {kind.name} of {sorted(found - read)}, which they may not read"
            yield from self._one(viewer, kind, random)

    def _one(self, viewer: Viewer, kind: Any, random: Random) -> Iterator[str]:
        """`may` and `why`, asked of a few rows."""
        rows = getattr(self.facts, Oracle.TABLES[kind.name])
        for row in random.sample(rows, min(1, len(rows))):
            obj = kind.model._base_manager.get(pk=row.id)
            reasons = self.oracle.reasons(viewer.person.pk, str(viewer.hat), "READ", kind.name, row)
            if rule.may(viewer, "READ", obj) != bool(reasons):
                yield f"may READ {kind.name} {row.id}, the oracle's reasons: {reasons}"
            said = {relation.name for relation in rule.why(viewer, obj)}
            if said != {because.relation for because in reasons}:
                yield f"why READ {kind.name} {row.id}: {sorted(said)}, the oracle: {sorted(map(str, reasons))}"

    # --- content --------------------------------------------------------------------------------------------------

    def _pictures(self, viewer: Viewer) -> Iterator[str]:
        found = set(Picture.objects.visible_to(viewer).values_list("pk", flat=True))
        meant = self.content.pictures_for(viewer.person.pk, str(viewer.hat))
        if found != meant:
            yield f"pictures: {sorted(found)}, the oracle {sorted(meant)}"
        found = set(Clip.objects.visible_to(viewer).values_list("pk", flat=True))
        meant = self.content.clips_for(viewer.person.pk, str(viewer.hat))
        if found != meant:
            yield f"films: {sorted(found)}, the oracle {sorted(meant)}"

    def _renditions(self, viewer: Viewer) -> Iterator[str]:
        entries = list(Entry.objects.visible_to(viewer).order_by("pk"))
        with translation.override("sv"):
            shown = {one.entry_id: one for one in for_viewer(entries, viewer)}
        for entry in self.facts.entries:
            meant = self.content.of_entry(viewer.person.pk, str(viewer.hat), entry)
            if (entry.id in shown) != (meant is not None):
                yield f"rendition of entry {entry.id}: there is {shown.get(entry.id)}, the oracle {meant}"
            elif meant is not None:
                yield from self._content(f"entry {entry.id}", shown[entry.id], meant)

    def _content(self, what: str, shown: Any, meant: Seen) -> Iterator[str]:
        texts = [shown.title, shown.text, shown.children_line, *shown.quotes]
        texts += [text for pair in [*shown.lines, *shown.remarks] for text in pair]
        texts += [text for view in shown.pictures for text in (view.alt, view.caption)]
        everything = " | ".join(texts)
        names = {name for name in NAMES if name in everything}
        if names != meant.names:
            yield f"{what} names {sorted(names)}, the oracle {sorted(meant.names)}"
        if any(word in everything for word in FRIENDS) != meant.friends:
            yield f"{what} {'has' if not meant.friends else 'lacks'} friends: {everything}"
        if "\ue000" in everything:
            yield f"{what} shows a token: {everything!r}"
        own = {word for word in everything.replace("|", " ").split() if word.startswith(("line", "quote"))}
        if own != {word for text in meant.own_words for word in text.split() if word.startswith(("line", "quote"))}:
            yield f"{what} has own words {sorted(own)}, the oracle {meant.own_words}"
        keys = {picture.public_id: picture.id for picture in self.facts.pictures}
        pictures = [keys[view.public_id] for view in shown.pictures]
        if pictures != meant.pictures:
            yield f"{what} has pictures {pictures}, the oracle {meant.pictures}"

    # --- a child's log --------------------------------------------------------------------------------------------

    def _logs(self, viewer: Viewer, random: Random) -> Iterator[str]:
        for child in self.world.children:
            if self.oracle.was_ever_family(viewer.person.pk, child.pk) or random.random() < 0.1:
                yield from self._log(viewer, child, random)

    def _log(self, viewer: Viewer, child: Child, random: Random) -> Iterator[str]:
        page = feeds.child_log(viewer=viewer, child=child, size=PAGE)
        found = {_place(row) for row in page.items}
        meant = self.content.log_of(viewer.person.pk, child.pk)
        if found != meant:
            yield f"log of child {child.pk}: {sorted(found)}, the oracle {sorted(meant)}"
        number, other = random.randrange(7), random.randrange(5)
        for word in (f"text{number}", f"line{number}of{other}", f"fox{other}words", NAMES[other], "kompisar"):
            wanted = feeds.Wanted(text=word)
            rows = feeds.child_log(viewer=viewer, child=child, wanted=wanted, size=PAGE).items
            meant = self.content.finds(viewer.person.pk, child.pk, word)
            if {_place(row) for row in rows} != meant:
                yield f"search {word} in {child.pk}: {[_place(row) for row in rows]}, the oracle {sorted(meant)}"
        keys = [row.feed_id for row in page.items if row.standing is not None]
        entries = sorted(Entry.objects.filter(pk__in=keys).select_related("created_by"), key=lambda e: keys.index(e.pk))
        with translation.override("sv"):
            shown = for_viewer(entries, viewer, only=frozenset({child.pk}))
        for one in shown:
            entry = self.facts.one("entries", one.entry_id)
            seen = self.content.of_entry(viewer.person.pk, "guardian", entry, only=child.pk)
            if seen is None:
                yield f"entry {entry.id} in the log of {child.pk} is nothing to the oracle"
            else:
                yield from self._content(f"entry {entry.id} in the log of {child.pk}", one, seen)

    # --- the staff's lists ----------------------------------------------------------------------------------------

    def _lists(self, viewer: Viewer, random: Random) -> Iterator[str]:
        person, said = viewer.person.pk, self.content
        for group in random.sample(self.world.groups, 2):
            log = {row.pk for row in staff_feeds.log(viewer=viewer, group=group).items}
            drafts = {row.pk for row in staff_feeds.drafts(viewer=viewer, group=group)}
            waiting = {row.pk for row in staff_feeds.replies(viewer=viewer, group=group)}
            for what, found, meant in (
                ("log", log, said.staff_log(person, group.pk)),
                ("drafts", drafts, said.staff_drafts(person, group.pk)),
                ("replies", waiting, said.staff_waiting(person, group.pk)),
            ):
                if found != meant:
                    yield f"{what} of group {group.pk}: {sorted(found)}, the oracle {sorted(meant)}"
        for word in (f"text{random.randrange(7)}", random.choice(NAMES), "laughed"):
            rows = staff_feeds.log(viewer=viewer, wanted=staff_feeds.Wanted(text=word)).items
            if {row.pk for row in rows} != said.staff_finds(person, word):
                meant = said.staff_finds(person, word)
                yield f"staff search {word}: {sorted(row.pk for row in rows)}, the oracle {sorted(meant)}"

    # --- answers --------------------------------------------------------------------------------------------------

    def _answers(self) -> Iterator[str]:
        """Both spellings, over rows and in SQL, of every question in every group."""
        keys = [child.pk for child in self.world.children]
        for question in at_answers.QUESTIONS:
            groups = [None] if question != "other_families" else [None, *(group.pk for group in self.world.groups)]
            for group in groups:
                meant = {key for key in keys if at_answers.allows(self.oracle, question, key, group)}
                by_rows = answers.allowed(question, keys, self.at, group=group)
                rows = Child.objects.filter(answers.allowing(question, self.at, child="", group=group))
                by_sql = set(rows.values_list("pk", flat=True))
                if not by_rows == by_sql == meant:
                    yield f"{question} in {group}: {by_rows} over rows, {by_sql} in SQL, the oracle {meant}"

    # --- audiences ------------------------------------------------------------------------------------------------

    def _audiences(self, random: Random) -> Iterator[str]:
        moment = Moment.of(self.at, self.world.organisation)
        for kind in kinds.all_kinds():
            rows = getattr(self.facts, Oracle.TABLES[kind.name])
            for row in random.sample(rows, min(3, len(rows))):
                obj = kind.model._base_manager.get(pk=row.id)
                also = {"ACCESS", "LIFT", "TELL", "REFUSE", "JOIN", "ISSUE", "HOLD"} if kind.name == "CHILD" else set()
                for action in {"READ", ANY_CHILD[kind.name]} | also:
                    reaches = audience.of(obj, moment, action)
                    found = {Because(reach.person_id, reach.relation.name, reach.child_id) for reach in reaches}
                    meant = self.oracle.audience(kind.name, row, action)
                    if found != meant:
                        yield (
                            f"audience {action} of {kind.name} {row.id} at {self.at}: "
                            f"only the rule {sorted(map(str, found - meant))}, "
                            f"only the oracle {sorted(map(str, meant - found))}"
                        )


def _place(row: feeds.Row) -> tuple[str, int]:
    return ("words" if row.words is not None else "entry", row.feed_id)


def sharing(world: World, facts: plain.Facts, at: datetime) -> Iterator[str]:
    """Who would be reached, who is reached once it is shared, and who was written down: all the same."""
    for entry in Entry.objects.kept().order_by("pk"):
        for person in world.people:
            by = Viewer(
                person=Person.objects.select_related("organisation").get(pk=person.pk),
                hat=Hat.STAFF, strength=Strength.SUBSTANTIAL, at=at,
            )  # fmt: skip
            if rule.may(by, "SHARE", entry):
                yield from _shared(world, entry, by)
                break


def _shared(world: World, entry: Any, by: Viewer) -> Iterator[str]:
    preview = services.preview_sharing(entry=entry, by=by)
    if preview.blockers:
        return
    # A save in between, so that sharing again is a new version also where it stands shared.
    Entry.objects.filter(pk=entry.pk).update(revision=entry.revision + 1)
    entry.refresh_from_db()
    promised = services.preview_sharing(entry=entry, by=by)
    version = services.share_entry(entry=entry, by=by, confirmed=promised.digest)
    before = {Because(reach.person_id, reach.relation.name, reach.child_id) for reach in promised.reaches}
    kept = VersionAudience.objects.filter(version=version).values_list("person", "relation", "child")
    entry.refresh_from_db()
    oracle = Oracle(plain.read(), by.at)
    live = set(oracle.live_children(entry.pk))
    after = {
        because
        for because in oracle.audience("ENTRY", oracle.facts.one("entries", entry.pk))
        # Whom it will go to when a child moves on is for the transfer to say.
        if (because.child is None or because.child in live) and because.relation not in at_transfers.RECEIVERS
    }
    if not before == after == {Because(*row) for row in kept}:
        yield f"sharing entry {entry.pk}: promised {sorted(map(str, before ^ after))} wrongly"
