"""Fields that keep a secret, and a list of ids that both databases can search."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact, Lookup
from django.utils.translation import gettext_lazy as _

LARGEST_ID = 2**31 - 1


class WrongKey(Exception):
    """No key of FIELD_KEYS opens a stored value."""


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        # "from None": the original error may quote a key.
        raise ImproperlyConfigured("FIELD_KEYS must list at least one Fernet key, newest first.") from None


def keyed_hash(value: str, *, purpose: str) -> str:
    """HMAC-SHA256 of a value as hex, for matching what may not be read; each purpose has hashes of its own."""
    if not settings.HASH_KEY:
        raise ImproperlyConfigured("HASH_KEY is empty.")
    if not purpose or "\0" in purpose:
        raise ValueError("A keyed hash needs a purpose.")
    return hmac.new(settings.HASH_KEY.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def encrypted(value: str) -> str:
    """A value that has to be read again, as it may lie in the database."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(value.encode()).decode("ascii")


def decrypted(value: str) -> str:
    """The value that `encrypted` closed; raises WrongKey."""
    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(value).decode()
    except InvalidToken:
        raise WrongKey("No key of FIELD_KEYS opens this value.") from None


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database.

    The empty string stays empty, so that an eraser's emptied column can be recognised without a key. Nothing but
    `isnull` can be asked of it: the same words never look the same twice. Match through `keyed_hash`.
    """

    def get_lookup(self, lookup: str) -> Any:
        return super().get_lookup(lookup) if lookup == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or value == "" or hasattr(value, "resolve_expression"):
            return value
        return encrypted(value)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        if not value:
            return value
        try:
            return _box(tuple(settings.FIELD_KEYS)).decrypt(value).decode()
        except InvalidToken:
            raise WrongKey(f"No key of FIELD_KEYS opens a value of {self}.") from None


class IdListField(models.Field):
    """A list of ids: integer[] on PostgreSQL (where GIN can index it), JSON on SQLite. Search it by `__has_id`."""

    description = _("List of ids")
    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "postgresql":
            return None
        return f"JSON_VALID({connection.ops.quote_name(str(self.column))})"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::integer[]" if connection.vendor == "postgresql" else "%s"

    def to_python(self, value: Any) -> list[int] | None:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise ValidationError(_("This is not a list of ids."), code="invalid") from None
        return None if value is None else _ids(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return _ids(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        if isinstance(value, list) and connection.vendor != "postgresql":
            return json.dumps(value, separators=(",", ":"))
        return value

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> list[int] | None:
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj))


def _ids(value: Iterable[Any]) -> list[int]:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise ValidationError(_("This is not a list of ids."), code="invalid")
    return [_id(item) for item in value]


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_ID:
        raise ValidationError(_("This is not a list of ids."), code="invalid")
    return value


@IdListField.register_lookup
class SameList(Exact):
    def process_rhs(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        sql, params = super().process_rhs(compiler, connection)
        # psycopg sends the narrowest type, and PostgreSQL compares no smallint[] with an integer[].
        return (f"{sql}::integer[]" if connection.vendor == "postgresql" else sql), params


class _InList(Lookup):
    """Lookups on an IdListField bring their own ids, so Django's preparation of a whole list is left out."""

    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(lhs, rhs)
        self.ids = self.wanted(rhs)

    def wanted(self, rhs: Any) -> list[int]:
        raise NotImplementedError

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{sql} && %s::integer[]", [*params, self.ids]
        wanted = ", ".join(["%s"] * len(self.ids)) or "NULL"
        exists = f"EXISTS (SELECT 1 FROM json_each({sql}) WHERE value IN ({wanted}))"  # noqa: S608
        return exists, [*params, *self.ids]


@IdListField.register_lookup
class HasId(_InList):
    lookup_name = "has_id"

    def wanted(self, rhs: Any) -> list[int]:
        return [_id(rhs)]


@IdListField.register_lookup
class HasAnyId(_InList):
    lookup_name = "has_any_id"

    def wanted(self, rhs: Any) -> list[int]:
        return _ids(rhs)
