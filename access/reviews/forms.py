"""What is written when a review is signed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SeeForm(forms.Form):
    """An odd thing that is as it should be."""

    key = forms.CharField(max_length=200)
    note = forms.CharField(label=_("Why it is right"), max_length=300, required=False)


class SignForm(forms.Form):
    remark = forms.CharField(
        label=_("Anything to remember"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )


class RoutineForm(forms.Form):
    holds = forms.CharField(
        label=_("What holds"), max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Are the reviews signed each month, are leavers closed in time, do the heads know whom to ask?"),
    )  # fmt: skip
    changes = forms.CharField(
        label=_("What is changed from now on"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
