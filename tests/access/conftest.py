"""A source of news that says what a test wants, instead of those that the rooms registered."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from access import notices

EVENING = datetime(2026, 11, 17, 17, 30, tzinfo=UTC)


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`news("astrid")` makes something new for Astrid, whatever the moment, unless `at` says when it came."""
    told: list[tuple[str, datetime | None]] = []

    def source(person: Any, since: datetime, at: datetime) -> bool:
        return any(name == person.login and (when is None or since < when <= at) for name, when in told)

    def add(*names: str, at: datetime | None = None) -> None:
        told.extend((name, at) for name in names)

    monkeypatch.setattr(notices, "_sources", {"test": source})
    return add
