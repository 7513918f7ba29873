"""What stands around one conference on the staff's pages: its step, who holds it, what this viewer may do with it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import languages, overview, steps
from conferences.asks import Ask
from conferences.choices import FilledBy
from conferences.forms import TalkForm
from conferences.languages import Said
from conferences.models import Conference, Talk
from conferences.services.booking import may_keep
from conferences.sides import HomeSide
from ground.clock import local_day
from learninglog import groups
from people.models import Child, Group, GroupMembership, Home
from visibility import rule
from visibility.matrix import ADD, CLOSE, FOLLOW_UP, HOLD, OFFER_IT, SEAL, SHOW, WRITE
from visibility.viewer import Viewer


@dataclass
class About:
    """`shown` is the step whose page this is. What can be done is asked of the rule, once a page."""

    name: str
    back_href: str
    places: list[steps.Place]
    shown: steps.Step
    holder: str
    may: frozenset[str]
    sealed: bool
    shown_at: datetime | None
    sealed_by: str
    ways: list[tuple[str, str, str, str]]
    empty: list[tuple[Said, str]] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        return WRITE in self.may

    @property
    def shows(self) -> bool:
        return SHOW in self.may

    @property
    def seals(self) -> bool:
        return SEAL in self.may

    @property
    def adds(self) -> bool:
        return ADD in self.may

    @property
    def holds(self) -> bool:
        return HOLD in self.may

    @property
    def closes(self) -> bool:
        return CLOSE in self.may

    @property
    def follows(self) -> bool:
        return FOLLOW_UP in self.may


def of(conference: Conference, viewer: Viewer, shown: steps.Step) -> About:
    may = {action for action in (WRITE, SHOW, SEAL, ADD, CLOSE, HOLD, OFFER_IT) if rule.may(viewer, action, conference)}
    if conference.sealed_at is not None and any(
        rule.may(viewer, FOLLOW_UP, agreement) for agreement in conference.agreements.order_by("pk")[:1]
    ):
        may.add(FOLLOW_UP)
    return About(
        name=name_of(conference),
        back_href=back_href(conference, viewer),
        places=steps.places(step_of(conference, viewer), closed=conference.closed_at is not None),
        shown=shown,
        holder=overview.responsible([conference.child], conference.unit_id, viewer.day).get(conference.child_id, ""),
        may=frozenset(may),
        sealed=conference.sealed_at is not None,
        shown_at=conference.shown_at,
        sealed_by=conference.sealed_by.given_name if conference.sealed_by else "",
        ways=_ways(conference, frozenset(may)),
    )


def name_of(conference: Conference) -> str:
    """What its template is called, in the page's language or the nearest there is."""
    names = conference.frozen.content["name"]
    return languages.pick(names, get_language(), conference.frozen.language).text


def step_of(conference: Conference, viewer: Viewer) -> steps.Step:
    return steps.step_of(conference, has_talked(conference, viewer))


def has_talked(conference: Conference, viewer: Viewer) -> bool:
    return Talk.objects.visible_to(viewer).filter(conference=conference).exists()


def group_of(conference: Conference, viewer: Viewer) -> Group | None:
    """The child's group at the preschool of the conference now: its overview is where one goes back to."""
    rows = GroupMembership.objects.running(viewer.day).filter(child=conference.child, group__unit=conference.unit)
    row = rows.select_related("group").order_by("starts_on", "pk").first()
    return row.group if row else None


def page_of_ask(conference: Conference, ask: Ask) -> str:
    """The page on which a question stands."""
    name = "talks:talk" if ask.filled_by == FilledBy.TOGETHER else "talks:prepare"
    return reverse(name, kwargs={"conference": conference.public_id})


def back_href(conference: Conference, viewer: Viewer) -> str:
    group = group_of(conference, viewer)
    if group is not None and groups.reading(viewer).filter(pk=group.pk).exists():
        return reverse("talks:group", kwargs={"group": group.public_id})
    return reverse("talks:child", kwargs={"child": conference.child.public_id})


def _ways(conference: Conference, may: frozenset[str]) -> list[tuple[str, str, str, str]]:
    """Other pages about it: label, text, icon, address."""
    key = {"conference": conference.public_id}
    found = []
    if OFFER_IT in may:
        found.append((_("Offer times"), _("For each home its own"), "calendar", reverse("talks:offer", kwargs=key)))
    if conference.closed_at is None:
        found.append(
            (_("Show it on a screen"), _("Large, and without the system around it"), "eye",
             reverse("talks:present", kwargs=key))
        )  # fmt: skip
    found.append((_("On paper"), _("As the home reads it"), "download", reverse("talks:pdf", kwargs=key)))
    earlier = reverse("talks:child", kwargs={"child": conference.child.public_id})
    found.append((_("Earlier conferences"), "", "clock", earlier))
    return found


@dataclass(frozen=True)
class Line:
    """One conference in the list of a child."""

    public_id: uuid.UUID
    name: str
    words: str
    sealed: bool


def lines_of(child: Child, viewer: Viewer) -> list[Line]:
    """All conferences about the child that this viewer reads, newest first."""
    rows = Conference.objects.visible_to(viewer).filter(child=child, erased_at__isnull=True)
    rows = rows.select_related("frozen", "unit__organisation")
    found = []
    for row in rows.newest_first():
        found.append(Line(row.public_id, name_of(row), state_of(row, viewer), row.sealed_at is not None))
    return found


def state_of(conference: Conference, viewer: Viewer) -> str:
    """Where it is, in a few words with a day."""
    if conference.sealed_at is not None:
        return _("Sealed on %(day)s") % {"day": _day(day_at(conference, conference.sealed_at))}
    if conference.closed_at is not None:
        return _("Closed unfinished on %(day)s") % {"day": _day(day_at(conference, conference.closed_at))}
    step = step_of(conference, viewer).label
    return f"{step} · " + _("held by %(day)s") % {"day": _day(conference.due_on)}


def day_at(conference: Conference, at: datetime) -> date:
    """The day on which something was done, as the preschool calls it."""
    return local_day(at, conference.unit.organisation.time_zone)


def _day(day: date) -> str:
    return date_format(day, "j. F Y" if get_language() == "nb" else "j F Y")


@dataclass
class TalkSide:
    """The talk with all homes together, or with one; its form comes filled with what was noted."""

    title: str
    home: Home | None
    talk: Talk | None
    form: TalkForm

    @property
    def anchor(self) -> str:
        return f"talk-{self.home.public_id}" if self.home else "talk-together"


def talks(
    conference: Conference, homes: list[HomeSide], viewer: Viewer, noted: tuple[Home | None, TalkForm] | None
) -> list[TalkSide]:
    """One for all together, and where there are two homes one for each; `noted` is a form that was not right."""
    together = Talk.objects.visible_to(viewer).filter(conference=conference, home=None).first()
    several = len([side for side in homes if side.home]) > 1
    title = _("All together") if several else _("The talk")
    found = [_talk_side(title, None, together, viewer, noted)]
    if several or any(side.talk for side in homes):
        found += [_talk_side(side.names, side.home, side.talk, viewer, noted) for side in homes if side.home]
    return found


def _talk_side(
    title: str, home: Home | None, talk: Talk | None, viewer: Viewer, noted: tuple[Home | None, TalkForm] | None
) -> TalkSide:
    if noted is not None and noted[0] == home:
        return TalkSide(title, home, talk, noted[1])
    initial: dict[str, Any] = {} if talk else {"held_on": viewer.day}
    form = TalkForm(instance=talk, initial=initial, day=viewer.day, auto_id=talk_id(home))
    return TalkSide(title, home, talk, form)


def talk_id(home: Home | None) -> str:
    return f"id_%s_{home.public_id}" if home else "id_%s"


def ways_of_group(group: Group, viewer: Viewer) -> list[tuple[str, str, str]]:
    """Other pages about the group's conferences: label, address, icon."""
    if not may_keep(group.unit, viewer):
        return []
    return [(_("Times for talks"), reverse("talks:times", kwargs={"group": group.public_id}), "calendar")]
