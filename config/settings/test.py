"""The suite: keys that are no secret, a folder of its own, mail in memory; SQLite unless DATABASE_URL names another."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _own_folder() -> None:
    """A VAR_DIR for this process: made and removed here, or below the given one where workers run side by side."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    given = os.environ.get("VAR_DIR", "")
    if not given:
        made, owner = tempfile.mkdtemp(prefix="learning-log-test-"), os.getpid()
        os.environ["VAR_DIR"] = made
        atexit.register(lambda: shutil.rmtree(made, ignore_errors=True) if os.getpid() == owner else None)
    elif worker and Path(given).name != worker:
        os.environ["VAR_DIR"] = str(Path(given) / worker)
    Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)


_own_folder()

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import INSTALLED_APPS, STORAGES  # noqa: E402

TESTING = True
DEMO = True
SECRET_KEY = "not-a-secret-used-by-the-test-suite-only"  # noqa: S105
FIELD_KEYS = ["bm90LWEtc2VjcmV0LXVzZWQtYnktdGVzdHMtMTIzNDU="]
HASH_KEY = "not-a-secret-used-by-the-test-suite-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
LANGUAGE_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Only the lint run asks it; it stands here because it is no part of what is installed for production.
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
# The words in the tests are those in the code; other languages are asked for where a test is about them.
LANGUAGE_CODE = FALLBACK_LANGUAGE = "en"
