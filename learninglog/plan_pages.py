"""A plan's page fills itself: its entries, the goals they show, the children's words, what the team thinks."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curriculum.spoken import GoalWords, in_words
from ground.names import sort_names
from learninglog import groups, staff_cards
from learninglog.coverage import figures
from learninglog.models import Entry, Plan, Reflection
from learninglog.querysets import EntryQuerySet
from learninglog.services.plans import FIELDS, PlanInput, input_of
from learninglog.staff_cards import StaffCard
from people.models import Group, Unit
from visibility import rule
from visibility.matrix import NOTE, WRITE
from visibility.viewer import Viewer

MANY = 200


@dataclass(frozen=True)
class Thought:
    """A reflection as its readers see it; `mine` may be taken back."""

    public_id: uuid.UUID
    by: str
    at: datetime
    text: str
    mine: bool


@dataclass(frozen=True)
class Shown:
    """A goal of the plan, or one beside it, and the entries that show it."""

    goal: GoalWords
    cards: list[StaffCard]
    planned: bool


@dataclass
class PlanPage:
    plan: Plan
    cards: list[StaffCard]
    goals: list[Shown]
    quotes: list[tuple[str, StaffCard]]
    thoughts: list[Thought]
    beside: list[tuple[StaffCard, Thought]]
    writes: bool
    notes: bool
    targets: list[Group]

    @property
    def child_ids(self) -> set[int]:
        return staff_cards.children_of(self.cards)


def of_group(group: Group, viewer: Viewer) -> list[Plan]:
    """The plans of a group and of its whole unit, the newest first."""
    rows = Plan.objects.visible_to(viewer).filter(Q(group=group) | Q(group=None), unit=group.unit)
    return list(rows.select_related("group", "unit").order_by("-starts_on", "-pk")[:MANY])


def page(plan: Plan, viewer: Viewer) -> PlanPage:
    """Everything on the plan's page; of its entries those that the viewer reads, rendered for them."""
    rows = Entry.objects.visible_to(viewer).kept().filter(plan_entries__plan=plan)
    entries = list(rows.select_related("group", "created_by", "current").newest_first()[:MANY])
    cards = staff_cards.of(entries, viewer)
    notes = rule.may(viewer, NOTE, plan)
    return PlanPage(
        plan=plan,
        cards=cards,
        goals=_goals(plan, rows, cards),
        quotes=[(quote, card) for card in cards for quote in card.shown.quotes],
        thoughts=thoughts(Reflection.objects.filter(plan=plan), viewer) if notes else [],
        beside=_beside(entries, cards, viewer),
        writes=rule.may(viewer, WRITE, plan),
        notes=notes,
        targets=_targets(plan, viewer),
    )


def thoughts(rows: "QuerySet[Reflection]", viewer: Viewer) -> list[Thought]:
    """Reflections in the order they were written; whoever calls has asked for NOTE."""
    found = rows.select_related("written_by").order_by("written_at", "pk")
    return [
        Thought(row.public_id, row.written_by.given_name, row.written_at, row.text, row.written_by == viewer.person)
        for row in found
    ]


def of_entry(entry: Entry, viewer: Viewer) -> list[Thought] | None:
    """What the team thinks of an entry, or None for whoever is not to know of it."""
    if not rule.may(viewer, NOTE, entry):
        return None
    return thoughts(Reflection.objects.filter(entry=entry), viewer)


def _beside(entries: list[Entry], cards: list[StaffCard], viewer: Viewer) -> list[tuple[StaffCard, Thought]]:
    known = {card.entry.pk: card for card in cards}
    noted = Entry.objects.visible_to(viewer, NOTE).filter(pk__in=[entry.pk for entry in entries])
    rows = Reflection.objects.filter(entry__in=noted.values("pk")).order_by("written_at", "pk")
    keys = list(rows.values_list("entry_id", flat=True))
    return [(known[key], thought) for key, thought in zip(keys, thoughts(rows, viewer), strict=True)]


def _goals(plan: Plan, rows: EntryQuerySet, cards: list[StaffCard]) -> list[Shown]:
    """The plan's goals first, also those that no entry shows yet; then what came beside them."""
    planned = set(input_of(plan).goals)
    shown = figures.entries_by_goal(rows)
    by_entry = {card.entry.pk: card for card in cards}
    words = in_words(planned | set(shown), get_language() or "en")
    found = [
        Shown(goal, [by_entry[e] for e in shown.get(key, ()) if e in by_entry], key in planned)
        for key, goal in words.items()
    ]
    return sorted(found, key=lambda one: not one.planned)


def _targets(plan: Plan, viewer: Viewer) -> list[Group]:
    mine = groups.working(viewer).filter(unit__kind=Unit.Kind.PRESCHOOL).select_related("unit")
    return sort_names(mine.exclude(pk=plan.group_id or 0), lambda group: group.name, get_language() or "en")


def draft_of_conclusions(shown: PlanPage) -> str:
    """A beginning for the term's evaluation: what was meant and what was shown, in words without any child."""
    seen = [one for one in shown.goals if one.cards]
    waiting = [one.goal.label for one in shown.goals if one.planned and not one.cards]
    lines = [_("We aimed for: %(aim)s") % {"aim": " ".join(shown.plan.aim.split())}] if shown.plan.aim else []
    if seen:
        lines.append(_("Our entries show: %(goals)s.") % {"goals": ", ".join(one.goal.label for one in seen)})
    if waiting:
        lines.append(_("Planned, and not in an entry yet: %(goals)s.") % {"goals": ", ".join(waiting)})
    lines += [_("What made a difference for the children:"), _("What we change, and go on with:")]
    return "\n\n".join(lines)


@dataclass(frozen=True)
class Otherwise:
    """Something that stands otherwise by now than one writes it; `saved` is what stands."""

    label: str
    saved: str


def otherwise(saved: PlanInput, mine: PlanInput) -> list[Otherwise]:
    """Where two versions of a plan differ, with what is saved."""
    found = []
    for name in FIELDS:
        there = getattr(saved, name)
        if there != getattr(mine, name):
            label = capfirst(str(Plan._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            found.append(Otherwise(label, there if isinstance(there, str) else date_format(there)))
    if set(saved.goals) != set(mine.goals):
        words = in_words(set(saved.goals), get_language() or "en")
        found.append(Otherwise(_("Goals"), ", ".join(goal.label for goal in words.values())))
    return found


def reflection(viewer: Viewer, public_id: uuid.UUID) -> Reflection | None:
    """A reflection of the viewer's own."""
    rows = Reflection.objects.filter(public_id=public_id, written_by=viewer.person)
    return rows.select_related("entry", "plan").first()
