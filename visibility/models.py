"""The reading log: who opened what about which child. Insert-only; chained in blocks; erasable without breaking.

Beside it, outside the chain, who was not let in.
"""

from django.conf import settings
from django.db import models

from ground.models import PublicIdModel
from visibility.viewer import Hat


class ReadingLine(PublicIdModel):
    """One page or file that was given to one person.

    `digest` is SHA-256 over the salt, the line and the digests of its children. Lawful erasure empties the line and its
    salt and keeps the digest, so the chain still verifies.
    """

    at = models.DateTimeField()
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="reading_lines", null=True
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_lines", null=True
    )
    hat = models.CharField(max_length=10, choices=Hat, blank=True)
    what = models.CharField(max_length=40, blank=True)
    about = models.UUIDField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="visibility_line_person")]

    def __str__(self) -> str:
        return f"ReadingLine {self.pk}"


class ReadingChild(models.Model):
    """One child of a line, with a digest of its own: one child can be erased from a line about several."""

    line = models.ForeignKey(ReadingLine, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="readings", null=True)
    at = models.DateTimeField()
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-at"], name="visibility_reading_child")]

    def __str__(self) -> str:
        return f"ReadingChild {self.pk}"


class ReadingBlock(models.Model):
    """Some hundred lines closed together: the hash covers their digests and the block before."""

    number = models.PositiveIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"ReadingBlock {self.number}"


class SealedLine(models.Model):
    block = models.ForeignKey(ReadingBlock, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    line = models.OneToOneField(ReadingLine, on_delete=models.PROTECT, related_name="sealed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "position"], name="visibility_sealed_position")]

    def __str__(self) -> str:
        return f"SealedLine {self.pk}"


class ErasureReceipt(models.Model):
    """That a line was lawfully emptied, when and on what ground; nothing of what it said."""

    line = models.OneToOneField(ReadingLine, on_delete=models.PROTECT, related_name="receipt")
    at = models.DateTimeField()
    because = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"ErasureReceipt {self.pk}"


class RefusedLook(models.Model):
    """Somebody signed in asked for an address and was told that there is nothing.

    Written whether or not there is something, so that the answer takes as long; what it concerned, a job finds out.
    """

    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="refused_looks")
    hat = models.CharField(max_length=10, choices=Hat)
    what = models.CharField(max_length=80, blank=True)
    about = models.UUIDField(null=True)
    # What the address named before that, as the child under whom an entry was asked for.
    within = models.UUIDField(null=True)
    # Whether the page is one of this hat's; a picture's address is no hat's.
    of_hat = models.BooleanField()
    kind = models.CharField(max_length=20, blank=True)
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="visibility_refused_person"),
            models.Index(fields=["id"], condition=models.Q(found_at__isnull=True), name="visibility_refused_waiting"),
        ]

    def __str__(self) -> str:
        return f"RefusedLook {self.pk}"


class RefusedChild(models.Model):
    """One child whom an address was about that somebody was refused."""

    look = models.ForeignKey(RefusedLook, on_delete=models.CASCADE, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="refused_looks")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "-at"], name="visibility_refused_child")]
        constraints = [models.UniqueConstraint(fields=["look", "child"], name="visibility_refused_once")]

    def __str__(self) -> str:
        return f"RefusedChild {self.pk}"
