"""How goals of different editions and curricula hang together: replaced by, related to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curriculum.querysets import GoalLinkQuerySet


class GoalLink(models.Model):
    class Kind(models.TextChoices):
        REPLACED_BY = "replaced_by", _("is replaced by")
        RELATED_TO = "related_to", _("is related to")

    origin = models.ForeignKey(
        "curriculum.Goal", on_delete=models.CASCADE, related_name="links", verbose_name=_("this goal")
    )
    kind = models.CharField(_("how"), max_length=12, choices=Kind)
    destination = models.ForeignKey(
        "curriculum.Goal", on_delete=models.CASCADE, related_name="links_here", verbose_name=_("that goal")
    )
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Switch off what came with the product and does not hold for you.")
    )
    # Came with the product: it is switched off, not deleted, or the next load would bring it back.
    shipped = models.BooleanField(default=False, editable=False)
    # Came with a CASE package, under this identifier.
    case = models.JSONField(default=dict, db_default={}, blank=True, editable=False)

    objects = GoalLinkQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link between goals")
        verbose_name_plural = _("links between goals")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "kind", "destination"],
                name="curriculum_goallink_once",
                violation_error_message=_("This link is there already."),
            ),
            models.CheckConstraint(
                name="curriculum_goallink_two_goals",
                condition=~Q(origin=F("destination")),
                violation_error_message=_("A goal is not linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin.code} {self.get_kind_display()} {self.destination.code}"

    def clean(self) -> None:
        if self.kind == self.Kind.REPLACED_BY and self.origin_id and self.destination_id and self.comes_round():
            raise ValidationError(_("That goal is itself replaced by this one, so neither would be the newest."))

    def comes_round(self) -> bool:
        """Whether the line of replacements would end where it began."""
        replaced = GoalLink.objects.filter(kind=self.Kind.REPLACED_BY).exclude(pk=self.pk)
        onward: dict[int, set[int]] = {}
        for origin, destination in replaced.order_by("pk").values_list("origin_id", "destination_id"):
            onward.setdefault(origin, set()).add(destination)
        seen: set[int] = set()
        waiting = [self.destination_id]
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting += onward.get(key, ())
        return self.origin_id in seen
