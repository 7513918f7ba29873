import uuid

from django.apps.registry import Apps
from django.db import models

from ground.models import PublicIdModel


class Thing(PublicIdModel):
    class Meta:
        app_label = "ground"
        apps = Apps(["ground"])


def test_a_public_id_is_random_unique_and_nobody_s_to_edit():
    first, second = Thing(), Thing()
    assert first.public_id != second.public_id
    assert first.public_id.version == 4
    assert isinstance(first.public_id, uuid.UUID)
    field = Thing._meta.get_field("public_id")
    assert field.unique
    assert not field.editable
    assert issubclass(Thing, models.Model)
