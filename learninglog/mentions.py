"""Children in a text: tokens in the database, names for those who may know them, "friends" for the others.

A token is the child's key between two private-use characters, which typed text cannot hold (`clean` takes them out).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
FRIENDS = {"sv": "kompisar", "nb": "venner", "en": "friends"}
AND = {"sv": "och", "nb": "og", "en": "and"}
# Between two mentions of one run: a comma, an "and" in any of our languages, or both.
JOIN = r"(?:\s*,\s*(?:(?:and|och|og|samt|&)\s+)?|\s+(?:and|och|og|samt|&)\s+)"
RUN = re.compile(f"{TOKEN.pattern}(?:{JOIN}{TOKEN.pattern})*('s\\b)?")
SENTENCE_START = re.compile(r"(?:[.!?:]\s+|(?:^|\n)\s*(?:[-*]\s+|\d+\.\s+)?)$")


@dataclass(frozen=True)
class Label:
    """What a child is called among the children of a group: the first name, longer where two share it."""

    child_id: int
    text: str


def clean(text: str) -> str:
    """Typed text without the two characters that make a token."""
    return text.replace(OPEN, "").replace(CLOSE, "").replace("\r\n", "\n")


def token(child_id: int) -> str:
    return f"{OPEN}{child_id}{CLOSE}"


def cut(text: str, most: int) -> str:
    """The beginning of a text; a mention that does not fit is left out whole."""
    return re.sub(f"{OPEN}\\d*$", "", text[:most])


def children_in(*texts: str) -> set[int]:
    """Keys of all children mentioned in these texts."""
    return {int(key) for text in texts for key in TOKEN.findall(text)}


def labels(children: Iterable[tuple[int, str, str]]) -> list[Label]:
    """One label a child from (key, given name, family name): "Alma", or "Alma B" and "Alma Berg" where needed."""
    rows = list(children)
    found: list[Label] = []
    for key, given, family in rows:
        same = [row for row in rows if row[1].casefold() == given.casefold() and row[0] != key]
        text = given
        if same and family:
            initials = {row[2][:1].casefold() for row in same}
            text = f"{given} {family if family[:1].casefold() in initials else family[:1]}"
        found.append(Label(key, text))
    return found


def to_tokens(typed: str, known: Iterable[Label]) -> str:
    """Turn @Name into tokens, longest label first; an @ with an unknown name stays as it was typed."""
    text = clean(typed)
    for label in sorted(known, key=lambda item: -len(item.text)):
        pattern = re.compile(rf"@{re.escape(label.text)}(?=s?\b|'s\b|$)", re.IGNORECASE)
        text = pattern.sub(token(label.child_id), text)
    return text


def to_labels(text: str, known: Iterable[Label], language: str) -> str:
    """The text as the composer shows it: @Name for children one may know, "friends" for others."""
    return masked(labelled(text, known), {}, language)


def labelled(text: str, known: Iterable[Label]) -> str:
    """The text with @Name for children one may know; the others are tokens still."""
    names = {label.child_id: label.text for label in known}
    return TOKEN.sub(lambda m: f"@{names[int(m[1])]}" if int(m[1]) in names else m[0], text)


def masked(text: str, names: Mapping[int, str], language: str) -> str:
    """The text for one reader: names of the children in `names`, everyone else in a run together as "friends".

    "Alma, Bo and Tyra" is "Alma and friends" for who knows Alma, whatever the number and order of the others.
    """
    return RUN.sub(lambda match: _run(match, text, names, language), text)


def _run(match: re.Match[str], text: str, names: Mapping[int, str], language: str) -> str:
    friends, conjunction = FRIENDS.get(language, FRIENDS["en"]), AND.get(language, AND["en"])
    keys = [int(key) for key in TOKEN.findall(match[0])]
    known = list(dict.fromkeys(names[key] for key in keys if key in names))
    if all(key in names for key in keys):
        return TOKEN.sub(lambda m: names[int(m[1])], match[0])
    end = genitive_of(match, friends)
    if known:
        return f"{', '.join(known)} {conjunction} {friends}{end}"
    starts = SENTENCE_START.search(text[: match.start()]) is not None
    return (friends.capitalize() if starts else friends) + end


def genitive_of(match: re.Match[str], friends: str) -> str:
    """How an English genitive behind a run is shown behind "friends"."""
    return "'" if match[3] and friends.endswith("s") else match[3] or ""


def without(text: str) -> str:
    """The text with every run of mentions taken out: what a family's search looks through.

    With its commas and "and", for a search for those would tell how long the run was.
    """
    return re.sub(r"\s+", " ", RUN.sub(" ", text)).strip()


@dataclass(frozen=True)
class PlainName:
    """A first name of a child of the group that stands as a plain word: mention, or not the child?"""

    child_id: int
    word: str


def plain_names(texts: Iterable[str], children: Iterable[tuple[int, str]], not_names: Iterable[str]) -> list[PlainName]:
    """First names written without @, from (key, given name); words the staff said are not the child are let be."""
    let_be = {word.casefold() for word in not_names}
    joined = "\n".join(TOKEN.sub(" ", text) for text in texts)
    found: dict[str, PlainName] = {}
    for key, given in children:
        if not given or given.casefold() in let_be or given.casefold() in found:
            continue
        match = re.search(rf"(?<!\w){re.escape(given)}(?='s\b|s\b|\b)(?!\w{{2,}})", joined, re.IGNORECASE)
        if match:
            found[given.casefold()] = PlainName(key, given)
    return list(found.values())


def mention_plain(text: str, child_id: int, given: str) -> str:
    """Make a plain first name the mention it stands for, everywhere in the text."""
    parts = TOKEN.split(text)
    # split() alternates text and keys; only the text between tokens is touched.
    pattern = re.compile(rf"(?<!\w)@?{re.escape(given)}(?='s\b|s\b|\b)", re.IGNORECASE)
    return "".join(
        token(int(part)) if number % 2 else pattern.sub(token(child_id), part) for number, part in enumerate(parts)
    )
