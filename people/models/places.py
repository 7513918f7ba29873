"""Where a child is, and who answers for its conferences. Days, half-open: `ends_on` is the first day without."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.constraints import NoOverlap
from people.querysets import DatedQuerySet


class Placement(models.Model):
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="placements")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="placements")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_placement_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A placement ends after it starts."),
            ),
            NoOverlap(
                name="people_placement_once",
                fields=("child", "unit"),
                lower="starts_on",
                upper="ends_on",
                violation_error_message=_("The child is already placed at this unit in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"Placement {self.pk}"


class GroupMembership(models.Model):
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="group_memberships")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_groupmembership_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A membership ends after it starts."),
            ),
            NoOverlap(
                name="people_groupmembership_once",
                fields=("child", "group"),
                lower="starts_on",
                upper="ends_on",
                violation_error_message=_("The child is already in this group in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"GroupMembership {self.pk}"


class ResponsibleTeacher(models.Model):
    """The pedagogue who holds a child's conferences."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="responsible_teachers")
    duty = models.ForeignKey("people.Duty", on_delete=models.PROTECT, related_name="responsibilities")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            NoOverlap(
                name="people_responsible_one",
                fields=("child",),
                lower="starts_on",
                upper="ends_on",
                violation_error_message=_("The child has a responsible teacher already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"ResponsibleTeacher {self.pk}"
