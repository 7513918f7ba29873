"""What must be true of an installation before it may run."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def production_is_no_demo(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The demo signs anybody in as anybody; it never runs on production settings."""
    if settings.DEMO and settings.PRODUCTION:
        return [Error("The demo cannot run on production settings: unset DEMO.", id="learninglog.E001")]
    return []


@register(Tags.database)
def nobody_is_superuser(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Nobody is exempt from the rule, so there is no superuser outside the test suite."""
    if not databases or getattr(settings, "TESTING", False):
        return []
    from django.db import OperationalError, ProgrammingError

    from people.models import Person

    try:
        found = Person.objects.filter(is_superuser=True).exists()
    except (OperationalError, ProgrammingError):
        return []
    if found:
        return [Error("A superuser exists; give people duties and office groups instead.", id="learninglog.E002")]
    return []
