"""What somebody of the office says when bringing a package."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.models import Framework


class BringForm(forms.Form):
    file = forms.FileField(label=_("CASE package"), help_text=_("A JSON file from another system, at most 5 MB."))
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("As the package says")), *Framework.Country.choices],
        required=False,
    )
    valid_from = forms.DateField(
        label=_("In force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only where the package does not say."),
    )
