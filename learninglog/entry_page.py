"""An entry's own page for the staff: the rendition, who can see it and why, what may be done with it."""

import uuid
from dataclasses import dataclass, field

from django.utils.translation import get_language

from ground.names import sort_names
from learninglog import groups, printing, reach, staff_cards
from learninglog.models import Entry, EntryChild, Thread
from learninglog.reach import Adult
from learninglog.staff_cards import StaffCard
from people.models import Child, Guardianship
from visibility import audience, rule
from visibility.matrix import LEAVE_OUT, SHARE, WITHDRAW, WRITE
from visibility.relations import GUARDIAN
from visibility.viewer import Viewer


@dataclass(frozen=True)
class About:
    """A child of the entry that the viewer works with, and the adults of its family who can see it now."""

    pk: int
    public_id: uuid.UUID
    name: str
    adults: list[Adult]


@dataclass
class EntryPage:
    """`untied` says that the entry is also about somebody the viewer does not work with any more; never how many."""

    card: StaffCard
    about: list[About]
    staff: list[Adult]
    may: set[str]
    untied: bool
    off_paper: frozenset[uuid.UUID]
    threads: list[Thread] = field(default_factory=list)

    @property
    def entry(self) -> Entry:
        return self.card.entry

    @property
    def child_ids(self) -> list[int]:
        return [child.pk for child in self.about]


def of(entry: Entry, viewer: Viewer) -> EntryPage:
    """The page of an entry that the rule has let the viewer read."""
    [card] = staff_cards.of([entry], viewer)
    rows = EntryChild.objects.filter(entry=entry, left_out=False)
    known = rows.filter(rule.knows_here(viewer, "ENTRY"))
    children = list(Child.objects.filter(pk__in=known.values("child")).order_by("pk"))
    reaches = audience.of(entry, viewer.moment)
    actions = (WRITE, SHARE, WITHDRAW, LEAVE_OUT)
    return EntryPage(
        card=card,
        about=_about(children, reaches, viewer),
        staff=reach.staff_of(reaches),
        may={action for action in actions if rule.may(viewer, action, entry)},
        off_paper=printing.kept_off_paper((one.public_id for one in card.shown.pictures), viewer.at),
        untied=rows.exclude(child__in=children).exists(),
        threads=_threads(entry, viewer),
    )


def _about(children: list[Child], reaches: list[audience.Reach], viewer: Viewer) -> list[About]:
    names = groups.called(children)
    seen = {(row.child_id, row.person_id) for row in reaches if row.relation is GUARDIAN}
    ties = Guardianship.objects.active(viewer.at).filter(child__in=children).select_related("person")
    adults: dict[int, list[Adult]] = {}
    for tie in ties.order_by("person__given_name", "pk"):
        if (tie.child_id, tie.person_id) in seen:
            called = tie.label or str(tie.get_kind_display())
            adults.setdefault(tie.child_id, []).append(Adult(tie.person.get_full_name(), called))
    about = [About(child.pk, child.public_id, names[child.pk], adults.get(child.pk, [])) for child in children]
    return sort_names(about, lambda child: child.name, get_language() or "en")


def _threads(entry: Entry, viewer: Viewer) -> list[Thread]:
    rows = Thread.objects.visible_to(viewer).filter(entry=entry, messages__isnull=False).distinct()
    return list(rows.select_related("child", "taken_by").order_by("pk"))
