"""The catalogues as their tests read them: every message with all its forms, and the text of our scripts."""

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from scripts import messages

LANGUAGES = messages.LANGUAGES
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{\w*\}")
TAG = re.compile(r"</?[a-z]+[^>]*>")

_PIECES = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r"|\"(?P<double>(?:\\.|[^\"\\\n])*)\"|'(?P<single>(?:\\.|[^'\\\n])*)'|`(?P<template>(?:\\.|[^`\\])*)`",
    re.DOTALL,
)
_HOLE = re.compile(r"\$\{[^}]*\}")
_SELECTOR = re.compile(r"[\[\]#>=:]|(^|[\s,])\.")
_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿ]"
_CAPITALISED = re.compile(r"^[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+$")
_SENTENCE = re.compile(rf"{_LETTER}{{2,}}[,.!?…]?\s+{_LETTER}{{2,}}|{_LETTER}{{2,}}\s?[.!?…]$")
_CLASSES = re.compile(r"^(?=.*-)[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)+$")
_SAID = re.compile(
    r"(?:\.(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel|alt)\s*\+?=(?!=)\s*"
    r"|\b(?:alert|confirm|prompt)\(\s*"
    r"|setAttribute\(\s*[\"'](?:aria-label|title|alt|placeholder)[\"']\s*,\s*)"
    rf"[\"'`][^\"'`\n]*{_LETTER}{{2}}"
)
# What the browser and the standards call things; nobody reads these.
_NAMES = {"Enter", "Escape", "Tab", "Home", "End", "Backspace", "Delete", "Content", "Accept"}


class Form(NamedTuple):
    """One sentence of a message, and what a language makes of it."""

    source: str
    said: str


def path(language: str, suffix: str):
    return messages.LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


@cache
def collected() -> Catalog:
    return messages.collected()


@cache
def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO(path(language, "po").read_bytes()), locale=language)


@cache
def compiled(language: str) -> Catalog:
    return read_mo(io.BytesIO(path(language, "mo").read_bytes()))


def key(message: Message) -> tuple[str | None, object]:
    return message.context, tuple(message.id) if message.pluralizable else message.id


def content(catalog: Catalog) -> dict[object, object]:
    """What a catalogue says, without the places where it is said."""
    return {key(each): tuple(each.string) if each.pluralizable else each.string for each in catalog if each.id}


def forms(message: Message) -> Iterator[Form]:
    """Each form with its source; further forms of a language stand for the plural."""
    if not message.pluralizable:
        yield Form(message.id, message.string)
        return
    for place, said in enumerate(message.string):
        yield Form(message.id[min(place, len(message.id) - 1)], said)


def all_forms(language: str) -> Iterator[Form]:
    for message in catalogue(language):
        if message.id:
            yield from forms(message)


def words_in_script(text: str) -> list[str]:
    """The literals of a script that somebody would read on a screen."""
    found = [match.group(0) for match in _SAID.finditer(_HOLE.sub("", text))]
    for match in _PIECES.finditer(text):
        literal = match["double"] or match["single"] or match["template"] or ""
        bare = _HOLE.sub("", literal).strip()
        if not bare or _SELECTOR.search(bare) or _CLASSES.match(bare) or bare in _NAMES:
            continue
        if _CAPITALISED.match(bare) or _SENTENCE.search(bare):
            found.append(literal)
    return found
