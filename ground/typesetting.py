"""PDFs, set by Typst: archival (PDF/A-3a) and readable by everybody (PDF/UA-1), the same bytes for the same words.

A template is a `.typ` file in a room's `typeset/`. What people wrote reaches it as data, and never as Typst's markup.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables

STANDARDS: Final = ("a-3a", "ua-1")
FONTS = "ground/typeset/fonts"


class CannotBeSet(Exception):
    """Something in the words that none of the fonts here has a sign for, such as Chinese, Thai or a smiley."""


@cache
def _fonts() -> typst.Fonts:
    # Those of the machine would make another file on each machine.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.BASE_DIR / FONTS)])


@sensitive_variables()
def typeset(template: str, data: Mapping[str, Any], *, title: str, language: str, at: datetime) -> bytes:
    """A PDF of `data`, as the template (such as "access/typeset/code_letter.typ") sets it, in that language.

    `at` is when the file says it was made. Raises CannotBeSet, which tells nothing of the words.
    """
    told = json.dumps(_plain({**data, "title": title, "language": language}))
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
