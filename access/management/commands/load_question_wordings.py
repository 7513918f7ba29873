"""manage.py load_question_wordings: brings the words of the questions into the office, and publishes them."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from access.models import Wording
from access.questions import known


class Command(BaseCommand):
    help = (
        "Adds the questions to guardians that come with the product, in the languages the office does not have them "
        "in yet, and publishes those. Run it as often as you like: what the office has written or taken down stays so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        added = 0
        for path in known.wordings():
            for kind, languages in json.loads(path.read_text(encoding="utf-8")).items():
                for language, words in languages.items():
                    added += _add(kind, language, words)
        if options["verbosity"] > 0:
            self.stdout.write(f"{added} wordings of questions added")


@transaction.atomic
def _add(kind: str, language: str, words: dict[str, str]) -> bool:
    row, new = Wording.objects.get_or_create(kind=kind, language=language, defaults={"live": False, **words})
    if new:
        row.save_revision().publish()
    return new
