"""What is wrong with a template's sections and questions, said beside the very block that it is about."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError

from conferences.choices import FilledBy, QuestionType
from conferences.models.fields import Seen

# Who reads what somebody filled in. What a home writes for itself is never another home's.
FITS: dict[str, tuple[str, ...]] = {
    FilledBy.STAFF: (Seen.STAFF, Seen.SHOWN, Seen.SEALED),
    FilledBy.HOME: (Seen.HOME,),
    FilledBy.CHILD: (Seen.SHOWN,),
    FilledBy.TOGETHER: (Seen.SEALED,),
}
CHOOSING = (QuestionType.CHOICE, QuestionType.CHOICES)

Fault = ValidationError | None


class Checker:
    """Goes through one template. A draft may lack words; it may not contradict itself."""

    def __init__(self, language: str, *, draft: bool) -> None:
        self.language = language
        self.draft = draft
        self.keys: set[str] = set()

    def body(self, body: Any) -> StreamBlockValidationError | None:
        """The faults of all sections, or None."""
        found = {place: fault for place, child in enumerate(body) if (fault := self._section(child.value))}
        return StreamBlockValidationError(block_errors=found) if found else None

    def _section(self, section: Any) -> Fault:
        questions: dict[int, ValidationError] = {}
        asked: set[str] = set()
        for place, child in enumerate(section["questions"].bound_blocks):
            words = self._said(child.value["label"]).casefold()
            twice = str(child.id) in self.keys or (words != "" and words in asked)
            fault = self._question(child.value, twice=twice)
            self.keys.add(str(child.id))
            asked.add(words)
            if fault:
                questions[place] = fault
        return _struct(
            title=self._texts(section["title"], needed=True),
            intro=self._texts(section["intro"], needed=False),
            questions=ListBlockValidationError(block_errors=questions) if questions else None,
        )

    def _question(self, question: Any, *, twice: bool) -> Fault:
        label = self._texts(question["label"], needed=True)
        if twice and label is None:
            label = ListBlockValidationError(non_block_errors=[_("This question stands in the section already.")])
        return _struct(
            filled_by=self._filled_by(question),
            seen=self._seen(question),
            label=label,
            help=self._texts(question["help"], needed=False),
            options=self._options(question),
        )

    def _filled_by(self, question: Any) -> Fault:
        if question["type"] == QuestionType.AGREEMENT and question["filled_by"] != FilledBy.TOGETHER:
            return ValidationError(_("Agreements are made together, at the talk."))
        return None

    def _seen(self, question: Any) -> Fault:
        if question["seen"] in FITS.get(question["filled_by"], ()):
            return None
        return ValidationError(
            {
                FilledBy.STAFF: _("What the staff prepare is read by the staff alone, or by every home."),
                FilledBy.HOME: _("What a home writes beforehand is its own: no other home may read it."),
                FilledBy.CHILD: _("The child’s part is read by every home, when it is shown to them."),
                FilledBy.TOGETHER: _("What is written together is read by every home, after the talk."),
            }.get(question["filled_by"], _("Choose who fills it in."))
        )

    def _options(self, question: Any) -> Fault:
        options = question["options"].bound_blocks
        if question["type"] not in CHOOSING:
            return _list(_("Only a question where something is chosen has choices.")) if options else None
        faults: dict[int, ValidationError] = {}
        said: set[str] = set()
        for place, option in enumerate(options):
            words = self._said(option.value["label"]).casefold()
            fault = self._texts(option.value["label"], needed=True)
            if fault is None and words and words in said:
                fault = _list(_("This choice stands there already."))
            said.add(words)
            if fault:
                faults[place] = StructBlockValidationError(block_errors={"label": fault})
        few = len(options) < 2 and not self.draft
        if not faults and not few:
            return None
        return ListBlockValidationError(
            block_errors=faults, non_block_errors=[_("Give at least two choices.")] if few else None
        )

    def _texts(self, wordings: Any, *, needed: bool) -> ListBlockValidationError | None:
        faults: dict[int, ValidationError] = {}
        languages: set[str] = set()
        for place, wording in enumerate(wordings):
            if wording["language"] in languages:
                twice = ValidationError(_("There is a text in this language already."))
                faults[place] = StructBlockValidationError(block_errors={"language": twice})
            languages.add(wording["language"])
        missing = (needed or languages) and not self._said(wordings) and not self.draft
        told = _("Write it in the template’s own language too (%(language)s).") % {"language": self.language}
        if not faults and not missing:
            return None
        return ListBlockValidationError(block_errors=faults, non_block_errors=[told] if missing else None)

    def _said(self, wordings: Iterable[Any]) -> str:
        own = (wording["text"] or "" for wording in wordings if wording["language"] == self.language)
        return next(own, "").strip()


def _struct(**faults: Fault) -> StructBlockValidationError | None:
    found = {name: fault for name, fault in faults.items() if fault}
    return StructBlockValidationError(block_errors=found) if found else None


def _list(message: str) -> ListBlockValidationError:
    return ListBlockValidationError(non_block_errors=[message])


def sentences(error: ValidationError) -> list[str]:
    """Every sentence of a nested error, in the order of the blocks."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        return list(error.messages)
    own = [message for one in error.non_block_errors.as_data() for message in one.messages]  # type: ignore[attr-defined]
    return own + [sentence for one in inner.values() for sentence in sentences(one)]
