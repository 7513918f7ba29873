"""Small helpers for text that the database cannot fold by itself."""

import unicodedata


def casefolded(text: str) -> str:
    """One form for searching: composed, casefolded, single spaces. SQLite's LIKE does not fold å, ä, ö, æ, ø."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
