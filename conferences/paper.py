"""What stands on the paper of a conference: plain words, each with its language and the way it runs."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from access.families import unnamed
from conferences import reading, sides
from conferences.choices import QuestionType
from conferences.homes import running_home
from conferences.languages import Said, pick
from conferences.models import Conference, Side
from conferences.models.fields import Seen
from conferences.photographs import Photographs
from conferences.picked import Picked
from ground.markdown import to_text
from visibility.viewer import Hat, Viewer


@dataclass
class Paper:
    """Turns a page into plain words for the typesetter, in the active language."""

    page: reading.Page
    viewer: Viewer
    photographs: Photographs
    for_home: bool = field(init=False)
    unit: str = field(init=False)

    def __post_init__(self) -> None:
        self.for_home = self.viewer.hat == Hat.GUARDIAN
        conference = self.page.conference
        # Where a child is now may be kept from one guardian, and a paper stays in somebody's drawer.
        kept = unnamed.units(self.viewer.person, conference.child_id) if self.for_home else set()
        self.unit = "" if conference.unit_id in kept else conference.unit.name

    def with_unit(self, text: str) -> str:
        """The text, and at which preschool, for whom is told."""
        return f"{text} · {self.unit}" if self.unit else text

    def told(self) -> dict[str, Any]:
        conference = self.page.conference
        heading = pick(conference.frozen.content["name"], get_language(), conference.frozen.language)
        sections = [self._section(section) for section in self.page.sections]
        return {
            "sender": conference.unit.organisation.name,
            "day": self._day(self.viewer.at),
            "heading": said(heading),
            "about": self.with_unit(conference.child.given_name),
            "facts": self._facts(),
            "sections": [*self._carried_over(), *(section for section in sections if section["parts"])],
            "addenda": {
                "heading": _("Added later"),
                "lines": [
                    {"by": self._by(row.by.given_name if row.by else "", row.at), "text": written(row.text)}
                    for row in self.page.addenda
                ],
            },
            "closing": self._closing(),
        }

    def _facts(self) -> list[dict[str, Any]]:
        conference, facts = self.page.conference, []
        for talk in self.page.talks:
            # Another home never reads when one had its own talk.
            if talk.home_id is not None and not self.for_home:
                continue
            facts.append((_("The talk:"), _in_words(talk.held_on)))
            facts.append((_("Took part:"), talk.took_part))
            facts.append((_("Interpreter into:"), talk.interpreter))
        facts.append((_("Informed:"), self._informed()))
        if conference.sealed_at is not None:
            by = conference.sealed_by.given_name if conference.sealed_by else ""
            facts.append((_("Sealed:"), self._by(by, conference.sealed_at)))
        else:
            facts.append((_("Not sealed yet:"), _("this is what stood there on the day of this paper.")))
        return [{"label": label, "told": written(told)} for label, told in facts if told]

    def _informed(self) -> str:
        """How the reader's home was told; on a paper of the staff's only where the child has one home."""
        conference, viewer = self.page.conference, self.viewer
        if self.for_home:
            home = running_home(viewer, conference)
        else:
            homes = sides.of(conference, viewer)
            home = homes[0].home if len(homes) == 1 else None
        found = Side.objects.visible_to(viewer).filter(conference=conference, home=home).first() if home else None
        return Side.Informed(found.informed).to_the_home if found else ""

    def _carried_over(self) -> list[dict[str, Any]]:
        if not self.page.carried_over:
            return []
        part = {**_EMPTY, "label": plainly(_("Agreements")), "agreements": self._agreements(self.page.carried_over)}
        return [{"title": plainly(_("What we agreed on last time")), "intro": plainly(""), "parts": [part]}]

    def _section(self, section: reading.Section) -> dict[str, Any]:
        parts = [part for asked in section.fields for part in self._parts(asked)]
        only_read = all(part["statement"] for part in parts)
        return {
            "title": said(section.title),
            "intro": said(section.intro),
            "parts": [] if only_read else parts,
        }

    def _parts(self, asked: reading.Field) -> list[dict[str, Any]]:
        """What stands under one question: the words for all, and under the same question what this home wrote."""
        if asked.seen == Seen.STAFF:
            return []
        if asked.type == QuestionType.STATEMENT:
            return [{**_EMPTY, "label": said(asked.label), "words": said(asked.help), "statement": True}]
        own = asked.seen == Seen.HOME or asked.home is not None
        common = [pick for pick in asked.materials if pick.home is None]
        mine = [pick for pick in asked.materials if pick.home is not None]
        found = []
        if asked.told is not None or (own and common):
            found.append(self._part(asked, asked.told, common, ""))
        if not own:
            found.append(self._part(asked, reading.Standing(asked.value, 0, asked.by, asked.at), common, ""))
        elif self.for_home:
            whose = _("From your home. No other home reads it.")
            found.append(self._part(asked, reading.Standing(asked.value, 0, asked.by, asked.at), mine, whose))
        return [part for part in found if _has_something(part)]

    def _part(
        self, asked: reading.Field, standing: reading.Standing | None, picks: Iterable[Picked], whose: str
    ) -> dict[str, Any]:
        value = standing.value if standing else None
        part = {
            **_EMPTY, "label": said(asked.label), "whose": whose,
            "materials": [self._material(one) for one in picks],
            "agreements": self._agreements(asked.agreements),
        }  # fmt: skip
        if asked.type in (QuestionType.CHOICE, QuestionType.CHOICES):
            keys = value if isinstance(value, list) else [value]
            part["chosen"] = [said(label) for key, label in asked.options if key in keys]
        elif asked.type == QuestionType.DATE and value:
            part["words"] = plainly(_in_words(date.fromisoformat(value)))
        elif isinstance(value, str):
            part["words"] = written(value)
        if standing and standing.at and (part["chosen"] or part["words"]["text"]):
            part["by"] = self._by(standing.by, standing.at)
        return part

    def _material(self, one: Picked) -> dict[str, Any]:
        gone = {**_NO_MATERIAL, "removed": _("Something from the learning log stood here, and is not shown any more.")}
        if one.removed or one.closed or one.shown is None:
            return gone
        shots, more = self.photographs.take(one.pictures)
        text = "" if one.picture is not None else to_text(one.shown.text)
        if one.picture is not None and not shots and not more:
            return gone
        inside = one.language or (get_language() or "en")
        return {
            "removed": "",
            "title": said(Said(one.title, inside)),
            "day": _in_words(one.happened_on) if one.happened_on else "",
            "text": said(Said(text, inside)),
            "quotes": [said(Said(_("“%(words)s”") % {"words": quote}, inside)) for quote in one.quotes],
            "pictures": [
                {"name": name, "alt": shot.alt or _("A picture from the learning log"),
                 "caption": said(Said(shot.caption, inside))}
                for name, shot in shots
            ],
            "more": _("There are more pictures in the learning log.") if more else "",
        }  # fmt: skip

    def _agreements(self, rows: Iterable[reading.Agreed]) -> list[dict[str, Any]]:
        return [
            {
                "what": written(row.what),
                "who": " · ".join([row.who_label, *([_("by %(day)s") % {"day": _in_words(row.by_when)}] if row.by_when
                                                    else [])]),
                "follow_ups": [
                    {"text": written(f"{step.label}. {step.text}" if step.text else step.label),
                     "by": self._by(step.by, step.at)}
                    for step in row.follow_ups
                ],
            }
            for row in rows
        ]  # fmt: skip

    def _closing(self) -> dict[str, Any]:
        conference, version = self.page.conference, self.page.version
        sentences = [
            _("Entries and pictures stand here as they were in the learning log on %(day)s. One that is withdrawn "
              "later is gone from the log, but a copy that was fetched before cannot be called back.")
            % {"day": self._day(self.viewer.at)},
            _("This paper is for the child’s family. Please do not spread what is in it."),
        ]  # fmt: skip
        if not self.for_home:
            sentences.append(_("What a home wrote for itself alone is not printed here."))
        sealed = version is not None and conference.sealed_at is not None
        return {
            "heading": _("About this paper"),
            "sentences": sentences,
            "numbered": _("Mark of the sealed record:") if sealed else "",
            "digest": version.digest if version is not None and sealed else "",
        }

    def _by(self, name: str, at: datetime) -> str:
        return " · ".join(part for part in (name, self._day(at)) if part)

    def _day(self, at: datetime) -> str:
        return _in_words(local(at, self.page.conference).date())


def local(at: datetime, conference: Conference) -> datetime:
    return at.astimezone(ZoneInfo(conference.unit.organisation.time_zone))


def _in_words(day: date) -> str:
    return date_format(day, "j. F Y" if get_language() == "nb" else "j F Y")


def said(words: Said) -> dict[str, str]:
    """Words that somebody chose the language of."""
    return {"text": words.text, "lang": _short(words.language), "dir": words.direction}


def plainly(text: str) -> dict[str, str]:
    """Words of ours, in the language of the paper."""
    return {"text": text, "lang": _short(get_language() or "en"), "dir": "ltr"}


def written(text: str) -> dict[str, str]:
    """What somebody wrote, in whatever language: it runs the way its first letter does."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    first = next((way for way in ways if way in {"L", "R", "AL"}), "L")
    return {**plainly(text), "dir": "ltr" if first == "L" else "rtl"}


def _short(language: str) -> str:
    return language.replace("_", "-").split("-", 1)[0].lower() or "en"


_NOTHING = {"text": "", "lang": "en", "dir": "ltr"}
_EMPTY: dict[str, Any] = {
    "label": _NOTHING, "whose": "", "words": _NOTHING, "chosen": [], "materials": [], "agreements": [], "by": "",
    "statement": False,
}  # fmt: skip
_NO_MATERIAL: dict[str, Any] = {
    "title": _NOTHING, "day": "", "text": _NOTHING, "quotes": [], "pictures": [], "more": "",
}  # fmt: skip


def _has_something(part: dict[str, Any]) -> bool:
    return bool(part["words"]["text"].strip() or part["chosen"] or part["materials"] or part["agreements"])
