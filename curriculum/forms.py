"""The office's forms for areas and goals: choices that can be told apart."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from curriculum.models import Area, Goal


def _with_code(row: Area | Goal) -> str:
    return f"{row.code} · {row}"


class AreaForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        headings = Area.objects.filter(parent__isnull=True).for_list()
        parent.queryset = headings.exclude(pk=self.instance.pk) if self.instance.pk else headings
        parent.label_from_instance = _with_code


class GoalForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        area.queryset = Area.objects.for_list()
        area.label_from_instance = _with_code

    def _get_validation_exclusions(self) -> set[str]:
        # Django leaves out constraints over fields that are not in the form; this one is filled in from the area.
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded - {"framework"} if self.cleaned_data.get("area") else excluded


class GoalLinkForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("origin", "destination"):
            self.fields[name].queryset = Goal.objects.for_list()
            self.fields[name].label_from_instance = _with_code


class GuidanceForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("goal", Goal), ("area", Area)):
            self.fields[name].queryset = model.objects.for_list()
            self.fields[name].label_from_instance = _with_code
