"""The part of a form that says how something was told on paper or in person; the question itself stands before it."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from access.models import Recording
from access.models.recordings import MOST_PAGES
from access.recordings import services
from access.recordings.services import Told
from media_policy.forms import KeysField, PicturesField
from people.models import Child
from visibility.viewer import Viewer

Identified = Recording.Identified


class RecordingForm(forms.Form):
    """What was said comes from the form that inherits this one."""

    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    medium = forms.ChoiceField(
        label=_("How was it said?"), choices=Recording.Medium.choices, widget=forms.RadioSelect
    )  # fmt: skip
    said_on = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on the paper, or the day of the conversation."),
    )
    identified = forms.ChoiceField(
        label=_("How did you know that it was they?"), choices=[("", _("Choose")), *Identified.choices]
    )
    identified_words = forms.CharField(
        label=_("More about that"),
        max_length=200,
        required=False,
        help_text=_("Needed where it was in another way. Never write a number from the card."),
    )
    interpreter = forms.CharField(
        label=_("Interpreter"), max_length=200, required=False, help_text=_("Name or service, if there was one.")
    )
    pages = PicturesField(
        label=_("Photographs of the paper"),
        required=False,
        help_text=_(
            "One of each page, ten at most. You can save without; with them nobody has to search in a binder. "
            "Only the head sees them."
        ),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    kept = KeysField(required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["said_on"].widget.attrs["max"] = day.isoformat()

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data.get("client_key") or uuid.uuid4()

    def clean_said_on(self) -> date:
        day: date = self.cleaned_data["said_on"]
        if day > self.day:
            raise forms.ValidationError(gettext("That day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("identified") == Identified.OTHER and not data.get("identified_words"):
            self.add_error("identified_words", gettext("Write how you knew."))
        return data

    def keep(self, pictures: list[uuid.UUID]) -> None:
        """Send these along when the form is sent again."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data.setlist("kept", [str(key) for key in pictures])
        self.data = data

    @property
    def kept_pages(self) -> int:
        """How many photographs are here already."""
        return len(self["kept"].value() or [])


def told(form: RecordingForm, child: Child, by: Viewer) -> Told | None:
    """How it was told, with its pages; None where something is lacking: the form says what, and keeps the pages.

    The photographs are taken in also where another field is wrong: a paper is not photographed twice for a slip.
    """
    form.is_valid()
    uploads, kept = form.cleaned_data.get("pages", []), form.cleaned_data.get("kept", [])
    key = form.cleaned_data.get("client_key") or uuid.uuid4()
    if len(uploads) + len(kept) > MOST_PAGES:
        form.add_error("pages", gettext("Choose %(number)s pictures at most.") % {"number": MOST_PAGES})
        return None
    pages = services.take_pages(child=child, uploads=uploads, kept=kept, by=by, form_key=key)
    form.keep(pages.pictures)
    for name, sentence in pages.refused:
        form.add_error("pages", f"{name}: {sentence}")
    if pages.gone:
        gone = ngettext(
            "%(num)s photograph is no longer kept. Choose it again.",
            "%(num)s photographs are no longer kept. Choose them again.",
            pages.gone,
        )
        form.add_error("pages", gone % {"num": pages.gone})
    if form.errors:
        return None
    said = form.cleaned_data
    fields = ("medium", "said_on", "identified", "identified_words", "interpreter", "note")
    return Told(**{name: said[name] for name in fields}, pages=tuple(pages.pictures), client_key=key)
