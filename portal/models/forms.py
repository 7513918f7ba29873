"""The office's form for a unit's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from people.models import Unit


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.get_kind_display()})"


class UnitPageForm(WagtailAdminPageForm):
    unit = UnitChoice(queryset=Unit.objects.order_by("name"), label=_("Preschool or school"))
