"""Signed-in browsers, attempts that failed, codes handed over in person, and whether there is a way without an e-ID."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from visibility.viewer import Hat, Strength


class OpenSession(PublicIdModel):
    """One browser in which a person is signed in; the row lives and dies with Django's session."""

    session = models.OneToOneField("sessions.Session", on_delete=models.CASCADE, related_name="open_session")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sessions")
    hat = models.CharField(max_length=8, choices=Hat)
    strength = models.PositiveSmallIntegerField(choices=Strength)
    # The e-ID's short name in the settings, or how else: "password", "passkey", "demo", "office".
    way = models.CharField(max_length=40)
    # Browser and system in two words; the full line of the browser would tell more than anybody needs.
    device = models.CharField(max_length=60, blank=True)
    # Keyed hash of the provider's own name for its session, so that it can say that the session has ended there.
    there = models.CharField(max_length=64, blank=True, default="", db_index=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-seen_at"], name="access_opensession_person")]

    def __str__(self) -> str:
        return f"OpenSession {self.pk}"


class Attempts(models.Model):
    """How often somebody was refused lately under one name, from one address or on one device; keyed hashes only."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    refused = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    open_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "attempts"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="access_attempts_once",
                violation_error_message=_("Attempts are counted once."),
            ),
        ]
        indexes = [models.Index(fields=["last_at"], name="access_attempts_old")]

    def __str__(self) -> str:
        return f"Attempts {self.pk}"


class SignInCode(PublicIdModel):
    """A code on paper for somebody without an e-ID: dated, for one use, handed over against identification."""

    class Identified(models.TextChoices):
        DOCUMENT = "document", _("Showed an identity document")
        KNOWN = "known", _("Is known to me in person")
        VOUCHED = "vouched", _("Somebody who showed a document vouched")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_codes")
    hat = models.CharField(max_length=8, choices=Hat)
    code_hash = models.CharField(max_length=64, unique=True)
    identified = models.CharField(max_length=8, choices=Identified)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_codes_made")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # A newer one was made, or access ended before it was used.
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_signincode_order",
                condition=Q(ends_at__gt=F("made_at")),
                violation_error_message=_("A code ends after it was made."),
            ),
            models.CheckConstraint(
                name="access_signincode_used_or_void",
                condition=Q(used_at__isnull=True) | Q(void_at__isnull=True),
                violation_error_message=_("A code was either used or made void."),
            ),
        ]

    def __str__(self) -> str:
        return f"SignInCode {self.pk}"


class SignInSetting(models.Model):
    """Whether guardians of an organisation may come in without an e-ID; without a row, as is usual in the country."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, related_name="sign_in_setting")
    without_e_id = models.BooleanField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"SignInSetting {self.pk}"
