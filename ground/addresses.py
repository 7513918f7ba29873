"""Addresses by name, as Django's `reverse` gives them, at a tenth of the price for those that carry public ids."""

import uuid
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

# What stands in a pattern where an id goes; nobody draws these.
STAND_INS = [uuid.UUID(int=number) for number in range(1, 6)]


def address(name: str, **kwargs: Any) -> str:
    """The path of a named address; raises NoReverseMatch where there is none."""
    keys = tuple(key for key, value in kwargs.items() if isinstance(value, uuid.UUID))
    rest = tuple((key, value) for key, value in kwargs.items() if key not in keys)
    if not keys or len(keys) > len(STAND_INS):
        return reverse(name, kwargs=kwargs)
    found = _pattern(name, keys, rest, get_script_prefix(), get_urlconf())
    for key, stand_in in zip(keys, STAND_INS, strict=False):
        found = found.replace(str(stand_in), str(kwargs[key]))
    return found


@lru_cache(maxsize=512)
def _pattern(name: str, keys: tuple[str, ...], rest: tuple[tuple[str, Any], ...], prefix: str, urls: Any) -> str:
    return reverse(name, kwargs={**dict(rest), **dict(zip(keys, STAND_INS, strict=False))})
