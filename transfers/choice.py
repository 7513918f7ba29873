"""Whether a receiver may see anything at all: four questions, and where the answers of now stand.

Spelled twice, over rows for pages that explain and in SQL for what is served; both are held to a slow oracle.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from media_policy import answers
from media_policy.answers import AGAINST, YES, Standing
from media_policy.questions import Basis
from people.models import Answer, Guardianship, QuestionSetting, Unit


class Question(models.TextChoices):
    SCHOOL_LOG = "school_log", _("The school may see the log of the last year")
    SCHOOL_CONFERENCES = "school_conferences", _("The school may see the conferences of the last year")
    PRESCHOOL_LOG = "preschool_log", _("A next preschool may see the log of the last year")
    PRESCHOOL_CONFERENCES = "preschool_conferences", _("A next preschool may see the conferences of the last year")


# Only between its own preschools can an organisation say that a no stops it; a school always needs the yes.
MAY_BE_OBJECTED = frozenset({Question.PRESCHOOL_LOG, Question.PRESCHOOL_CONFERENCES})


def log(unit_kind: str) -> Question:
    """The question about the log for a receiver of this kind; a package is for a school."""
    return Question.PRESCHOOL_LOG if unit_kind == Unit.Kind.PRESCHOOL else Question.SCHOOL_LOG


def conferences(unit_kind: str) -> Question:
    """The question about the conferences for a receiver of this kind."""
    return Question.PRESCHOOL_CONFERENCES if unit_kind == Unit.Kind.PRESCHOOL else Question.SCHOOL_CONFERENCES


def standing(child_ids: Iterable[int], question: str, at: datetime) -> dict[int, Standing]:
    """Where a question stands for each of these children; whether it is a yes is `is_yes`, not the standing's own."""
    return answers.standings(question, child_ids, at)


def is_yes(question: str, found: Standing) -> bool:
    """Whether what was said is a yes. Without an active legal guardian it never is, whatever the organisation set."""
    if found.blocked or found.against or not (found.yes or found.silent):
        return False
    if not found.silent:
        return True
    if found.yes and found.way.silence_is_yes:
        return True
    return question in MAY_BE_OBJECTED and found.way.objection


def chosen(child_ids: Iterable[int], question: str, at: datetime) -> set[int]:
    """Keys of those children about whom the answers of now are a yes."""
    return {key for key, found in standing(child_ids, question, at).items() if is_yes(question, found)}


# --- the same in SQL -------------------------------------------------------------------------------------------------


def says_yes(question: str, at: datetime, *, child: str = "child") -> Q:
    """The rows whose child's answers are a yes now; `child` is the path from the row to the child, "" a child's own."""
    key, path = (f"{child}_id", f"{child}__") if child else ("pk", "")
    ties = _said(question, Guardianship.objects.running(at).legal().filter(child=OuterRef(key)))
    active = ties.active(at)
    against, yes = Exists(ties.filter(said__in=AGAINST)), Exists(active.filter(said=YES))
    silent = Exists(active.exclude(said=YES))
    settings = QuestionSetting.objects.filter(question=question, organisation=OuterRef(f"{path}organisation_id"))
    newest = settings.order_by("-at", "-pk")
    # Each is only reached by somebody active who is silent, and nobody against.
    enough = Q(yes) & Q(Exact(Coalesce(Subquery(newest.values("silence_is_yes")[:1]), Value(False)), True))
    if question in MAY_BE_OBJECTED:
        basis = Coalesce(Subquery(newest.values("basis")[:1]), Value(str(Basis.CONSENT)))
        enough |= Q(Exact(basis, Value(str(Basis.OBJECTION))))
    unblocked = Q(**{f"{path}blocked_at__isnull": True})
    return unblocked & ~Q(against) & ((Q(yes) & ~Q(silent)) | (Q(silent) & enough))


def _said(question: str, ties: QuerySet[Any]) -> Any:
    said = Answer.objects.filter(question=question, guardianship=OuterRef("pk")).order_by("-given_at", "-pk")
    return ties.alias(said=Coalesce(Subquery(said.values("value")[:1]), Value("")))
