"""Typed readers of the environment. A variable that is missing or malformed stops the start with its name."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}.")
        return default
    return value


def secret(name: str, *, at_least: int = 32) -> str:
    """A secret of at least so many characters; its value never stands in the error."""
    value = text(name)
    if len(value) < at_least:
        raise ImproperlyConfigured(f"{name} must have at least {at_least} characters.")
    return value


def field_keys(name: str) -> list[str]:
    """Keys for encrypted columns, newest first; at least one, each as `Fernet.generate_key` makes them."""
    keys = some_words(name)
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            raise ImproperlyConfigured(f"{name}: key {number} is not 32 bytes in URL-safe base64.") from None
    return keys


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no.")


def whole(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from None


def some_words(name: str) -> list[str]:
    """As `words`, but at least one."""
    found = words(name)
    if not found:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return found


def words(name: str, default: str = "") -> list[str]:
    """Words with commas between them."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def groups(name: str, prefix: str) -> dict[str, dict[str, str]]:
    """Named groups of variables: what is listed in `name` as freja comes from SIGN_IN_FREJA_ISSUER and the like."""
    found: dict[str, dict[str, str]] = {}
    for word in words(name):
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,29}", word):
            raise ImproperlyConfigured(f"{name} must list short names of small letters, digits and hyphens.")
        start = f"{prefix}_{word}_".upper().replace("-", "_")
        found[word] = {
            key.removeprefix(start).lower(): value
            for key, value in sorted(os.environ.items())
            if key.startswith(start) and value
        }
    return found


def database(name: str, *, sqlite: Path) -> dict[str, object]:
    """DATABASE_URL as Django's dictionary: postgresql://user:password@host:port/name?option=…, or sqlite:///path.

    A socket folder goes in as ?host=/folder, as libpq has it.
    """
    url = os.environ.get(name, "")
    if not url or url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///") if url else str(sqlite)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql:// or sqlite:///.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": whole("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
