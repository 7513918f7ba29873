"""What guardians write: a message under an entry, words from home, and one setting."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learninglog.models import HomeWords
from learninglog.services.words import MOST_PICTURES
from media_policy.forms import KeysField, PicturesField

LONGEST = 20_000


class Once(forms.Form):
    """A form that counts once, however often it is sent: its key is drawn with the empty form and comes back."""

    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data.get("client_key") or uuid.uuid4()


class MessageForm(Once):
    text = forms.CharField(
        label=_("Write to the staff"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-module": "autosize"}),
        error_messages={"required": _("Write a few words first.")},
    )


class WordsForm(Once):
    text = forms.CharField(
        label=_("What would you like to tell?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-module": "autosize"}),
    )
    pictures = PicturesField(label=_("Pictures"), required=False)
    happened_on = forms.DateField(
        label=_("When was it?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    readers = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=HomeWords.Readers,
        initial=HomeWords.Readers.HOME,
        widget=forms.RadioSelect,
    )
    kept = KeysField(required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["happened_on"].initial = day
        self.fields["happened_on"].widget.attrs["max"] = day.isoformat()

    def keep(self, pictures: list[uuid.UUID]) -> None:
        """Send these along when the form is sent again."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data.setlist("kept", [str(key) for key in pictures])
        self.data = data

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > self.day:
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def clean_pictures(self) -> list[Any]:
        pictures: list[Any] = self.cleaned_data["pictures"]
        if len(pictures) > MOST_PICTURES:
            raise forms.ValidationError(_("Choose %(number)s pictures at most.") % {"number": MOST_PICTURES})
        return pictures


class ShowWordsForm(forms.Form):
    on = forms.BooleanField(required=False)
