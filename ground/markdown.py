"""The little formatting that an entry has: paragraphs, lists, emphasis, line breaks. Everything else is plain text."""

from collections.abc import Iterator
from typing import Literal

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li"}
# A list may begin at a number of its own, else "2024. What a year" would turn into "1. What a year".
ATTRIBUTES = {"ol": {"start"}}

LISTS = {"bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"}

DEEPEST = 8


def _shallow_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # Far inside other lists a dash is a dash: past its nesting limit the parser would drop the words after it.
    return state.level < DEEPEST and list_block(state, start, end, silent)


_parser = MarkdownIt("zero", {"html": False, "breaks": True, "typographer": False}).enable(
    ["list", "emphasis", "newline", "escape"]
)
_parser.block.ruler.at("list", _shallow_list, {"alt": ["paragraph", "reference", "blockquote"]})


def to_html(source: str) -> Markup:
    """Safe HTML of a text in our Markdown; a list inside a list becomes part of the outer one."""
    rendered = _parser.renderer.render(list(_flat(_parser.parse(source))), _parser.options, {})
    return Markup(nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES).strip())  # noqa: S704


def to_text(source: str) -> str:
    """The same text without any formatting, one block a line, for mail, search and previews."""
    lines: list[str] = []
    number: int | None = None
    bullet = ""
    for token in _flat(_parser.parse(source)):
        if token.type == "ordered_list_open":
            number = int(token.attrGet("start") or 1)
        elif token.type == "bullet_list_open":
            number = None
        elif token.type == "list_item_open":
            bullet = "- " if number is None else f"{number}. "
            number = None if number is None else number + 1
        elif token.type == "inline":
            lines.append(bullet + _words(token))
            bullet = ""
    return "\n".join(lines)


def _words(token: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or []).strip()


def _flat(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with every inner list dissolved: its items become items of the outermost list.

    Lists and items are opened only when their first words come, so "- - a" leaves no empty bullet behind.
    """
    opening: Token | None = None
    in_list = in_item = False
    depth = 0
    for token in tokens:
        if token.type in {"list_item_open", "list_item_close"} or token.type in LISTS:
            if in_item:
                yield _item(token, -1)
                in_item = False
            if token.type not in LISTS:
                continue
            depth += token.nesting
            if token.nesting > 0 and depth == 1:
                opening = token
            elif token.nesting < 0 and depth == 0 and in_list:
                yield token
                in_list = False
            continue
        if depth and not in_item:
            if not in_list and opening is not None:
                yield opening
            yield _item(token, 1)
            in_list = in_item = True
        yield token


def _item(near: Token, nesting: Literal[-1, 1]) -> Token:
    kind = "list_item_open" if nesting > 0 else "list_item_close"
    return Token(kind, "li", nesting, block=True, level=near.level)
