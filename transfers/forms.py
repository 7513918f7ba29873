"""The head's forms about moves, and the owner's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from access.leaving import services as leaving
from access.questions.forms import WayForm
from media_policy.questions import Basis, Way
from people.models.organisation import LEAST_READING
from transfers.models import Disclosure
from transfers.models.handovers import MOST_DAYS
from transfers.services import links

DATE: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class SchoolForm(forms.Form):
    """Another school, and the first day there."""

    school = forms.CharField(
        label=_("Which school?"), max_length=200, help_text=_("Its name as the guardians know it. They are told.")
    )
    first_day = forms.DateField(
        label=_("First day there"),
        help_text=_("The twelve months that go along are counted from this day. The guardians see it."),
        **DATE,
    )  # fmt: skip
    requested_by = forms.CharField(
        label=_("Who asked for it, and when?"), max_length=300,
        help_text=_("The child has left, so you do this on somebody’s word. It stands in the log of the transfer."),
    )  # fmt: skip


class FirstDayForm(forms.Form):
    first_day = forms.DateField(
        label=_("First day there"),
        help_text=_("After a package was made, moving it only takes days away."),
        **DATE,
    )  # fmt: skip


class PackageForm(forms.Form):
    made_for = forms.CharField(
        label=_("Who gets it?"), max_length=200, help_text=_("A person or a school; it stands in the package.")
    )


class LinkForm(forms.Form):
    """For how long, and how often."""

    days = forms.IntegerField(label=_("Days it can be fetched"), min_value=1, max_value=30, initial=14)
    downloads = forms.IntegerField(
        label=_("How often it can be fetched"), min_value=1, max_value=10, initial=links.MOST_DOWNLOADS
    )


class RequestForm(forms.Form):
    """What a parent without access asks for."""

    asked_by = forms.CharField(
        label=_("Who asks?"), max_length=200, help_text=_("Name, and what they are to the child.")
    )
    asked_on = forms.DateField(label=_("Which day did they ask?"), **DATE)
    asked_for = forms.CharField(
        label=_("What do they ask for?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecisionForm(forms.Form):
    """The look at what could harm comes before the decision."""

    harm_check = forms.CharField(
        label=_("Could it harm the child, or somebody else?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you have looked at, and what you found. It stays with the case and is not in the letter."),
    )
    decision = forms.ChoiceField(
        label=_("What is decided?"), choices=Disclosure.Decision.choices, widget=forms.RadioSelect
    )
    letter = forms.CharField(
        label=_("The letter"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}), required=True
    )
    appeal_told = forms.BooleanField(
        label=_("The letter says how to appeal"),
        required=False,
        help_text=_("Needed unless everything is granted: to whom, and before which day."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") in ("refused", "partly") and not said.get("appeal_told"):
            self.add_error("appeal_told", _("A letter that refuses says how to appeal."))
        return said


class DaysForm(forms.Form):
    """When a receiver in the system may read."""

    before = forms.IntegerField(label=_("Days before the first day"), min_value=0, max_value=MOST_DAYS)
    after = forms.IntegerField(label=_("Days after the first day"), min_value=0, max_value=MOST_DAYS)


class ReadingForm(forms.Form):
    """For how long guardians read about a child who has left."""

    reading_days = forms.IntegerField(
        label=_("Days that guardians go on reading"), min_value=LEAST_READING, max_value=leaving.MOST_READING,
        required=False,
        help_text=_("Counted from the last day at any of your units; sixty at least. Left empty there is no end."),
    )  # fmt: skip


class MoveWayForm(WayForm):
    """How a question about moving on is decided; for a school nobody can choose anything but a yes."""

    yearly = None  # type: ignore[assignment]
    answering_days = None  # type: ignore[assignment]

    def without_basis(self) -> "MoveWayForm":
        """For a school: the yes is always asked for."""
        del self.fields["basis"]
        return self

    def wanted(self) -> Way:
        said = self.cleaned_data
        basis = said.get("basis", Basis.CONSENT)
        return Way(basis, said["silence_is_yes"] and basis == Basis.CONSENT)
