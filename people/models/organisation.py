"""The owner, its preschools and schools, and their groups."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.constraints import NoOverlap
from ground.models import PublicIdModel

# Nobody can be told sixty days before an end that comes sooner.
LEAST_READING = 60


class Organisation(PublicIdModel):
    class Country(models.TextChoices):
        SWEDEN = "SE", _("Sweden")
        NORWAY = "NO", _("Norway")

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, choices=Country)
    time_zone = models.CharField(max_length=64, default="Europe/Stockholm")
    language = models.CharField(max_length=10, default="sv")
    # Settings, in days; every change is an access event.
    finishing_tail_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(30)])
    tray_days = models.PositiveSmallIntegerField(default=30)
    # The retention plan: for how long guardians read about a child who has left every unit. Without one, no end.
    reading_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(LEAST_READING)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_organisation_tail_30",
                condition=Q(finishing_tail_days__lte=30),
                violation_error_message=_("The finishing time can be thirty days at most."),
            ),
            models.CheckConstraint(
                name="people_organisation_reading_60",
                condition=Q(reading_days__isnull=True) | Q(reading_days__gte=LEAST_READING),
                violation_error_message=_("Guardians read for sixty days at least after a child has left."),
            ),
        ]

    def __str__(self) -> str:
        return f"Organisation {self.pk}"


class Unit(PublicIdModel):
    class Kind(models.TextChoices):
        PRESCHOOL = "preschool", _("Preschool")
        SCHOOL = "school", _("School")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    # A substitute's pass ends when the unit closes, where the organisation is.
    closes_at = models.TimeField(default=time(18, 0), db_default=time(18, 0))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="people_unit_name",
                violation_error_message=_("There is already a unit with this name."),
            ),
        ]

    def __str__(self) -> str:
        return f"Unit {self.pk}"


class Group(PublicIdModel):
    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("Department")
        CLUB = "club", _("Age group or club")
        SUMMER = "summer", _("Merged group")
        CLASS = "class", _("Class")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    # Children with protected identity are not in the system; the staff are reminded that they may be in a picture.
    has_children_outside = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="people_group_name",
                violation_error_message=_("There is already a group with this name."),
            ),
        ]

    def __str__(self) -> str:
        return f"Group {self.pk}"


class GroupOpening(models.Model):
    """From then until then the families of a group may know of each other; otherwise its members are hidden."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_opening_order",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gt=F("opened_at")),
                violation_error_message=_("A group is closed after it was opened."),
            ),
            NoOverlap(
                name="people_opening_once",
                fields=("group",),
                lower="opened_at",
                upper="closed_at",
                violation_error_message=_("The group is open already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"GroupOpening {self.pk}"
