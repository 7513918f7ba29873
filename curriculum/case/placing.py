"""Where something stands in a JSON text: the line of a JSON pointer, looked up only for what is wrong."""

import json
from typing import Any

_decoder = json.JSONDecoder()


def line_of(text: str, *path: str | int) -> int:
    """The line, from 1, on which the value at this path begins; of what is not there, the nearest thing around it."""
    return text.count("\n", 0, _offset(text, path)) + 1


def pointer(*path: str | int) -> str:
    """As RFC 6901 writes it: /CFItems/3/fullStatement."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _offset(text: str, path: tuple[str | int, ...]) -> int:
    at = _blank(text, 0)
    for step in path:
        inside = _member(text, at, step) if isinstance(step, str) else _element(text, at, step)
        if inside is None:
            return at
        at = inside
    return at


def _member(text: str, at: int, name: str) -> int | None:
    if text[at] != "{":
        return None
    at = _blank(text, at + 1)
    while text[at] == '"':
        key, at = _decoded(text, at)
        at = _blank(text, _blank(text, at) + 1)
        if key == name:
            return at
        at = _after(text, at)
        if text[at] != ",":
            return None
        at = _blank(text, at + 1)
    return None


def _element(text: str, at: int, number: int) -> int | None:
    if text[at] != "[":
        return None
    at = _blank(text, at + 1)
    for _one in range(number):
        if text[at] == "]":
            return None
        at = _after(text, at)
        if text[at] != ",":
            return None
        at = _blank(text, at + 1)
    return None if text[at] == "]" else at


def _after(text: str, at: int) -> int:
    _value, end = _decoded(text, at)
    return _blank(text, end)


def _decoded(text: str, at: int) -> tuple[Any, int]:
    return _decoder.raw_decode(text, at)


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at
