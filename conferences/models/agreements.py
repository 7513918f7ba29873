"""What home and preschool agreed on, and how it went."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Agreement(PublicIdModel):
    """Written together at the talk; from sealing on its words stay as they are, and what became of it is added."""

    class Who(models.TextChoices):
        PRESCHOOL = "preschool", _("The preschool")
        HOME = "home", _("The home")
        BOTH = "both", _("Home and preschool")

    conference = models.ForeignKey("conferences.Conference", on_delete=models.CASCADE, related_name="agreements")
    question = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    what = models.TextField(_("what"), max_length=1000)
    who = models.CharField(_("who"), max_length=10, choices=Who, default=Who.BOTH)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # A second tap on "add" is the same agreement.
    client_key = models.UUIDField(unique=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class FollowUp(PublicIdModel):
    """How it goes with an agreement, on a day; an entry of the log may be the evidence."""

    class State(models.TextChoices):
        GOING_ON = "going_on", _("Going on")
        DONE = "done", _("Done")
        CHANGED = "changed", _("We do it in another way")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="follow_ups")
    state = models.CharField(max_length=8, choices=State)
    text = models.TextField(max_length=1000, blank=True, default="")
    entry = models.ForeignKey(
        "learninglog.Entry", on_delete=models.SET_NULL, related_name="follow_ups", null=True, blank=True
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    client_key = models.UUIDField(unique=True, editable=False)

    def __str__(self) -> str:
        return f"FollowUp {self.pk}"
