"""`manage.py audience --entry <public id>`: everyone who can read it now, and why."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from ground.clock import now
from people.models import Child, Person
from visibility import audience
from visibility.asking import row_at
from visibility.viewer import Moment


class Command(BaseCommand):
    help = "List everyone who can read an entry now, each with the ties that open it: what the pages themselves ask."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--entry", required=True, help="the entry's public id, as it stands in its address")

    # Operators read the reasons as docs/visibility.md words them, whatever language the site speaks.
    @translation.override("en")
    def handle(self, *args: Any, **options: Any) -> None:
        entry: Any = row_at("ENTRY", options["entry"])
        reaches = audience.of(entry, Moment.of(now(), entry.unit.organisation))
        people = Person.objects.in_bulk({reach.person_id for reach in reaches})
        children = Child.objects.in_bulk({reach.child_id for reach in reaches if reach.child_id is not None})
        lines = sorted(
            f"{people[reach.person_id].get_full_name()}: {reach.relation.label}"
            + (f", {children[reach.child_id].given_name}" if reach.child_id is not None else "")
            for reach in reaches
        )
        self.stdout.write("\n".join(lines) if lines else f"Nobody can read {entry}.")
        self.stdout.write(f"{len(people)} people, {len(reaches)} reasons.")
