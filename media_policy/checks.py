"""The spool must be there, and this user's alone, before the first upload: Django's upload handler writes into it."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from media_policy import spool


@register()
def spool_is_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Make the spool at the start, readable by nobody else."""
    try:
        spool.folder()
    except OSError as failure:
        return [
            Error(
                f"The folder for uploads cannot be made private ({failure.strerror}).",
                hint="SPOOL_ROOT must be a folder that the site's own system user owns.",
                id="media_policy.E001",
            )
        ]
    return []
