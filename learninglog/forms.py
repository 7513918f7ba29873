"""The staff's forms. The composer's is the whole entry in one form, the same with and without a script."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.recordings.forms import RecordingForm
from learninglog import mentions
from learninglog.models import Entry, EntryChild
from learninglog.services.composing import Form, Marked
from learninglog.services.correcting import MOST_DAYS
from learninglog.services.drafts import ChildInput, EntryInput, PictureInput
from people.models import Child, Guardianship

LONGEST = 20_000
NOBODY = "nobody"


def key_of(text: str) -> uuid.UUID | None:
    """A public id out of a form or an address, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class ComposerForm(forms.Form):
    """Fields named per child and per picture carry the public id behind an underscore: `line_<id>`, `who_<id>`.

    Nothing that was typed is refused: what cannot be taken as it is, is told in `errors`, and the rest is saved.
    """

    revision = forms.IntegerField(min_value=0)
    happened_on = forms.DateField(label=_("The day"), required=False)

    def __init__(
        self, data: QueryDict, *, entry: Entry, children: Iterable[Child], goals: Iterable[int], day: date
    ) -> None:
        super().__init__(data)
        self.entry, self.day = entry, day
        self.known = {str(child.public_id): child.pk for child in children}
        self.known_goals = set(goals)
        verb, _colon, about = str(data.get("do", "")).partition(":")
        self.do, self.about = verb, key_of(about)

    def clean_happened_on(self) -> date:
        """Without a day the entry keeps the one it has."""
        day: date = self.cleaned_data["happened_on"] or self.entry.happened_on
        if day > max(self.day, self.entry.happened_on):
            raise forms.ValidationError(_("That day is still to come, so the entry kept its day."))
        return day

    @property
    def from_revision(self) -> int:
        """The revision the writer started from; without one, none, so that nothing is overwritten."""
        return int(self.cleaned_data.get("revision", -1))

    def form(self, *, today: Iterable[int]) -> Form:
        """What the service takes; `today` are the keys of the whole group."""
        everybody = set(today)
        chosen = self._chosen(everybody)
        order = self._order()
        data = EntryInput(
            title=self.one("title", 200),
            text=self.one("text"),
            happened_on=self.cleaned_data.get("happened_on") or self.entry.happened_on,
            children={pk: self._about(key) for key, pk in chosen.items()},
            goals=[goal for goal in self._numbers("goals") if goal in self.known_goals],
            pictures={key: self._caption(key) for key in order},
            whole_group=len(everybody) > 1 and everybody <= set(chosen.values()),
            not_names=self._list("not_names"),
        )
        return Form(data, self._marks(), keep="merges" not in self.data)

    def _chosen(self, everybody: set[int]) -> dict[str, int]:
        ticked = set(self._list("children"))
        if self.do == "everyone":
            ticked |= {key for key, pk in self.known.items() if pk in everybody}
        return {key: pk for key, pk in self.known.items() if key in ticked}

    def _order(self) -> list[uuid.UUID]:
        order = self._pictures()
        if self.do == "earlier" and self.about in order[1:]:
            place = order.index(self.about)
            order[place - 1 : place + 1] = [order[place], order[place - 1]]
        return order

    def _marks(self) -> dict[uuid.UUID, Marked]:
        order = self._pictures()
        marks = {key: self.marked(key) for key in order}
        if self.do == "same" and self.about in order[1:]:
            before = marks[order[order.index(self.about) - 1]]
            marks[self.about] = Marked(before.children, before.nobody)
        if self.do == "all" and self.about in order:
            # Everybody whom the entry is about; who was said beside them stays.
            ticked = frozenset(self._chosen(set()).values())
            marks[self.about] = Marked(marks[self.about].children | ticked)
        return marks

    def _list(self, name: str) -> list[str]:
        return [value for value in self.data.getlist(name) if value]  # type: ignore[attr-defined]

    def one(self, name: str, most: int = LONGEST) -> str:
        """One field of the form, cut to its length; empty where it is missing."""
        return str(self.data.get(name, ""))[:most]

    def _numbers(self, name: str) -> list[int]:
        return [int(value) for value in self._list(name) if value.isascii() and value.isdigit() and len(value) < 10]

    def _about(self, key: str) -> ChildInput:
        asked = self.one(f"asked_{key}")
        start = f"remark_{key}_"
        remarks = {
            int(name.removeprefix(start)): self.one(name)
            for name in self.data
            if name.startswith(start) and name.removeprefix(start).isdigit()
        }
        return ChildInput(
            line=self.one(f"line_{key}"),
            asked=asked if asked in EntryChild.Asked.values else "",
            quotes=self._list(f"quote_{key}"),
            remarks={goal: text for goal, text in remarks.items() if goal in self.known_goals},
        )

    def _pictures(self) -> list[uuid.UUID]:
        keys = [key_of(value) for value in self._list("picture")]
        return list(dict.fromkeys(key for key in keys if key is not None))

    def clips(self) -> list[uuid.UUID]:
        """The films and recordings that the form names, in its order."""
        keys = [key_of(value) for value in self._list("clip")]
        return list(dict.fromkeys(key for key in keys if key is not None))

    def _caption(self, key: uuid.UUID) -> PictureInput:
        return PictureInput(self.one(f"caption_{key}", 300), self.one(f"alt_{key}", 300))

    def marked(self, key: uuid.UUID) -> Marked:
        """Who can be recognised in one picture or film, as the form says."""
        said = self._list(f"who_{key}")
        children = frozenset(self.known[value] for value in said if value in self.known)
        return Marked(children, NOBODY in said, bool(self.one(f"guessed_{key}")))


class TrayForm(forms.Form):
    client_key = forms.UUIDField(required=False)
    text = forms.CharField(label=_("A jotting"), max_length=LONGEST, required=False)

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data["client_key"] or uuid.uuid4()


class ReplyForm(forms.Form):
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-module": "autosize"}),
        error_messages={"required": _("Write a few words first.")},
    )

    def clean_client_key(self) -> uuid.UUID:
        return self.cleaned_data["client_key"] or uuid.uuid4()


class CorrectionForm(RecordingForm):
    """What a guardian asks to have put right; the note says what it is about."""

    field_order = ["who", "first_day", "last_day", "note"]
    who = forms.ChoiceField(label=_("Who asks?"))
    first_day = forms.DateField(
        label=_("It happened on, or from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The same day, or a later one; three months at most. You see the entries of these days only."),
    )  # fmt: skip

    def __init__(self, *args: Any, who: list[Guardianship], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(row.public_id): row for row in who}
        asking: Any = self.fields["who"]
        asking.choices = [
            ("", _("Choose")),
            *((key, row.person.get_full_name()) for key, row in self.guardians.items()),
        ]
        note = self.fields["note"]
        note.label, note.required = _("What is it about?"), True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and not timedelta(0) <= last - first <= MOST_DAYS:
            self.add_error("last_day", gettext("The same day, or a later one; three months at most."))
        return data

    @property
    def chosen(self) -> Guardianship:
        return self.guardians[self.cleaned_data["who"]]


class CorrectForm(forms.Form):
    """An entry's words as the family reads them, and which version they were."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    seen = forms.UUIDField(widget=forms.HiddenInput)

    def clean_title(self) -> str:
        return mentions.clean(self.cleaned_data["title"])

    def clean_text(self) -> str:
        """Plain words: a child who is named by hand is named, and no token comes in by a form."""
        return mentions.clean(self.cleaned_data["text"])
