"""Writes the world that the browser walks in: the cast of today, a few more children, goals, sessions. Prints JSON."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_frameworks", verbosity=0)
    call_command("load_sensitive_words", verbosity=0)
    call_command("load_question_wordings", verbosity=0)
    print(json.dumps(build()))


def build() -> dict[str, object]:
    from ground.clock import now
    from people.models import Pass
    from tests import cast as casting
    from tests.browser import access_world, conference_world, covering_world, family_world, transfer_world

    casting.NOW = now()
    casting.TODAY = casting.NOW.date()
    cast = casting.build()
    Pass.objects.filter(person=cast.siri).update(
        begins_at=casting.NOW - timedelta(hours=1), ends_at=casting.NOW + timedelta(hours=8)
    )
    for given, family in [("Noah", "Gran"), ("Åke", "Hult"), ("Maja", "Ivarsson"), ("Sami", "Juel")]:
        cast.make.place(cast.make.child(given, family), cast.granen)
    for person in (cast.cecilia, cast.karin, cast.astrid, cast.birger):
        person.language = "en"
        person.save()
    at_work(cast)
    in_the_office(cast)
    staff_and_families = {name: session(cast, name) for name in cast.HATS}
    family, access, covering = family_world.fill(cast), access_world.fill(cast), covering_world.fill(cast)
    talks, moving = conference_world.fill(cast), transfer_world.fill(cast)
    return {
        "family": family,
        "covering": covering,
        "talks": talks,
        "moving": moving["walks"],
        "sessions": staff_and_families
        | access.pop("sessions")
        | family["sessions"]
        | covering["sessions"]
        | talks["sessions"]
        | moving["sessions"],
        **access,
        "groups": {"granen": str(cast.granen.public_id)},
        "unit": str(cast.unit.public_id),
        "tomorrow": (casting.TODAY + timedelta(days=1)).isoformat(),
        "children": {name: str(getattr(cast, name).public_id) for name in ("alma", "bo", "tyra", "elsa")},
    }


def at_work(cast: Any) -> None:
    """The owner's officer, and a review in which one thing is odd: Karin has not been shown the rules."""
    from access.reviews import services
    from people.models import Duty, Person
    from tests import cast as casting
    from visibility.viewer import Hat

    cast.olga = cast.make.person("olga", "Olga", "Ahl", language="en")
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)
    cast.HATS = cast.HATS | {"olga": Hat.STAFF}
    Duty.objects.exclude(person=cast.karin).update(shown_rules_on=casting.TODAY)
    Person.objects.update(last_login=casting.NOW - timedelta(days=1))
    services.open_due(at=casting.NOW)


def in_the_office(cast: Any) -> None:
    """Olle reviews and publishes; Dora drafts the curriculum and publishes nothing."""
    from django.contrib.auth.models import Group, Permission

    from curriculum.services import allow_drafting
    from people.models import Duty
    from portal.office.rights import join_office
    from visibility.viewer import Hat

    join_office(person=cast.office)
    cast.dora = cast.make.person("dora", "Dora", "Utkast", is_staff=True, language="en")
    cast.make.duty(cast.dora, Duty.Role.OFFICE, None)
    drafts = Group.objects.create(name="Curriculum drafts")
    drafts.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    allow_drafting(group=drafts)
    cast.dora.groups.add(drafts)
    cast.HATS = cast.HATS | {"dora": Hat.OFFICE}


def session(cast: object, name: str, strength: int = 2) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from visibility.middleware import HAT_KEY, STRENGTH_KEY

    person = getattr(cast, name)
    store = SessionStore()
    store.update({
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        HAT_KEY: str(cast.HATS[name]),  # type: ignore[attr-defined]
        STRENGTH_KEY: strength,
    })  # fmt: skip
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main()
