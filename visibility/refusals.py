"""Attempts that were refused: noted at once without looking, and looked up afterwards.

A 404 must not tell by its time whether there is something. So every one of somebody signed in, at an address that
names a row, costs the same two statements, and a job finds out whom it was about. What it does not find is emptied
and forgotten.

A page of another hat than the one that is worn is no attempt at a child to whom the person is tied under another one:
they took the wrong hat, or have a tab open from before. The same goes for pictures, whose addresses are no hat's.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import ResolverMatch

from ground.models import PublicIdModel
from people.models import Child, GroupMembership, Guardianship
from visibility import kinds, matrix, ties
from visibility.models import ReadingChild, RefusedChild, RefusedLook
from visibility.relations import RECEIVING_SCHOOL
from visibility.viewer import Moment, Viewer

# How many of one person are written down within the window; what comes after is not, and nobody is told.
MOST = 100
WINDOW = timedelta(hours=1)
BATCH = 500

Pairs = Iterable[tuple[uuid.UUID, int]]
Resolver = Callable[[set[uuid.UUID], datetime], Pairs]
_resolvers: dict[str, Resolver] = {}


def register(name: str, resolver: Resolver) -> None:
    """Have `resolver(public ids, at)` say which rows of a sort are about which children, as pairs.

    Kinds with children of their own are known already.
    """
    known = _resolvers.get(name)
    if known is not None and known is not resolver:
        raise ValueError(f"Two resolvers are called {name}.")
    _resolvers[name] = resolver


def note(*, viewer: Viewer, match: ResolverMatch) -> None:
    """Write down that this viewer was told that there is nothing at the address; known or unknown, the same work."""
    named = [value for value in match.kwargs.values() if isinstance(value, uuid.UUID)]
    if not named or match.view_name in settings.ASKED_BY_PAGES:
        return
    lately = RefusedLook.objects.filter(person=viewer.person, at__gt=viewer.at - WINDOW)
    if lately.count() >= MOST:
        return
    RefusedLook.objects.create(
        at=viewer.at, person=viewer.person, hat=viewer.hat, what=match.view_name[:80], about=named[-1],
        within=named[0] if len(named) > 1 else None, of_hat=viewer.hat in getattr(match.func, "hats", ()),
    )  # fmt: skip


def find(*, at: datetime) -> int:
    """Look up whom the noted addresses were about; how many were looked at."""
    looked = 0
    while True:
        waiting = RefusedLook.objects.filter(found_at__isnull=True).select_related("person__organisation")
        looks = list(waiting.order_by("pk")[:BATCH])
        if not looks:
            return looked
        known = _known({key for look in looks for key in (look.about, look.within) if key}, at)
        with transaction.atomic():
            for look in looks:
                kind, about = known.get(look.about, ("", set()))
                _, within = known.get(look.within, ("", set()))
                # An entry asked for under one of its children is about that one; under somebody else's, about its own.
                _settle(look, kind, about & within or about, at)
        looked += len(looks)


def _settle(look: RefusedLook, kind: str, child_ids: set[int], at: datetime) -> None:
    concerned = child_ids if look.of_hat else child_ids - _of_other_hats(look, child_ids)
    if not concerned:
        # The row stays until it no longer counts towards the limit, else what is free again would tell what was found.
        look.what, look.about, look.within, kind = "", None, None, ""
    look.kind, look.found_at = kind, at
    look.save(update_fields=["what", "about", "within", "kind", "found_at"])
    rows = [RefusedChild(look=look, child_id=pk, at=look.at) for pk in sorted(concerned)]
    RefusedChild.objects.bulk_create(rows, ignore_conflicts=True)


def _of_other_hats(look: RefusedLook, child_ids: set[int]) -> set[int]:
    """Those of the children to whom the person was tied under a hat that they did not wear."""
    opening = {relation for relation, _condition in matrix.cells(matrix.CHILD, matrix.READ)} | {RECEIVING_SCHOOL}
    others = [relation for relation in opening if relation.hat != look.hat]
    found = ties.of_children(sorted(child_ids), others, Moment.of(look.at, look.person.organisation))
    return {tie.child for rows in found.values() for tie in rows if tie.person == look.person_id and tie.child}


def _known(public_ids: set[uuid.UUID], at: datetime) -> dict[uuid.UUID | None, tuple[str, set[int]]]:
    found: dict[uuid.UUID | None, tuple[str, set[int]]] = {}
    for name, pairs in _asked(public_ids, at):
        children = defaultdict(set)
        for public_id, child_id in pairs:
            children[public_id].add(child_id)
        found.update({public_id: (name, ids) for public_id, ids in children.items()})
    return found


def _asked(public_ids: set[uuid.UUID], at: datetime) -> Iterable[tuple[str, Pairs]]:
    for kind in kinds.all_kinds():
        # What has no address of its own cannot have been asked for by one.
        if kind.links is not None and issubclass(kind.model, PublicIdModel):
            path = "public_id" if kind.row == "pk" else f"{kind.row.removesuffix('_id')}__public_id"
            rows = kind.links().filter(kind.live, **{f"{path}__in": public_ids})
            yield kind.name, rows.values_list(path, kind.child).order_by()
    for name, resolver in _resolvers.items():
        yield name, resolver(public_ids, at)


def forget(*, at: datetime) -> int:
    """Delete what concerned nobody, once it no longer counts, and what has been kept for long enough; how many."""
    about = RefusedChild.objects.filter(look=OuterRef("pk"))
    nobody = Q(found_at__isnull=False, at__lte=at - WINDOW) & ~Exists(about)
    old = RefusedLook.objects.filter(nobody | Q(at__lte=at - timedelta(days=settings.REFUSED_LOOK_DAYS)))
    _rows, deleted = old.delete()
    return deleted.get(RefusedLook._meta.label, 0)


def erase_child(child: Child, at: datetime) -> None:
    """A child's part of what was refused goes with the child; looks that were about others too stay for those."""
    mine = RefusedChild.objects.filter(child=child)
    named = Q(about=child.public_id) | Q(within=child.public_id)
    looks = RefusedLook.objects.filter(named | Q(pk__in=list(mine.values_list("look", flat=True))))
    keys = list(looks.values_list("pk", flat=True))
    mine.delete()
    others = RefusedChild.objects.filter(look=OuterRef("pk"))
    RefusedLook.objects.filter(~Exists(others), pk__in=keys).delete()
    RefusedLook.objects.filter(pk__in=keys).update(about=None, within=None)


def _of_guardianships(public_ids: set[uuid.UUID], at: datetime) -> Pairs:
    return Guardianship.objects.filter(public_id__in=public_ids).values_list("public_id", "child").order_by()


def _of_groups(public_ids: set[uuid.UUID], at: datetime) -> Pairs:
    """The children who are members now, which is minutes after."""
    members = GroupMembership.objects.running(at.date()).filter(group__public_id__in=public_ids)
    return members.values_list("group__public_id", "child").order_by()


def _of_lines(public_ids: set[uuid.UUID], at: datetime) -> Pairs:
    rows = ReadingChild.objects.filter(line__public_id__in=public_ids, child__isnull=False)
    return rows.values_list("line__public_id", "child").order_by()


def register_facts() -> None:
    """What this room and the one below know of addresses."""
    register("GUARDIANSHIP", _of_guardianships)
    register("GROUP", _of_groups)
    register("LINE", _of_lines)
