from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import NOW
from visibility.viewer import Hat


@pytest.fixture
def sign_in(client: Client, as_persona: Any, stop_clock: Any) -> Callable[..., Client]:
    """`sign_in(cast.astrid)` gives a client of theirs as guardian, at the cast's moment."""
    stop_clock(NOW)

    def signed(person: Any, hat: Hat = Hat.GUARDIAN, *, fresh: bool = False) -> Client:
        return as_persona(Client() if fresh else client, person, hat)

    return signed
