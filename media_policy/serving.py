"""How the bytes of a picture or a film leave the house, after the rule has said yes. Nothing here asks who is looking.

Three ways: through this process, through the web server from disk, or through the web server from an address at the
object store that is signed for a minute and that only the web server sees.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags

from media_policy import files
from media_policy.models import ClipFile, Derivative

logger = logging.getLogger("media_policy")

R = TypeVar("R", bound=HttpResponseBase)
Served = Derivative | ClipFile

HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PRESIGNED_SECONDS = 60
_CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))", re.IGNORECASE)


class Span(NamedTuple):
    start: int
    end: int  # exclusive

    @property
    def length(self) -> int:
        return self.end - self.start


class Unsatisfiable(Exception):
    """The range asked for lies outside the file."""


def not_here() -> HttpResponse:
    """The one answer for what is not there, not theirs, or not there any more."""
    response = HttpResponseNotFound(content_type="text/plain")
    return _dressed(response)


def respond(request: HttpRequest, row: Served, *, save_as: str = "") -> HttpResponseBase:
    """Answer GET or HEAD for a file that the rule has granted: 200, 206, 304, 416, or 404 when its bytes are lost.

    Shown on a page; with `save_as`, kept under that name.
    """
    etag = f'"{row.etag}"'
    try:
        response = _answer(request, row, etag)
    except FileNotFoundError:
        logger.error("%s has lost its file", row)
        return not_here()
    if save_as and response.has_header("Content-Disposition"):
        response["Content-Disposition"] = content_disposition_header(True, save_as)
    response["ETag"] = etag
    return _dressed(response)


def _answer(request: HttpRequest, row: Served, etag: str) -> HttpResponseBase:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    # Weak comparison, as the method asks: a cache may have marked ours as weak.
    if "*" in known or etag in {tag.removeprefix("W/") for tag in known}:
        return HttpResponseNotModified()
    whole = Span(0, row.byte_size)
    if request.method == "HEAD":
        return _described(HttpResponse(content_type=row.content_type), whole)
    try:
        span = _wanted(request, row.byte_size, etag)
    except Unsatisfiable:
        refusal = HttpResponse(status=416, content_type=row.content_type)
        refusal["Content-Range"] = f"bytes */{row.byte_size}"
        return refusal
    if settings.X_ACCEL_PREFIX:
        return _handed_over(row)
    stream = _opened(row.storage_name, span or whole)
    response = StreamingHttpResponse(stream, status=206 if span else 200, content_type=row.content_type)
    if span:
        response["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{row.byte_size}"
    return _described(response, span or whole)


def _dressed(response: R) -> R:
    for name, value in HEADERS.items():
        response[name] = value
    patch_vary_headers(response, ["Cookie"])
    return response


def _described(response: R, span: Span) -> R:
    response["Content-Length"] = str(span.length)
    response["Content-Disposition"] = "inline"
    response["Accept-Ranges"] = "bytes"
    return response


def _wanted(request: HttpRequest, size: int, etag: str) -> Span | None:
    """The one range asked for; None for the whole: nothing asked, several ranges, or words that are no range."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= size or start >= end:
        raise Unsatisfiable
    return Span(start, end)


def _handed_over(row: Served) -> HttpResponse:
    """An empty answer that tells the web server where to take the bytes from; it sees to ranges itself."""
    prefix, where = settings.X_ACCEL_PREFIX.rstrip("/"), files.storage()
    presigned = getattr(where, "presigned", None)
    response = HttpResponse(content_type=row.content_type)
    response["Content-Disposition"] = "inline"
    if presigned is None:
        response["X-Accel-Redirect"] = f"{prefix}/disk/{row.storage_name}"
    else:
        address = urlsplit(presigned(row.storage_name, seconds=_PRESIGNED_SECONDS))
        target = f"{address.scheme}/{address.netloc}{address.path}?{address.query}"
        response["X-Accel-Redirect"] = f"{prefix}/s3/{target}"
    return response


class _Stream:
    """A bounded stretch of an open file, closed with the response."""

    def __init__(self, file: Any, length: int) -> None:
        self._file, self._left = file, length

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (chunk := self._file.read(min(_CHUNK, self._left))):
            self._left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()


def _opened(name: str, span: Span) -> _Stream:
    """The stretch, opened before the first byte is promised; FileNotFoundError when there is no such file."""
    where = files.storage()
    bucket: Any = getattr(where, "bucket", None)
    if bucket is not None:
        return _Stream(_body_from(bucket, where, name, span), span.length)
    file = where.open(name, "rb")
    file.seek(span.start)
    return _Stream(file, span.length)


def _body_from(bucket: Any, where: Any, name: str, span: Span) -> Any:
    # The storage's own open() would fetch the whole file first, whatever the range.
    from botocore.exceptions import ClientError

    try:
        found = bucket.Object(where._normalize_name(name)).get(Range=f"bytes={span.start}-{span.end - 1}")
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") in {"NoSuchKey", "404", "InvalidRange"}:
            raise FileNotFoundError from None
        raise
    return found["Body"]
