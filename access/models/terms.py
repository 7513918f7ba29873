"""Terms, notices and questions: what the office writes, what was frozen when it was published, who answered what."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin

from ground.models import PublicIdModel

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class WordingKind(models.TextChoices):
    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy notice")
    # The questions of media_policy, by their own names.
    PHOTOGRAPH = "photograph", _("Question: being photographed")
    FILM = "film", _("Question: being filmed or recorded")
    OTHER_FAMILIES = "other_families", _("Question: being shown to other families")
    PRINT = "print", _("Question: appearing in print")
    PROFILE = "profile", _("Question: a profile picture")
    # The questions of transfers, by their own names.
    SCHOOL_LOG = "school_log", _("Question: the log to the school")
    SCHOOL_CONFERENCES = "school_conferences", _("Question: the conferences to the school")
    PRESCHOOL_LOG = "preschool_log", _("Question: the log to a next preschool")
    PRESCHOOL_CONFERENCES = "preschool_conferences", _("Question: the conferences to a next preschool")


class Wording(DraftStateMixin, RevisionMixin, PublicIdModel):
    """One text in one language, as the office drafts and publishes it."""

    kind = models.CharField(_("Text"), max_length=30, choices=WordingKind)
    language = models.CharField(
        _("Language"),
        max_length=12,
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("A language code such as sv, so or ar."))],
        help_text=_("A language code such as sv, so or ar. It need not be one of the site’s own."),
    )
    edition = models.PositiveIntegerField(
        _("Edition"), default=1,
        help_text=_("Raise it when the text says something else than before: everybody is asked again. "
                    "A corrected word or a translation keeps the number."),
    )  # fmt: skip
    title = models.CharField(_("Title"), max_length=200)
    body = RichTextField(_("Text"), features=FEATURES)

    # Its frozen copies are what anything refers to.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="access_wording_language",
                violation_error_message=_("There is a text of this kind in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class FrozenWording(models.Model):
    """What stood there when it was published; nobody changes it afterwards, the office neither."""

    kind = models.CharField(max_length=30, choices=WordingKind)
    language = models.CharField(max_length=12)
    edition = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "edition", "digest"], name="access_frozen_once"),
        ]
        indexes = [models.Index(fields=["kind", "-edition"], name="access_frozen_newest")]

    def __str__(self) -> str:
        return f"FrozenWording {self.pk}"


class TermsAnswer(models.Model):
    """What a person answered to the terms, in which words they read them; the latest counts."""

    class Value(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="terms_answers")
    wording = models.ForeignKey(FrozenWording, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(max_length=10, choices=Value)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="access_termsanswer_latest")]

    def __str__(self) -> str:
        return f"TermsAnswer {self.pk}"
