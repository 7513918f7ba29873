"""A picture, who can be recognised on it, the files made from it, and the receipt when it is gone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from media_policy.clips.models import Clip, ClipErasure, ClipFile, ClipSubject, ClipUpload
from media_policy.purposes import Purpose
from media_policy.querysets import DerivativeQuerySet, PictureQuerySet, PictureSubjectQuerySet

__all__ = [
    "Clip",
    "ClipErasure",
    "ClipFile",
    "ClipSubject",
    "ClipUpload",
    "Derivative",
    "DownloadSetting",
    "Picture",
    "PictureErasure",
    "PictureSubject",
]


class Picture(PublicIdModel):
    """One photograph. An erased one stays as an empty row, so that what once held it can say "removed"."""

    class Marking(models.TextChoices):
        UNMARKED = "unmarked", _("Nobody has said who is in the picture")
        NOBODY = "nobody", _("Nobody can be recognised")
        CHILDREN = "children", _("These children can be recognised")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="pictures")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="pictures")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploaded_pictures", null=True
    )
    uploaded_at = models.DateTimeField()
    # Drawn on the device: the same upload sent again after a lost connection is the same picture.
    client_key = models.UUIDField(null=True, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)
    marking = models.CharField(max_length=10, choices=Marking, default=Marking.UNMARKED)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    marked_at = models.DateTimeField(null=True)
    # The whole picture that this one is shown instead of, to those who may not see it; it is erased with it.
    made_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="made", null=True)
    # Something is painted over: it tells that somebody is there, so in groups with hidden members no family gets it.
    covered = models.BooleanField(default=False, db_default=False)
    erased_at = models.DateTimeField(null=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "client_key"],
                name="media_policy_picture_client_key",
                violation_error_message=_("This picture has been uploaded already."),
            ),
            models.CheckConstraint(
                name="media_policy_picture_whole_or_empty",
                condition=Q(erased_at__isnull=True, uploaded_by__isnull=False, width__gt=0, height__gt=0)
                | Q(
                    erased_at__isnull=False,
                    uploaded_by__isnull=True,
                    client_key__isnull=True,
                    taken_at__isnull=True,
                    marked_by__isnull=True,
                    made_from__isnull=True,
                    covered=False,
                    marking="unmarked",
                    width=0,
                    height=0,
                ),
                violation_error_message=_("An erased picture keeps nothing."),
            ),
        ]
        indexes = [models.Index(fields=["uploaded_at"], name="media_policy_picture_at", condition=Q(erased_at=None))]

    def __str__(self) -> str:
        return f"Picture {self.pk}"


class PictureSubject(models.Model):
    """A child who can be recognised on a picture."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="subjects")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="picture_subjects")

    objects = PictureSubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "child"],
                name="media_policy_subject_once",
                violation_error_message=_("The child is marked on this picture already."),
            ),
        ]

    def __str__(self) -> str:
        return f"PictureSubject {self.pk}"


class Derivative(models.Model):
    """One file made from a picture. `etag` is drawn at random: it tells nothing about the content."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="derivatives")
    purpose = models.CharField(max_length=10, choices=Purpose)
    etag = models.CharField(max_length=40, unique=True, editable=False)
    storage_name = models.CharField(max_length=120, unique=True, editable=False)
    content_type = models.CharField(max_length=40)
    byte_size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = DerivativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "purpose"],
                name="media_policy_derivative_once",
                violation_error_message=_("The picture has a file for this purpose already."),
            ),
        ]

    def __str__(self) -> str:
        return f"Derivative {self.pk}"


class DownloadSetting(models.Model):
    """Who may take a copy along, from a moment on, in an organisation; where there is no row, nobody may."""

    class Who(models.TextChoices):
        OFF = "off", _("Nobody")
        STAFF = "staff", _("The staff")
        FAMILY = "family", _("The staff and the families")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=10, choices=Who)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="media_policy_download_newest")]

    def __str__(self) -> str:
        return f"DownloadSetting {self.pk}"


class PictureErasure(models.Model):
    """That a picture was erased, when and why; nothing of what it showed."""

    class Reason(models.TextChoices):
        REMOVED = "removed", _("Removed by a person")
        COVERED = "covered", _("A cropped or covered picture took its place")
        UNUSED = "unused", _("Nothing used it")
        CHILD = "child", _("A child was erased")
        RETENTION = "retention", _("Its time had passed")

    picture = models.OneToOneField(Picture, on_delete=models.PROTECT, related_name="erasure")
    erased_at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=Reason)
    files = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"PictureErasure {self.pk}"
