"""What is sent from the pages about times for talks."""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from conferences.times import MOST, Series, of_series
from people.models import Person
from visibility.viewer import Viewer

LONGEST = timedelta(days=62)
AHEAD = timedelta(days=550)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _hour() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class KeepForm(forms.Form):
    """A series of times; a single one is a series of one day that is as long as the talk."""

    staff = forms.ChoiceField(label=_("Who holds the talks"))
    first_day = forms.DateField(label=_("First day"), widget=_day())
    last_day = forms.DateField(label=_("Last day"), widget=_day())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"), coerce=int, widget=forms.CheckboxSelectMultiple,
        choices=[(number, WEEKDAYS[number]) for number in range(5)],
        error_messages={"required": _("Choose at least one day.")},
    )  # fmt: skip
    begins = forms.TimeField(label=_("First talk begins"), widget=_hour(), initial=time(14))
    ends = forms.TimeField(label=_("Last talk ends"), widget=_hour(), initial=time(16, 30))
    minutes = forms.IntegerField(label=_("Minutes for a talk"), min_value=10, max_value=180, initial=40)
    pause = forms.IntegerField(label=_("Minutes between"), min_value=0, max_value=120, initial=10)
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False,
        help_text=_("Which room. It stands in the families’ calendars, so let it name nobody."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link to a video talk"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Only if you meet on a screen."),
    )  # fmt: skip

    def __init__(self, *args: Any, staff: list[Person], viewer: Viewer, time_zone: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {str(person.public_id): person for person in staff}
        self.viewer, self.time_zone = viewer, time_zone
        choices = [(key, person.get_full_name()) for key, person in self.people.items()]
        self.fields["staff"].choices = choices  # type: ignore[attr-defined]
        self.times: list[Any] = []

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if day < self.viewer.day:
            raise ValidationError(_("That day has passed."))
        return day

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day > self.viewer.day + AHEAD:
            raise ValidationError(_("Choose a day within a year and a half."))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if given["last_day"] < given["first_day"]:
            raise ValidationError({"last_day": _("The last day comes after the first.")})
        if given["last_day"] - given["first_day"] > LONGEST:
            raise ValidationError({"last_day": _("Two months at most at a time.")})
        series = Series(**{name: given[name] for name in Series.__dataclass_fields__})
        found = of_series(series, self.time_zone)
        self.times = [pair for pair in found if pair[0] > self.viewer.at]
        if not self.times:
            raise ValidationError({"ends": _("No talk fits in there. Look at the days, the hours and the minutes.")})
        if len(self.times) > MOST:
            raise ValidationError({"last_day": _("That is more than a hundred talks. Take fewer days at a time.")})
        return given


class SpreadForm(forms.Form):
    each = forms.TypedChoiceField(
        label=_("Times to choose from, for each home"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        initial=3,
    )


class BookForm(forms.Form):
    """`instead_of` is the booking that the page showed, or nothing."""

    offer = forms.UUIDField()
    instead_of = forms.UUIDField(required=False)
    interpreter = forms.CharField(
        label=_("Interpreter into"), max_length=60, required=False, help_text=_("The language, if you want one.")
    )
