"""Parts of the composer about one film or recording, as its script fetches them; and the words said in one."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from learninglog import clip_cards, composer, rendition, spoken_words
from learninglog.views.staff.at import answer, entry_of
from visibility.doors import hat_required, read
from visibility.matrix import READ
from visibility.viewer import Hat


@require_safe
@hat_required(Hat.STAFF)
def part(request: HttpRequest, entry: uuid.UUID, clip: uuid.UUID) -> HttpResponse:
    """The film's part of the composer's form."""
    viewer, row = entry_of(request, entry)
    cards = clip_cards.one(row, viewer, clip)
    if not cards:
        raise Http404
    shown = composer.compose(row, viewer)
    read(viewer, "compose", about=row.public_id, child_ids=[child.pk for child in shown.chosen])
    return answer(request, "_clip.html", composer=shown, clips=cards)


@require_safe
@hat_required(Hat.STAFF)
def words(request: HttpRequest, entry: uuid.UUID, clip: uuid.UUID) -> HttpResponse:
    viewer, row = entry_of(request, entry, READ)
    [shown] = rendition.for_viewer([row], viewer)
    read(viewer, "entry", about=row.public_id, child_ids=shown.own_children)
    return spoken_words.answer(shown, clip)
