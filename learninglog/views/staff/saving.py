"""One save of the composer: the whole form, then pictures that came with it, in words for the writer."""

import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from learninglog import composer, picking, sensitive
from learninglog.forms import ComposerForm, key_of
from learninglog.models import Entry
from learninglog.services import composing, remove_picture
from learninglog.services.clips import ClipInput, add_words, save_clips, take_out_clip
from learninglog.services.plans import join
from learninglog.services.sharing import names_in
from media_policy.clips import captions
from media_policy.clips.services import take_in_whole
from media_policy.models import Picture
from media_policy.refusal import Refused
from media_policy.services import take_in
from visibility.viewer import Viewer

WORDS_FILE = "words_file_"


@dataclass
class Outcome:
    """What became of a save; `notes` are sentences about what could not be taken as it was sent."""

    entry: Entry
    taken: bool
    do: str
    about: uuid.UUID | None = None
    notes: list[str] = field(default_factory=list)


def save_form(request: HttpRequest, entry: Entry, viewer: Viewer) -> Outcome:
    """Save what was sent. Raises PermissionDenied."""
    goals, children = picking.goal_keys(entry, viewer), composer.choices(entry, viewer)
    form = ComposerForm(request.POST, entry=entry, children=children, goals=goals, day=viewer.day)
    form.is_valid()
    sent = form.form(today=composer.today(entry, viewer))
    saved = composing.save(entry=entry, by=viewer, revision=form.from_revision, form=sent)
    notes = [str(sentence) for name, sentences in form.errors.items() if name != "revision" for sentence in sentences]
    if saved.held_back:
        notes.append(_("An entry with your own child needs another child of the group too."))
    if saved.taken:
        save_clips(entry=saved.entry, by=viewer, said=clips_said(form))
        if "plans_asked" in request.POST:
            chosen = {key for value in request.POST.getlist("plans") if (key := key_of(value))}
            join(entry=saved.entry, plans=chosen, by=viewer)
    outcome = Outcome(saved.entry, saved.taken, form.do, form.about, notes)
    if form.about is not None:
        _do(outcome, form.about, viewer)
    _take_pictures(request, outcome, viewer)
    _take_clips(request, outcome, viewer)
    return outcome


def _do(outcome: Outcome, key: uuid.UUID, viewer: Viewer) -> None:
    """What a button of the form asked for beside saving."""
    if outcome.do == "remove":
        picture = Picture.objects.visible_to(viewer).filter(public_id=key).first()
        if picture is not None:
            remove_picture(entry=outcome.entry, picture=picture, by=viewer)
    elif outcome.do == "remove_clip":
        outcome.entry = take_out_clip(entry=outcome.entry, by=viewer, clip=key)
    elif outcome.do in ("mention", "not_child"):
        child = next((one for one in composer.choices(outcome.entry, viewer) if one.public_id == key), None)
        if child is not None:
            outcome.entry = composing.settle_name(
                entry=outcome.entry, by=viewer, child=child, word=child.given_name, mention=outcome.do == "mention"
            )
    elif outcome.do in ("take_in", "let_go"):
        for second in composing.second_words(entry=outcome.entry):
            if second.public_id == key:
                take_in_too = outcome.do == "take_in"
                outcome.entry = composing.settle(entry=outcome.entry, second=second, by=viewer, take_in=take_in_too)


def _take_pictures(request: HttpRequest, outcome: Outcome, viewer: Viewer) -> None:
    """Pictures of the plain form; named by the form and what is in the file, so a second tap takes none in twice."""
    form_key = key_of(request.POST.get("form_key", "")) or uuid.uuid4()
    for upload in request.FILES.getlist("pictures"):
        try:
            keep_picture(upload, outcome.entry, viewer, uuid.uuid5(form_key, digest(upload)))
        except Refused as refused:
            outcome.notes.append(f"{upload.name}: {refused.sentence}")


def clips_said(form: ComposerForm) -> dict[uuid.UUID, ClipInput]:
    """What the form says of each film and recording it names; a pasted caption file becomes its lines."""
    return {
        key: ClipInput(form.marked(key), form.one(f"caption_{key}", 300), _lines(form.one(f"words_{key}")))
        for key in form.clips()
    }


def _lines(words: str) -> str:
    return captions.from_file(words.encode()) or words if "-->" in words else words


def _take_clips(request: HttpRequest, outcome: Outcome, viewer: Viewer) -> None:
    """A film of the plain form, and caption files; with a script films come in pieces, to addresses of their own."""
    form_key = key_of(request.POST.get("form_key", "")) or uuid.uuid4()
    for upload in request.FILES.getlist("clips"):
        try:
            clip_key = uuid.uuid5(form_key, digest(upload))
            take_in_whole(upload=upload, target="entry", about=outcome.entry.public_id, by=viewer, client_key=clip_key)
        except Refused as refused:
            outcome.notes.append(f"{upload.name}: {refused.sentence}")
    for name in request.FILES:
        key = key_of(name.removeprefix(WORDS_FILE)) if name.startswith(WORDS_FILE) else None
        if key is not None:
            lines = captions.from_file(request.FILES.getlist(name)[0].read(captions.LONGEST * 4))
            if lines:
                add_words(entry=outcome.entry, by=viewer, clip=key, words=lines)
            else:
                outcome.notes.append(_("There were no captions in that file."))


def keep_picture(upload: Any, entry: Entry, viewer: Viewer, client_key: uuid.UUID) -> Picture:
    """Take an upload in and put it last in the entry. Raises Refused, PermissionDenied."""
    unit = entry.unit
    picture = take_in(upload=upload, by=viewer, unit=unit, organisation=unit.organisation, client_key=client_key)
    composing.keep_picture(entry=entry, picture=picture, by=viewer)
    return picture


def digest(upload: Any) -> str:
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def beside(entry: Entry, viewer: Viewer) -> dict[str, Any]:
    """What is told beside the form: who else is here, second words, plain names, what is sensitive."""
    shown = composer.compose(entry, viewer)
    texts = [shown.title, shown.text]
    for child in shown.chosen:
        if child.about is not None:
            texts += [child.about.line, *child.about.quotes, *(text for _key, _label, text in child.about.remarks)]
    names = {child.pk: child for child in shown.children}
    plain_names = names_in(entry=entry, by=viewer)
    return {
        "entry": entry,
        "others": composing.note_presence(entry=entry, by=viewer),
        "second_words": composer.second_words(entry, viewer),
        "names": [(plain.word, names[plain.child_id]) for plain in plain_names if plain.child_id in names],
        "findings": sensitive.findings(texts, sensitive.words()),
    }
