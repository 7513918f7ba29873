"""What a family leaves out, what it picks for the first page, and which of its own words go along."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel

MOST_HIGHLIGHTS = 10


class LeftOut(PublicIdModel):
    """One guardian leaves one thing out of every transfer; it is out until each who left it out has put it back."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="left_out")
    guardianship = models.ForeignKey("people.Guardianship", on_delete=models.PROTECT, related_name="left_out")
    entry = models.ForeignKey(
        "learninglog.Entry", on_delete=models.CASCADE, related_name="left_out", null=True, blank=True
    )
    picture = models.ForeignKey(
        "media_policy.Picture", on_delete=models.CASCADE, related_name="left_out", null=True, blank=True
    )
    conference = models.ForeignKey(
        "conferences.Conference", on_delete=models.CASCADE, related_name="left_out", null=True, blank=True
    )
    at = models.DateTimeField()
    put_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "put_back_at"], name="transfers_leftout_child")]
        constraints = [
            models.CheckConstraint(
                name="transfers_leftout_one_thing",
                condition=Q(entry__isnull=False, picture__isnull=True, conference__isnull=True)
                | Q(entry__isnull=True, picture__isnull=False, conference__isnull=True)
                | Q(entry__isnull=True, picture__isnull=True, conference__isnull=False),
                violation_error_message=_("Leave out one entry, one picture or one conference."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["guardianship", what],
                    condition=Q(**{f"{what}__isnull": False, "put_back_at__isnull": True}),
                    name=f"transfers_leftout_{what}",
                    violation_error_message=_("You have left this out already."),
                )
                for what in ("entry", "picture", "conference")
            ),
        ]

    def __str__(self) -> str:
        return f"LeftOut {self.pk}"


class WordsAlong(models.Model):
    """The writer of words from home lets them go along with the child, until they think better of it."""

    words = models.ForeignKey("learninglog.HomeWords", on_delete=models.CASCADE, related_name="along")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["words"],
                condition=Q(taken_back_at__isnull=True),
                name="transfers_wordsalong_once",
                violation_error_message=_("These words go along already."),
            ),
        ]

    def __str__(self) -> str:
        return f"WordsAlong {self.pk}"


class Highlight(models.Model):
    """An entry that the family picked with the preschool for the receiver's first page."""

    handover = models.ForeignKey("transfers.Handover", on_delete=models.CASCADE, related_name="highlights")
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.CASCADE, related_name="highlights")
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "entry"],
                name="transfers_highlight_once",
                violation_error_message=_("This entry is picked already."),
            ),
            models.UniqueConstraint(fields=["handover", "position"], name="transfers_highlight_place"),
            models.CheckConstraint(
                name="transfers_highlight_ten",
                condition=Q(position__lt=MOST_HIGHLIGHTS),
                violation_error_message=_("Ten entries at most can be picked for the first page."),
            ),
        ]

    def __str__(self) -> str:
        return f"Highlight {self.pk}"
