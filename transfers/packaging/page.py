"""The log as a page that opens from the folder it lies in: no script, no network, no word about another child."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from ground.markdown import to_html
from transfers import parts
from transfers.packaging import words
from transfers.packaging.parcel import Parcel

TEMPLATE: Final = "transfers/package/index.html"
_LOOK: Final = ("tokens", "base")
_OWN: Final = Path(__file__).parent.parent / "data" / "log.css"
_FONTS: Final = (
    "OFL.txt",
    "atkinson-hyperlegible-next-latin-ext-wght-italic.woff2",
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    "atkinson-hyperlegible-next-latin-wght-italic.woff2",
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
)


def page(parcel: Parcel) -> bytes:
    """The page, in the language of the package."""
    content = parcel.content
    entries = {one.public_id: one for one in content.entries}
    with translation.override(parcel.language):
        told = {
            "parcel": parcel,
            "content": content,
            "title": words.title(parcel),
            "facts": words.facts(parcel),
            "months": words.months(parcel),
            "highlights": [entries[key] for key in content.highlights],
            "agreements": content.last_agreements,
            "about": words.about(parcel),
            "said_yes": words.said_yes(parcel),
            "is_entry": lambda one: isinstance(one, parts.Entry),
            "html": to_html,
            "words": words,
        }
        return render_to_string(TEMPLATE, told).encode()


def look() -> dict[str, bytes]:
    """What the page looks like: its sheet and its letters, by their paths below data/."""
    static = Path(settings.BASE_DIR) / "static"
    sheets = [*(static / "css" / f"{name}.css" for name in _LOOK), _OWN]
    sheet = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    fonts = {f"look/fonts/{name}": (static / "fonts" / name).read_bytes() for name in _FONTS}
    return {"look/css/log.css": sheet.encode(), **fonts}
