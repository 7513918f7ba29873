"""What somebody types to come in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.models import SignInCode
from people.models import Person

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "none"}


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it was nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


class DigitsForm(forms.Form):
    digits = forms.CharField(label=_("Six digits from your app"), max_length=12, widget=forms.TextInput(DIGITS))

    def refuse(self) -> None:
        """Say that it was not right."""
        self.add_error("digits", gettext("These are not the right digits. Wait for the next ones and try again."))


class OwnForm(DigitsForm):
    name = forms.CharField(
        label=_("Sign-in name"), max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), max_length=256, strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ["name", "password", "digits"]

    def refuse(self) -> None:
        """Say that it was not right, and not what of it."""
        self.add_error(
            None, gettext("Name, password and digits do not belong together. Try again with the next digits.")
        )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your paper"), max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def refuse(self) -> None:
        """Say that it was not right."""
        self.add_error("code", gettext("This code is not known, or has been used, or is too old. Ask for a new paper."))


class SetUpForm(DigitsForm):
    password = forms.CharField(
        label=_("A password of your own"), max_length=256, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least twelve letters, digits or blanks. Three or four words are easy to remember."),
    )  # fmt: skip
    field_order = ["password", "digits"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        validate_password(given, self.person)
        return given


class GiveCodeForm(forms.Form):
    identified = forms.ChoiceField(
        label=_("How do you know who it is?"), choices=SignInCode.Identified, widget=forms.RadioSelect
    )
