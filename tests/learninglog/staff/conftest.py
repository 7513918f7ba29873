"""What the tests of the staff's pages share: people at their screens, forms as a browser sends them, small pictures."""

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from learninglog.models import Entry
from tests.cast import NOW
from visibility.viewer import Hat


@pytest.fixture(autouse=True)
def _now(stop_clock: Callable[..., None], settings: Any, tmp_path: Any) -> None:
    stop_clock(NOW)
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def at(cast: Any, as_persona: Callable[..., Any]) -> Callable[..., Client]:
    """`at("cecilia")` is a browser in which somebody is signed in under their hat."""

    def open_browser(name: str, hat: Hat | None = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        return as_persona(client, getattr(cast, name), hat or cast.HATS[name])

    return open_browser


def href(name: str, **kwargs: Any) -> str:
    keys = {key: getattr(value, "public_id", value) for key, value in kwargs.items()}
    return reverse(f"staff:{name}", kwargs=keys)


def photo(colour: str = "green", name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def filled(page: str, **changed: Any) -> dict[str, Any]:
    """The composer's form as a browser without a script would send it, with some fields changed."""
    form = page[page.index('<form id="composer"') :]
    form = form[: form.index("</form>")]
    data: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attrs = dict(re.findall(r'([a-z_-]+)(?:="([^"]*)")?', tag))
        if attrs.get("type") == "file" or not attrs.get("name"):
            continue
        if attrs.get("type") in {"checkbox", "radio"} and "checked" not in attrs:
            continue
        data.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        data[name] = [value]
    data.pop("csrfmiddlewaretoken", None)
    for name, value in changed.items():
        data[name] = value if isinstance(value, list) else [value]
    return data


def entry_of(response: Any) -> Entry:
    """The entry that a redirect leads to."""
    found = re.search(r"/entries/([0-9a-f-]{36})/", response.url)
    assert found is not None
    return Entry.objects.get(public_id=uuid.UUID(found[1]))
