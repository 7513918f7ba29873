"""The homes of a conference as the staff see them: who is reached here, who handed in, when they talked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from access.terms.services import declined
from conferences.homes import invited
from conferences.models import Conference, Offer, Side, Talk
from people.models import Guardianship, Home, HomeMembership
from visibility.viewer import Viewer


@dataclass
class HomeSide:
    """`tie` is one of its adults; `home` is none for one who has never read or written anything."""

    home: Home | None
    tie: Guardianship
    names: str
    another_way: bool
    side: Side | None
    talk: Talk | None
    booked_at: datetime | None
    form: Any = None

    @property
    def anchor(self) -> str:
        return f"home-{self.home.public_id}" if self.home else "home"

    @property
    def handed_in_at(self) -> datetime | None:
        return self.side.handed_in_at if self.side else None

    @property
    def informed(self) -> str:
        return self.side.informed if self.side else Side.Informed.READS

    @property
    def informed_label(self) -> str:
        return str(Side.Informed(self.informed).label)


def of(conference: Conference, viewer: Viewer) -> list[HomeSide]:
    """Each home of the child now. That somebody declined the terms is not said: that home is reached another way."""
    ties = invited(viewer.at).filter(child=conference.child).select_related("person")
    rows = list(ties.order_by("kind", "person__given_name", "pk"))
    joined = HomeMembership.objects.running(viewer.at).filter(guardianship__in=rows).select_related("home")
    home_of = {row.guardianship_id: row.home for row in joined}
    grouped: dict[object, list[Guardianship]] = {}
    for tie in rows:
        home = home_of.get(tie.pk)
        grouped.setdefault(home.pk if home else ("alone", tie.pk), []).append(tie)
    reads = _readers(rows, viewer)
    found = [_side(conference, home_of.get(members[0].pk), members, reads, viewer) for members in grouped.values()]
    return sorted(found, key=lambda side: (side.another_way, side.names))


def _readers(ties: Iterable[Guardianship], viewer: Viewer) -> set[int]:
    keys = [tie.pk for tie in ties]
    active = Guardianship.objects.active(viewer.at).filter(pk__in=keys, reads_conferences=True)
    away = declined([tie.person_id for tie in ties])
    return {key for key, person in active.values_list("pk", "person_id") if person not in away}


def _side(
    conference: Conference, home: Home | None, ties: list[Guardianship], reads: set[int], viewer: Viewer
) -> HomeSide:
    names = ", ".join(_name(tie) for tie in ties)
    another_way = not any(tie.pk in reads for tie in ties)
    if home is None:
        return HomeSide(None, ties[0], names, another_way, None, None, None)
    offers = Offer.objects.visible_to(viewer).filter(conference=conference, home=home)
    booked = offers.filter(booked_at__isnull=False, ended_at__isnull=True).order_by("-time__starts_at")
    talks = Talk.objects.visible_to(viewer).filter(conference=conference, home=home)
    return HomeSide(
        home,
        ties[0],
        names,
        another_way,
        Side.objects.visible_to(viewer).filter(conference=conference, home=home).order_by("pk").first(),
        talks.order_by("pk").first(),
        booked.values_list("time__starts_at", flat=True).first(),
    )


def _name(tie: Guardianship) -> str:
    return f"{tie.person.given_name} ({tie.label})" if tie.label else tie.person.given_name


def name_of(home: Home) -> str:
    """The adults of one home by first name, for the staff."""
    members = HomeMembership.objects.filter(home=home).select_related("guardianship__person").order_by("pk")
    names = dict.fromkeys(row.guardianship.person.given_name for row in members)
    return ", ".join(names) or _("Home")
