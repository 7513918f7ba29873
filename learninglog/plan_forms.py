"""The forms of plans and reflections."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learninglog.models import Plan
from learninglog.services.plans import FIELDS, PlanInput

LONGEST = timedelta(days=2 * 366)


def _long() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4, "data-module": "autosize"})


class LinesField(forms.CharField):
    """Lines end as browsers count them, with one character."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found.replace("\r\n", "\n") if isinstance(found, str) else found


class PlanForm(forms.ModelForm):
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Plan
        fields = FIELDS
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "aim": _long(),
            "activities": _long(),
            "questions": _long(),
        }
        field_classes = {"aim": LinesField, "activities": LinesField, "questions": LinesField}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last - first > LONGEST:
            raise ValidationError({"ends_on": _("A plan lasts two years at most. Copy it when they are over.")})
        return given

    def asked(self) -> list[int]:
        """The goals that the form was sent with, whether they can be chosen or not."""
        sent = self.data.getlist("goals") if self.is_bound else []  # type: ignore[attr-defined]
        return [int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < 10]

    def input(self, goals: Collection[int]) -> PlanInput:
        """What the service takes; only goals that can be chosen are."""
        words = {name: self.cleaned_data[name] for name in FIELDS}
        return PlanInput(**words, goals=tuple(sorted({goal for goal in self.asked() if goal in goals})))


class ReflectionForm(forms.Form):
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    text = LinesField(
        label=_("What do you think?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-module": "autosize"}),
        error_messages={"required": _("Write a few words first.")},
    )

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data["client_key"] or uuid.uuid4()


class ConclusionsForm(forms.Form):
    text = LinesField(
        label=_("What we learned, and go on with"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-module": "autosize"}),
    )
