"""What the answers of now allow, spelled twice: over rows for pages that explain, in SQL for what is served.

Both are held to a slow oracle. Nothing is copied anywhere, so an answer counts from the moment it is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from media_policy.questions import PUBLIC_TASK, Basis, Question, Way, ways
from people.models import Answer, Child, GroupOpening, Guardianship, QuestionSetting, RoundChild

YES = Answer.Value.YES
# Taking a yes back is a no: silence must never turn it into a yes again.
AGAINST = (Answer.Value.NO, Answer.Value.WITHDRAWN)
# Of these, silence says nothing until the question was put to the families of that very group.
AFTER_A_ROUND = frozenset({Question.OTHER_FAMILIES})


@dataclass
class Standing:
    """Where one question about one child stands: who said yes, who is against, who has not said anything."""

    way: Way
    yes: list[Guardianship] = field(default_factory=list)
    against: list[Guardianship] = field(default_factory=list)
    silent: list[Guardianship] = field(default_factory=list)
    blocked: bool = False
    silence_counts: bool = True

    @property
    def every_yes(self) -> bool:
        """Whether all who are asked have said yes, and nobody is against; silence is none, on whatever ground."""
        return bool(self.yes) and not (self.blocked or self.against or self.silent)

    @property
    def allowed(self) -> bool:
        if self.blocked or self.against:
            return False
        if self.every_yes:
            return True
        if self.way.objection:
            return self.silence_counts
        return bool(self.yes) and self.way.silence_is_yes and self.silence_counts


def allowed(question: str, children: Iterable[int], at: datetime, *, group: int | None = None) -> set[int]:
    """Keys of those children whose answers allow it now; `group` is the open group whose families would see."""
    found = standings(question, children, at, group=group)
    return {key for key, standing in found.items() if standing.allowed}


def agreed(question: str, children: Iterable[int], at: datetime) -> set[int]:
    """Keys of those children about whom every active legal guardian has said yes; silence never counts here."""
    return {key for key, standing in standings(question, children, at).items() if standing.every_yes}


def standings(question: str, children: Iterable[int], at: datetime, *, group: int | None = None) -> dict[int, Standing]:
    """Where a question stands for each of these children, in a fixed number of statements."""
    rows = list(Child.objects.filter(pk__in=set(children)).select_related("organisation").order_by("pk"))
    decided = ways(question, {row.organisation_id: row.organisation for row in rows}.values())
    found = {row.pk: Standing(decided[row.organisation_id], blocked=row.blocked_at is not None) for row in rows}
    for tie, said in latest(question, found, at):
        standing = found[tie.child_id]
        if said in AGAINST:
            standing.against.append(tie)
        elif is_active(tie, at):
            (standing.yes if said == YES else standing.silent).append(tie)
    if question in AFTER_A_ROUND:
        rounds = _rounds_over(question, at, group).filter(child__in=list(found)).order_by("round__put_at", "pk")
        asked = dict(rounds.values_list("child_id", "round__put_at"))
        for key, standing in found.items():
            last = asked.get(key)
            # Whoever was activated after it was put has not been asked.
            standing.silence_counts = last is not None and all(
                tie.activated_at is not None and tie.activated_at <= last for tie in standing.silent
            )
    return found


def latest(question: str, children: Iterable[int], at: datetime) -> list[tuple[Guardianship, str]]:
    """The legal guardians whose tie runs, active or not, with the newest answer of each; "" where there is none."""
    ties = Guardianship.objects.running(at).legal().filter(child__in=list(children))
    rows = list(ties.select_related("person").order_by("pk"))
    answers = Answer.objects.filter(question=question, guardianship__in=rows).order_by("given_at", "pk")
    said = dict(answers.values_list("guardianship_id", "value"))
    return [(row, said.get(row.pk, "")) for row in rows]


def is_active(tie: Guardianship, at: datetime) -> bool:
    """Whether a running guardianship is active at the moment."""
    if tie.activated_at is None or tie.activated_at > at:
        return False
    return tie.inactivated_at is None or at < tie.inactivated_at


# --- the same in SQL -------------------------------------------------------------------------------------------------


def allowing(question: str, at: datetime, *, child: str = "child", group: int | None = None) -> Q:
    """The rows whose child's answers allow it now; `child` is the path from the row to the child, "" a child's own."""
    key, path = (f"{child}_id", f"{child}__") if child else ("pk", "")
    ties = _said(question, Guardianship.objects.running(at).legal().filter(child=OuterRef(key)))
    active = ties.active(at)
    against = Exists(ties.filter(said__in=AGAINST))
    yes, silent = Exists(active.filter(said=YES)), Exists(active.exclude(said=YES))
    setting = QuestionSetting.objects.filter(question=question, organisation=OuterRef(f"{path}organisation_id"))
    newest = setting.order_by("-at", "-pk")
    basis = Coalesce(Subquery(newest.values("basis")[:1]), _usual(question, f"{path}organisation__country"))
    objection = Exact(basis, Basis.OBJECTION)
    silence_is_yes = Exact(Coalesce(Subquery(newest.values("silence_is_yes")[:1]), Value(False)), True)
    asked, all_asked = Q(), Q()
    if question in AFTER_A_ROUND:
        asked = Q(Exists(_rounds_over(question, at, group).filter(child=OuterRef(key))))
        told = _rounds_over(question, at, group)
        told = told.filter(child=OuterRef("child_id"), round__put_at__gte=OuterRef("activated_at"))
        all_asked = ~Q(Exists(active.exclude(said=YES).filter(~Exists(told))))
    by_silence = asked & all_asked & (Q(objection) | (Q(yes) & Q(silence_is_yes)))
    unblocked = Q(**{f"{path}blocked_at__isnull": True})
    return unblocked & ~Q(against) & ((Q(yes) & ~Q(silent)) | by_silence)


def _said(question: str, ties: QuerySet[Any]) -> Any:
    answers = Answer.objects.filter(question=question, guardianship=OuterRef("pk")).order_by("-given_at", "-pk")
    return ties.alias(said=Coalesce(Subquery(answers.values("value")[:1]), Value("")))


def _usual(question: str, country: str) -> Any:
    task = [str(key) for key, tasks in PUBLIC_TASK.items() if question in tasks]
    whens = [When(**{f"{country}__in": task}, then=Value(str(Basis.OBJECTION)))] if task else []
    return Case(*whens, default=Value(str(Basis.CONSENT)))


def _rounds_over(question: str, at: datetime, group: int | None) -> QuerySet[Any]:
    """Children about whom a round asked in this group since it was opened, and whose time to answer has passed."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    since = Q(opened_at__lte=at) & Q(opened_at__lte=OuterRef("round__put_at"))
    opened = GroupOpening.objects.filter(still & since, group=OuterRef("round__group_id"))
    rows = RoundChild.objects.filter(round__question=question, round__answers_until__lte=at)
    return rows.filter(Exists(opened), round__group=group) if group is not None else rows.none()
