"""A provider on this machine, an installation that knows it, and the trip there and back."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse

from tests.access.signing.provider import CLIENT, Provider, new_key, pem
from tests.cast import NOW

ID_OF_ASTRID, ID_OF_CECILIA = "19870312-2384", "197505052387"
LEVELS = "loa2=low loa3=substantial loa4=high"


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    found = Provider(new_key())
    yield found
    found.stop()


@pytest.fixture
def town(cast, stop_clock, provider, settings, tmp_path) -> Any:
    """The cast at NOW; Astrid and Cecilia have national ids, and there is an e-ID for everybody."""
    stop_clock(NOW)
    key_file = tmp_path / "key.pem"
    key_file.write_text(pem(provider.client_key))
    settings.SIGN_IN_PROVIDERS = {
        "e-id": {
            "name": "e-ID", "issuer": provider.issuer, "client_id": CLIENT, "key_file": str(key_file),
            "hats": "guardian staff school", "scopes": "openid", "id_claims": "pid pnr", "levels": LEVELS,
        }
    }  # fmt: skip
    for person, national_id in ((cast.astrid, ID_OF_ASTRID), (cast.cecilia, ID_OF_CECILIA)):
        person.national_id = national_id
        person.save()
    provider.behave(NOW, claims={"pid": ID_OF_ASTRID.replace("-", "")})
    return cast


def there(client: Client, hat: str = "guardian", query: str = "") -> str:
    """From the page of ways to the provider, and where it sends the browser back to."""
    address = reverse("signing:begin", kwargs={"hat": hat, "way": "e-id"})
    response = client.get(f"{address}{query}")
    assert response.status_code == 302, response.content.decode()
    with requests.get(response["Location"], allow_redirects=False, timeout=10) as answer:
        return str(answer.headers["Location"])


def back(client: Client, location: str) -> Any:
    parts = urlsplit(location)
    return client.get(f"{parts.path}?{parts.query}")


@pytest.fixture
def trip() -> Callable[..., Any]:
    """`trip(client, "staff")` is there and back; what the site then answers."""

    def go(client: Client, hat: str = "guardian", query: str = "") -> Any:
        return back(client, there(client, hat, query))

    return go


@pytest.fixture
def legs() -> Any:
    """The two halves of the trip, for what goes wrong between them."""
    return SimpleNamespace(there=there, back=back)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
