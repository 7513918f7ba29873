"""PINs of shared devices: set by the person alone, kept hashed, resting for a while after five wrong tries."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from access.models import Pin
from people.models import AccessEvent, Person

TRIES = 5
FIRST_REST = timedelta(minutes=15)
LONGEST_REST = timedelta(hours=12)
SHAPE = re.compile(r"[0-9]{4,8}")


class Resting(Exception):
    """Too many wrong tries; `until` is when the next is let through."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


def check_shape(pin: str) -> None:
    """Four to eight digits, not one digit over and over nor a row of them. Raises ValidationError."""
    if not SHAPE.fullmatch(pin):
        raise ValidationError(_("A PIN has four to eight digits."))
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        raise ValidationError(_("That one is guessed at once. Please choose another."))


@transaction.atomic
def choose(*, person: Person, pin: str, at: datetime, by: Person) -> Pin:
    """Keep a new PIN; what was tried wrongly before is forgotten."""
    check_shape(pin)
    row, _new = Pin.objects.update_or_create(
        person=person, defaults={"hashed": make_password(pin), "set_at": at, "wrong": 0, "locked_until": None}
    )
    _note(person, at, by, {"set_at": str(at)})
    return row


def verify(*, person: Person, pin: str, at: datetime) -> bool:
    """Whether it is the person's PIN. Every fifth wrong try rests it, longer each time. Raises Resting."""
    with transaction.atomic():
        row = Pin.objects.select_for_update().filter(person=person).first()
        if row is None:
            return False
        if row.locked_until is not None and at < row.locked_until:
            raise Resting(row.locked_until)
        right = check_password(pin, row.hashed)
        row.wrong = 0 if right else row.wrong + 1
        row.locked_until = None
        if row.wrong and row.wrong % TRIES == 0:
            # Capped before it is computed: the count may be large.
            row.locked_until = at + min(FIRST_REST * 2 ** min(row.wrong // TRIES - 1, 10), LONGEST_REST)
            _note(person, at, None, {"resting_until": str(row.locked_until)})
        row.save(update_fields=["wrong", "locked_until"])
    if row.locked_until is not None:
        raise Resting(row.locked_until)
    return right


def has_one(person: Person) -> bool:
    """Whether the person can say who they are on a shared device."""
    return Pin.objects.filter(person=person).exists()


def _note(person: Person, at: datetime, by: Person | None, after: dict[str, str]) -> None:
    if person.organisation is not None:
        AccessEvent.objects.create(
            what=AccessEvent.What.PIN, organisation=person.organisation, at=at, by=by, person=person, after=after
        )
