"""A child's move to another unit or another school, and for which days its receiver has been let in."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet

MOST_DAYS = 366


class TransferSetting(models.Model):
    """From when until when a receiver in the system may read, counted from the first day there; the newest counts."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="transfer_settings")
    days_before = models.PositiveSmallIntegerField(
        _("days before the first day"), default=30, validators=[MaxValueValidator(MOST_DAYS)]
    )
    days_after = models.PositiveSmallIntegerField(
        _("days after the first day"), default=90, validators=[MaxValueValidator(MOST_DAYS)]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="transfers_setting_newest")]
        constraints = [
            models.CheckConstraint(
                name="transfers_setting_days",
                condition=Q(days_before__lte=MOST_DAYS, days_after__lte=MOST_DAYS),
                violation_error_message=_("A receiver reads at most a year before and a year after the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"TransferSetting {self.pk}"


class Handover(PublicIdModel):
    """One child, one receiver, one first day there. It lets nobody in: answers, window and days do."""

    class Kind(models.TextChoices):
        IN_SYSTEM = "in_system", _("To a unit of the same organisation")
        PACKAGE = "package", _("As a package, to another school")

    class Ended(models.TextChoices):
        GONE = "gone", _("The place at the receiving unit is gone")
        OVER = "over", _("The days for reading are over")
        CANCELLED = "cancelled", _("Cancelled by the head")
        ERASED = "erased", _("Erased")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="handovers")
    from_unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="handovers_from")
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey(
        "people.Unit", on_delete=models.PROTECT, related_name="handovers_to", null=True, blank=True
    )
    receiver_name = models.CharField(_("name of the school"), max_length=200, blank=True, default="")
    # On whose word the records keeper did it, and when they asked; nobody else is asked for it.
    requested_by = models.CharField(_("who asked for it"), max_length=300, blank=True, default="", db_default="")
    placement = models.ForeignKey(
        "people.Placement", on_delete=models.SET_NULL, related_name="handovers", null=True, blank=True
    )
    first_day = models.DateField(_("first day there"))
    # When the receiver could read for the first time; of a package, when the first one was made.
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=Ended, blank=True, default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "-first_day"], name="transfers_handover_child")]
        constraints = [
            models.CheckConstraint(
                name="transfers_handover_receiver",
                condition=Q(kind="in_system", unit__isnull=False, receiver_name="")
                | Q(kind="package", unit__isnull=True) & (~Q(receiver_name="") | Q(erased_at__isnull=False)),
                violation_error_message=_("A transfer goes to a unit in the system, or to a school by its name."),
            ),
            models.CheckConstraint(
                name="transfers_handover_elsewhere",
                condition=Q(unit__isnull=True) | ~Q(unit=F("from_unit")),
                violation_error_message=_("A transfer goes to another unit."),
            ),
            models.CheckConstraint(
                name="transfers_handover_ended",
                condition=Q(ended_at__isnull=True, ended_because="") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
            ),
            # Made due twice in the same second, it is still one.
            models.UniqueConstraint(
                fields=["child", "unit"],
                condition=Q(ended_at__isnull=True, unit__isnull=False),
                name="transfers_handover_one",
                violation_error_message=_("There is a transfer of this child to that unit already."),
            ),
        ]

    def __str__(self) -> str:
        return f"Handover {self.pk}"

    @property
    def is_in_system(self) -> bool:
        return self.kind == self.Kind.IN_SYSTEM


class MovedStart(models.Model):
    """That a first day had been another one before: by the register, or by whoever named the school."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="moved_starts")
    was = models.DateField()
    first_day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["handover", "at"], name="transfers_moved_start_of")]
        constraints = [
            models.CheckConstraint(
                name="transfers_moved_start",
                condition=~Q(was=F("first_day")),
                violation_error_message=_("The first day is that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"MovedStart {self.pk}"


class OpenWindow(models.Model):
    """The days that a receiver could read about from this moment on: the first, and every narrower one since.

    Nothing outside any of them is ever read by that receiver, wherever the first day moves.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="windows")
    starts = models.DateField()
    until = models.DateField()
    first_day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["handover", "at"], name="transfers_window_of")]
        constraints = [
            models.CheckConstraint(
                name="transfers_window_before",
                condition=Q(until__lte=F("first_day")),
                violation_error_message=_("A window ends before the first day at the receiving unit."),
            ),
        ]

    def __str__(self) -> str:
        return f"OpenWindow {self.pk}"


class HiddenReceiver(models.Model):
    """The head has hidden from one guardian where the child goes; it stays hidden until somebody shows it again."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="hidden")
    guardianship = models.ForeignKey("people.Guardianship", on_delete=models.PROTECT, related_name="hidden_receivers")
    hidden_at = models.DateTimeField()
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "guardianship"],
                condition=Q(shown_at__isnull=True),
                name="transfers_hidden_once",
                violation_error_message=_("It is hidden from this guardian already."),
            ),
        ]

    def __str__(self) -> str:
        return f"HiddenReceiver {self.pk}"
