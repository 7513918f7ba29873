"""Chromium on the gallery without a server: every request is answered from the pages in memory and from static/."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, Route

HOST = "http://look.test"
POLICY = "default-src 'none'; " + "; ".join(
    f"{kind} 'self'"
    for kind in ("img-src", "media-src", "font-src", "style-src", "script-src", "connect-src", "form-action")
)
PAPER = '<rect x="-60" y="-40" width="320" height="240" fill="#eaf0e2"/>'


def open_page(page: Page, pages: Mapping[str, str], name: str) -> None:
    page.route("**/*", lambda route: _answer(route, pages))
    page.goto(f"{HOST}/gallery/{name}")


def _answer(route: Route, pages: Mapping[str, str]) -> None:
    path = route.request.url.removeprefix(HOST).split("?")[0]
    static = Path(settings.STATICFILES_DIRS[0])
    if path.startswith("/gallery/"):
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=pages[path.removeprefix("/gallery/")], headers=headers)
    elif path.startswith("/static/") and (file := static / path.removeprefix("/static/")).is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0] or "font/woff2")
    elif path.startswith("/sample/"):
        drawn = (static / "img" / path.removeprefix("/sample/")).read_text()
        drawn = drawn.replace('viewBox="0 0 200 150">', f'viewBox="-20 -15 240 180" width="1600" height="1200">{PAPER}')
        route.fulfill(body=drawn, content_type="image/svg+xml")
    else:
        route.fulfill(status=404, body="not here", content_type="text/plain")
