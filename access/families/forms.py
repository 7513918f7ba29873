"""What the head and the guardians write about a child's adults."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.recordings.forms import RecordingForm
from access.team.forms import day_field, normal_id
from people.models import Guardianship

KINDS = Guardianship.Kind.choices


class GroundForm(forms.Form):
    ground = forms.CharField(
        label=_("Which document says that this is a legal guardian?"),
        max_length=300,
        help_text=_("For example: extract from the population register, 12 November."),
    )


class OpenForm(forms.Form):
    """Nothing to fill in where the consents are the ground."""


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300)


class InactiveForm(WhyForm):
    remind_on = day_field(
        _("Remind me on"),
        required=False,
        help_text=_("The date reminds you to look again. It never opens anything by itself."),
    )


class NoteForm(forms.Form):
    why = forms.CharField(label=_("Why is only one guardian known?"), max_length=300)


class AskForm(forms.Form):
    conferences = forms.BooleanField(label=_("Ask about the conferences too"), required=False)


class PaperForm(RecordingForm):
    """One legal guardian's answer on paper or in person."""

    field_order = ["legal", "given", "conferences"]
    legal = forms.ChoiceField(label=_("Whose answer?"))
    given = forms.ChoiceField(
        label=_("What is the answer?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    conferences = forms.BooleanField(label=_("The conferences too"), required=False)

    def __init__(self, *args: Any, deciding: list[Guardianship], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deciding = {str(row.public_id): row for row in deciding}
        legal: Any = self.fields["legal"]
        legal.choices = [(key, row.person.get_full_name()) for key, row in self.deciding.items()]

    @property
    def chosen(self) -> Guardianship:
        return self.deciding[self.cleaned_data["legal"]]


class LiftForm(WhyForm):
    colleague = forms.ChoiceField(label=_("For whom?"))
    field_order = ["colleague", "reason"]

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.public_id): person for person in people}
        colleague: Any = self.fields["colleague"]
        colleague.choices = [(key, person.get_full_name()) for key, person in self.people.items()]


class NewAdultForm(forms.Form):
    """An adult whom the register or the family names; who is known by national id is found again."""

    kind = forms.ChoiceField(label=_("What is this adult to the child?"), choices=KINDS, widget=forms.RadioSelect)
    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100)
    label = forms.CharField(
        label=_("What does the child say?"), max_length=60, required=False, help_text=_("Mother, grandfather …")
    )
    national_id = forms.CharField(
        label=_("National id"),
        max_length=20,
        help_text=_("So that the e-ID finds the right person. It is kept locked and never shown."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"}))
    email = forms.EmailField(label=_("Mail"), required=False)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country

    def clean_national_id(self) -> str:
        return normal_id(self.cleaned_data["national_id"], self.country)


class WishForm(forms.Form):
    """One adult whom the family wants in; an empty one is nobody."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    label = forms.CharField(label=_("What does the child say?"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("What is this adult to the child?"), choices=[("", _("Choose")), *KINDS], required=False
    )
    reads_conferences = forms.BooleanField(label=_("May read the conferences too"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name") and not data.get("kind"):
            raise ValidationError(gettext("Say what this adult is to the child."))
        return data


WishFormSet = forms.formset_factory(WishForm, extra=2, max_num=8, validate_max=True)


class PaperWordForm(RecordingForm):
    """A legal guardian's word on paper or in person: whose, and how it was said."""

    field_order = ["legal"]
    legal = forms.ChoiceField(label=_("Whose word?"))

    def __init__(self, *args: Any, legals: list[Guardianship], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legals = {str(row.public_id): row for row in legals}
        legal: Any = self.fields["legal"]
        legal.choices = [(key, row.person.get_full_name()) for key, row in self.legals.items()]
