"""A parent without access asks to know about their child: what the head looks at, decides and hands out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel


class Disclosure(PublicIdModel):
    """It never becomes a sign-in: what is handed out is chosen items, once."""

    class Decision(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Granted in part")
        REFUSED = "refused", _("Refused")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="disclosures")
    asked_by = models.CharField(_("who asks"), max_length=200)
    asked_on = models.DateField(_("asked on"))
    asked_for = models.TextField(_("what they ask for"), max_length=4000)
    harm_check = models.TextField(_("whether it could harm the child"), max_length=4000, blank=True, default="")
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    letter = models.TextField(_("the letter"), max_length=8000, blank=True, default="")
    appeal_told = models.BooleanField(_("the letter says how to appeal"), default=False)
    package = models.ForeignKey(
        "transfers.Package", on_delete=models.SET_NULL, related_name="disclosures", null=True, blank=True
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-asked_on"], name="transfers_disclosure_child")]
        constraints = [
            models.CheckConstraint(
                name="transfers_disclosure_decided",
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(decision="")
                & Q(decided_at__isnull=False, decided_by__isnull=False)
                & (~Q(harm_check="") | Q(erased_at__isnull=False)),
                violation_error_message=_("A decision has a day, somebody who made it, and a look at what could harm."),
            ),
            models.CheckConstraint(
                name="transfers_disclosure_appeal",
                condition=Q(decision__in=["", "granted"]) | Q(appeal_told=True),
                violation_error_message=_("A letter that refuses says how to appeal."),
            ),
            models.CheckConstraint(
                name="transfers_disclosure_refused",
                condition=~Q(decision="refused") | Q(package__isnull=True),
                violation_error_message=_("Nothing is handed out of what was refused."),
            ),
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"


class DisclosedItem(models.Model):
    """One entry or one conference that the head chose to hand out."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    conference = models.ForeignKey(
        "conferences.Conference", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="transfers_discloseditem_one_thing",
                condition=Q(entry__isnull=False, conference__isnull=True)
                | Q(entry__isnull=True, conference__isnull=False),
                violation_error_message=_("Choose one entry or one conference."),
            ),
            models.UniqueConstraint(fields=["disclosure", "entry"], name="transfers_discloseditem_entry"),
            models.UniqueConstraint(fields=["disclosure", "conference"], name="transfers_discloseditem_conference"),
        ]

    def __str__(self) -> str:
        return f"DisclosedItem {self.pk}"
