import uuid

from django.db import models


class PublicIdModel(models.Model):
    """A row with a name that may stand in an address: it says nothing about how many others there are."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class JobRun(models.Model):
    """What `manage.py tick` remembers about one registered job."""

    name = models.CharField(max_length=100, unique=True)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name
