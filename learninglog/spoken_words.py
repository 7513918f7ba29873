"""The words said in a film, as its player reads them: the rendition's, so that others' names are masked in them too."""

import uuid

from django.http import Http404, HttpResponse

from learninglog.rendition import Rendition
from media_policy.clips import captions


def answer(shown: Rendition, clip: uuid.UUID) -> HttpResponse:
    """WebVTT of one film or recording of the entry, as this viewer has it."""
    found = next((one for one in shown.clips if one.public_id == clip and one.words), None)
    if found is None:
        raise Http404
    text = captions.as_webvtt(captions.cues(found.words, found.duration_ms))
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response
