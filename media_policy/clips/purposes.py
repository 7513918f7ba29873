"""What is kept of a film or a recording: what is played, and the still picture that stands for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClipPurpose(models.TextChoices):
    PLAY = "play", _("what is played")
    POSTER = "poster", _("the picture in its place")
