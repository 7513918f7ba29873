"""Why a file is not taken in: a code for machines, and a sentence for the person who holds the phone."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    TOO_MANY_PIXELS = "too_many_pixels"
    OTHER_KIND = "other_kind"
    MOVING = "moving"
    MORE_THAN_A_PICTURE = "more_than_a_picture"
    DAMAGED = "damaged"


SENTENCES = {
    Reason.EMPTY: _("The file is empty. Please choose the picture again."),
    Reason.TOO_HEAVY: _("The picture is heavier than %(megabytes)s megabytes. Please choose a smaller one."),
    Reason.TOO_MANY_PIXELS: _("The picture is larger than %(megapixels)s megapixels. Please choose a smaller one."),
    Reason.OTHER_KIND: _("This is not a picture that can be shown here. JPEG, PNG, WebP and HEIC can."),
    Reason.MOVING: _("This picture moves or is a series of several. Please choose a still picture."),
    Reason.MORE_THAN_A_PICTURE: _("There is something else than a picture in this file, so it was not taken in."),
    Reason.DAMAGED: _("The picture is damaged or was cut off on the way. Please try again or choose another."),
}


class Refused(Exception):
    """A file that is not taken in; `reason` is for machines, `sentence` for people."""

    def __init__(self, reason: Reason, **values: int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self._values = values

    @property
    def sentence(self) -> str:
        """The sentence in the language that is active when it is asked for."""
        text = str(SENTENCES[self.reason])
        return text % self._values if self._values else text
