"""Guidance that comes with the product: a beginning for the office, brought once and never again over its own words."""

import json
import uuid
from pathlib import Path

from curriculum.languages import LANGUAGES
from curriculum.models import Area, Guidance

FILE = Path(__file__).resolve().parent / "data" / "guidance" / "areas.json"
_NAMESPACE = uuid.UUID("1d7ad4f5-2a53-5e0e-8d8b-8d1f0f7b9a52")


def load() -> int:
    """Add guidance to areas that have none, not even a draft; returns how many got it."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    areas = list(Area.objects.filter(code__in=written, guidance__isnull=True).exclude(shipped={}).order_by("pk"))
    for area in areas:
        texts = {
            f"{stem}_{language}": "\n".join(lines) if isinstance(lines, list) else lines
            for stem, said in written[area.code].items()
            for language, lines in said.items()
            if language in LANGUAGES
        }
        row = Guidance(area=area, public_id=uuid.uuid5(_NAMESPACE, area.code), **texts)
        row.full_clean()
        row.save()
        row.save_revision().publish()
    return len(areas)
