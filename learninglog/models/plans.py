"""What a team means to do, and what it thinks of how it went. Plans hold no child; reflections are the team's alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.querysets import VisibleQuerySet


class Plan(PublicIdModel):
    """A group's plan for a while or a project, or, without a group, the whole unit's."""

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="plans")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="plans", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), help_text=_("The last day."))
    language = models.CharField(max_length=10, default="sv")
    title = models.CharField(_("title"), max_length=120)
    aim = models.TextField(_("what we aim for"), max_length=4000, blank=True)
    activities = models.TextField(_("what we do"), max_length=4000, blank=True)
    questions = models.TextField(_("what we look for"), max_length=4000, blank=True)
    conclusions = models.TextField(_("what we learned, and go on with"), max_length=8000, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learninglog_plan_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day comes after the first."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-starts_on"], name="learninglog_plan_unit")]

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class PlanGoal(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="plan_goals")
    goal = models.ForeignKey("curriculum.Goal", on_delete=models.PROTECT, related_name="plan_goals")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "goal"], name="learninglog_plangoal_once")]

    def __str__(self) -> str:
        return f"PlanGoal {self.pk}"


class PlanEntry(models.Model):
    """An entry that belongs to a plan: one tap in the composer."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="plan_entries")
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="plan_entries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "entry"], name="learninglog_planentry_once")]

    def __str__(self) -> str:
        return f"PlanEntry {self.pk}"


class Reflection(PublicIdModel):
    """What somebody of the team thinks of an entry or a plan. No family ever reads it."""

    entry = models.ForeignKey(
        "learninglog.Entry", on_delete=models.CASCADE, related_name="reflections", null=True, blank=True
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reflections", null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField(max_length=4000)
    # A second tap on "save" is the same reflection.
    client_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learninglog_reflection_on_one",
                condition=Q(entry__isnull=False, plan__isnull=True) | Q(entry__isnull=True, plan__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Reflection {self.pk}"
