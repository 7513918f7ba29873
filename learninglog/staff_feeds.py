"""The staff's lists: a group's log, a child's, drafts, who waits for a reply, homes not reached."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from access.terms.services import declined
from ground.paging import Page, page
from learninglog import goals, groups, search
from learninglog.models import Entry, EntryGoal, EntryPicture, HomeWords, Message, Thread, Visit
from people.models import Child, Group, Guardianship, HomeMembership
from visibility.viewer import Viewer

KEYS = ("-happened_on", "-id")
SIZE, MANY = 20, 100
NOT_REACHED_FOR = timedelta(days=21)


@dataclass(frozen=True)
class Wanted:
    """What a reader of a log asked to see; as it stands, everything that was ever shared."""

    text: str = ""
    goal: uuid.UUID | None = None
    area: uuid.UUID | None = None
    child: Child | None = None


def log(
    *, viewer: Viewer, group: Group | None = None, wanted: Wanted = Wanted(), cursor: str | None = None
) -> Page[Entry]:
    """One page of a group's or a child's log, newest first: shared entries, and withdrawn ones."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(viewer).kept().filter(first_shared_at__isnull=False)
    if group is not None:
        rows = rows.filter(group=group)
    if wanted.child is not None:
        rows = rows.filter(pk__in=Entry.objects.about(wanted.child).values("pk"))
    keys = goals.chosen(goal=wanted.goal, area=wanted.area)
    if keys is not None:
        rows = rows.filter(Exists(EntryGoal.objects.filter(entry=OuterRef("pk"), goal__in=keys)))
    if wanted.text:
        rows = search.in_entries(rows, wanted.text, viewer)
    return page(rows.select_related("group", "created_by", "current"), keys=KEYS, size=SIZE, cursor=cursor)


def drafts(*, viewer: Viewer, group: Group) -> list[Entry]:
    """Drafts of a group that somebody has begun to fill, last written first; untouched ones say nothing."""
    pictures = EntryPicture.objects.filter(entry=OuterRef("pk"))
    rows = Entry.objects.visible_to(viewer).drafts().of_group(group).filter(Q(revision__gt=0) | Exists(pictures))
    return list(rows.select_related("group", "created_by", "current").order_by("-updated_at", "-pk")[:MANY])


def from_home(*, viewer: Viewer, child: Child, cursor: str | None = None) -> Page[HomeWords]:
    """Words from home about one child that the staff may read, newest first."""
    rows = HomeWords.objects.visible_to(viewer).for_list().filter(child=child)
    return page(rows, keys=KEYS, size=SIZE, cursor=cursor)


def replies(*, viewer: Viewer, group: Group) -> list[Thread]:
    """Threads of the group in which a home waits, longest waiting first."""
    rows = Thread.objects.visible_to(viewer).waiting().filter(entry__group=group)
    return list(rows.select_related("entry__current", "entry__created_by", "child", "taken_by")[:MANY])


def answered(*, viewer: Viewer, group: Group) -> list[Thread]:
    """The threads of the group that were answered last."""
    last = Message.objects.filter(thread=OuterRef("pk")).order_by("-sent_at").values("sent_at")[:1]
    rows = Thread.objects.visible_to(viewer).filter(entry__group=group, waiting_since__isnull=True)
    rows = rows.annotate(last_at=Subquery(last)).filter(last_at__gte=viewer.at - NOT_REACHED_FOR)
    return list(rows.select_related("entry__current", "entry__created_by", "child").order_by("-last_at", "-pk")[:SIZE])


@dataclass(frozen=True)
class NotReached:
    """A home of a child that nobody has opened the log for; it says neither who nor when."""

    child: Child
    adults: list[str]
    activated: bool


def not_reached(*, viewer: Viewer, group: Group) -> list[NotReached]:
    """Homes of today's children in which no active guardian has opened the log for three weeks."""
    children = {child.pk: child for child in groups.children_today(group, viewer)}
    ties = Guardianship.objects.running(viewer.at).filter(child__in=children).select_related("person")
    active = set(Guardianship.objects.active(viewer.at).filter(pk__in=ties.values("pk")).values_list("pk", flat=True))
    away = declined(ties.values_list("person_id", flat=True))
    since = viewer.at - NOT_REACHED_FOR
    visits = Visit.objects.filter(child__in=children, seen_at__gt=since).values_list("person_id", "child_id")
    seen, found = set(visits), []
    for home in _homes(ties.order_by("person__given_name", "pk"), viewer):
        # Who has declined the terms reads nothing here; the list does not say so.
        readers = [tie for tie in home if tie.pk in active and tie.person_id not in away]
        reached = any((tie.person_id, tie.child_id) in seen for tie in readers)
        if not reached and not any(tie.activated_at > since for tie in readers if tie.activated_at):
            adults = [tie.person.get_full_name() for tie in home]
            active_at_home = any(tie.pk in active for tie in home)
            found.append(NotReached(children[home[0].child_id], adults, active_at_home))
    order = list(children)
    return sorted(found, key=lambda home: (order.index(home.child.pk), home.adults))


def _homes(ties: "QuerySet[Guardianship]", viewer: Viewer) -> list[list[Guardianship]]:
    """The ties of each home; who was never joined to one is a home alone."""
    joined = HomeMembership.objects.running(viewer.at).filter(guardianship__in=ties.values("pk"))
    home_of = dict(joined.values_list("guardianship_id", "home_id"))
    homes: dict[object, list[Guardianship]] = {}
    for tie in ties:
        homes.setdefault(home_of.get(tie.pk, ("alone", tie.pk)), []).append(tie)
    return list(homes.values())


def goals_of_group(group: Group, language: str) -> dict[str, list[goals.GoalWords]]:
    """The goals that stand on the group's entries, by area: what its log can be filtered by."""
    held = EntryGoal.objects.filter(entry__group=group).order_by("goal_id").values_list("goal_id", flat=True).distinct()
    by_area: dict[str, list[goals.GoalWords]] = {}
    for goal in goals.in_words(held, language).values():
        by_area.setdefault(goal.area, []).append(goal)
    return by_area
