"""The log on paper: one PDF that can be printed, filed for decades and read aloud, of the same content as the page."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from conferences.languages import Said
from conferences.paper import plainly, said, written
from ground.markdown import to_text
from transfers import parts
from transfers.packaging import words
from transfers.packaging.parcel import Parcel

TEMPLATE: Final = "transfers/typeset/log.typ"
# More would make a paper that nobody prints and no printer takes; all of them lie beside it.
MOST: Final = 240
# A smaller copy is enough for paper: pixels on the long side.
SIDE: Final = 720


@dataclass
class Paper:
    """Plain words for the typesetter, in the language of the package, and which pictures it sets under which names."""

    parcel: Parcel
    pictures: dict[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        with translation.override(self.parcel.language):
            return self._told()

    @property
    def title(self) -> str:
        with translation.override(self.parcel.language):
            return f"{words.title(self.parcel)} · {self.parcel.content.organisation}"

    def _told(self) -> dict[str, Any]:
        parcel, content = self.parcel, self.parcel.content
        entries = {one.public_id: one for one in content.entries}
        return {
            "sender": content.organisation,
            "day": words.in_words(parcel.day),
            "heading": plainly(words.title(parcel)),
            "facts": [{"label": label, "told": written(told)} for label, told in words.facts(parcel)],
            "agreements": {
                "heading": _("What we agreed on last"), "rows": self._agreements(content.last_agreements),
            },
            "highlights": {
                "heading": _("Picked by the family and the preschool"),
                "rows": [
                    {"title": self._title(entries[key]), "day": words.in_words(entries[key].happened_on)}
                    for key in content.highlights
                ],
            },
            "log": {
                "heading": _("The learning log"),
                "months": [
                    {"label": label, "rows": [self._item(one) for one in rows]}
                    for _anchor, label, rows in words.months(parcel)
                ],
            },
            "conferences": {
                "heading": _("Conferences"), "rows": [self._conference(one) for one in content.conferences],
            },
            "nothing": _("Nothing was written in these days.") if content.is_empty else "",
            "closing": {
                "heading": _("About this copy"),
                "sentences": words.about(parcel),
                "choices": [
                    {"label": label, "told": _("yes on %(days)s") % {"days": days}, "words": written(to_text(text))}
                    for label, text, days in words.said_yes(parcel)
                ],
            },
        }  # fmt: skip

    def _item(self, one: parts.Entry | parts.Words) -> dict[str, Any]:
        if isinstance(one, parts.Words):
            return {
                **_NO_ITEM,
                "title": plainly(words.words_title(self.parcel)),
                "by": f"{words.in_words(one.happened_on)} · {one.by}",
                "text": written(to_text(one.text)),
                "pictures": self._pictures(one.pictures),
                "home": True,
            }
        goals = self.parcel.content.goals
        return {
            **_NO_ITEM,
            "title": self._title(one),
            "by": f"{words.in_words(one.happened_on)} · {one.author}, {one.unit}",
            "text": said(Said(to_text(one.text), one.language)),
            "quotes": [said(Said(_("“%(words)s”") % {"words": quote}, one.language)) for quote in one.quotes],
            "lines": [
                *(
                    [{"label": _("For %(name)s:") % {"name": self.parcel.content.given_name},
                      "told": said(Said(one.line, one.language))}]
                    if one.line
                    else []
                ),
                *({"label": f"{goal}:", "told": said(Said(text, one.language))} for goal, text in one.remarks),
            ],
            "goals": [goals[key].label for key in one.goals if key in goals],
            "pictures": self._pictures(one.pictures),
            "clips": [f"{words.clip_label(clip)}: {self.parcel.files[clip.public_id]}" for clip in one.clips],
        }  # fmt: skip

    def _title(self, one: parts.Entry) -> dict[str, str]:
        return said(Said(one.title, one.language)) if one.title else plainly(_("Without a title"))

    def _pictures(self, rows: Iterable[parts.Picture]) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "alt": one.alt or _("A picture from the learning log"),
                "caption": written(one.caption),
            }
            for one in rows
            if (name := self._taken(one.public_id))
        ]

    def _taken(self, key: uuid.UUID) -> str:
        """The name under which a picture is set; none for those that no paper bears any more."""
        path = self.parcel.files[key]
        if path not in self.pictures and len(self.pictures) >= MOST:
            return ""
        self.pictures[path] = path
        return path

    def _conference(self, one: parts.Conference) -> dict[str, Any]:
        day = words.in_words(one.day) if one.day else ""
        return {
            "title": said(one.heading),
            "by": " · ".join(part for part in (day, one.unit) if part),
            "sections": [
                {"title": said(section.title), "parts": [self._asked(asked) for asked in section.asked]}
                for section in one.sections
            ],
            "agreements": {"heading": _("Agreements"), "rows": self._agreements(one.agreements)},
            "addenda": {
                "heading": _("Added later"),
                "rows": [
                    {"text": written(row.text), "by": words.by(row.by, row.at, self.parcel)} for row in one.addenda
                ],
            },
            "numbered": _("Mark of the sealed record:") if one.digest else "",
            "digest": one.digest,
        }

    def _asked(self, one: parts.Asked) -> dict[str, Any]:
        text = words.in_words(one.day) if one.day else one.text
        return {
            "label": said(one.label),
            "whose": _("From your home. No other home reads it.") if one.own else "",
            "text": written(text),
            "chosen": [said(row) for row in one.chosen],
            "materials": [
                {"title": written(row.title or _("Without a title")), "day": words.in_words(row.happened_on)}
                for row in one.materials
            ],
            "by": words.by(one.by, one.at, self.parcel),
        }

    def _agreements(self, rows: Iterable[parts.Agreement]) -> list[dict[str, Any]]:
        return [
            {
                "what": written(row.what),
                "who": words.agreed_by(row),
                "steps": [
                    {
                        "text": written(f"{step.label}. {step.text}" if step.text else step.label),
                        "by": words.by(step.by, step.at, self.parcel),
                    }
                    for step in row.steps
                ],
            }
            for row in rows
        ]


_NOTHING = {"text": "", "lang": "en", "dir": "ltr"}
_NO_ITEM: dict[str, Any] = {
    "title": _NOTHING, "by": "", "text": _NOTHING, "quotes": [], "lines": [], "goals": [], "pictures": [], "clips": [],
    "home": False,
}  # fmt: skip
