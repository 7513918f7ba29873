"""Which questions can be asked: those about pictures, and those that a room above has registered with its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise

from media_policy.questions import Question

_OWN = Path(__file__).resolve().parent.parent / "data" / "question_wordings.json"


@dataclass(frozen=True)
class Known:
    """One question; `may_be_objected` is whether an organisation can decide that only a no stops it."""

    question: str
    label: str | Promise
    may_be_objected: bool = True


_known: dict[str, Known] = {one.value: Known(one.value, one.label) for one in Question}
_wordings: list[Path] = [_OWN]


def register(questions: Iterable[Known], wordings: Path) -> None:
    """Have these questions answered, recorded and decided as those about pictures are; `wordings` is their words."""
    for one in questions:
        if _known.setdefault(one.question, one) != one:
            raise ValueError(f"The question {one.question} is registered twice.")
    if wordings not in _wordings:
        _wordings.append(wordings)


def is_known(question: str) -> bool:
    """Whether there is such a question."""
    return question in _known


def of(question: str) -> Known:
    """What is known of a question. Raises KeyError."""
    return _known[question]


def wordings() -> list[Path]:
    """The files that the words of the questions come in."""
    return list(_wordings)
