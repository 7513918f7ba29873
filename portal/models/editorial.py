"""Pictures and documents of the public site. Children's pictures live in media_policy and never come here."""

from django.core.files.storage import storages
from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def editorial_storage():  # type: ignore[no-untyped-def]
    return storages["editorial"]


class EditorialImage(AbstractImage):
    admin_form_fields = Image.admin_form_fields


class EditorialRendition(AbstractRendition):
    image = models.ForeignKey(EditorialImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="portal_rendition_once"),
        ]


class EditorialDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields
