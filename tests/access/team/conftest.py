"""Browsers of the staff, and forms as they send them, on the pages about who works where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW
from visibility.viewer import Hat, Strength


@pytest.fixture(autouse=True)
def _now(stop_clock: Callable[..., None], settings: Any, tmp_path: Any) -> None:
    stop_clock(NOW)
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"


@pytest.fixture
def at(cast: Any, as_persona: Callable[..., Any]) -> Callable[..., Client]:
    """`at("eva")` is a browser in which somebody is signed in under their hat, surely unless `strength` says less."""

    def open_browser(name: str, hat: Hat | None = None, strength: int = Strength.SUBSTANTIAL) -> Client:
        client = Client(headers={"accept-language": "en"})
        return as_persona(client, getattr(cast, name), hat or cast.HATS[name], strength)

    return open_browser


@pytest.fixture
def olga(cast: Any) -> Any:
    """The owner's officer."""
    from people.models import Duty

    cast.olga = cast.make.person("olga", "Olga", "Ahl", email="olga@example.org")
    cast.make.duty(cast.olga, Duty.Role.OWNERS_OFFICER, None)
    cast.HATS = cast.HATS | {"olga": Hat.STAFF}
    return cast.olga


def href(name: str, **kwargs: Any) -> str:
    keys = {key: getattr(value, "public_id", value) for key, value in kwargs.items()}
    return reverse(name, kwargs=keys)
