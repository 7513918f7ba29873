"""A real server with a world of its own, and Chromium in front of it, at the size of a phone or a desk."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.migrated import sqlite_template
from tests.ports import free_port

# A busy machine is no fault of the page.
expect.set_options(timeout=20_000)
ROOT = Path(__file__).resolve().parent.parent.parent
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Site:
    url: str
    world: dict[str, Any]
    folder: Path

    def group(self, name: str, page: str) -> str:
        return f"{self.url}/staff/groups/{self.world['groups'][name]}/{page}/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Site]:
    """The site on a port of its own, with a database and files that go with the session."""
    folder = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment.pop("DATABASE_URL", None)
    environment.pop("PYTEST_XDIST_WORKER", None)
    shutil.copy(sqlite_template(), folder / "learning-log.sqlite3")
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.world"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    with serving(environment, folder) as url:
        yield Site(url, json.loads(made.stdout.splitlines()[-1]), folder)


@contextmanager
def serving(environment: dict[str, str], folder: Path, port: int = 0) -> Iterator[str]:
    """gunicorn in front of what `environment` names; its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/robots.txt", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _try in range(600):
        assert server.poll() is None, "The server ended before it answered."
        try:
            urllib.request.urlopen(url, timeout=20).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server did not answer.")


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visit("cecilia")` is a page of a browser in which somebody is signed in; what it complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def _open(name: str = "", *, viewport: Any = PHONE, allow: str = "", **options: Any) -> Page:
        options.setdefault("locale", "en-GB")
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        if name:
            cookie = {"name": "learninglog", "value": site.world["sessions"][name], "url": site.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _hear(said, complaints, allow))
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []


def _hear(said: Any, complaints: list[str], allow: str) -> None:
    if said.type in {"error", "warning"} and not (allow and any(part in said.text for part in allow.split("|"))):
        complaints.append(f"{said.text} {said.location.get('url', '')}")


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, once all of it is there."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
    return [
        f"{problem['id']}: {node['target']} {node['failureSummary']}"
        for problem in found["violations"]
        for node in problem["nodes"]
    ]
