"""The head's form for an answer on paper or in person, and the owner's for how a question is decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from access.recordings.forms import RecordingForm
from media_policy.models import DownloadSetting
from media_policy.questions import Basis, Question, Way
from people.models import Guardianship


class PaperAnswerForm(RecordingForm):
    """One legal guardian's answer to one question."""

    field_order = ["legal", "question", "given"]
    legal = forms.ChoiceField(label=_("Whose answer?"))
    question = forms.ChoiceField(label=_("To which question?"))
    given = forms.ChoiceField(
        label=_("What is the answer?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, legals: list[Guardianship], questions: Any = Question.choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["question"]
        asked.choices = [("", _("Choose")), *questions]
        self.legals = {str(row.public_id): row for row in legals}
        legal: Any = self.fields["legal"]
        legal.choices = [(key, row.person.get_full_name()) for key, row in self.legals.items()]

    @property
    def chosen(self) -> Guardianship:
        return self.legals[self.cleaned_data["legal"]]


class DownloadForm(forms.Form):
    who = forms.ChoiceField(
        label=_("Who may download pictures, films and recordings?"),
        choices=DownloadSetting.Who.choices,
        widget=forms.RadioSelect,
        help_text=_("Everybody only what they can see. Each copy is in the reading log; what is done with it, is not."),
    )


class WayForm(forms.Form):
    basis = forms.ChoiceField(label=_("How is it decided?"), choices=Basis.choices, widget=forms.RadioSelect)
    silence_is_yes = forms.BooleanField(
        label=_("A yes from one is enough"),
        required=False,
        help_text=_("Where nobody says no. It has a meaning only where a yes is asked for."),
    )
    yearly = forms.BooleanField(
        label=_("Ask again once a year"),
        required=False,
        help_text=_("Earlier answers count until they are changed."),
    )
    answering_days = forms.IntegerField(
        label=_("Days to answer in"),
        min_value=1,
        max_value=90,
        help_text=_("After a group has opened, silence counts only when these days have passed."),
    )

    @classmethod
    def of(cls, way: Way, question: str, data: Any = None) -> "WayForm":
        """The form of one question, filled in with how it is decided now."""
        return cls(data, initial=vars(way), auto_id=f"id_{question}_%s")

    def wanted(self) -> Way:
        said = self.cleaned_data
        consent = said["basis"] == Basis.CONSENT
        return Way(said["basis"], said["silence_is_yes"] and consent, said["yearly"], said["answering_days"])
