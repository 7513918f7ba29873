"""What the office sees beside the form: every question as the staff and as a home will meet it, in each language."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from conferences.choices import FilledBy
from conferences.languages import direction, pick
from conferences.models.fields import Seen
from conferences.models.templates import ConferenceTemplate
from conferences.office.freezing import content_of

STAFF, HOME = "staff", "home"


def preview_of(template: ConferenceTemplate, side: str) -> dict[str, Any]:
    """The template as one side sees it, half written as it may be, once per language that it has words in."""
    content = content_of(template)
    languages = [_in(code, content, template.language, side) for code in _languages(content, template.language)]
    return {"side": side, "languages": languages}


def _languages(content: dict[str, Any], own: str) -> list[str]:
    """Its own language first, then the others as they turn up."""
    return list(dict.fromkeys([own, *(code for texts in _wordings(content) for code in texts)]))


def _wordings(value: Any) -> Iterator[dict[str, str]]:
    yield value["name"]
    for section in value["sections"]:
        yield from (section["title"], section["intro"])
        for question in section["questions"]:
            yield from (question["label"], question["help"])
            yield from (option["label"] for option in question["options"])


def _in(code: str, content: dict[str, Any], own: str, side: str) -> dict[str, Any]:
    def said(texts: dict[str, str]) -> dict[str, str]:
        found = pick(texts, code, own)
        return {"text": found.text, "language": found.language, "direction": found.direction}

    sections = []
    for section in content["sections"]:
        questions = [
            {
                "type": question["type"],
                "label": said(question["label"]),
                "help": said(question["help"]),
                "options": [said(option["label"]) for option in question["options"]],
                "when": _when(question, side),
                "writes": _writes(question, side),
            }
            for question in section["questions"]
            if side == STAFF or question["seen"] != Seen.STAFF
        ]
        if questions:
            sections.append({"title": said(section["title"]), "intro": said(section["intro"]), "questions": questions})
    name = said(content["name"])
    return {"code": code, "called": called(code), "direction": direction(code), "name": name, "sections": sections}


def called(code: str) -> str:
    """A language by its own name, or by its code where nothing better is known."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def _writes(question: dict[str, Any], side: str) -> bool:
    return question["filled_by"] in (FilledBy.HOME, FilledBy.CHILD) if side == HOME else question["filled_by"] != HOME


def _when(question: dict[str, Any], side: str) -> str:
    if side == HOME and question["filled_by"] == FilledBy.CHILD:
        return _("You may write down what your child says at home. What it said here you read when it is shown to you.")
    if side == HOME:
        return {
            Seen.SHOWN: _("You read it when it is shown to you."),
            Seen.SEALED: _("We write it together. You read it after the talk."),
            Seen.HOME: _("You write it. Only your home reads it, and the staff once you have handed it in."),
        }.get(question["seen"], "")
    return {
        (FilledBy.STAFF, Seen.STAFF): _("The staff write it. No home ever reads it."),
        (FilledBy.STAFF, Seen.SHOWN): _("The staff write it. Every home reads it when it is shown to them."),
        (FilledBy.STAFF, Seen.SEALED): _("The staff write it. Every home reads it after the talk."),
        (FilledBy.HOME, Seen.HOME): _("Each home writes its own. The staff read it once it was handed in."),
        (FilledBy.CHILD, Seen.SHOWN): _("The child says it. Every home reads it when it is shown to them."),
        (FilledBy.TOGETHER, Seen.SEALED): _("Written together. Every home reads it after the talk."),
    }.get((question["filled_by"], question["seen"]), "")
