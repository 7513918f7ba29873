"""The suite: keys that are no secret, a folder of its own, mail in memory; SQLite unless DATABASE_URL says otherwise."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="learning-log-test-"))

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import STORAGES  # noqa: E402

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
Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
