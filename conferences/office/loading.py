"""Puts the templates of the product into the database without ever taking back what the office has written."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from conferences.models.templates import ConferenceTemplate
from conferences.office.freezing import content_of
from conferences.office.shipped import ShippedError, ShippedTemplate

_NAMESPACE = uuid.UUID("8c2b0a9e-7b0f-5e51-8f2e-61d2f3c7a4d0")


class Outcome(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT = "left as the office has it"
    IN_USE = "left, because conferences use it"


@transaction.atomic
def load(templates: Iterable[ShippedTemplate], *, dry_run: bool = False) -> dict[str, Outcome]:
    """Load templates, all or none, and say what became of each; raises ShippedError when one is refused."""
    outcomes = {shipped.code: _load(shipped) for shipped in templates}
    if dry_run:
        transaction.set_rollback(True)
    return outcomes


def _load(shipped: ShippedTemplate) -> Outcome:
    template = ConferenceTemplate.objects.select_for_update().filter(code=shipped.code).first()
    wanted = _digest(ConferenceTemplate(**shipped.values))
    if template is None:
        own_id = uuid.uuid5(_NAMESPACE, shipped.code)
        # Loaded by the operator, so it is there for use; the office unpublishes what it does not want.
        _save(ConferenceTemplate(**shipped.values, public_id=own_id, shipped=wanted, live=False))
        return Outcome.ADDED
    standing = _digest(template)
    if standing == wanted:
        return Outcome.UNCHANGED
    # A draft or a lock says that somebody is at work on it.
    if standing != template.shipped or template.has_unpublished_changes or template.locked or not template.live:
        return Outcome.LEFT
    if template.is_used:
        return Outcome.IN_USE
    for name, value in shipped.values.items():
        setattr(template, name, value)
    template.shipped = wanted
    _save(template)
    return Outcome.CHANGED


def _save(template: ConferenceTemplate) -> None:
    try:
        template.full_clean()
    except ValidationError as error:
        said = [f"{template.code}: {sentence}" for sentence in error.messages]
        raise ShippedError(said) from error
    template.save()
    # Every wording of the product is a revision, so that the office can compare with it and go back to it.
    template.save_revision().publish()


def _digest(template: ConferenceTemplate) -> str:
    words = [template.country, template.language, content_of(template)]
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
