"""The questions of a conference, read from the frozen words of its template."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from conferences.choices import FilledBy, QuestionType
from conferences.models import Conference, FrozenTemplate
from conferences.models.fields import Seen

LONGEST = 8000
# What is answered elsewhere than in a field, or not at all.
NO_FIELD = frozenset({QuestionType.STATEMENT, QuestionType.FROM_LOG, QuestionType.AGREEMENT})

Texts = Mapping[str, str]


class NotAnAnswer(ValueError):
    """What was sent does not have the shape that the question asks for."""


@dataclass(frozen=True)
class Question:
    key: uuid.UUID
    type: str
    filled_by: str
    asked_seen: str
    label: Texts
    help: Texts
    options: tuple[tuple[str, Texts], ...] = ()

    def seen(self, *, at_home: bool) -> str:
        """Who reads what is filled in here, by staff or at home; what a template does not say stays with the staff."""
        if at_home:
            return Seen.HOME
        if self.filled_by == FilledBy.STAFF:
            return self.asked_seen if self.asked_seen in (Seen.SHOWN, Seen.SEALED) else Seen.STAFF
        return Seen.SHOWN if self.filled_by == FilledBy.CHILD else Seen.SEALED

    @property
    def for_staff_to_fill(self) -> bool:
        return self.filled_by != FilledBy.HOME

    @property
    def for_homes_to_fill(self) -> bool:
        return self.filled_by in (FilledBy.HOME, FilledBy.CHILD)

    @property
    def only_staff(self) -> bool:
        return not self.for_homes_to_fill and self.seen(at_home=False) == Seen.STAFF

    def answer(self, value: Any) -> Any:
        """The value in the shape of the question. Raises NotAnAnswer."""
        if self.type == QuestionType.CHOICES:
            return self._several(value)
        if not isinstance(value, str):
            raise NotAnAnswer
        if self.type == QuestionType.CHOICE and value and value not in dict(self.options):
            raise NotAnAnswer
        if self.type == QuestionType.DATE and value:
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                raise NotAnAnswer from None
        if self.type in NO_FIELD or len(value) > LONGEST:
            raise NotAnAnswer
        return value

    def _several(self, value: Any) -> list[str]:
        known = [key for key, _ in self.options]
        if not isinstance(value, list) or any(key not in known for key in value):
            raise NotAnAnswer
        # In the order of the template: the same boxes ticked are the same answer.
        return [key for key in known if key in value]


@dataclass(frozen=True)
class Section:
    key: str
    title: Texts
    intro: Texts
    questions: tuple[Question, ...]


def sections_of(frozen: FrozenTemplate) -> list[Section]:
    return [
        Section(part["key"], part["title"], part["intro"], tuple(_question(one) for one in part["questions"]))
        for part in frozen.content["sections"]
    ]


def _question(one: dict[str, Any]) -> Question:
    return Question(
        uuid.UUID(one["key"]), one["type"], one["filled_by"], one["seen"], one["label"], one["help"],
        tuple((option["key"], option["label"]) for option in one["options"]),
    )  # fmt: skip


def question_of(conference: Conference, key: uuid.UUID) -> Question | None:
    """The question with this key in the conference's template."""
    asked = (question for section in sections_of(conference.frozen) for question in section.questions)
    return next((question for question in asked if question.key == key), None)
