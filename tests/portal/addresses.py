"""Every address under /cms/, spelled out with the keys of rows that exist."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch


def patterns(prefix: str = "") -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    """(route, pattern, namespaces) of everything that the resolver knows."""
    yield from _walk(get_resolver().url_patterns, prefix, ())


def _walk(found: Any, prefix: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    for entry in found:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry.url_patterns, route, inner)
        else:
            yield route, entry, spaces


def of_office(values: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, address) of every pattern under /cms/ that has a name and whose parts we have values for.

    A pattern that cannot be spelled with them fails the walk: a new screen has to be given values, not forgotten.
    """
    found = []
    for route, pattern, spaces in patterns():
        if not route.startswith("cms/") or not pattern.name:
            continue
        name = ":".join([*spaces, pattern.name])
        found.append((name, _address(name, pattern, values)))
    return sorted(set(found))


def _address(name: str, pattern: URLPattern, values: dict[str, Any]) -> str:
    keys = pattern.pattern.regex.groupindex
    mine = {key: values.get(f"{name}.{key}", values.get(key)) for key in keys}
    unknown = [key for key, value in mine.items() if value is None]
    if unknown:
        raise AssertionError(f"{name}: no value for {unknown}")
    if not keys and pattern.pattern.regex.groups:
        return reverse(name, args=[values["page_id"]] * pattern.pattern.regex.groups)
    try:
        return reverse(name, kwargs=mine)
    except NoReverseMatch:
        return reverse(name, args=list(mine.values()))
