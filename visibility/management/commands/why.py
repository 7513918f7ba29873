"""`manage.py why --persona astrid --entry <public id>`: may this person read it, and through what."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ground.clock import now
from people.models import Person
from visibility import matrix, rule
from visibility.asking import person_called, row_at
from visibility.viewer import Hat, Strength, Viewer


class Command(BaseCommand):
    help = "Say whether a person may read an entry now, as what, and through which ties: what the pages themselves ask."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persona", required=True, help="the person's login, such as astrid in the demo")
        parser.add_argument("--entry", required=True, help="the entry's public id, as it stands in its address")
        parser.add_argument("--action", default=matrix.READ, help="READ, WRITE, SHARE, WITHDRAW or LEAVE_OUT (READ)")

    # Operators read the reasons as docs/visibility.md words them, whatever language the site speaks.
    @translation.override("en")
    def handle(self, *args: Any, **options: Any) -> None:
        person, entry = person_called(options["persona"]), row_at("ENTRY", options["entry"])
        action = options["action"].upper()
        if ("ENTRY", action) not in matrix.MATRIX:
            raise CommandError(f"Nothing is called {action} for entries.")
        said = [self._under(person, hat, entry, action) for hat in Hat]
        found = [line for line in said if line]
        self.stdout.write("\n".join(found) if found else f"{person.get_full_name()} may not {action} {entry}.")

    def _under(self, person: Person, hat: Hat, entry: Any, action: str) -> str:
        viewer = Viewer(person=person, hat=hat, strength=Strength.HIGH, at=now())
        because = rule.why(viewer, entry, action)
        if not because:
            return ""
        only_if = {relation: str(condition) for relation, condition in matrix.cells("ENTRY", action)}
        reasons = "; ".join(f"{relation.label} ({only_if[relation]})" for relation in because)
        return f"{person.get_full_name()} may {action} {entry} as {hat.label}: {reasons}."
