"""`manage.py describe_rule > docs/visibility.md`: the matrix in words."""

from typing import Any

from django.core.management.base import BaseCommand

from visibility.plainly import description


class Command(BaseCommand):
    help = "Print the rule in plain words, made from visibility/matrix.py. A test keeps docs/visibility.md equal to it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(description(), ending="")
