"""What is too sensitive to be written is left for the talk: its sentences make way for one plain line."""

import re
from collections.abc import Iterable

from learninglog.sensitive import findings

SENTENCES = re.compile(r"[^.!?\n]+[.!?]*[ \t]*|\n+|[.!?]+[ \t]*")


def kept_for_the_talk(text: str, listed: Iterable[tuple[str, str]], line: str) -> str:
    """The text without the sentences in which something sensitive was found, and `line` once in the first one's place.

    What spans two sentences takes both of them along. A text in which nothing is found gets the line at its end.
    """
    known = list(listed)
    parts = [match[0] for match in SENTENCES.finditer(text)]
    kept: list[str] = []
    said = False
    for part in parts:
        if part.strip() and findings([part], known):
            if not said:
                kept.append(line + (" " if part.endswith((" ", "\t")) else ""))
            said = True
        else:
            kept.append(part)
    left = "".join(kept).strip()
    if said and not findings([left], known):
        return left
    if said:
        # It stands across the end of a sentence: what is left of the text cannot be cut safely.
        return line
    return f"{left}\n{line}".strip()
