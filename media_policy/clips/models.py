"""A film or a recording, who can be recognised in it, the files made from it; and an upload that is under way."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ground.models import PublicIdModel
from media_policy.clips.purposes import ClipPurpose
from media_policy.clips.querysets import ClipFileQuerySet, ClipQuerySet, ClipSubjectQuerySet, ClipUploadQuerySet


class ClipUpload(PublicIdModel):
    """A file that arrives in pieces. The row goes when it is whole; a day after the last piece it is let go."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # What it is for, as `targets` knows it; asked again with every piece.
    target = models.SlugField(max_length=20)
    about = models.UUIDField()
    client_key = models.UUIDField(editable=False)
    raw_name = models.CharField(max_length=60, unique=True, editable=False)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    touched_at = models.DateTimeField()

    objects = ClipUploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "client_key"],
                name="media_policy_clipupload_client_key",
                violation_error_message=_("This file is being sent already."),
            ),
            models.CheckConstraint(
                name="media_policy_clipupload_received",
                condition=Q(received__lte=F("size")),
                violation_error_message=_("More came than was announced."),
            ),
        ]

    def __str__(self) -> str:
        return f"ClipUpload {self.pk}"


class Clip(PublicIdModel):
    """One film or recording. An erased one stays as an empty row, as a picture does."""

    class Kind(models.TextChoices):
        UNKNOWN = "", _("not known yet")
        FILM = "film", _("Film")
        SOUND = "sound", _("Sound")

    class State(models.TextChoices):
        WAITING = "waiting", _("being made ready")
        READY = "ready", _("ready")
        REFUSED = "refused", _("not taken in")

    class Marking(models.TextChoices):
        UNMARKED = "unmarked", _("Nobody has said who is in it")
        NOBODY = "nobody", _("Nobody can be recognised")
        CHILDREN = "children", _("These children can be recognised")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="clips")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="clips")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploaded_clips", null=True
    )
    uploaded_at = models.DateTimeField()
    client_key = models.UUIDField(null=True, editable=False)
    kind = models.CharField(max_length=5, choices=Kind, blank=True, default=Kind.UNKNOWN)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # A code of refusal.ClipReason; the sentence is made when somebody reads it, in their language.
    refusal = models.CharField(max_length=20, blank=True, default="")
    # Hundredths of the making; and how often somebody has begun it.
    progress = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    raw_name = models.CharField(max_length=60, blank=True, default="", editable=False)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    marking = models.CharField(max_length=10, choices=Marking, default=Marking.UNMARKED)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    marked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ClipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "client_key"],
                name="media_policy_clip_client_key",
                violation_error_message=_("This file has been sent already."),
            ),
            models.CheckConstraint(
                name="media_policy_clip_whole_or_empty",
                condition=Q(erased_at__isnull=True, uploaded_by__isnull=False)
                | Q(
                    erased_at__isnull=False,
                    uploaded_by__isnull=True,
                    client_key__isnull=True,
                    marked_by__isnull=True,
                    marking="unmarked",
                    raw_name="",
                    duration_ms=0,
                    width=0,
                    height=0,
                ),
                violation_error_message=_("An erased film or recording keeps nothing."),
            ),
            models.CheckConstraint(
                name="media_policy_clip_raw_only_while_waiting",
                condition=Q(state="waiting") | Q(raw_name=""),
                violation_error_message=_("The raw file is kept only until it has been made ready."),
            ),
        ]
        indexes = [models.Index(fields=["uploaded_at"], name="media_policy_clip_at", condition=Q(erased_at=None))]

    def __str__(self) -> str:
        return f"Clip {self.pk}"


class ClipSubject(models.Model):
    """A child who can be recognised in a film or a recording: seen or heard."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="subjects")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="clip_subjects")

    objects = ClipSubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "child"],
                name="media_policy_clipsubject_once",
                violation_error_message=_("The child is marked in it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"ClipSubject {self.pk}"


class ClipFile(models.Model):
    """One file made from it. `etag` is drawn at random: it tells nothing about the content."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="files")
    purpose = models.CharField(max_length=10, choices=ClipPurpose)
    etag = models.CharField(max_length=40, unique=True, editable=False)
    storage_name = models.CharField(max_length=120, unique=True, editable=False)
    content_type = models.CharField(max_length=40)
    byte_size = models.PositiveBigIntegerField()

    objects = ClipFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "purpose"],
                name="media_policy_clipfile_once",
                violation_error_message=_("There is a file for this purpose already."),
            ),
        ]

    def __str__(self) -> str:
        return f"ClipFile {self.pk}"


class ClipErasure(models.Model):
    """That a film or a recording was erased, when and why; nothing of what it showed."""

    class Reason(models.TextChoices):
        REMOVED = "removed", _("Removed by a person")
        UNUSED = "unused", _("Nothing used it")
        CHILD = "child", _("A child was erased")
        RETENTION = "retention", _("Its time had passed")

    clip = models.OneToOneField(Clip, on_delete=models.PROTECT, related_name="erasure")
    erased_at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=Reason)
    files = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"ClipErasure {self.pk}"
