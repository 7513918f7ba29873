"""manage.py case_export: writes a framework as a CASE package."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curriculum.case.exporting import as_json
from curriculum.models import Framework


class Command(BaseCommand):
    help = "Writes a published framework as a CASE 1.1 package to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the code of the framework, such as LPFO18-2025")

    def handle(self, *args: Any, **options: Any) -> None:
        framework = Framework.objects.filter(code=options["code"], live=True).first()
        if framework is None:
            codes = ", ".join(Framework.objects.filter(live=True).order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no published framework {options['code']}. There are: {codes}.")
        self.stdout.write(as_json(framework), ending="")
