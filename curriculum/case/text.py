"""From bytes to JSON: encodings, sizes and syntax, each refusal with its line."""

import codecs
import json
import math
import re
from typing import Any

from django.utils.translation import gettext as _

from curriculum.case.faults import CaseError, Fault

LARGEST = 5_000_000
MOST_DIGITS = 30
_OTHERS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16",
           codecs.BOM_UTF16_BE: "UTF-16"}  # fmt: skip


_PACKED = (b"PK\x03\x04", b"\x1f\x8b")
# What JSON can spell and no database keeps: the character zero, and halves of a pair.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


def decoded(raw: bytes) -> str:
    """The text of a file; raises CaseError for what is too large or no UTF-8."""
    if len(raw) > LARGEST:
        raise CaseError([Fault(_("The file is larger than %(megabytes)s MB.") % {"megabytes": LARGEST // 1_000_000})])
    if raw.startswith(_PACKED):
        raise CaseError([Fault(_("The file is packed. Unpack it, and send the JSON file in it."))])
    for mark, name in _OTHERS.items():
        if raw.startswith(mark):
            raise CaseError([Fault(_("The file is %(encoding)s. Save it as UTF-8.") % {"encoding": name})])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        said = _("The file is not UTF-8 (byte %(byte)s). Save it as UTF-8.") % {"byte": error.start}
        raise CaseError([Fault(said, line=line)]) from error


def parsed(text: str) -> Any:
    """The JSON of a text; raises CaseError where it breaks off, names a key twice or goes too deep."""
    try:
        found = json.loads(
            text, object_pairs_hook=_plain_object, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
        )
        _keepable(found)
        return found
    except json.JSONDecodeError as error:
        said = _("This is not JSON: %(why)s (column %(column)s).") % {"why": error.msg, "column": error.colno}
        raise CaseError([Fault(said, line=error.lineno)]) from error
    except RecursionError as error:
        raise CaseError([Fault(_("The file is nested too deep."))]) from error
    except ValueError as error:
        raise CaseError([Fault(str(error))]) from error


def _plain_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(_("The key “%(key)s” stands twice in one object.") % {"key": name[:80]})
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is not JSON.") % {"name": name})


def _finite(digits: str) -> float:
    found = float(digits)
    if math.isinf(found):
        raise ValueError(_("The number %(number)s is too large.") % {"number": digits[:40]})
    return found


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(_("The number %(number)s is too large.") % {"number": f"{digits[:40]}…"})
    return int(digits)


def _keepable(value: Any) -> None:
    """Raises ValueError for a text that no database keeps."""
    if isinstance(value, str):
        if _UNKEPT.search(value):
            raise ValueError(_("A text holds a character that cannot be kept: %(text)s") % {"text": ascii(value)[:80]})
    elif isinstance(value, dict):
        for name, inner in value.items():
            _keepable(name)
            _keepable(inner)
    elif isinstance(value, list):
        for inner in value:
            _keepable(inner)
