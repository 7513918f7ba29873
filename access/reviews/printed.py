"""The protocol of a review as a PDF, in the language of whoever fetches it; a signed one is the same file each time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from access.models import ReviewLine
from access.reviews.page import Line, Page
from ground.typesetting import typeset

TEMPLATE = "access/typeset/review_protocol.typ"


def protocol(shown: Page, *, at: datetime) -> bytes:
    """What the protocol's page shows, on paper. Raises CannotBeSet."""
    review, unit = shown.review, shown.review.unit
    zone = ZoneInfo(unit.organisation.time_zone)
    signed = review.signed_at.astimezone(zone) if review.signed_at else None
    told = {
        "sender": unit.organisation.name,
        "day": _in_words(signed or at.astimezone(zone), "j F Y"),
        "heading": _("Review of %(month)s") % {"month": date_format(review.month, "F Y")},
        "unit": unit.name,
        "signed": _signed(shown, signed),
        "remark": review.remark,
        "odd": {"heading": _("What was odd"), "none": _("Nothing."), "lines": [_told(line) for line in shown.seen]},
        "working": {
            "heading": _("Who worked here"), "none": _("Nobody."), "lines": [_told(line) for line in shown.unchanged],
        },
    }  # fmt: skip
    title = f"{told['heading']} · {unit.name}"
    return typeset(TEMPLATE, told, title=title, language=get_language() or "en", at=review.signed_at or at)


def _signed(shown: Page, at: datetime | None) -> str:
    by = shown.review.signed_by
    if at is None or by is None:
        return _("Not signed yet.")
    day = {"day": _in_words(at, "j F"), "year": at.year, "name": by.get_full_name()}
    return _("Signed on %(day)s %(year)s by %(name)s.") % day


def _told(line: Line) -> dict[str, str]:
    what = line.what if line.kind != ReviewLine.Kind.DUTY else ""
    return {"about": line.about, "what": " · ".join(part for part in (what, _of(line.day)) if part), "note": line.note}


def _of(day: date | None) -> str:
    return _in_words(day, "j F Y") if day else ""


def _in_words(value: date, pattern: str) -> str:
    return date_format(value, pattern.replace("j", "j.") if get_language() == "nb" else pattern)
