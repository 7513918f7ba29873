"""What is asked about a child: how an organisation asks, when it was put to whom, what a legal guardian answered.

All of them are events: the newest setting and the newest answer count, and none is ever changed.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class QuestionSetting(models.Model):
    """How one question is decided in an organisation from a moment on; without a row its country's way holds."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent: only a yes allows it")
        OBJECTION = "objection", _("Objection: a no stops it")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="question_settings")
    question = models.SlugField(max_length=60)
    basis = models.CharField(max_length=10, choices=Basis)
    # A yes from one, and silence from the others, is a yes.
    silence_is_yes = models.BooleanField(default=False)
    yearly = models.BooleanField(default=False)
    answering_days = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "question", "-at"], name="people_questionsetting_newest")]
        constraints = [
            models.CheckConstraint(
                name="people_questionsetting_silence",
                condition=Q(silence_is_yes=False) | Q(basis="consent"),
                violation_error_message=_("Silence means something only where a yes is asked for."),
            ),
            # What goes to a school needs a yes, whoever sets what.
            models.CheckConstraint(
                name="people_questionsetting_school",
                condition=Q(basis="consent") | ~Q(question__startswith="school_"),
                violation_error_message=_("A school sees nothing without a yes."),
            ),
            models.CheckConstraint(
                name="people_questionsetting_days",
                condition=Q(answering_days__gte=1, answering_days__lte=90),
                violation_error_message=_("Between one and ninety days to answer in."),
            ),
        ]

    def __str__(self) -> str:
        return f"QuestionSetting {self.pk}"


class Round(models.Model):
    """A question was put, in a group that opened or once a year to everybody; silence counts after its time."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="rounds")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="rounds", null=True, blank=True)
    question = models.SlugField(max_length=60)
    put_at = models.DateTimeField()
    answers_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "question", "-put_at"], name="people_round_newest")]
        constraints = [
            models.CheckConstraint(
                name="people_round_order",
                condition=Q(answers_until__gt=F("put_at")),
                violation_error_message=_("There is time to answer after a question was put."),
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.pk}"


class RoundChild(models.Model):
    """A child about whom a round asked. Whoever came later was not asked, and their silence says nothing."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="rounds", null=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "child"], name="people_roundchild_once")]

    def __str__(self) -> str:
        return f"RoundChild {self.pk}"


class Answer(models.Model):
    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="answers")
    guardianship = models.ForeignKey("people.Guardianship", on_delete=models.PROTECT, related_name="answers")
    question = models.SlugField(max_length=60)
    value = models.CharField(max_length=10, choices=Value)
    wording = models.CharField(
        max_length=64, blank=True, help_text=_("Digest of the frozen wording that was answered.")
    )
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers_given")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["child", "question", "-given_at"], name="people_answer_latest"),
            models.Index(fields=["guardianship", "question", "-given_at"], name="people_answer_of_guardian"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
