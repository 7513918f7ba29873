"""The tab of a child's page, what waits on the start pages, and what counts as news for a mail."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Conference, Offer, Side, Version
from learninglog import slots
from people.models import Child, Person
from visibility import ties
from visibility.matrix import BOOK, CONTRIBUTE
from visibility.relations import TALK_FAMILY, TALK_HOME_NOW
from visibility.viewer import Hat, Strength, Viewer


def reads_conferences(viewer: Viewer, child: Child) -> bool:
    """Whether this guardian reads the child's conferences: a close carer only where the consents name them."""
    return viewer.hat == TALK_FAMILY.hat and child.pk in ties.children(viewer, TALK_FAMILY)


UNDER = ("family_talks:conference", "family_talks:pick", "family_talks:booking")
TAB = slots.Tab("conferences", gettext_lazy("Talks"), "talks", "family_talks:listing", 20, UNDER, reads_conferences)


def has_conferences(viewer: Viewer, child: Child) -> bool:
    """Whether somebody at work reads any conference about the child."""
    return Conference.objects.visible_to(viewer).filter(child=child, erased_at__isnull=True).exists()


AT_WORK = slots.Tab("conferences", gettext_lazy("Talks"), "talks", "talks:child", 20, (), has_conferences)


@dataclass(frozen=True)
class Waiting:
    """Something about a child that waits for this guardian: a line on the start page that leads there."""

    child_id: int
    label: str
    text: str
    href: str


def waiting(viewer: Viewer, children: list[Child]) -> list[Waiting]:
    """Conferences that were shown and not handed in yet, and times to choose from, also before anything is shown."""
    rows = Conference.objects.visible_to(viewer).open().filter(child__in=children).select_related("child")
    filling = Conference.objects.visible_to(viewer, CONTRIBUTE).filter(pk__in=rows.values("pk"))
    fills = set(filling.values_list("pk", flat=True))
    homes = [tie.home for tie in ties.of_viewer(viewer, [TALK_HOME_NOW])[TALK_HOME_NOW]]
    sides = Side.objects.visible_to(viewer).filter(conference__in=fills, home__in=homes)
    done = set(sides.filter(handed_in_at__isnull=False).values_list("conference_id", flat=True))
    offers = Offer.objects.visible_to(viewer, BOOK).filter(conference__in=rows.values("pk"))
    ahead = offers.filter(time__starts_at__gt=viewer.at, time__removed_at__isnull=True)
    booked = offers.filter(booked_at__isnull=False).values("conference_id")
    offered = set(ahead.exclude(conference_id__in=booked).values_list("conference_id", flat=True))
    found = []
    for row in rows.order_by("due_on", "pk"):
        where = {"child": row.child.public_id, "conference": row.public_id}
        if row.pk in fills and row.pk not in done:
            found.append(
                Waiting(
                    row.child_id,
                    _("%(name)s’s conference is here to read") % {"name": row.child.given_name},
                    _("Read it, and fill in your part"),
                    reverse("family_talks:conference", kwargs=where),
                )
            )
        if row.pk in offered:
            found.append(
                Waiting(
                    row.child_id,
                    _("Choose a time for the talk about %(name)s") % {"name": row.child.given_name},
                    _("The preschool keeps times for you"),
                    reverse("family_talks:booking", kwargs=where),
                )
            )
    return found


def something_new(person: Person, since: datetime, at: datetime) -> bool:
    """Whether a conference was shown to, sealed or added to for this guardian in (since, at], and is unopened since."""
    viewer = Viewer(person=person, hat=Hat.GUARDIAN, strength=Strength.LOW, at=at)
    rows = Version.objects.visible_to(viewer).filter(at__gt=since, at__lte=at)
    fresh = list(rows.values_list("conference_id", "at"))
    if not fresh:
        return False
    sides = Side.objects.visible_to(viewer).filter(conference__in=[key for key, _at in fresh])
    # Who was in another home before has opened it there; the latest is read last, and stays.
    seen = sides.filter(opened_at__isnull=False).order_by("opened_at", "pk")
    opened = dict(seen.values_list("conference_id", "opened_at"))
    return any(key not in opened or opened[key] < when for key, when in fresh)


def register_all() -> None:
    from access import notices

    slots.register_tab(TAB)
    slots.register_staff_tab(AT_WORK)
    notices.register("conferences", something_new)
