"""Words about one line."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.team.forms import day_field

LONGEST = timedelta(days=180)


class AskForm(forms.Form):
    text = forms.CharField(label=_("What would you like to know?"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class HoldForm(forms.Form):
    ground = forms.CharField(label=_("On which ground"), max_length=300)
    until = day_field(_("Shows again on"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.day < until <= self.day + LONGEST:
            raise forms.ValidationError(gettext("Choose a day within the next half-year."))
        return until
