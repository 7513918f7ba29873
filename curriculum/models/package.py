"""A CASE package that somebody brought, kept between looking at what it would change and letting it."""

from django.conf import settings
from django.db import models

from ground.models import PublicIdModel


class Package(PublicIdModel):
    name = models.CharField(max_length=200)
    content = models.TextField()
    # What the file does not say: which country, since when.
    told = models.JSONField(default=dict, blank=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    brought_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Package {self.pk}"
