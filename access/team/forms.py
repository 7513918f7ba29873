"""What the head writes about who works at the unit."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.signing import session
from access.team import pins, reach
from people import services, staffing
from people.models import Duty, Organisation, Person, Unit
from people.services import NotAllowed
from visibility.matrix import APPOINT, STAFF_IT, UNIT
from visibility.viewer import Viewer

DIGITS = {Organisation.Country.SWEDEN: 12, Organisation.Country.NORWAY: 11}
IN_GROUPS = (Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput(), help_text=help_text)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """What can be chosen in a field of this form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = list(choices)


def normal_id(value: str, country: str) -> str:
    """A national id as the register writes it: digits only, with the century in Sweden."""
    digits = value.replace(" ", "").replace("-", "")
    number = DIGITS[Organisation.Country(country)]
    if digits and (not digits.isdigit() or len(digits) != number):
        raise forms.ValidationError(gettext("Write all %(num)s digits.") % {"num": number})
    return digits


class NewDutyForm(forms.Form):
    """Somebody begins at the unit: who has worked here before is chosen, who is new is written down."""

    known = forms.ChoiceField(label=_("Who is it?"), required=False)
    given_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    national_id = forms.CharField(
        label=_("National id"),
        max_length=20,
        required=False,
        help_text=_("So that the e-ID finds the right person. It is kept locked and never shown."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))
    email = forms.EmailField(label=_("Mail"), required=False)
    role = forms.ChoiceField(label=_("Works as"))
    groups = forms.MultipleChoiceField(
        label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever works in a group reads and writes about its children of the day."),
    )  # fmt: skip
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Leave it empty when it is until further notice."))
    shown_rules = forms.BooleanField(label=_("Has been shown the rules today"), required=False)

    def __init__(self, *args: Any, unit: Unit, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.viewer = unit, viewer
        self.people = {str(person.public_id): person for person in before_here(unit)}
        names = [(key, person.get_full_name()) for key, person in self.people.items()]
        offer(self, "known", [("", _("Somebody new")), *names])
        offer(self, "role", roles(unit, viewer))
        self.offered = {str(group.public_id): group for group in open_groups(unit, viewer.day)}
        offer(self, "groups", [(key, group.name) for key, group in self.offered.items()])
        if not self.offered or not any(role in IN_GROUPS for role, _label in roles(unit, viewer)):
            del self.fields["groups"]
        self.fields["starts_on"].initial = viewer.day

    def clean_national_id(self) -> str:
        return normal_id(self.cleaned_data["national_id"], self.unit.organisation.country)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("known") and not data.get("given_name"):
            self.add_error("given_name", gettext("What is the person called?"))
        starts, last = data.get("starts_on"), data.get("ends_on")
        if starts and last and last < starts:
            self.add_error("ends_on", gettext("The last day cannot be before the first."))
        return data

    def save(self) -> Duty | None:
        """The person, the duty and its groups; nothing, and an error, when the person has this duty already."""
        try:
            with transaction.atomic():
                return self._saved()
        except IntegrityError:
            self.add_error(None, gettext("The person has this duty already in that time."))
            return None

    def _saved(self) -> Duty:
        data, by, at = self.cleaned_data, self.viewer.person, self.viewer.at
        person = self.people.get(data["known"]) or staffing.note_person(
            organisation=self.unit.organisation, given_name=data["given_name"], family_name=data["family_name"],
            phone=data["phone"], email=data["email"], national_id=data["national_id"],
        )  # fmt: skip
        duty = staffing.give_duty(
            person=person, unit=self.unit, role=data["role"], starts_on=data["starts_on"],
            ends_on=after(data["ends_on"]), at=at, by=by,
        )  # fmt: skip
        groups = [self.offered[key] for key in data.get("groups", ())]
        if groups and data["role"] in IN_GROUPS:
            staffing.work_in(duty=duty, groups=groups, day=self.viewer.day, at=at, by=by)
        if data["shown_rules"]:
            staffing.show_rules(duty=duty, day=self.viewer.day, at=at, by=by)
        return duty


def after(last: date | None) -> date | None:
    """People say the last day; the register keeps the first without."""
    return last + timedelta(days=1) if last else None


def roles(unit: Unit, viewer: Viewer) -> list[tuple[str, Any]]:
    """What this viewer may make somebody at the unit."""
    found: list[str] = []
    if reach.rows(UNIT, viewer, STAFF_IT).filter(pk=unit.pk).exists():
        found += [Duty.Role.PEDAGOGUE, Duty.Role.CHILDCARE_WORKER, Duty.Role.SPECIAL_EDUCATOR]
    if reach.rows(UNIT, viewer, APPOINT).filter(pk=unit.pk).exists():
        found.append(Duty.Role.HEAD)
    return [(role, Duty.Role(role).label) for role in found]


def before_here(unit: Unit) -> list[Person]:
    """Those who have had a duty or a pass at the unit, by name."""
    worked = Person.objects.filter(duties__unit=unit) | Person.objects.filter(passes__group__unit=unit)
    return list(worked.filter(is_active=True).distinct().order_by("given_name", "family_name", "pk"))


def open_groups(unit: Unit, day: date) -> list[Any]:
    rows = unit.groups.order_by("name", "pk")
    return [group for group in rows if group.closed_on is None or group.closed_on > day]


class DutyForm(forms.Form):
    """One thing that is changed about a duty; `said` is what the page answers when it is done."""

    said: Any = _("Saved.")

    def __init__(self, *args: Any, duty: Duty, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty, self.viewer = duty, viewer

    def do(self) -> None:
        """Carry it out; what the register refuses becomes an error of the form."""
        try:
            self.apply()
        except NotAllowed as refused:
            self.add_error(None, REFUSALS[str(refused)])
        else:
            session.end_without_ground(self.duty.person, self.viewer.at)

    def apply(self) -> None:
        raise NotImplementedError

    @property
    def about(self) -> dict[str, Any]:
        return {"at": self.viewer.at, "by": self.viewer.person}


REFUSALS = {
    "leave-already": _("There is leave in these days already."),
    "special-educator": _("Children are named for special educators only."),
    "other-unit": _("The group belongs to another unit."),
}


class GroupsForm(DutyForm):
    groups = forms.MultipleChoiceField(label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, duty: Duty, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, duty=duty, viewer=viewer, **kwargs)
        assert duty.unit is not None  # noqa: S101
        self.known = {str(group.public_id): group for group in open_groups(duty.unit, viewer.day)}
        offer(self, "groups", [(key, group.name) for key, group in self.known.items()])
        standing = [row.group for row in duty.assignments.select_related("group").order_by("pk")
                    if row.ends_on is None or row.ends_on > viewer.day]  # fmt: skip
        self.fields["groups"].initial = [str(group.public_id) for group in standing]
        # A closed group's assignment stays as it is: it opens nothing, and the head cannot see to untick it.
        self.kept = [group for group in standing if str(group.public_id) not in self.known]

    def apply(self) -> None:
        groups = [*(self.known[key] for key in self.cleaned_data["groups"]), *self.kept]
        staffing.work_in(duty=self.duty, groups=groups, day=self.viewer.day, **self.about)


class SpanForm(DutyForm):
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Last day"), required=False)

    def __init__(self, *args: Any, duty: Duty, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, duty=duty, viewer=viewer, **kwargs)
        self.fields["starts_on"].initial = viewer.day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", gettext("The last day cannot be before the first."))
        return data


class LeaveForm(SpanForm):
    said = _("On leave in these days, and back by itself afterwards.")

    def apply(self) -> None:
        data = self.cleaned_data
        staffing.rest(duty=self.duty, starts_on=data["starts_on"], ends_on=after(data["ends_on"]), **self.about)


class BackForm(DutyForm):
    said = _("Back at work from today.")

    def apply(self) -> None:
        staffing.come_back(duty=self.duty, day=self.viewer.day, **self.about)


class RulesForm(DutyForm):
    def apply(self) -> None:
        staffing.show_rules(duty=self.duty, day=self.viewer.day, **self.about)


class EndForm(DutyForm):
    said = _("The duty ends.")
    last_day = day_field(_("Last day"), required=False, help_text=_("Leave it empty to end it now, at once."))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def apply(self) -> None:
        ends_on = after(self.cleaned_data["last_day"]) or self.viewer.day
        staffing.end_duty(duty=self.duty, ends_on=ends_on, reason=self.cleaned_data["reason"], **self.about)


class NameChildForm(SpanForm):
    child = forms.ChoiceField(label=_("Child"))

    def __init__(self, *args: Any, duty: Duty, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, duty=duty, viewer=viewer, **kwargs)
        assert duty.unit is not None  # noqa: S101
        self.children = {str(child.public_id): child for child in reach.nameable(viewer, duty.unit)}
        names = [(key, f"{child.given_name} {child.family_name}".strip()) for key, child in self.children.items()]
        offer(self, "child", [("", _("Choose")), *names])
        self.order_fields(["child", "starts_on", "ends_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        child = self.children.get(data.get("child", ""))
        if child and "starts_on" in data:
            until = after(data.get("ends_on"))
            for named in self.duty.named_children.filter(child=child).order_by("pk"):
                if (named.ends_on is None or named.ends_on > data["starts_on"]) and (
                    until is None or named.starts_on < until
                ):
                    self.add_error("child", gettext("The child is named already in that time."))
        return data

    def apply(self) -> None:
        data = self.cleaned_data
        services.name_special_educator(
            duty=self.duty, child=self.children[data["child"]], starts_on=data["starts_on"],
            ends_on=after(data["ends_on"]), **self.about,
        )  # fmt: skip


class UnnameChildForm(DutyForm):
    child = forms.UUIDField()

    def apply(self) -> None:
        mine = {child.pk for child in reach.rows("CHILD", self.viewer, "NAME")}
        named = self.duty.named_children.filter(child__public_id=self.cleaned_data["child"], child__in=mine)
        for row in named.order_by("pk"):
            if row.ends_on is None or row.ends_on > self.viewer.day:
                services.end_naming(named=row, ends_on=self.viewer.day, **self.about)


ACTS: dict[str, type[DutyForm]] = {
    "groups": GroupsForm,
    "leave": LeaveForm,
    "back": BackForm,
    "rules": RulesForm,
    "end": EndForm,
    "name": NameChildForm,
    "unname": UnnameChildForm,
}


class PairForm(forms.Form):
    """The code on a tablet's screen, and what the tablet is called."""

    code = forms.CharField(label=_("The code on its screen"), max_length=20, widget=forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))  # fmt: skip
    name = forms.CharField(label=_("What it is called"), max_length=60, help_text=_("For example: Granen’s tablet."))
    group = forms.ChoiceField(
        label=_("Pictures go to the tray of"), required=False,
        help_text=_("They can be taken without a PIN, and looked at only with one."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.public_id): group for group in open_groups(unit, viewer.day)}
        names = [(key, group.name) for key, group in self.groups.items()]
        offer(self, "group", [*names, ("", _("No group: pictures only with a PIN"))])

    @property
    def chosen_group(self) -> Any:
        return self.groups.get(self.cleaned_data["group"])


class PinForm(forms.Form):
    """One's own PIN, twice."""

    pin = forms.CharField(label=_("New PIN"), widget=forms.PasswordInput(
        attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
        help_text=_("Four to eight digits that nobody else knows."))  # fmt: skip
    again = forms.CharField(label=_("The same PIN again"), widget=forms.PasswordInput(
        attrs={"inputmode": "numeric", "autocomplete": "new-password"}))  # fmt: skip

    def clean_pin(self) -> str:
        pins.check_shape(self.cleaned_data["pin"])
        return str(self.cleaned_data["pin"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "pin" in data and data.get("again") != data["pin"]:
            self.add_error("again", gettext("The two PINs differ."))
        return data
