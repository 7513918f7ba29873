"""What a picture is kept for. Only the three that are shown have an address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    MASTER = "master", _("kept, from which the others are made")
    FULL = "full", _("full size")
    CARD = "card", _("on a page")
    THUMB = "thumb", _("small")


SIDES = {Purpose.MASTER: 2016, Purpose.FULL: 1600, Purpose.CARD: 800, Purpose.THUMB: 320}
SERVED = (Purpose.THUMB, Purpose.CARD, Purpose.FULL)
