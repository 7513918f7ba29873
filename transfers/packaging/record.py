"""The log for machines: `log.json`, in the form that `transfers/data/log.schema.json` publishes, and the receipt."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from conferences.languages import Said
from transfers import parts
from transfers.packaging.parcel import Choice, Parcel

SCHEMA: Final = Path(__file__).parent.parent / "data" / "log.schema.json"
FORMAT: Final = "urn:learning-log:log:1"


def log(parcel: Parcel) -> bytes:
    """The whole content as JSON, goals as CASE items; the same bytes for the same content."""
    return _octets(_Teller(parcel).told())


def receipt(parcel: Parcel) -> bytes:
    """Who it was made for, what was chosen, how much went along: for whoever files it."""
    told = {"package": str(parcel.public_id), "made": _made(parcel), "choices": _choices(parcel.choices),
            "contains": parcel.content.counts}  # fmt: skip
    return _octets(told)


def _octets(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _made(parcel: Parcel) -> dict[str, Any]:
    content = parcel.content
    return {
        "at": _moment(parcel.made_at),
        "by": content.organisation,
        "for": parcel.made_for or None,
        "ownCopy": parcel.is_own_copy,
        "firstDay": _day(content.first_day),
        "from": _day(parcel.starts),
        "until": _day(parcel.until),
    }


def _choices(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    return [
        {
            "question": one.question,
            "label": one.label,
            "words": one.words,
            "yes": [{"on": _day(yes.day), "wording": yes.wording} for yes in one.said],
        }
        for one in choices
    ]


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(words: Said) -> dict[str, str]:
    return {"text": words.text, "language": words.language}


class _Teller:
    def __init__(self, parcel: Parcel) -> None:
        self.parcel, self.content = parcel, parcel.content

    def told(self) -> dict[str, Any]:
        content = self.content
        return {
            "$schema": SCHEMA.name,
            "format": FORMAT,
            "package": str(self.parcel.public_id),
            "language": self.parcel.language,
            "made": _made(self.parcel),
            "child": {"name": content.child, "givenName": content.given_name},
            "choices": _choices(self.parcel.choices),
            "highlights": [str(key) for key in content.highlights],
            "entries": [self._entry(one) for one in content.entries],
            "wordsFromHome": [self._words(one) for one in content.words],
            "conferences": [self._conference(one) for one in content.conferences],
            "goals": [goal.item for _key, goal in sorted(content.goals.items())],
        }

    def _entry(self, one: parts.Entry) -> dict[str, Any]:
        goals = self.content.goals
        return {
            "id": str(one.public_id),
            "title": one.title,
            "text": one.text,
            "language": one.language,
            "happenedOn": _day(one.happened_on),
            "sharedAt": _moment(one.shared_at),
            "author": one.author,
            "unit": one.unit,
            "about": one.line,
            "quotes": one.quotes,
            "observations": [{"goal": goal, "text": text} for goal, text in one.remarks],
            "goals": [goals[key].item["identifier"] for key in one.goals if key in goals],
            "pictures": self._pictures(one.pictures),
            "clips": [
                {
                    "file": self.parcel.files[clip.public_id],
                    "kind": "film" if clip.is_film else "sound",
                    "seconds": clip.seconds,
                    "caption": clip.caption,
                    "words": clip.words,
                }
                for clip in one.clips
            ],
        }

    def _pictures(self, pictures: list[parts.Picture]) -> list[dict[str, Any]]:
        files = self.parcel.files
        return [{"file": files[one.public_id], "alt": one.alt, "caption": one.caption} for one in pictures]

    def _words(self, one: parts.Words) -> dict[str, Any]:
        return {
            "id": str(one.public_id),
            "text": one.text,
            "happenedOn": _day(one.happened_on),
            "author": one.by,
            "pictures": self._pictures(one.pictures),
        }

    def _conference(self, one: parts.Conference) -> dict[str, Any]:
        return {
            "id": str(one.public_id),
            "name": _said(one.heading),
            "unit": one.unit,
            "heldOn": _day(one.held_on),
            "sealedAt": _moment(one.sealed_at),
            "digest": one.digest,
            "sections": [
                {"title": _said(section.title), "questions": [self._asked(asked) for asked in section.asked]}
                for section in one.sections
            ],
            "agreements": [self._agreement(agreed) for agreed in one.agreements],
            "addenda": [{"text": row.text, "by": row.by, "at": _moment(row.at)} for row in one.addenda],
        }

    def _asked(self, one: parts.Asked) -> dict[str, Any]:
        return {
            "question": _said(one.label),
            "text": one.text,
            "chosen": [_said(said) for said in one.chosen],
            "day": _day(one.day),
            "by": one.by,
            "at": _moment(one.at),
            "ownHome": one.own,
            "fromLog": [
                {
                    "entry": str(picked.entry),
                    "picture": self.parcel.files[picked.picture] if picked.picture else None,
                }
                for picked in one.materials
            ],
        }  # fmt: skip

    def _agreement(self, one: parts.Agreement) -> dict[str, Any]:
        return {
            "id": str(one.public_id),
            "what": one.what,
            "who": one.who,
            "byWhen": _day(one.by_when),
            "followUps": [
                {"state": step.state, "text": step.text, "by": step.by, "at": _moment(step.at)} for step in one.steps
            ],
        }
