"""Who works where, as what, since when: duties, groups, named children, leave and passes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.constraints import NoOverlap
from ground.models import PublicIdModel
from people.querysets import DatedQuerySet, DutyQuerySet, PassQuerySet


class Duty(PublicIdModel):
    """A person's employment with a role: at one unit, or for the whole organisation where the role is the owner's."""

    class Role(models.TextChoices):
        PEDAGOGUE = "pedagogue", _("Pedagogue")
        CHILDCARE_WORKER = "childcare_worker", _("Childcare worker")
        SPECIAL_EDUCATOR = "special_educator", _("Special educator")
        HEAD = "head", _("Head")
        OWNERS_OFFICER = "owners_officer", _("Owner's officer")
        RECORDS_KEEPER = "records_keeper", _("Records keeper")
        OFFICE = "office", _("Office")

    ORGANISATION_WIDE = (Role.OWNERS_OFFICER, Role.RECORDS_KEEPER, Role.OFFICE)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="duties", null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # The day on which the head went through the rules of the system with the person.
    shown_rules_on = models.DateField(null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                name="people_duty_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A duty ends after it starts."),
            ),
            models.CheckConstraint(
                name="people_duty_unit",
                condition=Q(unit__isnull=True, role__in=["owners_officer", "records_keeper", "office"])
                | Q(unit__isnull=False, role__in=["pedagogue", "childcare_worker", "special_educator", "head"]),
                violation_error_message=_(
                    "Heads and those who work with children belong to a unit; the owner's roles do not."
                ),
            ),
            NoOverlap(
                name="people_duty_once",
                fields=("person", "unit", "role"),
                lower="starts_on",
                upper="ends_on",
                violation_error_message=_("The person has this duty already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"Duty {self.pk}"


class DutyLeave(models.Model):
    """A duty at rest: it opens nothing from `starts_on` until `ends_on`, then runs again by itself."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_leave_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Leave ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"DutyLeave {self.pk}"


class GroupAssignment(models.Model):
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="assignments")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_assignment_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An assignment ends after it starts."),
            ),
            NoOverlap(
                name="people_assignment_once",
                fields=("duty", "group"),
                lower="starts_on",
                upper="ends_on",
                violation_error_message=_("The duty covers this group already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"GroupAssignment {self.pk}"


class NamedChild(models.Model):
    """A special educator works with this child in these days, whatever the group."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="named_children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="special_educators")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_namedchild_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The work with a child ends after it starts."),
            ),
            NoOverlap(
                name="people_namedchild_once",
                fields=("duty", "child"),
                lower="starts_on",
                upper="ends_on",
                violation_error_message=_("The child is named already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"NamedChild {self.pk}"


class Pass(PublicIdModel):
    """A substitute's key to one group for some hours or days."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="passes")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="passes")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="passes_given")

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "passes"
        constraints = [
            models.CheckConstraint(
                name="people_pass_order",
                condition=Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("A pass ends after it begins."),
            ),
            NoOverlap(
                name="people_pass_once",
                fields=("person", "group"),
                lower="begins_at",
                upper="ends_at",
                violation_error_message=_("The person has a pass to this group already in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"Pass {self.pk}"
