"""Templates in a few words, and the form that the office's page sends of one."""

import json
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

from conferences.models import ConferenceTemplate
from conferences.office.rights import allow_editing
from people.models import Duty, Organisation, Unit
from visibility.middleware import HAT_KEY
from visibility.viewer import Hat

Row = dict[str, Any]


def texts(words: str | dict[str, str]) -> list[Row]:
    """ "Ord" is in Swedish; {"sv": "Ord", "en": "Words"} in both."""
    by_language = words if isinstance(words, dict) else {"sv": words}
    return [item({"language": code, "text": text}) for code, text in by_language.items() if text is not None]


def item(value: Any) -> Row:
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def question(
    label: str | dict[str, str], kind: str = "text", by: str = "staff", seen: str = "shown", **more: Any
) -> Row:
    options = [item({"label": texts(option)}) for option in more.get("options", [])]
    value = {"type": kind, "filled_by": by, "seen": seen, "label": texts(label), "options": options}
    return item({**value, "help": texts(more["help"]) if "help" in more else []})


def section(title: str | dict[str, str], *questions: Row) -> Row:
    value = {"title": texts(title), "intro": [], "questions": list(questions)}
    return {"type": "section", "value": value, "id": str(uuid.uuid4())}


@pytest.fixture
def template_of(db: None) -> Callable[..., ConferenceTemplate]:
    """Makes a published template of these sections."""

    def make(*sections: Row, **fields: Any) -> ConferenceTemplate:
        values = {"code": f"T-{uuid.uuid4().hex[:8]}", "country": "SE", "language": "sv", "name_sv": "Samtal"}
        body = sections or (section("Dagarna", question("Vad har vi sett?")),)
        made = ConferenceTemplate(**{**values, "body": list(body), **fields})
        made.save()
        if made.live:
            made.save_revision().publish()
        return ConferenceTemplate.objects.get(pk=made.pk)

    return make


def form(template: ConferenceTemplate, *body: Row, **changes: Any) -> dict[str, Any]:
    """What the browser sends: every block with its place and its key."""
    plain = ("code", "country", "language", "name_sv", "name_nb", "name_en")
    sent: dict[str, Any] = {name: getattr(template, name) for name in plain}
    sent |= {name: getattr(template, name) or "" for name in ("valid_from", "valid_until")}
    rows = list(body) or json.loads(json.dumps(template.body.get_prep_value()))
    sent |= _stream("names", template.names.get_prep_value()) | _stream("body", rows)
    return {**sent, **changes}


def _stream(prefix: str, rows: list[Row]) -> dict[str, Any]:
    sent: dict[str, Any] = {f"{prefix}-count": len(rows)}
    for place, row in enumerate(rows):
        sent |= _placed(f"{prefix}-{place}", place, row) | {f"{prefix}-{place}-type": row["type"]}
        sent |= _value(f"{prefix}-{place}-value", row["value"])
    return sent


def _placed(prefix: str, place: int, row: Row) -> dict[str, Any]:
    return {f"{prefix}-id": row["id"], f"{prefix}-order": place, f"{prefix}-deleted": ""}


def _value(prefix: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {name: sent for key, one in value.items() for name, sent in _value(f"{prefix}-{key}", one).items()}
    if not isinstance(value, list):
        return {prefix: value}
    sent: dict[str, Any] = {f"{prefix}-count": len(value)}
    for place, row in enumerate(value):
        sent |= _placed(f"{prefix}-{place}", place, row) | _value(f"{prefix}-{place}-value", row["value"])
    return sent


@pytest.fixture
def unit(db: None) -> Unit:
    return Unit.objects.create(name="Björken", organisation=Organisation.objects.create(name="Lindby", country="SE"))


def office_person(name: str, *groups: Group) -> Client:
    organisation = Organisation.objects.create(name=f"Lindby {name}", country="SE")
    person = get_user_model().objects.create_user(name, organisation=organisation)
    person.groups.add(*groups)
    Duty.objects.create(person=person, organisation=organisation, role=Duty.Role.OFFICE, starts_on=date(2024, 1, 1))
    client = Client()
    client.force_login(person)
    session = client.session
    session[HAT_KEY] = Hat.OFFICE.value
    session.save()
    return client


@pytest.fixture
def staff_group(db: None) -> Group:
    group = Group.objects.create(name="Office")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


@pytest.fixture
def editor(staff_group: Group) -> Client:
    """Somebody of the office who may edit templates."""
    editors = Group.objects.create(name="Templates")
    allow_editing(group=editors)
    return office_person("editor", staff_group, editors)
