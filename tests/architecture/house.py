"""The plan of the house, as the tests of its architecture know it: the rooms, the stairs, the files."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# From the top of the stairs to the ground; rooms on one step never know each other.
STAIRS: tuple[tuple[str, ...], ...] = (
    ("config",),
    ("portal",),
    ("transfers",),
    ("conferences",),
    ("learninglog",),
    ("access",),
    ("media_policy", "curriculum"),
    ("visibility",),
    ("people",),
    ("ground",),
)
ROOMS = tuple(room for step in STAIRS for room in step)
OTHERS = ("tests", "bench", "scripts")
HEIGHT = {room: len(STAIRS) - place for place, step in enumerate(STAIRS) for room in step}


def may_know(room: str, other: str) -> bool:
    """Whether a room may name another: itself, what is below it, and anything that is no room of ours."""
    if other not in HEIGHT or room == other:
        return True
    return HEIGHT[room] > HEIGHT[other]


def room_of(module: str) -> str:
    """The room of a module's dotted name, or "" when it is not ours."""
    first = module.partition(".")[0]
    return first if first in HEIGHT else ""


def files(*suffixes: str, under: Iterable[str] = (*ROOMS, *OTHERS)) -> Iterator[Path]:
    """Our own files with one of the suffixes, in a fixed order."""
    for folder in under:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file() and "__pycache__" not in path.parts:
                yield path


def sources(*, migrations: bool = False, under: Iterable[str] = ROOMS) -> Iterator[Path]:
    """Python files of the rooms."""
    for path in files(".py", under=under):
        if migrations or "migrations" not in path.parts:
            yield path


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain of plain names, else ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""


def room_of_template(name: str) -> str:
    """The room that a template's first folder names; base/ and components/ belong to every door."""
    return room_of(name.replace("/", "."))


TAG = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+(['\"])(?P<name>[^'\"]+)\1")
URL = re.compile(r"\burl\(\s*(['\"])(?P<name>[^'\"]+)\1")


def templates() -> Iterator[Path]:
    yield from files(".html", ".txt", ".xml", under=("templates",))
