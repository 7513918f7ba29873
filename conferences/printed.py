"""The record of a conference on paper: what its page shows this reader, as a PDF that can be kept and read aloud.

Printed by the staff it is a paper for the family: nothing that only the staff read, and nothing of one home alone.
"""

from contextlib import AbstractContextManager
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import reading
from conferences.models import Conference
from conferences.paper import Paper, local
from conferences.photographs import Photographs
from curriculum.languages import supported
from ground.typesetting import CannotBeSet, as_file, typeset, with_signs_replaced
from visibility.viewer import Hat, Viewer

TEMPLATE = "conferences/typeset/record.typ"


def response(conference: Conference, viewer: Viewer) -> HttpResponse:
    """The record as a file, for whom the rule lets read the conference; nothing is there before it was shown."""
    with _in_language_of(conference, viewer):
        page = _page(conference, viewer)
        name = _("conference-%(day)s") % {"day": local(conference.issued_at, conference).date().isoformat()}
        return as_file(record(page, viewer), name)


def record(page: reading.Page, viewer: Viewer) -> bytes:
    """The page on paper, in the active language; the same page at the same moment is the same file."""
    paper = Paper(page, viewer, Photographs(viewer, page.conference.child_id))
    told = paper.told()
    title = paper.with_unit(told["heading"]["text"])
    options: dict[str, Any] = {"title": title, "language": get_language() or "en", "at": viewer.at}
    try:
        return typeset(TEMPLATE, told, pictures=paper.photographs.taken, **options)
    except CannotBeSet:
        # A paper that must be handed over is not refused because somebody wrote a smiley.
        said = _("A □ stands for a sign that this paper has no letter for. On the page it can be read.")
        told["closing"]["sentences"].append(said)
        plain = with_signs_replaced({"told": told, "title": title})
        options["title"] = plain["title"]
        return typeset(TEMPLATE, plain["told"], pictures=paper.photographs.taken, **options)


def _in_language_of(conference: Conference, viewer: Viewer) -> AbstractContextManager[None]:
    """A home reads it in the language of its own pages; what the staff print is in the language of the record."""
    here = get_language() if viewer.hat == Hat.GUARDIAN else conference.language
    return translation.override(supported(here))


def _page(conference: Conference, viewer: Viewer) -> reading.Page:
    if viewer.hat != Hat.GUARDIAN:
        return reading.for_staff(conference, viewer)
    page = reading.for_home(conference, viewer)
    if page.version is None:
        raise Http404
    return page
