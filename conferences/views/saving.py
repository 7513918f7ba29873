"""Saving one question of a conference, on either side: with a script or without one, and when two wrote at once."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from conferences import at_hand, meeting
from conferences.asks import Ask
from conferences.choices import QuestionType
from conferences.forms import answer_of
from conferences.homes import running_home
from conferences.models import Conference, FieldValue, Material
from conferences.questions import LONGEST
from conferences.services import writing
from learninglog import sensitive
from learninglog.models import Entry
from media_policy.models import Picture
from visibility.viewer import Hat, Viewer

WRITTEN = (QuestionType.TEXT, QuestionType.CHILD_WORDS)


def ask_of(sections: Iterable[Any], question: uuid.UUID, *kinds: str) -> Ask:
    """The question with this key that one may answer, of these types where they are named; else 404."""
    for section in sections:
        for ask in section.asks:
            if ask.key == question and ask.editable and (not kinds or ask.type in kinds):
                return ask
    raise Http404


def save(
    request: HttpRequest, conference: Conference, ask: Ask, viewer: Viewer, *, back: str, whole: str, **around: Any
) -> HttpResponse:
    """Keep what was sent. Raises PermissionDenied; what somebody else saved meanwhile comes back beside it."""
    sent = answer_of(ask.type, [key for key, _label in ask.options], request.POST)
    value = _for_the_talk(sent, conference) if request.POST.get("do") == "meet" and ask.type in WRITTEN else sent
    number = request.POST.get("number", "")
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    around = {"conference": conference, "viewer": viewer, "ask": ask, "back": back, **around}
    if isinstance(value, str) and len(value) > LONGEST:
        around |= {"clash_number": known, "too_long": LONGEST, "both": value}
        return _on_the_page(request, ask, whole, 422, around)
    try:
        row = writing.save(conference=conference, question=ask.key, value=value, number=known, by=viewer)
    except writing.Clash as clash:
        return _clashed(request, ask, clash, whole, around)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{back}#{ask.anchor}")
    ask.number, ask.by, ask.at = row.number, row.written_by.given_name, row.written_at
    ask.words = value if value != sent else None
    return _fragment(request, "conferences/_saved.html", {"ask": ask})


def _for_the_talk(text: str, conference: Conference) -> str:
    """In the language of the record: the line stands among words that others read."""
    with translation.override(conference.language):
        line = _("We take this when we meet.")
    return meeting.kept_for_the_talk(text, sensitive.words(), line)


def _clashed(request: HttpRequest, ask: Ask, clash: writing.Clash, whole: str, around: dict[str, Any]) -> HttpResponse:
    theirs: FieldValue = clash.theirs
    context = {
        **around,
        "too_long": 0,
        "clash_by": theirs.written_by.given_name,
        "clash_number": theirs.number,
        "theirs": _in_words(ask, theirs.value),
        "mine": _in_words(ask, clash.mine),
        "mine_values": clash.mine if isinstance(clash.mine, list) else [clash.mine],
        "both": f"{theirs.value}\n\n{clash.mine}".strip() if ask.type in WRITTEN else "",
    }
    return _on_the_page(request, ask, whole, 409, context)


def _on_the_page(request: HttpRequest, ask: Ask, whole: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """What was sent comes back in its question's place, or without a script on a page of its own."""
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, whole, context, status=status)
    response = _fragment(request, "conferences/_clash.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{ask.anchor}", "outerHTML"
    return response


def _in_words(ask: Ask, value: Any) -> str:
    labels = {key: label.text for key, label in ask.options}
    if isinstance(value, list):
        return ", ".join(labels[key] for key in value if key in labels)
    return labels.get(value, str(value or ""))


def _fragment(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def materials_of(conference: Conference, ask: Ask, viewer: Viewer) -> dict[str, Material]:
    """What this side picked for a question, by the value that the form of choices sends for it."""
    home = running_home(viewer, conference)
    rows = Material.objects.visible_to(viewer).filter(conference=conference, question=ask.key, home=home)
    if viewer.hat == Hat.GUARDIAN and home is None:
        return {}
    found = {}
    for row in rows.select_related("entry", "picture"):
        picture = f":{row.picture.public_id}" if row.picture else ""
        found[f"{row.entry.public_id}{picture}"] = row
    return found


def pick(request: HttpRequest, conference: Conference, ask: Ask, viewer: Viewer) -> None:
    """Make what is picked what was ticked. Raises PermissionDenied."""
    wanted = dict.fromkeys(request.POST.getlist("entry"))
    standing = materials_of(conference, ask, viewer)
    offered = {choice.value for choice in at_hand.choices(conference.child, viewer, set())}
    for value in wanted:
        if value in offered and value not in standing:
            entry, picture = _entry_of(value, viewer)
            writing.pick(conference=conference, question=ask.key, entry=entry, picture=picture, by=viewer)
    for value, row in standing.items():
        # What is no longer among the choices was not unticked by anybody.
        if value in offered and value not in wanted:
            writing.unpick(material=row, by=viewer)


def _entry_of(value: str, viewer: Viewer) -> tuple[Entry, Picture | None]:
    keys = at_hand.picked_keys(value)
    entry = Entry.objects.visible_to(viewer).filter(public_id=keys[0]).first() if keys else None
    if keys is None or entry is None:
        raise Http404
    picture = Picture.objects.visible_to(viewer).filter(public_id=keys[1]).first() if keys[1] else None
    return entry, picture


def unpick(conference: Conference, public_id: uuid.UUID, viewer: Viewer) -> uuid.UUID:
    """Take one out again; the question it stood at. Raises PermissionDenied."""
    row = Material.objects.visible_to(viewer).filter(conference=conference, public_id=public_id).first()
    if row is None:
        raise Http404
    writing.unpick(material=row, by=viewer)
    key: uuid.UUID = row.question
    return key
