"""Production: refuses to start without its secrets, and as a demo."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES

PRODUCTION = True

SECRET_KEY = env.secret("SECRET_KEY")
FIELD_KEYS = env.field_keys("FIELD_KEYS")
HASH_KEY = env.secret("HASH_KEY")
ALLOWED_HOSTS = env.some_words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# Where links in mails and to packages lead.
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}")

# A web server runs no checks when it starts, so this does not wait for one.
if env.flag("DEMO"):
    raise ImproperlyConfigured(
        "The demo signs anybody in as anybody and cannot run on production settings: unset DEMO."
    )

TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 1)
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.whole("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")

# Children's pictures lie on disk under VAR_DIR/private, or in a private bucket of S3 or a server that speaks it.
if S3_BUCKET := env.text("S3_BUCKET", ""):
    STORAGES["children"] = {
        "BACKEND": "ground.storage.PrivateS3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "access_key": env.text("S3_ACCESS_KEY"),
            "secret_key": env.secret("S3_SECRET_KEY", at_least=16),
            "endpoint_url": env.text("S3_ENDPOINT", "") or None,
            "region_name": env.text("S3_REGION", "") or None,
        },
    }
