"""Whether the demo's people are there, and one of them by slug."""

from django.conf import settings

from people.models import Person
from portal.demo.personas import PARTS


def person(slug: str) -> Person | None:
    """A person of the demo; never one outside it, and nobody at all where the demo is off."""
    known = {persona.slug for part in PARTS for persona in part.personas}
    if not settings.DEMO or slug not in known:
        return None
    return Person.objects.filter(login=slug, is_active=True).first()


def is_built() -> bool:
    """Whether `manage.py build_demo` has been here."""
    return Person.objects.filter(login=PARTS[0].personas[0].slug).exists()
