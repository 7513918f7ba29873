"""The forms of plans and reflections."""

import uuid
from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from learninglog.models import Plan
from learninglog.services.plans import PlanInput


def _long() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4, "data-module": "autosize"})


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["title", "starts_on", "ends_on", "aim", "activities", "questions"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "aim": _long(),
            "activities": _long(),
            "questions": _long(),
        }

    def input(self, goals: Collection[int]) -> PlanInput:
        """What the service takes; only goals that can be chosen are."""
        sent = self.data.getlist("goals")  # type: ignore[attr-defined]
        given = [int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < 10]
        return PlanInput(**self.cleaned_data, goals=[goal for goal in dict.fromkeys(given) if goal in goals])


class ReflectionForm(forms.Form):
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("What do you think?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-module": "autosize"}),
        error_messages={"required": _("Write a few words first.")},
    )

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data["client_key"] or uuid.uuid4()


class ConclusionsForm(forms.Form):
    text = forms.CharField(
        label=_("What we learned, and go on with"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-module": "autosize"}),
    )
