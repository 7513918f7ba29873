"""What is made to leave the system: packages, what became of them, and the keys they are signed with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.fields import EncryptedTextField
from ground.models import PublicIdModel


class SigningKey(models.Model):
    """An Ed25519 key of an organisation. Retired ones sign nothing, and stay published for what they have signed."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="signing_keys")
    kid = models.CharField(max_length=64, unique=True)
    # As a JSON Web Key, base64url without padding.
    public = models.CharField(max_length=64)
    private = EncryptedTextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(retired_at__isnull=True),
                name="transfers_key_in_use",
                violation_error_message=_("There is a key in use already."),
            ),
        ]

    def __str__(self) -> str:
        return f"SigningKey {self.pk}"


class Package(PublicIdModel):
    """A zip for a school elsewhere, for a guardian, or for whoever was granted a disclosure."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        BUILDING = "building", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        STOPPED = "stopped", _("Stopped, because a choice was taken back")
        GONE = "gone", _("Removed")

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="packages")
    handover = models.ForeignKey(
        "transfers.Handover", on_delete=models.PROTECT, related_name="packages", null=True, blank=True
    )
    guardianship = models.ForeignKey(
        "people.Guardianship", on_delete=models.PROTECT, related_name="own_copies", null=True, blank=True
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # Of the files that go in, how many are in; total is 0 until that is known.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Its key in private storage; empty until it is whole, and after it was removed.
    file = models.CharField(max_length=200, blank=True, default="")
    octets = models.BigIntegerField(default=0)
    # Drawn by whoever makes it now: a worker that was taken for dead finds another one here, and stops.
    claim = models.CharField(max_length=32, blank=True, default="", db_default="", editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # SHA-512 of the manifest that is signed, as hex: it stands for every file in it.
    digest = models.CharField(max_length=128, blank=True, default="")
    code_hash = models.CharField(max_length=200, blank=True, default="")
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    downloads = models.PositiveSmallIntegerField(default=0)
    most_downloads = models.PositiveSmallIntegerField(default=3)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Who is to get it, in words of whoever sends it.
    made_for = models.CharField(max_length=200, blank=True, default="")
    # How much is in it, as figures without a name: {"entries": 12, …}.
    contents = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="sv")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-created_at"], name="transfers_package_child")]
        constraints = [
            models.CheckConstraint(
                name="transfers_package_for_one",
                condition=Q(handover__isnull=True) | Q(guardianship__isnull=True),
                violation_error_message=_("A package is for a receiver or for a guardian."),
            ),
            models.CheckConstraint(
                name="transfers_package_ready_is_whole",
                condition=~Q(state="ready") | ~Q(file="") & ~Q(digest=""),
                violation_error_message=_("A package is ready when it is whole."),
            ),
            models.CheckConstraint(
                name="transfers_package_downloads",
                condition=Q(downloads__lte=F("most_downloads")),
                violation_error_message=_("This package has been fetched as often as it may be."),
            ),
            # Two who make the same at once make one.
            models.UniqueConstraint(
                fields=["handover"],
                condition=Q(handover__isnull=False, state__in=["waiting", "building"]),
                name="transfers_package_one_for_receiver",
                violation_error_message=_("A package for this receiver is being made already."),
            ),
            models.UniqueConstraint(
                fields=["guardianship"],
                condition=Q(guardianship__isnull=False, state__in=["waiting", "building"]),
                name="transfers_package_one_for_guardian",
                violation_error_message=_("Your copy is being made already."),
            ),
        ]

    def __str__(self) -> str:
        return f"Package {self.pk}"


class Receipt(models.Model):
    """What became of a package, line by line; guardians and the head read it."""

    class What(models.TextChoices):
        ASKED = "asked", _("Asked for")
        MADE = "made", _("Made")
        FAILED = "failed", _("Could not be made")
        STOPPED = "stopped", _("Stopped, because a choice was taken back")
        SENT = "sent", _("Handed over as a link")
        WRONG_CODE = "wrong_code", _("Opened with a wrong code")
        DOWNLOADED = "downloaded", _("Downloaded")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("The link has expired")
        GONE = "gone", _("Removed")

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="receipts")
    at = models.DateTimeField()
    what = models.CharField(max_length=12, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # Figures and digests that belong to the line, without a name.
    detail = models.JSONField(default=dict, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["package", "at"], name="transfers_receipt_of")]

    def __str__(self) -> str:
        return f"Receipt {self.pk}"
