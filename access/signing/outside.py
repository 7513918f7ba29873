"""Talking to a provider: what it answers is read up to a limit, and no further."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter

# A configuration is some thousand characters long, a set of keys with certificates some ten thousand.
LONGEST = 256 * 1024
PIECE = 16 * 1024


class TooLong(requests.RequestException):
    """An answer longer than any that a provider has reason to give."""


class MeasuredAdapter(HTTPAdapter):
    """Gives answers that are read already, unpacked and not too long, also those that only lead on."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **{**kwargs, "stream": True})
        body = bytearray()
        for piece in response.iter_content(PIECE):
            body += piece
            if len(body) > LONGEST:
                response.close()
                raise TooLong
        response._content = bytes(body)
        return response


def measured(session: requests.Session) -> requests.Session:
    """The session, with answers measured."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, MeasuredAdapter())
    return session
