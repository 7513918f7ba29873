"""The words of a template as conferences keep them, and which templates a preschool may begin one with."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from conferences.models.templates import ConferenceTemplate, FrozenTemplate
from people.models import Unit

# A key that was typed into a request by hand becomes a proper one, the same each time.
_NAMESPACE = uuid.UUID("b1d6f3de-2a55-5d0e-8c0d-5b4a7a1b7f60")


def frozen(template: ConferenceTemplate, at: datetime) -> FrozenTemplate:
    """The published words of this template as they stand; the same words again are the same copy."""
    content = content_of(template)
    kept, _new = FrozenTemplate.objects.get_or_create(
        digest=digest_of(template, content),
        defaults={"template": template, "language": template.language, "content": content, "frozen_at": at},
    )
    return kept


def usable(unit: Unit, day: date) -> list[ConferenceTemplate]:
    """The published templates of the owner's country that a conference may be begun with on this day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    running = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    found = ConferenceTemplate.objects.filter(begun & running, live=True, country=unit.organisation.country)
    return list(found.order_by("code"))


def is_used(template: ConferenceTemplate) -> bool:
    """Whether a conference was ever begun with it; from then on its words stay."""
    return template.pk is not None and FrozenTemplate.objects.filter(template=template.pk).exists()


def says_the_same(one: ConferenceTemplate, other: ConferenceTemplate) -> bool:
    """Whether two states of a template have the same words, whatever the days are that it is used."""
    return _words(one) == _words(other)


def digest_of(template: ConferenceTemplate, content: dict[str, Any]) -> str:
    """SHA-256 over the words and whose they are: an unchanged copy of a template is still another template."""
    whole = {"template": str(template.public_id), "language": template.language, "content": content}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def content_of(template: ConferenceTemplate) -> dict[str, Any]:
    """The template's words as plain data, see FrozenTemplate."""
    return {"name": template.all_names(), "sections": [_section(child) for child in template.body]}


def _words(template: ConferenceTemplate) -> tuple[Any, ...]:
    return template.country, template.language, content_of(template)


def _section(child: Any) -> dict[str, Any]:
    return {
        "key": _key(child.id),
        "title": _texts(child.value["title"]),
        "intro": _texts(child.value["intro"]),
        "questions": [_question(question) for question in child.value["questions"].bound_blocks],
    }


def _question(child: Any) -> dict[str, Any]:
    question = child.value
    return {
        "key": _key(child.id),
        "type": question["type"],
        "filled_by": question["filled_by"],
        "seen": question["seen"],
        "label": _texts(question["label"]),
        "help": _texts(question["help"]),
        "options": [
            {"key": _key(option.id), "label": _texts(option.value["label"])}
            for option in question["options"].bound_blocks
        ],
    }


def _texts(wordings: Iterable[Any]) -> dict[str, str]:
    return {wording["language"]: wording["text"] for wording in wordings if wording["text"]}


def _key(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except (ValueError, TypeError):
        return str(uuid.uuid5(_NAMESPACE, str(given)))
