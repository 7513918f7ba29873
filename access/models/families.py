"""Around who has access to a child: whom the family wants in, consents, who asked to read together, reminders.

The facts that open something stand in `people`; these rows are their grounds, and go when the child is erased.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models.recordings import Recording
from ground.models import PublicIdModel
from people.models import Guardianship


class FamilyWord(PublicIdModel):
    """What one legal guardian said about whom the family wants in; the newest counts, and it opens nothing."""

    guardianship = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="family_words")
    said_at = models.DateTimeField()
    # Where the head wrote it down; without one the guardian said it here.
    recording = models.ForeignKey(
        Recording, on_delete=models.PROTECT, related_name="family_words", null=True, blank=True
    )

    class Meta:
        indexes = [models.Index(fields=["guardianship", "-said_at"], name="access_familyword_newest")]

    def __str__(self) -> str:
        return f"FamilyWord {self.pk}"


class WishedAdult(models.Model):
    """One adult of a family's word, as the guardian wrote it."""

    word = models.ForeignKey(FamilyWord, on_delete=models.CASCADE, related_name="adults")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Guardianship.Kind)
    label = models.CharField(max_length=60, blank=True)
    reads_conferences = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"WishedAdult {self.pk}"


class Consent(PublicIdModel):
    """One legal guardian's consent to another adult's access: asked for, answered, taken back.

    It stands while the answer is yes and `closed_at` is empty; a no closes it as a withdrawal does.
    """

    class Given(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    guardianship = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="consents")
    legal = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="consents_asked")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents_asked_for")
    given = models.CharField(max_length=3, choices=Given, blank=True)
    reads_conferences = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Where the head wrote the answer down; without one the guardian answered here.
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="consents", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardianship", "legal"],
                condition=Q(closed_at__isnull=True),
                name="access_consent_one_open",
                violation_error_message=_("This guardian is asked already."),
            ),
            models.CheckConstraint(
                name="access_consent_answer",
                condition=Q(given="", answered_at__isnull=True)
                | Q(given="yes", answered_at__isnull=False)
                | Q(given="no", answered_at__isnull=False, closed_at__isnull=False),
                violation_error_message=_("An answer has its day, and a no stands no longer."),
            ),
            models.CheckConstraint(
                name="access_consent_recorded",
                condition=Q(recording__isnull=True) | ~Q(given=""),
                violation_error_message=_("Only an answer is written down."),
            ),
            models.CheckConstraint(
                name="access_consent_other",
                condition=~Q(guardianship=F("legal")),
                violation_error_message=_("Nobody consents to their own access."),
            ),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"


class OneGuardianNote(models.Model):
    """Why only one guardian of a child is known; asked for until it is written."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="one_guardian_notes")
    why = models.CharField(max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guardian_notes")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"OneGuardianNote {self.pk}"


class HomeAsking(models.Model):
    """One guardian asks to read together with another; it counts until it is taken back or the home is left."""

    asks = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="askings")
    whom = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="askings_of_others")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asks", "whom"],
                condition=Q(withdrawn_at__isnull=True),
                name="access_homeasking_once",
                violation_error_message=_("You have asked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"HomeAsking {self.pk}"


class Reminder(PublicIdModel):
    """The head looks again at an adult who was made inactive; the date reminds and never opens anything."""

    guardianship = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="reminders")
    remind_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders_written")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["remind_on"], condition=Q(done_at__isnull=True), name="access_reminder_open")]

    def __str__(self) -> str:
        return f"Reminder {self.pk}"
