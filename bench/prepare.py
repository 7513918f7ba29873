"""Builds one world in the database of DATABASE_URL; prints what the measuring needs: addresses and cookies."""

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")


def main(size: str, only: str = "") -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bench.worlds import SIZES, load

    call_command("migrate", verbosity=0)
    call_command("load_frameworks", verbosity=0, stdout=sys.stderr)
    load(SIZES[size], media=not only)
    print(json.dumps({} if only else _facts(SIZES[size].children)))


def _facts(children: int) -> dict[str, object]:
    """Twenty guardians spread over the world, each signed in, with the address of their child's log."""
    from people.models import Guardianship
    from visibility.viewer import Hat

    step = max(1, children * 2 // 20)
    ties = Guardianship.objects.filter(pk__in=range(1, children * 2 + 1, step)).select_related("child", "person")
    looks = []
    for tie in ties.order_by("pk"):
        looks.append({
            "log": f"/family/children/{tie.child.public_id}/",
            "card": f"/media/{_picture(tie).public_id}/card",
            "cookie": _session(tie.person, Hat.GUARDIAN),
        })  # fmt: skip
    return {"looks": looks}


def _picture(tie: Any) -> Any:
    """The newest picture of the child's log that this family gets, with a row for its file; no byte of it is needed."""
    from ground.clock import now
    from media_policy.models import Derivative, Picture
    from visibility.viewer import Hat, Strength, Viewer

    viewer = Viewer(tie.person, Hat.GUARDIAN, Strength.SUBSTANTIAL, now())
    held = Picture.objects.filter(version_pictures__version__publications__child=tie.child).order_by("-pk")[:40]
    row = Picture.objects.visible_to(viewer).filter(pk__in=[picture.pk for picture in held]).order_by("-pk")[0]
    name = f"pictures/00/{row.public_id.hex}.webp"
    Derivative.objects.get_or_create(
        picture=row, purpose="card", defaults={
            "etag": row.public_id.hex, "storage_name": name, "content_type": "image/webp", "byte_size": 60_000,
            "width": 800, "height": 600,
        },
    )  # fmt: skip
    return row


def _session(person: object, hat: str) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from people.models import Person
    from visibility.middleware import HAT_KEY, STRENGTH_KEY
    from visibility.viewer import Strength

    assert isinstance(person, Person)
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[HAT_KEY], store[STRENGTH_KEY] = str(hat), int(Strength.SUBSTANTIAL)
    store.save()
    assert store.session_key
    return store.session_key


if __name__ == "__main__":
    main(*sys.argv[1:])
