"""One conference about one child, and the side of each home in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.querysets import ConferenceQuerySet
from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Conference(PublicIdModel):
    """It is the child's and one preschool's: it follows the child to another group there, and never to another unit."""

    class Closed(models.TextChoices):
        MOVED = "moved", _("The child moved before it was finished")
        NOT_WANTED = "not_wanted", _("The home did not want it")
        MISTAKE = "mistake", _("Begun by mistake")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="conferences")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="conferences")
    frozen = models.ForeignKey("conferences.FrozenTemplate", on_delete=models.PROTECT, related_name="conferences")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    due_on = models.DateField(_("held by"))
    # The fixed words of the record; each reader has the page around them in their own language.
    language = models.CharField(max_length=10, default="sv")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Newest of what homes read: as it was shown, then as it was sealed.
    current = models.ForeignKey(
        "conferences.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_because = models.CharField(max_length=12, choices=Closed, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conferences_sealed_or_closed",
                condition=Q(sealed_at__isnull=True) | Q(closed_at__isnull=True),
                violation_error_message=_("A conference is either sealed or closed unfinished."),
            ),
            # Issued twice by two people in the same second, it is still one.
            models.UniqueConstraint(
                fields=["child", "unit"],
                condition=Q(sealed_at__isnull=True, closed_at__isnull=True, erased_at__isnull=True),
                name="conferences_one_open",
                violation_error_message=_("This child has a conference under way already."),
            ),
        ]
        indexes = [models.Index(fields=["child", "-issued_at"], name="conferences_of_child")]

    def __str__(self) -> str:
        return f"Conference {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.sealed_at is None and self.closed_at is None


_TO_THE_HOME = {
    "at_talk": _("You were shown everything at the talk."),
    "on_paper": _("You were given it on paper."),
    "not_reached": _("The preschool could not reach you."),
}


class Side(PublicIdModel):
    """What one home has done in a conference. Homes never learn of each other's."""

    class Informed(models.TextChoices):
        READS = "reads", _("Reads it here")
        AT_TALK = "at_talk", _("Was shown everything at the talk")
        ON_PAPER = "on_paper", _("Was given it on paper")
        NOT_REACHED = "not_reached", _("Could not be reached")

        @property
        def to_the_home(self) -> str:
            """The same, said to the home itself; nothing where it reads here."""
            return str(_TO_THE_HOME.get(self.value, ""))

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="sides")
    home = models.ForeignKey("people.Home", on_delete=models.PROTECT, related_name="conference_sides")
    opened_at = models.DateTimeField(null=True, blank=True)
    # The staff read what a home prepared from here on, not while it is being written.
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    informed = models.CharField(max_length=12, choices=Informed, default=Informed.READS)
    interpreter = models.CharField(
        _("interpreter into"), max_length=60, blank=True, default="", help_text=_("The language, if one is wanted.")
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "home"], name="conferences_side_once")]

    def __str__(self) -> str:
        return f"Side {self.pk}"
