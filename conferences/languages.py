"""Words that the office wrote in any number of languages, and which of them a reader gets."""

import re
from collections.abc import Mapping
from typing import NamedTuple

CODE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

# Written from right to left; Django knows only those it has been translated into.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"}
_SCRIPTS = {"arab", "hebr", "syrc", "thaa"}
# Whoever reads the one reads the others; better than English.
_NEAR = {"nn": ("nb", "no"), "no": ("nb", "nn"), "nb": ("no", "nn"), "prs": ("fa",), "fa": ("prs",)}


class Said(NamedTuple):
    """Some words, and the language they are in: a page says it, so that a screen reader speaks them rightly."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


def pick(texts: Mapping[str, str], language: str | None, origin: str) -> Said:
    """The words in the language asked for, else in a near one, the template's own, English, or any there is."""
    for code in (*_nearest(language or ""), *_nearest(origin), "en", *texts):
        if texts.get(code):
            return Said(texts[code], code)
    return Said("", origin)


def _nearest(language: str) -> list[str]:
    code = language.replace("_", "-")
    short = code.split("-", 1)[0].lower()
    return [code, short, *_NEAR.get(short, ())]


def direction(language: str) -> str:
    """Which way a language is written: "rtl" or "ltr"."""
    first, *more = re.split("[-_]", language.lower())
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    return "rtl" if script in _SCRIPTS or (first in _RIGHT_TO_LEFT and script != "latn") else "ltr"
