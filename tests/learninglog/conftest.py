import uuid
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


@pytest.fixture
def goals(db: None) -> Any:
    """Keys of the goals of the oracle's small editions, which replace one another."""
    from tests.oracle import at_coverage

    return at_coverage.goals()


@pytest.fixture
def say(cast: Any) -> Callable[..., Any]:
    """`say(cast.astrid, cast.alma, "…")` writes words from home."""
    from learninglog.models import HomeWords
    from learninglog.services.words import write_words
    from tests.cast import TODAY

    def written(person: Any, child: Any, text: str, *, at: Any = NOW, **more: Any) -> HomeWords:
        given = {"happened_on": TODAY, "readers": HomeWords.Readers.HOME, "client_key": uuid.uuid4()}
        return write_words(child=child, by=cast.viewer(person.login, Hat.GUARDIAN, at=at), text=text, **(given | more))

    return written


@pytest.fixture
def write_to_staff(cast: Any) -> Callable[..., Any]:
    """`write_to_staff(cast.astrid, cast.alma, entry, "…")` is a message of a home under an entry."""
    from learninglog.models import Message
    from learninglog.services import threads

    def written(person: Any, child: Any, entry: Any, text: str, *, at: Any = NOW, key: Any = None) -> Message:
        by = cast.viewer(person.login, Hat.GUARDIAN, at=at)
        return threads.write(entry=entry, child=child, by=by, text=text, client_key=key or uuid.uuid4())

    return written
