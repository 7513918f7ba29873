"""What is sent from a conference's pages: answers to typed questions, agreements, the talk, its beginning and end."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from conferences.choices import QuestionType
from conferences.models import Agreement, Conference, FollowUp, Side, Talk

MOST_MONTHS = 18


def answer_of(kind: str, options: Iterable[str], sent: QueryDict) -> Any:
    """What was answered to a question, shaped by its type; an option that is none of it counts as no answer."""
    known = set(options)
    if kind == QuestionType.CHOICES:
        return [key for key in dict.fromkeys(sent.getlist("value")) if key in known]
    # PostgreSQL keeps no NUL; nobody writes one.
    given = sent.get("value", "").replace("\x00", "")
    if kind == QuestionType.CHOICE:
        return given if given in known else ""
    if kind == QuestionType.DATE:
        return _day(given)
    return given.replace("\r\n", "\n").strip()


def _day(given: str) -> str:
    try:
        day = parse_date(given)
    except ValueError:
        return ""
    return day.isoformat() if day else ""


def _date_input(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-module": "autosize"})


class Once(forms.Form):
    """A form that counts once, however often it is sent: its key is drawn with the empty form and comes back."""

    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data.get("client_key") or uuid.uuid4()


class IssueForm(forms.Form):
    """Begins conferences for the children of a group."""

    template = forms.ChoiceField(label=_("Template"), error_messages={"required": _("Choose a template.")})
    due_on = forms.DateField(label=_("Held by"), widget=_date_input(), help_text=_("The last day for the talk."))

    def __init__(self, *args: Any, templates: dict[str, str], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["template"].choices = list(templates.items())  # type: ignore[attr-defined]
        self.fields["due_on"].widget.attrs["min"] = day.isoformat()

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self.day:
            raise forms.ValidationError(_("That day has passed."))
        if (day - self.day).days > MOST_MONTHS * 31:
            raise forms.ValidationError(_("Choose a day within a year and a half."))
        return day


class PeopleForm(forms.Form):
    """Who holds the conference."""

    responsible = forms.ChoiceField(
        label=_("Responsible teacher"), required=False, help_text=_("Holds this child’s conferences from today on.")
    )
    stand_in = forms.ChoiceField(
        label=_("Stand-in"), required=False, help_text=_("Holds this conference in the teacher’s place.")
    )

    def __init__(self, *args: Any, duties: dict[str, str], people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", _("Nobody"))
        self.fields["responsible"].choices = [nobody, *duties.items()]  # type: ignore[attr-defined]
        self.fields["stand_in"].choices = [nobody, *people.items()]  # type: ignore[attr-defined]


class AgreementForm(Once):
    """What was agreed on, who does it, and by when."""

    what = forms.CharField(
        label=_("What we agree on"), max_length=1000, widget=_text(2),
        error_messages={"required": _("Write what you agree on.")},
    )  # fmt: skip
    who = forms.ChoiceField(label=_("Who"), choices=Agreement.Who.choices, initial=Agreement.Who.BOTH)
    by_when = forms.DateField(label=_("By when"), required=False, widget=_date_input())
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class FollowUpForm(Once):
    """How it goes with an agreement."""

    state = forms.ChoiceField(
        label=_("How does it go?"), choices=FollowUp.State.choices, initial=FollowUp.State.GOING_ON
    )
    text = forms.CharField(label=_("In a few words"), required=False, max_length=1000, widget=_text(2))


class TalkForm(forms.ModelForm):
    """The talk that was held."""

    class Meta:
        model = Talk
        fields = ["held_on", "took_part", "interpreter"]
        widgets = {"held_on": _date_input()}
        help_texts = {
            "took_part": _("First names, or mother, father and teacher."),
            "interpreter": _("The language, if there was one."),
        }

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["held_on"].widget.attrs["max"] = day.isoformat()

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > self.day:
            raise forms.ValidationError(_("That day has not come yet."))
        return day


class InformForm(forms.Form):
    informed = forms.ChoiceField(label=_("How this home was informed"), choices=Side.Informed.choices)


class AddendumForm(Once):
    text = forms.CharField(
        label=_("What is to be added"), max_length=4000, widget=_text(4),
        error_messages={"required": _("Write a few words first.")},
    )  # fmt: skip


class CloseForm(forms.Form):
    """Ends a conference unfinished. That a child moved is found by the system itself."""

    because = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            (Conference.Closed.NOT_WANTED.value, Conference.Closed.NOT_WANTED.label),
            (Conference.Closed.MISTAKE.value, Conference.Closed.MISTAKE.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why.")},
    )
