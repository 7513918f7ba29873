"""A child; nobody signs in as one."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ground.fields import EncryptedTextField
from ground.models import PublicIdModel
from people.national_ids import hash_of
from people.querysets import ChildQuerySet


class Child(PublicIdModel):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="children")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True)
    national_id = EncryptedTextField(blank=True, default="")
    national_id_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    # Protected identity was discovered: from here on nobody sees anything of the child.
    blocked_at = models.DateTimeField(null=True, blank=True)
    # From this day on no guardian reads about the child, who has left; they were told of it long before.
    reading_ends_on = models.DateField(null=True, blank=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "national_id_hash"],
                condition=~Q(national_id_hash=""),
                name="people_child_national_id",
                violation_error_message=_("There is already a child with this national id."),
            ),
        ]

    def __str__(self) -> str:
        return f"Child {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.national_id_hash = hash_of(self.national_id)
        super().save(*args, **kwargs)
