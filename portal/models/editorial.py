"""Pictures and documents of the public site. Children's pictures live in media_policy and never come here."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, WagtailImageField, get_upload_to


def editorial_storage() -> Storage:
    """The one public storage; the default one is private and has no addresses."""
    return storages["editorial"]


class EditorialImage(AbstractImage):
    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
        storage=editorial_storage,
    )

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("public picture")
        verbose_name_plural = _("public pictures")


class EditorialRendition(AbstractRendition):
    image = models.ForeignKey(EditorialImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="portal_rendition_once"),
        ]


class EditorialDocument(AbstractDocument):
    file = models.FileField(upload_to="documents", verbose_name=_("file"), storage=editorial_storage)

    admin_form_fields = Document.admin_form_fields
