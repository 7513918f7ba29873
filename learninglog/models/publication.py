"""What stands shared now, one row an entry and child; written by `share_entry` and `withdraw_entry` alone."""

from django.conf import settings
from django.db import models

from ground.fields import IdListField


class Publication(models.Model):
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.PROTECT, related_name="publications")
    version = models.ForeignKey("learninglog.SharedVersion", on_delete=models.PROTECT, related_name="publications")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="publications")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="publications")
    happened_on = models.DateField()
    shared_at = models.DateTimeField()
    first_shared_at = models.DateTimeField()
    goals = IdListField(default=list)
    # Casefolded words that this child's family may search: no mentions, no other child's quotes.
    search = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "child"], name="learninglog_publication_once")]
        indexes = [models.Index(fields=["child", "-happened_on", "-entry"], name="learninglog_publication_log")]

    def __str__(self) -> str:
        return f"Publication {self.pk}"


class HomeChange(models.Model):
    """A later version changed what this home sees of an entry."""

    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="home_changes")
    home = models.ForeignKey("people.Home", on_delete=models.CASCADE, related_name="entry_changes")
    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="entry_changes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "home"], name="learninglog_homechange_once")]
        indexes = [models.Index(fields=["child", "at"], name="learninglog_homechange_child")]

    def __str__(self) -> str:
        return f"HomeChange {self.pk}"


class Visit(models.Model):
    """When a guardian last opened a child's log; "new" counts from the visit before this one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_visits")
    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="log_visits")
    seen_at = models.DateTimeField()
    seen_before = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "child"], name="learninglog_visit_once")]

    def __str__(self) -> str:
        return f"Visit {self.pk}"
