"""Several uploads of one form: those that can be taken in are, the others are told about, and no tap counts twice."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile

from media_policy.models import Picture
from media_policy.refusal import Refused
from media_policy.services import take_in
from people.models import Unit
from visibility.viewer import Viewer

if TYPE_CHECKING:
    Upload = UploadedFile[Any]
else:
    Upload = UploadedFile


@dataclass
class Taken:
    """What became of the uploads, in their order; a refusal has the file's name before it."""

    pictures: list[Picture] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)


def take_in_several(*, uploads: Iterable[Upload], by: Viewer, unit: Unit, form_key: uuid.UUID) -> Taken:
    """Take in what can be; named by the form and what is in the file, so that a second tap takes nothing in twice."""
    taken = Taken()
    for upload in uploads:
        key = uuid.uuid5(form_key, _digest(upload))
        try:
            picture = take_in(upload=upload, by=by, unit=unit, organisation=unit.organisation, client_key=key)
        except Refused as refused:
            taken.refused.append((upload.name or "", refused))
        else:
            taken.pictures.append(picture)
    return taken


def left_over(by: Viewer, keys: Iterable[uuid.UUID]) -> list[Picture]:
    """Pictures of this person that an earlier, refused try of a form has left, and that nothing holds yet."""
    rows = Picture.objects.unheld().filter(uploaded_by=by.person, public_id__in=list(keys))
    return list(rows.order_by("uploaded_at", "pk"))


def _digest(upload: Upload) -> str:
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()
