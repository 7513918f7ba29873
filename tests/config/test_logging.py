"""What a fault writes to the console: its kind and its places, no word of a row."""

import io
import logging
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    [handler] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    said = io.StringIO()
    monkeypatch.setattr(handler, "stream", said)
    return said


def test_a_page_that_breaks_writes_where_and_no_words(
    db: Any, console: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("Alma Berg, 0701234567")

    monkeypatch.setattr("portal.views.public.render", broken)
    answer = Client(raise_request_exception=False).get("/sign-in/")
    assert answer.status_code == 500
    assert "builtins.RuntimeError" in console.getvalue()
    assert "portal/views/public.py" in console.getvalue()
    assert "Alma" not in console.getvalue()


def test_so_does_everything_else_that_logs_an_exception(console: io.StringIO) -> None:
    try:
        raise ValueError("Alma Berg")
    except ValueError:
        logging.getLogger("anything").exception("It broke.")
    assert "It broke." in console.getvalue()
    assert "builtins.ValueError" in console.getvalue()
    assert "Alma" not in console.getvalue()
