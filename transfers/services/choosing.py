"""A legal guardian's choice for one kind of receiver, in one form: what a saved choice leaves unticked is a no."""

from collections.abc import Mapping

from django.db import transaction

from access.questions import services as questions
from access.recordings.services import Told
from people.models import Answer, Child, Guardianship
from transfers import choice
from transfers.services import handovers, packages
from visibility.viewer import Viewer

YES = Answer.Value.YES
# By the kind of unit that receives: what is asked about it.
ASKED = {
    "school": (choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES),
    "preschool": (choice.Question.PRESCHOOL_LOG, choice.Question.PRESCHOOL_CONFERENCES),
}


def says_a_new_yes(guardianship: Guardianship, wanted: Mapping[str, bool]) -> bool:
    """Whether something is ticked that this guardian has not said yes to yet: that takes a sure sign-in."""
    return any(yes and not _stands(guardianship, question) for question, yes in wanted.items())


def taken_back(guardianship: Guardianship, wanted: Mapping[str, bool]) -> dict[str, bool]:
    """Of a choice, what takes an earlier yes back: that waits for no surer sign-in and for no newer words."""
    return {question: yes for question, yes in wanted.items() if not yes and _stands(guardianship, question)}


def _stands(guardianship: Guardianship, question: str) -> bool:
    last = questions.newest(guardianship, question)
    return last is not None and last.value == YES


@transaction.atomic
def choose(*, guardianship: Guardianship, wanted: Mapping[str, bool], wordings: Mapping[str, str], by: Viewer) -> None:
    """Keep the whole choice; each part that is new is an answer of its own, to the words that stood on the page.

    Raises PermissionDenied, and NotPossible for a yes to words that are not the newest.
    """
    for question, yes in wanted.items():
        last = questions.newest(guardianship, question)
        stands = last is not None and last.value == YES
        if stands == yes and last is not None:
            continue
        value = YES if yes else Answer.Value.WITHDRAWN if stands else Answer.Value.NO
        questions.answer(
            guardianship=guardianship, question=question, value=value, wording=wordings.get(question, ""), by=by
        )
    look_again(guardianship.child, by)


@transaction.atomic
def record(*, guardianship: Guardianship, question: str, yes: bool, told: Told, by: Viewer) -> Answer:
    """The head writes down what a legal guardian answered on paper or in person; raises as `access.questions` does."""
    given = questions.record(guardianship=guardianship, question=question, yes=yes, told=told, by=by)
    look_again(guardianship.child, by)
    return given


def look_again(child: Child, by: Viewer) -> None:
    """What an answer opens is open, and what it ends has ended, before the page that says so is shown."""
    handovers.follow_child(child, by.at)
    packages.stop_for(child_id=child.pk, at=by.at)
