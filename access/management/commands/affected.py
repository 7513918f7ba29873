"""`manage.py affected --entry … | --person … [--since …]`: whom an incident concerns, and the notice as a draft."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from access import incidents
from access.incidents import Concerned
from ground.clock import now
from visibility import kinds
from visibility.asking import person_called, row_at

NOBODY = 3


class Command(BaseCommand):
    help = (
        "List the children and guardians whom an incident concerns and everyone who opened something, and draft the "
        "notice in Swedish, Norwegian and English. Nothing is sent. Exit codes: 0 somebody is concerned, 3 nobody is, "
        "1 what was named is unknown, 2 the command was called wrongly."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        named = parser.add_mutually_exclusive_group(required=True)
        named.add_argument("--entry", help="the entry's public id, as it stands in its address")
        named.add_argument("--person", help="the login of somebody who was in and should not have been")
        parser.add_argument("--since", help="count what was opened from this day or moment on: 2026-11-01[T07:00], UTC")
        parser.add_argument("--without-notice", action="store_true", help="leave the drafts out")

    @translation.override("en")
    def handle(self, *args: Any, **options: Any) -> None:
        at, since = now(), _moment(options["since"])
        if options["entry"]:
            entry: Any = row_at("ENTRY", options["entry"])
            found = incidents.by_entry(entry, child_ids=_children_of(entry), since=since, at=at)
        else:
            found = incidents.by_person(person_called(options["person"]), since=since, at=at)
        if not found.anybody:
            self.stdout.write("Nobody is concerned.")
            raise SystemExit(NOBODY)
        self._tell(found)
        if not options["without_notice"]:
            for language, text in incidents.notices(at).items():
                self.stdout.write(f"\n--- notice, {language} ---\n\n{text}")

    def _tell(self, found: Concerned) -> None:
        self.stdout.write(f"Children concerned: {len(found.children)}")
        for child in found.children:
            if child.blocked_at is not None:
                # Neither the name nor the adults of a protected child belong on anybody's screen.
                self.stdout.write(f"- a child that is blocked (child {child.public_id})")
                continue
            self.stdout.write(f"- {child.given_name} {child.family_name} (child {child.public_id})".replace("  ", " "))
            for tie in found.guardians.get(child.pk, []):
                reached = tie.person.email or tie.person.phone or "no address: reach them another way"
                active = "" if tie.activated_at and tie.inactivated_at is None else ", not active"
                self.stdout.write(f"  - {tie.person.get_full_name()}, {tie.get_kind_display()}{active}: {reached}")
        self.stdout.write(f"Opened by: {len(found.readers)}")
        for person, hat, first, last in found.readers:
            span = f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"
            self.stdout.write(f"- {person.get_full_name()} ({person.login}) as {hat}: {span}")


def _children_of(entry: Any) -> set[int]:
    """Every child that the entry has a link to, also one that was left out."""
    kind = kinds.by_name("ENTRY")
    assert kind.links is not None  # noqa: S101
    return set(kind.links().filter(**{kind.row: entry.pk}).values_list(kind.child, flat=True))


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no day: write it as 2026-11-01.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
