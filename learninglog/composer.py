"""What the composer shows of a draft to the one who writes on it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language

from curriculum import guidance
from curriculum.services import goal_labels
from curriculum.spoken import GoalWords, in_words
from ground.names import sort_names
from learninglog import groups, mentions
from learninglog.covering import StandIn
from learninglog.models import Entry, EntryChild, EntryGoal, EntryPicture, PlanEntry
from learninglog.openly import Openly, not_photographed, openly
from learninglog.picking import GoalArea, GoalPick, pick
from learninglog.pictures import shown_to_staff, whole_to_staff
from learninglog.services import composing
from learninglog.services.drafts import labels_for
from learninglog.services.plans import offered
from media_policy.models import Picture
from people.models import Child
from visibility import rule, ties
from visibility.matrix import SHARE
from visibility.relations import ASSIGNED
from visibility.viewer import Viewer


@dataclass(frozen=True)
class About:
    """What goes to one chosen child's home alone; `remarks` are (goal key, label, text)."""

    line: str
    asked: str
    quotes: list[str]
    remarks: list[tuple[int, str, str]]

    @property
    def written(self) -> bool:
        return bool(self.line or self.asked or self.quotes or any(text for _key, _label, text in self.remarks))


@dataclass(frozen=True)
class ChildChoice:
    pk: int
    public_id: uuid.UUID
    label: str
    today: bool
    about: About | None = None
    # The answers of now forbid it; the chips say so in words.
    photographed: bool = True

    @property
    def chosen(self) -> bool:
        return self.about is not None


@dataclass(frozen=True)
class PictureCard:
    """`who` are public ids; `guessed` says that we filled it in because the entry has one child.

    `unshown` names those whom the other families of an open group may not see; `apart` says that in a group with
    hidden members several are on it, whom no family may see together unless they are its own.
    """

    public_id: uuid.UUID
    caption: str
    alt: str
    suggested_alt: str
    who: frozenset[uuid.UUID]
    nobody: bool
    guessed: bool
    stand_ins: list[StandIn] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    apart: bool = False

    @property
    def marked(self) -> bool:
        return self.nobody or bool(self.who)

    def href(self, purpose: str) -> str:
        return reverse("media_policy:picture", kwargs={"public_id": self.public_id, "purpose": purpose})


@dataclass(frozen=True)
class GoalHelp:
    """What a goal means, with one idea of the office's guidance."""

    goal: GoalWords
    idea: str


@dataclass
class Composer:
    entry: Entry
    title: str
    text: str
    children: list[ChildChoice]
    pictures: list[PictureCard]
    first_goals: list[GoalPick]
    areas: list[GoalArea]
    last_day: date
    may_share: bool
    is_open: bool = False
    kept_back: bool = False
    not_names: list[str] = field(default_factory=list)
    # What the first goals mean, to read beside them.
    help: list["GoalHelp"] = field(default_factory=list)
    # (public id, title, whether the entry is in it)
    plans: list[tuple[uuid.UUID, str, bool]] = field(default_factory=list)

    @property
    def chosen(self) -> list[ChildChoice]:
        return [child for child in self.children if child.chosen]

    @property
    def mentionable(self) -> list[dict[str, str]]:
        """Labels and public ids, for the list that opens behind an @."""
        return [{"label": child.label, "child": str(child.public_id)} for child in self.children]


def compose(entry: Entry, viewer: Viewer) -> Composer:
    """The draft, ready for the form. The viewer may write on it; that was asked before."""
    labels = labels_for(entry=entry, by=viewer)
    goals = list(EntryGoal.objects.filter(entry=entry).order_by("pk").values_list("goal_id", flat=True))
    children = _children(entry, viewer, labels, goals)
    first, areas = pick(entry, viewer, goals)
    shown = _shown(entry, viewer)
    seen = {subject.child_id for row in shown for subject in row.picture.subjects.all()}
    others = openly(entry.group_id, seen, shared_at=viewer.at, at=viewer.at)

    def typed(text: str) -> str:
        return mentions.to_labels(text, labels, entry.language)

    return Composer(
        entry=entry,
        title=typed(entry.title),
        text=typed(entry.text),
        children=children,
        pictures=[_picture(row, children, typed, entry, others) for row in shown],
        first_goals=first,
        areas=areas,
        last_day=viewer.day,
        may_share=rule.may(viewer, SHARE, entry) or _could_share(entry, viewer, children),
        is_open=others.is_open,
        kept_back=_standing(entry) > len(shown),
        not_names=list(entry.not_names),
        help=_help([goal.id for goal in first]),
        plans=_plans(entry),
    )


def _help(keys: list[int]) -> list[GoalHelp]:
    language = get_language() or "en"
    told = guidance.of_goals(keys, language)
    words = in_words(keys, language)
    ideas = {key: one.ideas[0] if one.ideas else one.meaning for key, one in told.items()}
    return [GoalHelp(words[key], ideas.get(key, "")) for key in keys if key in words]


def _plans(entry: Entry) -> list[tuple[uuid.UUID, str, bool]]:
    joined = set(PlanEntry.objects.filter(entry=entry).values_list("plan_id", flat=True))
    return [(plan.public_id, plan.title, plan.pk in joined) for plan in offered(entry)]


def _could_share(entry: Entry, viewer: Viewer, children: list[ChildChoice]) -> bool:
    """While nobody is chosen yet: whoever works in the group, and not who is there on a pass alone."""
    return not any(child.chosen for child in children) and entry.group_id in ties.groups(viewer, ASSIGNED)


def choices(entry: Entry, viewer: Viewer) -> list[Child]:
    """The children that may be put on the entry or said to be in a picture: today's group and the entry's own."""
    keys = [label.child_id for label in labels_for(entry=entry, by=viewer)]
    return list(Child.objects.filter(pk__in=keys).order_by("given_name", "pk"))


@dataclass(frozen=True)
class Second:
    """Words that somebody wrote on an older copy; `lines` are (child, words) of children the viewer knows."""

    public_id: uuid.UUID
    by: str
    mine: bool
    title: str
    text: str
    lines: list[tuple[str, str]]


def second_words(entry: Entry, viewer: Viewer) -> list[Second]:
    """What stands beside the draft, as the form shows text."""
    waiting = composing.second_words(entry=entry)
    labels = labels_for(entry=entry, by=viewer) if waiting else []
    names = {label.child_id: label.text for label in labels}

    def typed(text: str) -> str:
        return mentions.to_labels(text, labels, entry.language)

    return [
        Second(
            kept.public_id,
            kept.written_by.given_name,
            kept.written_by == viewer.person,
            typed(kept.title),
            typed(kept.text),
            [(names[line.child_id], typed(line.text)) for line in kept.lines.all() if line.child_id in names],
        )
        for kept in waiting
    ]


def today(entry: Entry, viewer: Viewer) -> list[int]:
    """Keys of the whole group today."""
    return [child.pk for child in groups.children_today(entry.group, viewer)]


def _children(entry: Entry, viewer: Viewer, labels: list[mentions.Label], goals: list[int]) -> list[ChildChoice]:
    names = {label.child_id: label.text for label in labels}
    rows = EntryChild.objects.filter(entry=entry, left_out=False).prefetch_related("quotes", "remarks").order_by("pk")
    words = goal_labels(goals, get_language() or "en")
    about = {row.child_id: _about(row, labels, words, entry.language) for row in rows}
    here, forbidden = set(today(entry, viewer)), not_photographed(names, viewer.at)
    found = [
        ChildChoice(
            child.pk,
            child.public_id,
            names[child.pk],
            child.pk in here,
            about.get(child.pk),
            photographed=child.pk not in forbidden,
        )
        for child in Child.objects.filter(pk__in=list(names)).order_by("pk")
    ]
    return sort_names(found, lambda child: child.label, get_language() or "en")


def _about(row: EntryChild, labels: list[mentions.Label], goals: dict[int, str], language: str) -> About:
    def typed(text: str) -> str:
        return mentions.to_labels(text, labels, language)

    said = {remark.goal_id: typed(remark.text) for remark in row.remarks.all()}
    quotes = sorted(row.quotes.all(), key=lambda quote: (quote.position, quote.pk))
    remarks = [(key, label, said.get(key, "")) for key, label in goals.items()]
    return About(typed(row.line), row.asked, [typed(quote.text) for quote in quotes], remarks)


def _shown(entry: Entry, viewer: Viewer) -> list[EntryPicture]:
    rows = whole_to_staff(viewer).filter(entry=entry).select_related("picture").prefetch_related("picture__subjects")
    made = shown_to_staff(viewer).filter(entry=entry).select_related("picture").order_by("pk")
    made = made.prefetch_related("picture__subjects")
    return list(rows.order_by("position", "pk").prefetch_related(Prefetch("stand_ins", made, to_attr="shown_instead")))


def _standing(entry: Entry) -> int:
    return entry.entry_pictures.filter(picture__erased_at__isnull=True, stands_for__isnull=True).count()


def _picture(
    row: EntryPicture, children: list[ChildChoice], typed: Callable[[str], str], entry: Entry, others: Openly
) -> PictureCard:
    picture = row.picture
    keys = {child.pk: child for child in children}
    marked = [subject.child_id for subject in picture.subjects.all()]
    chosen = [child for child in children if child.chosen]
    alone = chosen[0] if len(chosen) == 1 and chosen[0].photographed else None
    # Whether somebody said so or we took it so: beside a second child it is asked again.
    guessed = alone is not None and marked == [alone.pk]
    names = [keys[key].label for key in marked if key in keys]
    title = typed(entry.title).replace("@", "")
    return PictureCard(
        public_id=picture.public_id,
        caption=typed(row.caption),
        alt=typed(row.alt),
        suggested_alt=": ".join(part for part in [title, ", ".join(names)] if part),
        who=frozenset(keys[key].public_id for key in marked if key in keys),
        nobody=picture.marking == Picture.Marking.NOBODY,
        guessed=guessed,
        stand_ins=[_stand_in(made.picture, keys) for made in row.shown_instead],  # type: ignore[attr-defined]
        unshown=[keys[key].label for key in marked if key in keys and key not in others.shown]
        if others.is_open and len(chosen) > 1
        else [],
        apart=not others.is_open and len(marked) > 1,
    )


def _stand_in(made: Picture, keys: dict[int, ChildChoice]) -> StandIn:
    names = [keys[subject.child_id].label for subject in made.subjects.all() if subject.child_id in keys]
    return StandIn(made.public_id, made.covered, sorted(names), made.marking == Picture.Marking.NOBODY)
