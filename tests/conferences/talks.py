"""Shortcuts for tests about conferences: a template of every kind of question, and conferences at each step."""

import hashlib
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from conferences.models import Conference, FieldValue, FrozenTemplate, Side
from conferences.services import showing, writing
from people.models import Child, Home
from tests.cast import NOW, TODAY, Cast
from visibility.viewer import Hat, Viewer

SPACE = uuid.UUID("6f0c6f52-9f0f-4f9e-8a53-6f6a3a2b7c11")
# Name: type, who fills it in, who sees it.
ASKED = {
    "watch": ("text", "staff", "staff"),
    "joy": ("text", "staff", "shown"),
    "after": ("text", "staff", "sealed"),
    "mood": ("choice", "staff", "shown"),
    "plays": ("choices", "staff", "shown"),
    "since": ("date", "staff", "shown"),
    "hello": ("statement", "staff", "shown"),
    "from log": ("from_log", "staff", "shown"),
    "words": ("child_words", "child", "shown"),
    "at home": ("text", "home", "home"),
    "home log": ("from_log", "home", "home"),
    "notes": ("text", "together", "sealed"),
    "agree": ("agreement", "together", "sealed"),
}
OPTIONS = ("calm", "lively")


def key(name: str) -> uuid.UUID:
    """The key of a question, or of an option, by its name here."""
    return uuid.uuid5(SPACE, name)


def content() -> dict[str, Any]:
    questions = [
        {
            "key": str(key(name)), "type": kind, "filled_by": filled_by, "seen": seen,
            "label": {"sv": f"Fråga: {name}", "en": f"Asked: {name}"}, "help": {},
            "options": [
                {"key": str(key(option)), "label": {"sv": option}} for option in OPTIONS if kind.startswith("choice")
            ],
        }
        for name, (kind, filled_by, seen) in ASKED.items()
    ]  # fmt: skip
    parts = [("Before", questions[:11]), ("The talk", questions[11:])]
    return {
        "name": {"sv": "Utvecklingssamtal"},
        "sections": [
            {"key": str(key(title)), "title": {"sv": title}, "intro": {}, "questions": held} for title, held in parts
        ],
    }


def frozen() -> FrozenTemplate:
    words = content()
    digest = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
    row, _new = FrozenTemplate.objects.get_or_create(
        digest=digest, defaults={"language": "sv", "content": words, "frozen_at": NOW}
    )
    return row


def begun(
    cast: Cast, child: Child, *, by: str = "cecilia", unit: Any = None, at: datetime = NOW, **more: Any
) -> Conference:
    """A conference that has just been begun, whoever may begin one."""
    return begun_by(cast.viewer(by, at=at), child, unit or cast.unit, **more)


def begun_by(by: Viewer, child: Child, unit: Any, **more: Any) -> Conference:
    row: Conference = Conference.objects.create(
        child=child, unit=unit, frozen=frozen(), issued_by=by.person, issued_at=by.at,
        due_on=TODAY + timedelta(days=20), **more,
    )  # fmt: skip
    return row


def shown(cast: Cast, child: Child, *, by: str = "cecilia", at: datetime = NOW, **more: Any) -> Conference:
    """One that the homes read, with words in it for them and words that are not."""
    row = begun(cast, child, by=by, at=at, **more)
    viewer = cast.viewer(by, at=at)
    put(row, "watch", "Only for us", viewer)
    put(row, "joy", "She sings", viewer)
    showing.show(conference=row, by=viewer)
    row.refresh_from_db()
    return row


def put(conference: Conference, name: str, value: Any, by: Viewer) -> FieldValue:
    """Save a field from whatever stands in it."""
    home = conference.child.homes.filter(memberships__guardianship__person=by.person).last()
    rows = FieldValue.objects.filter(conference=conference, question=key(name))
    rows = rows.filter(home=home) if by.hat == Hat.GUARDIAN else rows.filter(home=None)
    last = rows.order_by("-number").first()
    return writing.save(
        conference=conference, question=key(name), value=value, number=last.number if last else 0, by=by
    )  # fmt: skip


def home_of(cast: Cast, tie: Any) -> Home:
    """The home that a guardianship is in."""
    home: Home = tie.home_memberships.get(ends_at__isnull=True).home
    return home


def handed_in(cast: Cast, conference: Conference, name: str, at: datetime = NOW) -> Side:
    return writing.hand_in(conference=conference, by=cast.viewer(name, Hat.GUARDIAN, at=at))


def said(page: Any, name: str) -> Any:
    """The field with this name on a page, or None where the page does not have it."""
    fields = [one for section in page.sections for one in section.fields if one.key == key(name)]
    return fields[0] if fields else None
