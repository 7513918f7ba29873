"""Every way of asking × every store × what is asked for × who asks: nothing without the rule, not even a length."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import reverse

from learninglog.services import withdraw_entry
from media_policy import files, services
from media_policy.clips.services import erase_clip
from people.models import Guardianship
from people.services import block_child
from tests.cast import NOW
from tests.entries import film, picture, put_film, share, write
from tests.media_policy import s3
from tests.media_policy.test_serving import is_strict
from visibility.viewer import Hat

BYTES = bytes(range(256)) * 2
SIZE = len(BYTES)
ETAG = '"the-very-file"'
STORES = ["disk", "disk, by the web server", "bucket", "bucket, by the web server"]
# What of a file an answer could tell without a byte of it.
TELLING = ("ETag", "Last-Modified", "Content-Range", "Accept-Ranges", "X-Accel-Redirect", "Content-Disposition")

ASKED = {
    "the whole": ("get", {}, 200, BYTES),
    "its head": ("head", {}, 200, b""),
    "a head with a range": ("head", {"Range": "bytes=0-9"}, 200, b""),
    "one range": ("get", {"Range": "bytes=10-19"}, 206, BYTES[10:20]),
    "the end": ("get", {"Range": "bytes=-7"}, 206, BYTES[-7:]),
    "several ranges": ("get", {"Range": "bytes=0-1,5-9"}, 200, BYTES),
    "what lies behind its end": ("get", {"Range": f"bytes={SIZE}-"}, 416, b""),
    "whether it is the same": ("get", {"If-None-Match": ETAG}, 304, b""),
    "whether its head is the same": ("head", {"If-None-Match": ETAG}, 304, b""),
    "whether there is any": ("get", {"If-None-Match": "*"}, 304, b""),
    "whether it is the same, weakly": ("get", {"If-None-Match": f"W/{ETAG}"}, 304, b""),
    "whether it is new": ("get", {"If-Modified-Since": "Wed, 21 Oct 2099 07:28:00 GMT"}, 200, BYTES),
    "a range of the same": ("get", {"Range": "bytes=0-3", "If-Range": ETAG}, 206, BYTES[:4]),
    "a range of another": ("get", {"Range": "bytes=0-3", "If-Range": '"other"'}, 200, BYTES),
}
WRITING = ("post", "put", "patch", "delete", "options", "trace")


@pytest.fixture(params=STORES)
def by_web_server(request, settings, tmp_path):
    """Children's files in this store; whether the web server hands them out."""
    settings.PRIVATE_MEDIA_ROOT, settings.SPOOL_ROOT = tmp_path / "private", tmp_path / "spool"
    if request.param.startswith("bucket"):
        s3.use(settings, f"served-{uuid.uuid4()}", s3.options_of("moto", request))
    settings.X_ACCEL_PREFIX = "/_private" if "web server" in request.param else ""
    return bool(settings.X_ACCEL_PREFIX)


@pytest.fixture(params=["card", "play", "poster"])
def asked(request, cast, by_web_server, stop_clock):
    """The address of one file of Alma's, in an entry that is shared about her and Bo; and what holds it."""
    stop_clock(NOW)
    entry = write(cast, cast.alma, cast.bo)
    if request.param == "card":
        row = picture(cast, cast.alma)
        entry.entry_pictures.create(picture=row, position=0)
        files_of, name = row.derivatives, "media_policy:picture"
    else:
        row = film(cast, cast.alma)
        put_film(cast, entry, row)
        files_of, name = row.files, "media_policy:clip"
    share(cast, entry)
    stored = files.write(BYTES, extension="bin", content_type="image/webp")
    files_of.filter(purpose=request.param).update(storage_name=stored, byte_size=SIZE, etag=ETAG.strip('"'))
    return reverse(name, args=[row.public_id, request.param]), row, entry


@contextmanager
def undone():
    """What happens in it has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything_asked(client, href):
    for name, (method, headers, *_answer) in ASKED.items():
        yield name, getattr(client, method)(href, headers=headers)


def gives_nothing(client, href):
    """Everything that tells something, by how it was asked; and the answers to writing, which are everybody's."""
    told = {}
    for name, response in everything_asked(client, href):
        found = [header for header in TELLING if response.has_header(header)]
        if response.status_code != 404 or response.body or found or response.get("Content-Length", "0") != "0":
            told[name] = (response.status_code, response.body, found)
        assert is_strict(response), name
    for method in WRITING:
        response = getattr(client, method)(href, headers={"If-None-Match": ETAG, "Range": "bytes=0-9"})
        if response.status_code != 405 or any(response.has_header(header) for header in TELLING):
            told[method] = response.status_code
    return told


def test_her_guardian_gets_what_is_asked_for(cast, asked, client, as_persona, by_web_server):
    href, _row, _entry = asked
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    for name, response in everything_asked(client, href):
        _method, _headers, status, body = ASKED[name]
        if by_web_server and status in {200, 206} and body:
            # The web server reads the range itself; all that leaves here is where.
            assert (response.status_code, response.body) == (200, b""), name
            assert response["X-Accel-Redirect"].startswith("/_private/"), name
        else:
            assert (response.status_code, response.body) == (status, body), name
            assert not response.has_header("X-Accel-Redirect"), name
        assert response["ETag"] == ETAG, name
        assert is_strict(response), name
        assert not response.has_header("Last-Modified"), name
    assert {method: getattr(client, method)(href).status_code for method in WRITING} == dict.fromkeys(WRITING, 405)


def test_nobody_else_gets_a_byte_a_length_or_a_mark(cast, asked, client, as_persona):
    href, _row, _entry = asked
    assert gives_nothing(client, href) == {}
    for person, hat in ((cast.birger, Hat.GUARDIAN), (cast.stranger, Hat.STAFF), (cast.david, Hat.STAFF)):
        as_persona(client, person, hat)
        assert gives_nothing(client, href) == {}, person
    as_persona(client, cast.astrid, Hat.STAFF)
    assert gives_nothing(client, href) == {}
    client.logout()
    client.force_login(cast.astrid)
    assert gives_nothing(client, href) == {}, "a session without a hat"


def test_what_ends_ends_for_an_open_session_at_once(cast, asked, client, as_persona, django_user_model):
    href, row, entry = asked
    as_persona(client, cast.astrid, Hat.GUARDIAN)
    by = cast.viewer("cecilia")
    erase = services.erase_picture if href.endswith("/card") else erase_clip
    held = {"picture" if href.endswith("/card") else "clip": row}
    ends = {
        "the entry is withdrawn": lambda: withdraw_entry(entry=entry, by=by),
        "the child is blocked": lambda: block_child(child=cast.alma, at=NOW, by=cast.eva),
        "it is erased": lambda: erase(**held, by_reason="removed", at=NOW),
        "the guardianship ends": lambda: Guardianship.objects.filter(pk=cast.astrid_alma.pk).update(ends_at=NOW),
        "the guardian is made inactive": lambda: Guardianship.objects.filter(pk=cast.astrid_alma.pk).update(
            inactivated_at=NOW
        ),
        "the session is ended": lambda: client.session.flush(),
        "the person is shut out": lambda: django_user_model.objects.filter(pk=cast.astrid.pk).update(is_active=False),
    }
    kept = dict(client.cookies)
    for what, happens in ends.items():
        with undone():
            happens()
            assert gives_nothing(client, href) == {}, what
        client.cookies.update(kept)
        assert client.get(href, headers={"If-None-Match": ETAG}).status_code == 304, f"{what}, and it was undone"
