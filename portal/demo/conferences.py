"""Conferences of the demo: last year's sealed, with what was agreed on; this year's in every step. All by services."""

import io
import tomllib
import uuid
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management import call_command

from conferences.choices import QuestionType
from conferences.models import Conference, ConferenceTemplate
from conferences.office.freezing import usable
from conferences.questions import Question, sections_of
from conferences.services import issuing, sealing, showing, writing
from learninglog.models import Entry
from people.models import Child, Group
from portal.demo import talk_times
from portal.demo.lindby import World
from visibility import rule
from visibility.matrix import ISSUE
from visibility.viewer import Hat, Viewer

TEXTS = Path(__file__).parent / "conferences.toml"
# By group: who holds the conferences there.
HOLDERS = {"Granen": "Cecilia Sund", "Tallen": "Mikael Dufva", "Klövern": "Hampus Lager"}
LAST_YEAR = ("Alma", "Bo", "Tyra", "Noor", "Wilma", "Agnes", "Leo", "Nova")
# How far this year's have come; whoever is not named is being prepared.
SEALED, TALKED = ("Noor", "Leo"), ("Bo", "Adam")
HANDED_IN = {"Tyra": "Tora Dahl", "Loke": "Hanna Strand", "Bo": "Birger Carlsson", "Zeynep": "Elif Kaya"}
SHOWN = ("Alma", "Tyra", "Loke", "Wilma", "Elsa", "Filip", "Zeynep", "Majken", "Ludvig", "Selma")
NOT_WANTED = ("Ossian",)
BEGUN = ("Sami", "Ingrid")
PICKED = 3


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def make(world: World) -> None:
    """Load the templates, and write the conferences of the groups that have somebody to hold them."""
    call_command("load_conference_templates", verbosity=0, stdout=io.StringIO())
    for group, holder in HOLDERS.items():
        if group in world.groups and holder in world.people:
            _of_group(world, world.groups[group], holder)


def _of_group(world: World, group: Group, holder: str) -> None:
    told = _told()["this_year"]
    template = next(iter(usable(group.unit, world.dates.today)))
    _last_year(world, group, holder, template)
    begun = world.dates.ago(told["begun"])
    children = _children(world, group, world.viewer(holder, world.dates.at(begun, 9)))
    if not children:
        return
    by = world.viewer(holder, world.dates.at(begun, 9))
    made = issuing.issue(children=children, template=template, due_on=world.dates.ago(-told["due"]), by=by)
    for number, row in enumerate(made):
        _this_year(world, row, holder, begun + timedelta(days=1 + number % 4))
    talk_times.make(world, group, holder)


def _children(world: World, group: Group, by: Viewer) -> list[Child]:
    """The group's children about whom this viewer may begin a conference then."""
    rows = [world.children[name] for name in world.members(group.name, by.day)]
    return [child for child in rows if rule.may(by, ISSUE, child)]


def _last_year(world: World, group: Group, holder: str, template: ConferenceTemplate) -> None:
    told = _told()["last_year"]
    day = world.dates.ago(told["days"])
    by = world.viewer(holder, world.dates.at(day, 9))
    children = [child for child in _children(world, group, by) if child.given_name in LAST_YEAR]
    if not children:
        return
    for row in issuing.issue(children=children, template=template, due_on=day + timedelta(days=30), by=by):
        _fill(world, row, world.viewer(holder, world.dates.at(day + timedelta(days=3), 13)), told["answers"])
        showing.show(conference=row, by=world.viewer(holder, world.dates.at(day + timedelta(days=5), 15)))
        talked = day + timedelta(days=19)
        at = world.viewer(holder, world.dates.at(talked, 16))
        agreed = _talk(world, row, at, told, together=_who(world, row))
        sealing.seal(conference=row, by=world.viewer(holder, world.dates.at(talked, 17)))
        later = world.viewer(holder, world.dates.at(world.dates.ago(90), 14))
        for agreement, words in zip(agreed, told["agreements"], strict=True):
            text = _said(words["text"], row)
            writing.follow_up(agreement=agreement, state=words["state"], text=text, client_key=_key(world), by=later)


def _this_year(world: World, row: Conference, holder: str, day: date) -> None:
    told, name = _told()["this_year"], row.child.given_name
    by = world.viewer(holder, world.dates.at(day, 13, 20))
    if name in NOT_WANTED:
        issuing.close(conference=row, because=Conference.Closed.NOT_WANTED, by=by)
        return
    further = name in (*SHOWN, *TALKED, *SEALED)
    if not further and name not in BEGUN:
        return
    _fill(world, row, by, told["answers"] if further else dict(list(told["answers"].items())[:2]))
    _pick(row, by)
    if not further:
        return
    shown_on = world.dates.ago(told["shown"])
    showing.show(conference=row, by=world.viewer(holder, world.dates.at(shown_on, 15)))
    if name in HANDED_IN:
        _at_home(world, row, HANDED_IN[name], world.dates.at(shown_on + timedelta(days=2), 20))
    if name in (*TALKED, *SEALED):
        at = world.viewer(holder, world.dates.at(world.dates.ago(4), 16))
        _talk(world, row, at, _told()["talk"], together=_who(world, row))
    if name in SEALED:
        sealing.seal(conference=row, by=world.viewer(holder, world.dates.at(world.dates.ago(3), 15)))


def _questions(row: Conference) -> list[Question]:
    return [question for section in sections_of(row.frozen) for question in section.questions]


def _fill(world: World, row: Conference, by: Viewer, answers: dict[str, str]) -> None:
    for question in _questions(row):
        text = next((words for start, words in answers.items() if question.label["sv"].startswith(start)), None)
        if text is not None:
            writing.save(conference=row, question=question.key, value=_said(text, row), number=0, by=by)


def _pick(row: Conference, by: Viewer) -> None:
    """The newest entries with pictures, for the moments of the year."""
    asked = next((one for one in _questions(row) if one.type == QuestionType.FROM_LOG), None)
    if asked is None:
        return
    rows = Entry.objects.visible_to(by).kept().shared().filter(publications__child=row.child)
    rows = rows.filter(entry_pictures__isnull=False, first_shared_at__lt=by.at).newest_first().distinct()
    for entry in rows[:PICKED]:
        writing.pick(conference=row, question=asked.key, entry=entry, by=by)


def _at_home(world: World, row: Conference, adult: str, at: datetime) -> None:
    if adult not in world.people:
        return
    by = world.viewer(adult, at, Hat.GUARDIAN)
    writing.open_side(conference=row, by=by)
    _fill(world, row, by, _told()["home"]["answers"])
    several = next((one for one in _questions(row) if one.type == QuestionType.CHOICES and one.for_homes_to_fill), None)
    if several is not None:
        keys = [key for key, _label in several.options][:2]
        writing.save(conference=row, question=several.key, value=keys, number=0, by=by)
    writing.hand_in(conference=row, by=by)


def _talk(world: World, row: Conference, by: Viewer, told: dict[str, Any], *, together: str) -> list[Any]:
    """What was said and agreed on; the words of before the talk stand already."""
    answers = {start: text for start, text in told["answers"].items() if not _stands(row, start)}
    _fill(world, row, by, answers)
    asked = next(one for one in _questions(row) if one.type == QuestionType.AGREEMENT)
    agreed = [
        writing.agree(
            conference=row, question=asked.key, what=_said(words["what"], row), who=words["who"],
            by_when=by.day + timedelta(days=90), client_key=_key(world), by=by,
        )
        for words in told["agreements"]
    ]  # fmt: skip
    writing.note_talk(conference=row, home=None, held_on=by.day, took_part=together, interpreter="", by=by)
    return agreed


def _stands(row: Conference, start: str) -> bool:
    asked = next((one for one in _questions(row) if one.label["sv"].startswith(start)), None)
    return asked is not None and row.values.filter(question=asked.key).exists()


def _who(world: World, row: Conference) -> str:
    adults = world.families[row.child.given_name].adults[:2]
    return ", ".join(adult.partition(":")[2].strip() for adult in adults) + ", ansvarspedagog"


def _said(text: str, row: Conference) -> str:
    return text.replace("{name}", row.child.given_name)


def _key(world: World) -> uuid.UUID:
    return uuid.UUID(int=world.chance.getrandbits(128), version=4)
