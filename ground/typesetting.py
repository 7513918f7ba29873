"""PDFs, set by Typst: archival (PDF/A-3a) and readable by everybody (PDF/UA-1), the same bytes for the same words.

A template is a `.typ` file in a room's `typeset/`. What people wrote reaches it as data, and never as Typst's markup.
"""

import base64
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables
from PIL import Image

STANDARDS: Final = ("a-3a", "ua-1")
FONTS = "ground/typeset/fonts"
SIGNS = "ground/typeset/signs.typ"


class CannotBeSet(Exception):
    """Something in the words that none of the fonts here has a sign for, such as Chinese, Thai or a smiley."""


@cache
def _fonts() -> typst.Fonts:
    # Those of the machine would make another file on each machine.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.BASE_DIR / FONTS)])


@sensitive_variables()
def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    at: datetime,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """A PDF of `data`, as the template (such as "access/typeset/code_letter.typ") sets it, in that language.

    `at` is when the file says it was made. `pictures` are JPEGs by the name that the template sets them under, see
    `photograph` in paper.typ. Raises CannotBeSet, which tells nothing of the words.
    """
    shown = {name: _drawn(jpeg) for name, jpeg in (pictures or {}).items()}
    told = json.dumps(_plain({**data, "title": title, "language": language, "pictures": shown}))
    failed = False
    try:
        made = typst.compile(
            settings.BASE_DIR / template, root=settings.BASE_DIR, font_paths=_fonts(),
            sys_inputs={"data": told}, pdf_standards=list(STANDARDS), timestamp=int(at.timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        failed = _is_about_signs(error)
        if not failed:
            raise
    if failed:
        raise CannotBeSet
    return made


def _drawn(jpeg: bytes) -> str:
    """The picture inside a drawing: the typesetter takes text alone from us, and no file of a child's lies about."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        width, height = image.size
    size = f'width="{width}" height="{height}"'
    inner = f'<image {size} href="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>{inner}</svg>'


@sensitive_variables()
def with_signs_replaced(data: Any, mark: str = "\u25a1") -> Any:
    """The same data with a mark for each sign that no font here has: for a paper that must come, whatever was written.

    Slow; for when `typeset` has said CannotBeSet.
    """
    strange = _strange("".join(sorted({sign for text in _texts(data) for sign in text if ord(sign) > 0x17F})))
    return _each(data, str.maketrans(dict.fromkeys(strange, mark)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _each(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, Mapping):
        return {key: _each(one, table) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one, table) for one in value]
    return value


@sensitive_variables()
def _strange(signs: str) -> str:
    """Those of the signs that cannot be set, found by halves."""
    if not signs:
        return ""
    try:
        typeset(SIGNS, {"signs": list(signs)}, title="-", language="en", at=datetime(2000, 1, 1, tzinfo=UTC))
    except CannotBeSet:
        half = len(signs) // 2
        return signs if half == 0 else _strange(signs[:half]) + _strange(signs[half:])
    return ""


def _is_about_signs(error: typst.TypstError) -> bool:
    return "could not be displayed" in error.message or "contains the codepoint" in error.message


def _plain(value: Any) -> Any:
    """The same data without signs that steer a machine; a line ends in one way."""
    if isinstance(value, str):
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc")
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def as_file(pdf: bytes, name: str) -> HttpResponse:
    """An answer that the browser puts away as a file, and nobody on the way keeps."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    response.headers["Cache-Control"] = "no-store, private"
    return response
