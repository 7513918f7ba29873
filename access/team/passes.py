"""Passes: somebody on duty lets a substitute in until the preschool closes; the head is told."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.models import Letter
from access.team import letters, pins, reach
from access.team.forms import day_field, offer, open_groups
from people import services, staffing
from people.models import Duty, Guardianship, Pass, Person, Unit
from visibility.matrix import PASS, READ
from visibility.viewer import Viewer

LONGEST = timedelta(days=14)


@dataclass(frozen=True)
class PassLine:
    """One pass in the list."""

    public_id: uuid.UUID
    name: str
    stable: uuid.UUID
    phone: str
    group: str
    begins_at: datetime
    ends_at: datetime
    given_by: str
    has_pin: bool


@dataclass(frozen=True)
class UnitPasses:
    unit: Unit
    passes: list[PassLine]


def page(viewer: Viewer) -> list[UnitPasses]:
    """The passes that run or will, at each unit where the viewer may give one."""
    rows = reach.rows(PASS, viewer, READ).filter(ends_at__gt=viewer.at)
    rows = rows.select_related("person__pin", "group", "given_by").order_by("begins_at", "pk")
    by_unit: dict[int, list[PassLine]] = {}
    for row in rows:
        zone = ZoneInfo(viewer.person.organisation.time_zone) if viewer.person.organisation else None
        by_unit.setdefault(row.group.unit_id, []).append(
            PassLine(
                row.public_id, row.person.get_full_name(), row.person.public_id, row.person.phone, row.group.name,
                row.begins_at.astimezone(zone), row.ends_at.astimezone(zone), row.given_by.get_full_name(),
                hasattr(row.person, "pin"),
            )
        )  # fmt: skip
    return [UnitPasses(unit, by_unit.get(unit.pk, [])) for unit in reach.passing(viewer)]


def closing(unit: Unit, day: date) -> datetime:
    """When the unit closes on a day, where its organisation is."""
    return datetime.combine(day, unit.closes_at, ZoneInfo(unit.organisation.time_zone))


def substitutes(unit: Unit, at: datetime, day: date) -> list[Person]:
    """Those who have been here on a pass and are nothing else: no duty that counts or will, no child of their own.

    Only for them may a colleague choose a new PIN: it opens nothing but the pass.
    """
    been = Person.objects.filter(passes__group__unit=unit, is_active=True, is_staff=False)
    employed = Duty.objects.exclude(ends_on__lte=day).values("person")
    families = Guardianship.objects.values("person")
    return list(
        been.exclude(pk__in=employed).exclude(pk__in=families).distinct().order_by("given_name", "family_name", "pk")
    )


class PassForm(forms.Form):
    """A substitute's key, given in the morning: who, the phone, the group, and a PIN they type themselves."""

    known = forms.ChoiceField(label=_("Who is it?"), required=False)
    given_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    group = forms.ChoiceField(label=_("Group"), widget=forms.RadioSelect)
    last_day = day_field(_("Last day"), required=False)
    pin = forms.CharField(label=_("PIN for the tablet"), widget=forms.PasswordInput(
        attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
        help_text=_("The substitute types it: four to eight digits that nobody else knows."))  # fmt: skip
    again = forms.CharField(label=_("The same PIN again"), widget=forms.PasswordInput(
        attrs={"inputmode": "numeric", "autocomplete": "new-password"}))  # fmt: skip
    no_own_child = forms.BooleanField(
        label=_("Has no child of their own at this preschool"),
        help_text=_("Whoever has gets a duty from the head instead, so that the own child stays closed at work."),
    )

    def __init__(self, *args: Any, unit: Unit, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.viewer = unit, viewer
        self.people = {str(one.public_id): one for one in substitutes(unit, viewer.at, viewer.day)}
        names = [(key, person.get_full_name()) for key, person in self.people.items()]
        offer(self, "known", [("", _("Somebody new")), *names])
        self.groups = {str(group.public_id): group for group in open_groups(unit, viewer.day)}
        offer(self, "group", [(key, group.name) for key, group in self.groups.items()])
        if len(self.groups) == 1:
            self.fields["group"].initial = next(iter(self.groups))
        closes = f"{unit.closes_at:%H:%M}"
        self.fields["last_day"].help_text = gettext("Leave it empty for today, until closing at %(time)s.") % {
            "time": closes
        }

    def clean_pin(self) -> str:
        pins.check_shape(self.cleaned_data["pin"])
        return str(self.cleaned_data["pin"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("known") and not (data.get("given_name") and data.get("phone")):
            self.add_error("given_name", gettext("Write a first name and a phone number."))
        if "pin" in data and data.get("again") != data["pin"]:
            self.add_error("again", gettext("The two PINs differ."))
        if "last_day" in data:
            self.ends_at = closing(self.unit, data["last_day"] or self.viewer.day)
            if self.ends_at <= self.viewer.at:
                self.add_error("last_day", gettext("The preschool has closed for the day. Choose a later one."))
            elif self.ends_at > self.viewer.at + LONGEST:
                self.add_error("last_day", gettext("A pass lasts two weeks at most; for longer the head gives a duty."))
        return data

    def save(self) -> Pass | None:
        """The pass, the PIN, and word to the head; nothing, and an error, where there is such a pass already."""
        try:
            with transaction.atomic():
                return self._given()
        except IntegrityError:
            self.add_error(None, gettext("There is a pass to this group for the person already."))
            return None

    def _given(self) -> Pass:
        data, by, at = self.cleaned_data, self.viewer.person, self.viewer.at
        person = self.people.get(data["known"]) or staffing.note_person(
            organisation=self.unit.organisation, given_name=data["given_name"], family_name=data["family_name"],
            phone=data["phone"],
        )  # fmt: skip
        given = services.give_pass(
            person=person, group=self.groups[data["group"]], begins_at=at, ends_at=self.ends_at, at=at, by=by
        )
        pins.choose(person=person, pin=data["pin"], at=at, by=by)
        for head in letters.heads_of(self.unit, at):
            if head.pk != by.pk:
                letters.write(person=head, kind=Letter.Kind.PASS_GIVEN, at=at)
        return given
