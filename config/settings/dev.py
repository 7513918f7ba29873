"""A laptop and the demo: SQLite, plain http on this machine, keys made once and kept in var/."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress

from cryptography.fernet import Fernet

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, VAR_DIR

DEMO = True
DEBUG = False
ALLOWED_HOSTS = ["*"]


def _kept(name: str, make: Callable[[], str]) -> str:
    """A secret of this machine alone, made at the first start."""
    VAR_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = VAR_DIR / name
    if not path.exists():
        # Server, worker and tick may start together: whoever links first has made it, whole.
        handle, mine = tempfile.mkstemp(dir=VAR_DIR)
        os.write(handle, make().encode())
        os.close(handle)
        with suppress(FileExistsError):
            os.link(mine, path)
        os.unlink(mine)
    return path.read_text().strip()


SECRET_KEY = _kept("secret-key", lambda: secrets.token_urlsafe(48))
FIELD_KEYS = [_kept("field-key", lambda: Fernet.generate_key().decode())]
HASH_KEY = _kept("hash-key", lambda: secrets.token_urlsafe(32))

SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
LANGUAGE_COOKIE_SECURE = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
