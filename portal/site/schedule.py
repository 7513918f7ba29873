"""What editors scheduled goes live, and goes again, in time."""

from datetime import datetime

from django.core.management import call_command


def keep(at: datetime) -> None:
    """Publish and unpublish the pages and snippets whose time has come; Wagtail looks at the clock itself."""
    call_command("publish_scheduled")
