"""Why a film or a recording is not taken in: a code for machines, and a sentence for the person who holds the phone."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from media_policy.refusal import Refused


class ClipReason(StrEnum):
    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    A_PICTURE = "a_picture"
    OTHER_KIND = "other_kind"
    DAMAGED = "damaged"
    LOST = "lost"


SENTENCES = {
    ClipReason.EMPTY: _("The file is empty. Please choose it again."),
    ClipReason.TOO_LARGE: _("The film has more or larger pictures than can be made ready here."),
    ClipReason.A_PICTURE: _("This is a picture. Please choose it as a picture."),
    ClipReason.OTHER_KIND: _("This is not a film or a recording that can be played here. MP4, MOV, WebM and M4A can."),
    ClipReason.DAMAGED: _("The file is damaged or was cut off on the way. Please try again or choose another."),
    ClipReason.LOST: _("It could not be made ready. Please send it again."),
}


def sentence_of(reason: str) -> str:
    """The sentence of a reason in the language that is active now; limits are those of now."""
    if reason == ClipReason.TOO_HEAVY:
        megabytes = settings.CLIP_MAX_BYTES // (1024 * 1024)
        return str(_("The file is heavier than %(megabytes)s megabytes. Please choose a shorter piece.")) % {
            "megabytes": megabytes
        }
    if reason == ClipReason.TOO_LONG:
        minutes = settings.CLIP_MAX_SECONDS // 60
        said = ngettext(
            "It is longer than %(num)s minute. Please choose a shorter piece.",
            "It is longer than %(num)s minutes. Please choose a shorter piece.",
            minutes,
        )
        return said % {"num": minutes}
    return str(SENTENCES[ClipReason(reason)])


class ClipRefused(Refused):
    """A file that is not taken in as a film or a recording."""

    def __init__(self, reason: ClipReason, **values: Any) -> None:
        Exception.__init__(self, reason.value)
        self.clip_reason = reason

    @property
    def sentence(self) -> str:
        """The sentence in the language that is active when it is asked for."""
        return sentence_of(self.clip_reason)
