"""Fields for pictures in forms that work without a script."""

import uuid
from typing import Any

from django import forms

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of files under one name; whether they are pictures is found out when they are taken in."""

    widget = PicturesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data or [])


class KeysField(forms.Field):
    """Public ids in hidden fields of one name; what is no id is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[uuid.UUID]:
        found = []
        for one in value or []:
            try:
                found.append(uuid.UUID(str(one)))
            except ValueError:
                continue
        return found
