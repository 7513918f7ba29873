"""The decision letter on paper, in the language of the organisation's pages."""

from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ground.typesetting import typeset
from transfers.models import Disclosure
from transfers.packaging.words import in_words

TEMPLATE = "transfers/typeset/decision.typ"


def pdf(case: Disclosure) -> bytes:
    """The letter of a decided case. Raises CannotBeSet."""
    owner = case.child.organisation
    if case.decided_at is None or case.decided_by is None:
        raise ValueError("This case is not decided yet.")
    day = in_words(case.decided_at.astimezone(ZoneInfo(owner.time_zone)).date())
    heading = _("Decision on a request to know about a child")
    told = {
        "sender": owner.name,
        "day": day,
        "heading": heading,
        "to": case.asked_by,
        "asked": _("Asked on %(day)s") % {"day": in_words(case.asked_on)},
        "decision": str(case.get_decision_display()),
        "paragraphs": [part for part in case.letter.replace("\r\n", "\n").split("\n\n") if part.strip()],
        "signed": _("Decided by %(name)s, %(day)s") % {"name": case.decided_by.get_full_name(), "day": day},
    }
    return typeset(TEMPLATE, told, title=heading, language=get_language() or "en", at=case.decided_at)
