"""What other rooms ask of the curriculum, and the few writes it has."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from curriculum.languages import LANGUAGES, said
from curriculum.models import Area, Framework, Goal
from curriculum.models.base import SearchedText


def goal_labels(goal_ids: Iterable[int], language: str) -> dict[int, str]:
    """The short labels of these goals by id, in one query; retired goals keep theirs, unknown ids are left out."""
    wanted = set(goal_ids)
    if not wanted:
        return {}
    columns = [f"label_{code}" for code in LANGUAGES]
    rows = Goal.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "framework__language", *columns)
    return {pk: said(dict(zip(LANGUAGES, texts, strict=True)), language, origin) for pk, origin, *texts in rows}


@transaction.atomic
def refresh_copies() -> int:
    """Bring copied columns that differ from their source in line; returns the number of rows that differed."""
    return sum(_refresh(model.objects.for_list().select_for_update(of=("self",))) for model in (Area, Goal))


def _refresh(rows: Iterable[SearchedText]) -> int:
    stale = 0
    for row in rows:
        before = [getattr(row, name) for name in sorted(row.COPIES)]
        row.copy_over()
        if before != [getattr(row, name) for name in sorted(row.COPIES)]:
            row.save(update_fields=sorted(row.COPIES))
            stale += 1
    return stale


@transaction.atomic
def allow_editing(*, group: Group) -> None:
    """Let a group of the office draft, publish and lock frameworks, areas and goals; nobody needs to delete them."""
    verbs = ("add", "change", "view", "publish", "lock", "unlock")
    names = Q()
    for model in (Framework, Area, Goal):
        codenames = [f"{verb}_{model._meta.model_name}" for verb in verbs]
        names |= Q(content_type__app_label="curriculum", codename__in=codenames)
    group.permissions.add(*Permission.objects.filter(names).order_by("pk"))
