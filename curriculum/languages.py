"""The languages that curriculum text is written in, and how words are folded for searching."""

import re
import unicodedata
from collections.abc import Mapping

LANGUAGES = ("sv", "nb", "en")

_NORWEGIAN = {"no", "nn"}
# Letters of their own that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŧ": "t", "ŋ": "n"})


def supported(language: str | None) -> str:
    """The nearest language that the text has columns for: sv-SE → sv, nn → nb, everything else → en."""
    code = (language or "").lower().replace("_", "-").split("-")[0]
    if code in _NORWEGIAN:
        return "nb"
    return code if code in LANGUAGES else "en"


def said(texts: Mapping[str, str], language: str | None, origin: str) -> str:
    """The text in the language asked for, else in the framework's own, else in any that has one."""
    for code in (supported(language), origin, *LANGUAGES):
        if texts.get(code):
            return texts[code]
    return ""


def fold(text: str) -> str:
    """Lower-case words without accents, one blank between them: "Språk & ÆØÅ" → "sprak aeoa"."""
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", plain))
