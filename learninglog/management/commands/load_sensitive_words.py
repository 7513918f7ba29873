"""manage.py load_sensitive_words: brings the lists of sensitive words that come with the product into the database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from learninglog.models import SensitiveWord

WORDS = Path(__file__).resolve().parent.parent.parent / "data" / "sensitive_words.json"


class Command(BaseCommand):
    help = (
        "Adds the words that come with the product and are not in the office's lists yet. Run it as often as you like: "
        "what the office has switched off or sorted otherwise stays so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        shipped = json.loads(WORDS.read_text(encoding="utf-8"))
        rows = [
            SensitiveWord(language=language, kind=kind, word=word)
            for language, kinds in shipped.items()
            for kind, words in kinds.items()
            for word in words
        ]
        before = SensitiveWord.objects.count()
        SensitiveWord.objects.bulk_create(rows, ignore_conflicts=True)
        if options["verbosity"] > 0:
            self.stdout.write(f"{SensitiveWord.objects.count() - before} sensitive words added")
