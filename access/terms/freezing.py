"""What happens when the office publishes a wording."""

from typing import Any

from access.models import Wording
from access.terms import services


def freeze_published(sender: type[Wording], instance: Wording, **more: Any) -> None:
    """Keep the words that have just been published."""
    if instance.last_published_at is not None:
        services.freeze(wording=instance, at=instance.last_published_at)
