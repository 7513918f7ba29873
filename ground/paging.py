"""Pages that go on from the last row seen: constant work at any depth, nothing skipped when rows come or go.

A cursor is encrypted, not only signed: it holds sort keys, and a sequential id tells how many others there are.
The keys together must be unique and never empty.
"""

import base64
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.encoding import force_bytes

LARGEST = 200
BLOCK = 64

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page, and the cursor of the next; None where the list ends."""

    items: list[T]
    next_cursor: str | None


def page(
    queryset: QuerySet[Any, T],
    *,
    keys: Sequence[str] = ("-happened_on", "-entry_id"),
    size: int = 20,
    cursor: str | None = None,
) -> Page[T]:
    """The rows after a cursor in the order of the keys; a cursor that is not ours gives the first page."""
    found = queryset.filter(after(queryset.model, keys=keys, cursor=cursor)).order_by(*keys)
    return cut(list(found[: _size(size) + 1]), model=queryset.model, keys=keys, size=size)


def after(model: type[Model], *, keys: Sequence[str], cursor: str | None) -> Q:
    """The condition for rows behind a cursor, for a feed that is united of several lists."""
    values = _opened(cursor, _purpose(model, keys), len(keys)) if cursor else None
    if values is None:
        return Q()
    beyond, same = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        beyond |= same & Q(**{f"{key.lstrip('-')}__{_beyond(key)}": value})
        same &= Q(**{key.lstrip("-"): value})
    # Says nothing new, but lets an index on the first key start at the right place.
    return Q(**{f"{keys[0].lstrip('-')}__{_beyond(keys[0])}e": values[0]}) & beyond


def cut(items: list[T], *, model: type[Model], keys: Sequence[str], size: int) -> Page[T]:
    """A page of ordered items that were fetched with one more than its size, to know whether there is a next."""
    if len(items) <= _size(size):
        return Page(items, None)
    shown = items[:size]
    values = [_value(shown[-1], key.lstrip("-")) for key in keys]
    return Page(shown, _closed(values, _purpose(model, keys)))


def _size(size: int) -> int:
    if not 0 < size <= LARGEST:
        raise ValueError(f"A page has 1 to {LARGEST} rows.")
    return size


def _beyond(key: str) -> str:
    return "lt" if key.startswith("-") else "gt"


def _value(item: Any, path: str) -> Any:
    if isinstance(item, dict):
        return item[path]
    for name in path.split("__"):
        item = getattr(item, name)
    return item


def _purpose(model: type[Model], keys: Sequence[str]) -> str:
    return f"{model._meta.label_lower}:{','.join(keys)}"


def _box(purpose: str) -> MultiFernet:
    # The purpose is part of the key, so a cursor of one list opens in no other.
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    salt = f"ground.paging\0{purpose}".encode()
    digests = [hmac.digest(force_bytes(secret), salt, "sha256") for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def _whole(text: str) -> int:
    return int(text)


TYPES: dict[type, tuple[str, Callable[[Any], str], Callable[[str], Any]]] = {
    datetime: ("t", lambda value: value.astimezone(UTC).isoformat(), datetime.fromisoformat),
    date: ("d", date.isoformat, date.fromisoformat),
    UUID: ("u", str, UUID),
    Decimal: ("n", str, Decimal),
    int: ("i", str, _whole),
    str: ("s", str, str),
}
READERS = {letter: read for letter, _, read in TYPES.values()}


def _closed(values: list[Any], purpose: str) -> str:
    spelled = []
    for value in values:
        letter, write, _ = TYPES[type(value)]
        spelled.append(letter + write(value))
    text = json.dumps(spelled, ensure_ascii=False).encode()
    # Padded, because the length alone would tell how many digits an id has.
    return _box(purpose).encrypt(text.ljust(-(-len(text) // BLOCK) * BLOCK)).decode("ascii").rstrip("=")


def _opened(cursor: str, purpose: str, count: int) -> list[Any] | None:
    try:
        token = cursor.encode("ascii")
        spelled = json.loads(_box(purpose).decrypt(token + b"=" * (-len(token) % 4)))
    except (InvalidToken, UnicodeError):
        return None
    values = [READERS[text[0]](text[1:]) for text in spelled]
    return values if len(values) == count else None
