"""What was shared, word for word: immutable except to the eraser. The newest version is what families read."""

from django.conf import settings
from django.db import models

from ground.fields import IdListField
from ground.models import PublicIdModel
from learninglog.models.entry import EntryChild
from learninglog.querysets import VersionPictureQuerySet
from media_policy.models import Picture


class SharedVersion(PublicIdModel):
    entry = models.ForeignKey("learninglog.Entry", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    happened_on = models.DateField()
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    goals = IdListField(default=list)
    not_names = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="learninglog_version_number")]

    def __str__(self) -> str:
        return f"SharedVersion {self.pk}"


class VersionChild(models.Model):
    """One child of a version. `quotes` is a list of strings, `remarks` a list of [goal id, text]."""

    version = models.ForeignKey(SharedVersion, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+", null=True)
    position = models.PositiveSmallIntegerField(default=0)
    line = models.TextField(blank=True, default="")
    asked = models.CharField(max_length=8, choices=EntryChild.Asked, blank=True, default="")
    quotes = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "child"], name="learninglog_versionchild_once")]

    def __str__(self) -> str:
        return f"VersionChild {self.pk}"


class VersionPicture(models.Model):
    """One picture of a version, and what was said of who is in it when the version was confirmed.

    `stands_for` is the whole one that this is shown instead of; a family gets one of them or none, never both.
    """

    version = models.ForeignKey(SharedVersion, on_delete=models.PROTECT, related_name="pictures")
    picture = models.ForeignKey(
        "media_policy.Picture", on_delete=models.PROTECT, related_name="version_pictures", null=True
    )
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=300, blank=True, default="")
    alt = models.CharField(max_length=300, blank=True, default="")
    marking = models.CharField(max_length=10, choices=Picture.Marking, default=Picture.Marking.UNMARKED)
    stands_for = models.ForeignKey("self", on_delete=models.PROTECT, related_name="stand_ins", null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = VersionPictureQuerySet.as_manager()

    def __str__(self) -> str:
        return f"VersionPicture {self.pk}"


class VersionSubject(models.Model):
    """A child who could be recognised on a version's picture, as it was confirmed.

    An erased child leaves a row without a name: somebody else is on the picture, and it goes to no more families.
    """

    version_picture = models.ForeignKey(VersionPicture, on_delete=models.PROTECT, related_name="subjects")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="version_subjects", null=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version_picture", "child"], name="learninglog_versionsubject_once")
        ]

    def __str__(self) -> str:
        return f"VersionSubject {self.pk}"


class VersionAudience(models.Model):
    """Who could see the version when it was shared, and through which relation: ids, no names."""

    version = models.ForeignKey(SharedVersion, on_delete=models.PROTECT, related_name="audience")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+", null=True)
    relation = models.CharField(max_length=20)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"VersionAudience {self.pk}"
