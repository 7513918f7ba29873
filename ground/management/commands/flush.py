from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush

from ground import append_only


class Command(flush.Command):
    help = "Empties every table, append-only ones too. For the test suite only."

    def handle(self, **options: Any) -> None:
        if not getattr(settings, "TESTING", False):
            raise CommandError("This database holds append-only tables: flush is for the test suite only.")
        with append_only.switched_off(options["database"]):
            super().handle(**options)
