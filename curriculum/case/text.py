"""From bytes to JSON: encodings, sizes and syntax, each refusal with its line."""

import codecs
import json
from typing import Any

from django.utils.translation import gettext as _

from curriculum.case.faults import CaseError, Fault

LARGEST = 5_000_000
_OTHERS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16",
           codecs.BOM_UTF16_BE: "UTF-16"}  # fmt: skip


def decoded(raw: bytes) -> str:
    """The text of a file; raises CaseError for what is too large or no UTF-8."""
    if len(raw) > LARGEST:
        raise CaseError([Fault(_("The file is larger than %(megabytes)s MB.") % {"megabytes": LARGEST // 1_000_000})])
    for mark, name in _OTHERS.items():
        if raw.startswith(mark):
            raise CaseError([Fault(_("The file is %(encoding)s. Save it as UTF-8.") % {"encoding": name})])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        said = _("The file is no UTF-8 (byte %(byte)s). Save it as UTF-8.") % {"byte": error.start}
        raise CaseError([Fault(said, line=line)]) from error


def parsed(text: str) -> Any:
    """The JSON of a text; raises CaseError where it breaks off, names a key twice or goes too deep."""
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        said = _("This is no JSON: %(why)s (column %(column)s).") % {"why": error.msg, "column": error.colno}
        raise CaseError([Fault(said, line=error.lineno)]) from error
    except RecursionError as error:
        raise CaseError([Fault(_("The file is nested too deep."))]) from error
    except ValueError as error:
        raise CaseError([Fault(str(error))]) from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("The key “%(key)s” stands twice in one object.") % {"key": twice})
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is no JSON.") % {"name": name})
