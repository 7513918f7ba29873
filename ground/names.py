"""Names in the order that people of each language expect, the same on every machine and database.

Databases and systems differ in the collations they carry, so the order is ours: the alphabets of Swedish and
Norwegian with the letters that each files under its own (CLDR's rules for sv and nb), plain a to z for English.
"""

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

Key = tuple[tuple[int, ...], str, str]

# Letters that stand apart from the base letter that decomposition would give them, spelled in order after z.
_AFTER_Z = {
    "sv": ("å", "äæ", "öøœ"),
    "nb": ("æä", "øö", "å"),
}
_SPELLED = {"ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ø": "o", "ı": "i"}
_YLIKE = "üű"
_NORWEGIAN = {"nb", "nn", "no", "da"}
_BREAKS = " -‐‑–_/."


def sort_names(items: Iterable[T], key: Callable[[T], str], language: str) -> list[T]:
    """The items in the order of their names in a language (sv, nb, en, with or without a region)."""
    return sorted(items, key=lambda item: name_key(key(item), language))


def name_key(name: str, language: str) -> Key:
    """What a name is compared by: its letters in the language's alphabet, then its accents, then its capitals."""
    alphabet = language.lower().replace("_", "-").split("-")[0]
    if alphabet in _NORWEGIAN:
        alphabet = "nb"
    folded = unicodedata.normalize("NFC", name).strip().casefold()
    letters = folded.replace("aa", "å") if alphabet == "nb" else folded
    ranks: list[int] = []
    for letter in letters:
        ranks += _ranks(letter, alphabet)
    return tuple(ranks), folded, name


def _ranks(letter: str, alphabet: str) -> list[int]:
    """Numbers of one letter: a break 0, digits from 1, a to z from 100, those after z from 200, all others behind."""
    if letter in _BREAKS:
        return [0]
    for place, same in enumerate(_AFTER_Z.get(alphabet, ())):
        if letter in same:
            return [200 + place]
    if letter in _YLIKE and alphabet in _AFTER_Z:
        return [100 + ord("y") - ord("a")]
    if letter in _SPELLED:
        return [100 + ord(base) - ord("a") for base in _SPELLED[letter]]
    ranks = []
    for part in unicodedata.normalize("NFKD", letter):
        if part.isdecimal():
            ranks.append(1 + unicodedata.decimal(part))
        elif "a" <= part <= "z":
            ranks.append(100 + ord(part) - ord("a"))
        elif part.isalpha():
            ranks.append(1000 + ord(part))
        # What is left, marks and apostrophes, does not count: D'Arcy stands beside Darcy.
    return ranks
