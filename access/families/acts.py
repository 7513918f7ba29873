"""The things a head can do on the pages about a child's access, each by the name that its form sends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from access.families import consents, envelopes, forms, lifting, wishing, words
from access.models import Reminder
from access.recordings import forms as recording
from people.models import Child, Guardianship
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Done:
    """What was said when it was done, or the form with its errors when it was not."""

    said: str = ""
    failed: Any = None


def open_it(tie: Guardianship, viewer: Viewer, data: Any, files: Any) -> Done:
    legal = tie.kind == Guardianship.Kind.LEGAL
    form = forms.GroundForm(data, auto_id="id_open_%s") if legal else forms.OpenForm(data)
    if not form.is_valid():
        return Done(failed=form)
    try:
        ground = form.cleaned_data["ground"] if legal else "consents"
        envelopes.open_envelope(guardianship=tie, ground=ground, by=viewer)
    except envelopes.NotYet:
        form.add_error(None, _("A consent is still lacking."))
        return Done(failed=form)
    return Done(_("%(name)s is active now.") % {"name": tie.person.get_full_name()})


def inactive(tie: Guardianship, viewer: Viewer, data: Any, files: Any) -> Done:
    form = forms.InactiveForm(data, auto_id="id_inactive_%s")
    if not form.is_valid():
        return Done(failed=form)
    envelopes.make_inactive(guardianship=tie, by=viewer, **form.cleaned_data)
    return Done(_("%(name)s is inactive from this moment.") % {"name": tie.person.get_full_name()})


def end(tie: Guardianship, viewer: Viewer, data: Any, files: Any) -> Done:
    form = forms.WhyForm(data, auto_id="id_end_%s")
    if not form.is_valid():
        return Done(failed=form)
    envelopes.end(guardianship=tie, by=viewer, **form.cleaned_data)
    return Done(_("The tie of %(name)s has ended.") % {"name": tie.person.get_full_name()})


def ask(tie: Guardianship, viewer: Viewer, data: Any, files: Any) -> Done:
    form = forms.AskForm(data)
    form.is_valid()
    consents.ask(guardianship=tie, by=viewer, reads_conferences=form.cleaned_data.get("conferences", False))
    return Done(_("Asked. Active legal guardians find the question under the child’s settings."))


def paper(tie: Guardianship, viewer: Viewer, data: Any, files: Any) -> Done:
    deciding = consents.deciding(tie, viewer.at)
    form = forms.PaperForm(data, files, deciding=deciding, day=viewer.day, auto_id="id_paper_%s")
    told = recording.told(form, tie.child, viewer)
    if told is None:
        return Done(failed=form)
    said = form.cleaned_data
    consents.record(
        guardianship=tie, legal=form.chosen, yes=said["given"] == "yes", told=told, by=viewer,
        reads_conferences=said["conferences"],
    )  # fmt: skip
    return Done(_("Written down."))


def seen(tie: Guardianship, viewer: Viewer, data: Any, files: Any) -> Done:
    for reminder in Reminder.objects.filter(guardianship=tie, done_at__isnull=True).order_by("pk"):
        envelopes.looked_again(reminder=reminder, by=viewer)
    return Done(_("Saved."))


def note(child: Child, viewer: Viewer, data: Any, files: Any) -> Done:
    form = forms.NoteForm(data, auto_id="id_note_%s")
    if not form.is_valid():
        return Done(failed=form)
    envelopes.note_one_guardian(child=child, by=viewer, **form.cleaned_data)
    return Done(_("Written down."))


def lift(child: Child, viewer: Viewer, data: Any, files: Any) -> Done:
    form = forms.LiftForm(data, people=lifting.who_can(child, viewer), auto_id="id_lift_%s")
    if not form.is_valid():
        return Done(failed=form)
    person = form.people[form.cleaned_data["colleague"]]
    lifting.lift(person=person, child=child, reason=form.cleaned_data["reason"], by=viewer)
    return Done(_("Lifted until midnight. It stands in the next review."))


def word(child: Child, viewer: Viewer, data: Any, files: Any) -> Done:
    form = forms.PaperWordForm(
        data, files, legals=legals(child, viewer), day=viewer.day, auto_id="id_word_%s"
    )  # fmt: skip
    wished = wishing.sent(data)
    told = recording.told(form, child, viewer)
    if told is None or not wished.is_valid():
        form.wished = wished  # type: ignore[attr-defined]
        return Done(failed=form)
    tie = form.legals[form.cleaned_data["legal"]]
    words.tell(guardianship=tie, wishes=wishing.wishes(wished), by=viewer, told=told)
    return Done(_("Written down."))


def legals(child: Child, viewer: Viewer) -> list[Guardianship]:
    """The legal guardians known now: whose word can be written down."""
    rows = Guardianship.objects.running(viewer.at).legal().filter(child=child)
    return list(rows.select_related("person", "child__organisation").order_by("pk"))


Act = Callable[[Any, Viewer, Any, Any], Done]
ON_ADULT: dict[str, Act] = {
    "open": open_it, "inactive": inactive, "end": end, "ask": ask, "paper": paper, "seen": seen,
}  # fmt: skip
ON_CHILD: dict[str, Act] = {"note": note, "lift": lift, "word": word}
