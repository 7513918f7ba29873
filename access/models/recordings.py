"""What somebody said on paper or in person, as the head wrote it down. It does not know which question it answers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.querysets import RecordingQuerySet
from ground.models import PublicIdModel
from people.models import Guardianship

MOST_PAGES = 10


class Recording(PublicIdModel):
    """Who said it about which child, when, how it was known that it was they, and who wrote it down.

    What it says stands in the rows that point here: a consent, a word of the family, later an answer or a choice.
    """

    class Medium(models.TextChoices):
        PAPER = "paper", _("On paper")
        ORALLY = "orally", _("Said in person")

    class Identified(models.TextChoices):
        EID = "eid", _("E-ID shown")
        PASSPORT = "passport", _("Passport or national identity card")
        LICENCE = "licence", _("Driving licence")
        KNOWN = "known", _("Known in person")
        OTHER = "other", _("In another way")

    guardianship = models.ForeignKey(Guardianship, on_delete=models.PROTECT, related_name="recordings")
    medium = models.CharField(max_length=8, choices=Medium)
    said_on = models.DateField()
    identified = models.CharField(max_length=8, choices=Identified)
    identified_words = models.CharField(max_length=200, blank=True)
    interpreter = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recordings_made")
    recorded_at = models.DateTimeField()
    # Drawn with the empty form: a second tap records nothing twice.
    client_key = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_by", "client_key"],
                name="access_recording_client_key",
                violation_error_message=_("This has been written down already."),
            ),
            models.CheckConstraint(
                name="access_recording_identified",
                condition=~Q(identified="") & (~Q(identified="other") | ~Q(identified_words="")),
                violation_error_message=_("Say how the person was identified."),
            ),
        ]

    def __str__(self) -> str:
        return f"Recording {self.pk}"


class RecordedPage(models.Model):
    """A photograph of one page of the paper."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="pages")
    picture = models.ForeignKey("media_policy.Picture", on_delete=models.PROTECT, related_name="recorded_pages")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture"],
                name="access_recordedpage_picture",
                violation_error_message=_("This picture is a page of another paper already."),
            ),
            models.UniqueConstraint(
                fields=["recording", "position"],
                name="access_recordedpage_position",
                violation_error_message=_("There is another page in this place."),
            ),
            models.CheckConstraint(
                name="access_recordedpage_most",
                condition=Q(position__lt=MOST_PAGES),
                violation_error_message=_("A paper has ten pages at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"RecordedPage {self.pk}"


class RecordedAnswer(models.Model):
    """An answer to a question about pictures that was given on paper or in person, and how."""

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, related_name="answered")
    answer = models.OneToOneField("people.Answer", on_delete=models.PROTECT, related_name="recorded")

    def __str__(self) -> str:
        return f"RecordedAnswer {self.pk}"
