"""Typed text over stored text: whom the writer reads as "friends" stay the children they are.

The composer shows a run of children its writer does not know as one word. When the text comes back that word is looked
for where it stood, and what was stored is put in its place; the writer never holds anything that names or counts them.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from learninglog.mentions import FRIENDS, RUN, Label, clean, genitive_of, labelled, masked, to_tokens

WORD_ENDS = re.compile(r"s?\b")
# Private use, like the two of a token: no word, no space, and nobody can type it.
BETWEEN = "\ue002"


def retold(typed: str, stored: str, known: Iterable[Label], language: str) -> str:
    """Typed text as tokens. `stored` is what it was shown from, to a writer who knows these children."""
    labels, text = list(known), clean(typed)
    hidden = _hidden(stored, labels, language)
    if not hidden[1]:
        return to_tokens(text, labels)
    friends, made, last = FRIENDS.get(language, FRIENDS["en"]), "", 0
    for start, run in sorted(_found(*hidden, text, friends).items()):
        end, shown = start + len(friends), genitive_of(run, friends)
        made += to_tokens(text[last:start], labels) + run[0].removesuffix(run[3] or "")
        if shown and text.startswith(shown, end):
            made, end = made + run[3], end + len(shown)
        last = end
    return made + to_tokens(text[last:], labels)


def all_retold(typed: list[str], stored: list[str], known: Iterable[Label], language: str) -> list[str]:
    """Several texts of one kind, such as a child's quotes, of which some may be new or gone."""
    joined = BETWEEN.join(text.replace(BETWEEN, "") for text in typed)
    return retold(joined, BETWEEN.join(stored), known, language).split(BETWEEN) if typed else []


def _hidden(stored: str, known: list[Label], language: str) -> tuple[str, dict[int, re.Match[str]]]:
    """The text as it was shown, and the runs of unknown children by where their word begins in it."""
    text = labelled(stored, known)
    shown, runs, last = "", {}, 0
    for match in RUN.finditer(text):
        shown += text[last : match.start()]
        runs[len(shown)] = match
        shown += masked(match[0], {}, language)
        last = match.end()
    return shown + text[last:], runs


def _found(shown: str, runs: dict[int, re.Match[str]], typed: str, friends: str) -> dict[int, re.Match[str]]:
    """The runs by where their word stands in the typed text now."""
    before, after = _words(shown, friends), _words(typed, friends)
    matcher = SequenceMatcher(None, [word for word, _at in before], [word for word, _at in after], False)
    places = {
        before[block.a + step][1]: after[block.b + step][1]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    found = {places[at]: run for at, run in runs.items() if at in places}
    # A sentence that was moved is no longer beside its neighbours: its word takes the run that is left.
    lost = [run for at, run in sorted(runs.items()) if at not in places]
    taken = set(places.values())
    ends = len(friends)
    free = [at for word, at in after if word == friends and at not in taken and WORD_ENDS.match(typed, at + ends)]
    return found | dict(zip(free, lost, strict=False))


def _words(text: str, friends: str) -> list[tuple[str, int]]:
    """Words and signs with where they begin; the word for others is one by itself, also inside of another."""
    parts = re.finditer(rf"{friends}|(?:(?!{friends})\w)+|[^\w\s]", text, re.IGNORECASE)
    # At the beginning of a sentence it is shown with a capital; written into the sentence it has none.
    return [(match[0].casefold(), match.start()) for match in parts]
