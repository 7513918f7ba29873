"""With a real web server in front: what the browser gets, and what it never sees."""

import uuid

import pytest

from tests.media_policy import s3, web_server
from tests.media_policy.test_serving import STRICT, bytes_of, etag_of, href

pytestmark = pytest.mark.storage


@pytest.fixture
def astrid(world, sign_in, settings):
    settings.X_ACCEL_PREFIX = "/_private"
    return sign_in(world.astrid, "guardian")


@pytest.fixture
def ask(rooms):
    if web_server.program() is None:
        pytest.skip(f"needs nginx: apt-get install {web_server.PACKAGE}")
    (rooms / "private").mkdir()
    with web_server.nginx(rooms / "private") as asked:
        yield asked


@pytest.fixture(params=["disk", "s3"])
def picture(request, ask, world, settings):
    if request.param == "s3":
        s3.use(settings, f"pictures-{uuid.uuid4()}", s3.options_of("radosgw", request))
    made = world.take_in()
    world.show(made, world.astrid)
    return made


def through(ask, client, picture, **headers):
    """The browser's answer: the application's own, passed through the web server with the browser's headers."""
    said = client.get(href(picture), headers=headers)
    return ask((said.status_code, list(said.headers.items()), said.body), href(picture), headers)


def test_the_bytes_come_with_the_applications_headers_and_no_others(ask, astrid, picture):
    status, headers, body = through(ask, astrid, picture)
    assert (status, body) == (200, bytes_of(picture))
    assert headers["etag"] == etag_of(picture)
    assert headers["content-type"] == "image/webp"
    assert headers["content-disposition"] == "inline"
    for name, value in STRICT.items():
        assert headers[name.lower()] == value
    assert "Cookie" in headers["vary"]
    assert "last-modified" not in headers
    assert not [name for name in headers if name.startswith(("x-amz", "x-accel", "x-rgw"))]


def test_ranges_are_answered_one_at_a_time(ask, astrid, picture):
    whole = bytes_of(picture)
    status, headers, body = through(ask, astrid, picture, Range="bytes=10-19")
    assert (status, body) == (206, whole[10:20])
    assert headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert headers["etag"] == etag_of(picture)
    status, _headers, _body = through(ask, astrid, picture, Range=f"bytes={len(whole)}-")
    assert status == 416


def test_several_ranges_on_disk_get_the_whole(ask, astrid, world):
    made = world.take_in()
    world.show(made, world.astrid)
    status, _headers, body = through(ask, astrid, made, Range="bytes=0-1,5-9")
    assert (status, body) == (200, bytes_of(made))


def test_what_the_browser_has_is_not_sent_again_and_stale_marks_do_not_confuse(ask, astrid, picture):
    status, _headers, body = through(ask, astrid, picture, **{"If-None-Match": etag_of(picture)})
    assert (status, body) == (304, b"")
    stale = {"If-None-Match": '"old"', "If-Modified-Since": "Wed, 21 Oct 2099 07:28:00 GMT"}
    status, _headers, body = through(ask, astrid, picture, **stale)
    assert (status, body) == (200, bytes_of(picture))


def test_the_inner_addresses_are_closed_to_browsers(ask, picture):
    name = picture.derivatives.get(purpose="card").storage_name
    for path in (f"/_private/disk/{name}", "/_private/s3/http/127.0.0.1:1/a/b", "/_private/nothing"):
        status, _headers, body = ask((200, [], b"the application answered"), path)
        assert status == 404
        assert bytes_of(picture)[12:40] not in body


def test_a_refusal_of_the_store_is_a_404_without_its_words(ask, astrid, world, settings, request):
    s3.use(settings, f"pictures-{uuid.uuid4()}", s3.options_of("radosgw", request))
    made = world.take_in()
    world.show(made, world.astrid)
    said = astrid.get(href(made))
    spoiled = [(name, value.replace("X-Amz-Signature=", "X-Amz-Signature=0")) for name, value in said.headers.items()]
    status, _headers, body = ask((200, spoiled, b""), href(made))
    assert status == 404
    assert b"Signature" not in body
    assert b"AccessDenied" not in body


def test_a_stranger_gets_the_applications_404(ask, world, picture, sign_in):
    status, headers, body = through(ask, sign_in(world.cecilia), picture)
    assert (status, body) == (404, b"")
    assert "etag" not in headers
