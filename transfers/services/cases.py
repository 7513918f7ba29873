"""A parent without access asks to know: the request, the look at what could harm, the decision and its letter."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.recordings.services import NotPossible
from people.models import Child
from transfers.models import Disclosure
from visibility import rule
from visibility.matrix import DISCLOSE
from visibility.viewer import Viewer

Decision = Disclosure.Decision


@transaction.atomic
def ask(*, child: Child, asked_by: str, asked_on: date, asked_for: str, by: Viewer) -> Disclosure:
    """Write down that somebody asks; written down twice and not decided, it is one. It opens nothing.

    Raises PermissionDenied, and NotPossible for a day to come.
    """
    row = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    if not rule.may(by, DISCLOSE, row):
        raise PermissionDenied
    if asked_on > by.day:
        raise NotPossible("asked_on")
    said = {"asked_by": asked_by, "asked_on": asked_on, "asked_for": asked_for, "created_by": by.person}
    known: Disclosure | None = Disclosure.objects.filter(child=row, decision="", **said).order_by("pk").first()
    made: Disclosure = known or Disclosure.objects.create(child=row, created_at=by.at, **said)
    return made


@transaction.atomic
def decide(
    *, disclosure: Disclosure, decision: str, harm_check: str, letter: str, appeal_told: bool, by: Viewer
) -> Disclosure:  # fmt: skip
    """Decide once; the same case is not decided again, a new request is a new case.

    Raises PermissionDenied; NotPossible for a case that is decided, a decision without a look at what could harm, and
    a refusal that does not say how to appeal.
    """
    row = Disclosure.objects.select_for_update(of=("self",)).select_related("child").get(pk=disclosure.pk)
    if not rule.may(by, DISCLOSE, row.child):
        raise PermissionDenied
    if row.decision:
        raise NotPossible("decided")
    if decision not in Decision.values or not harm_check.strip():
        raise NotPossible("harm_check")
    if decision != Decision.GRANTED and not appeal_told:
        raise NotPossible("appeal_told")
    row.decision, row.harm_check, row.letter, row.appeal_told = decision, harm_check, letter, appeal_told
    row.decided_at, row.decided_by = by.at, by.person
    row.save()
    return row
