"""Where private files lie. No storage here has addresses: a file is reached through the rule of what holds it."""

import os
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class NoAddress(ValueError):
    """Somebody asked a private file for an address of its own."""


class Addressless:
    """Takes the addresses away from a storage."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> NoReturn:
        raise NoAddress("A private file has no address: serve it through the rule of what holds it.")


class PrivateFileSystemStorage(Addressless, FileSystemStorage):
    """Files below settings.PRIVATE_MEDIA_ROOT that only the site's own system user can open."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    # Read at every use, so that a test's own folder counts from the moment it is set.
    @property
    def base_location(self) -> Path:
        return Path(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def _save(self, name: str, content: Any) -> str:
        saved = super()._save(name, content)  # type: ignore[misc]
        # A row that names this file is committed next; it must not outlive a power cut without its bytes.
        for path in (self.path(saved), os.path.dirname(self.path(saved))):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return saved


def __getattr__(name: str) -> Any:
    # boto3 takes a second and 40 MB to import: only an installation on S3 pays for it.
    if name == "PrivateS3Storage":
        from ground.s3 import PrivateS3Storage

        return PrivateS3Storage
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
