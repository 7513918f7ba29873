"""Addresses and bits of pages that the tests of the family's pages share."""

import re
from typing import Any

from django.urls import reverse


def log_of(child: Any, **query: Any) -> str:
    return reverse("family:log", kwargs={"child": child.public_id}, query=query or None)


def page_of(name: str, child: Any, **more: Any) -> str:
    keys = {key: value.public_id for key, value in more.items()}
    return reverse(f"family:{name}", kwargs={"child": child.public_id, **keys})


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def titles(response: Any) -> list[str]:
    """The entries on a page, from above."""
    return re.findall(r'class="entry-title"[^>]*><a [^>]*>([^<]+)', text_of(response))


def months(response: Any) -> list[str]:
    return re.findall(r'<h2 class="month">.*?<span>([^<]+)</span>', text_of(response), re.DOTALL)


def badges(response: Any) -> list[str]:
    """New and Changed, in the order of the page."""
    return re.findall(r'class="badge is-(new|changed)"', text_of(response))


def older(response: Any) -> str:
    """The address of "Older", or nothing."""
    found = re.search(r'<a [^>]*href="([^"]+before=[^"]+)"', text_of(response))
    return found[1].replace("&amp;", "&") if found else ""
