"""Finding what an operator names on the command line; unknown names end the command with an error."""

import uuid
from typing import Any

from django.core.management.base import CommandError

from people.models import Person
from visibility.kinds import by_name


def person_called(login: str) -> Person:
    """The person with this login."""
    person = Person.objects.select_related("organisation").filter(login=login).first()
    if person is None:
        raise CommandError(f"Nobody has the login {login}.")
    return person


def row_at(kind: str, public_id: str) -> Any:
    """The row of a kind at this address; the operator already knows the id, so no rule stands in between."""
    try:
        key = uuid.UUID(public_id)
    except ValueError:
        raise CommandError(f"{public_id} is no public id.") from None
    row = by_name(kind).model._default_manager.filter(public_id=key).first()
    if row is None:
        raise CommandError(f"There is no {kind.lower()} {key}.")
    return row
