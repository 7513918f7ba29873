"""Collects the words of the screens into locale/, and compiles them: `make messages`; with --check only looks.

Babel reads what Django's own tool misses in Jinja2: arguments of macros, plurals, blocks.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("sv", "nb")
ROOMS = (
    "config", "portal", "transfers", "conferences", "learninglog", "access", "media_policy", "curriculum", "visibility",
    "people", "ground",
)  # fmt: skip
# Pages inside the office are in Django's own template language, and get their words from Python.
METHODS = [
    ("**/migrations/**", "ignore"),
    ("overrides/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2"),
    ("**.txt", "jinja2"),
]
OPTIONS = {
    pattern: {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "trimmed": "false", "silent": "false",
              "trim_blocks": "true", "lstrip_blocks": "true", "encoding": "utf-8"}
    for pattern in ("**.html", "**.txt")
}  # fmt: skip
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collected() -> Catalog:
    """Every message of our rooms and templates, with the files it stands in."""
    found = Catalog(fuzzy=False)
    for folder in (*ROOMS, "templates"):
        messages = extract_from_dir(ROOT / folder, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
        for name, _line, message, comments, context in messages:
            place = [(f"{folder}/{Path(name).as_posix()}", 0)]
            found.add(message, None, place, auto_comments=comments, context=context)
    return found


def written(catalog: Catalog) -> bytes:
    """The catalogue without anything that differs from run to run."""
    text = io.BytesIO()
    write_po(text, catalog, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalog.locale}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + text.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The same for the machine: a header without the clock, so that it changes when a word does and never else."""
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Learning Log", "1", ""
    catalog.last_translator = catalog.language_team = "Learning Log"
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    binary = io.BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def main(arguments: list[str]) -> int:
    template, wrong = collected(), 0
    for language in LANGUAGES:
        folder = LOCALE / language / "LC_MESSAGES"
        po, mo = folder / "django.po", folder / "django.mo"
        before = po.read_bytes() if po.exists() else b""
        catalog = read_po(io.BytesIO(before), locale=language)
        catalog.update(template, no_fuzzy_matching=True)
        binary = compiled(catalog)
        missing = sum(1 for each in catalog if each.id and not all(each.string if each.pluralizable else [each.string]))
        print(f"{language}: {len(catalog)} messages, {missing} not translated")
        if "--check" in arguments:
            stale = written(catalog) != before or not mo.exists() or mo.read_bytes() != binary
            wrong += missing + stale
            continue
        folder.mkdir(parents=True, exist_ok=True)
        po.write_bytes(written(catalog))
        mo.write_bytes(binary)
    if wrong:
        print("The catalogues do not say all that the screens say: run `make messages` and translate.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
