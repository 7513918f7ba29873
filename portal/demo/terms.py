"""The wordings that the office of Lindby has published: terms of use and privacy notice, in three languages."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "wordings"
TITLE = ("<h1>", "</h1>")


@dataclass(frozen=True)
class Text:
    """One text in one language, as an editor would paste it."""

    kind: str
    language: str
    title: str
    body: str


def texts() -> list[Text]:
    """All of them, from the files: the first line is the title."""
    found = []
    for path in sorted(FOLDER.glob("*.html")):
        kind, language = path.stem.split(".")
        title, *lines = path.read_text(encoding="utf-8").splitlines()
        found.append(Text(kind, language, title.removeprefix(TITLE[0]).removesuffix(TITLE[1]), " ".join(lines)))
    return found
