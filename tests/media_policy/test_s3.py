"""Children's pictures in an object store: through this process, and through an address only the web server sees."""

import time
import urllib.error
import urllib.request
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest

from ground.clock import now
from ground.storage import NoAddress
from media_policy import files, services, sweep
from media_policy.querysets import PictureQuerySet
from tests.media_policy.test_serving import bytes_of, etag_of, href, is_strict


@pytest.fixture
def picture(world, store):
    made = world.take_in()
    world.show(made, world.astrid)
    return made


@pytest.fixture
def astrid(world, picture, sign_in):
    return sign_in(world.astrid, "guardian")


def keys(store):
    return sorted(item.key for item in store.bucket.objects.all())


def test_the_files_lie_in_the_bucket_with_their_type_and_have_no_address(picture, store, rooms):
    names = sorted(picture.derivatives.values_list("storage_name", flat=True))
    assert keys(store) == names
    assert not (rooms / "private").exists()
    for name in names:
        assert store.bucket.Object(name).content_type == "image/webp"
        with pytest.raises(NoAddress):
            store.url(name)


@pytest.mark.parametrize("purpose", ["thumb", "full"])
def test_without_a_web_server_in_front_the_bytes_come_through_here(astrid, picture, purpose):
    response = astrid.get(href(picture, purpose))
    assert (response.status_code, response.body) == (200, bytes_of(picture, purpose))
    assert response["ETag"] == etag_of(picture, purpose)
    assert is_strict(response)
    assert not any(name.lower().startswith("x-amz") for name in response.headers)


def test_of_a_range_only_that_is_fetched(astrid, picture):
    whole = bytes_of(picture)
    response = astrid.get(href(picture), headers={"Range": "bytes=10-19"})
    assert (response.status_code, response.body) == (206, whole[10:20])
    assert response["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert astrid.get(href(picture), headers={"Range": "bytes=-5"}).body == whole[-5:]
    assert astrid.get(href(picture), headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert astrid.get(href(picture), headers={"If-None-Match": etag_of(picture)}).status_code == 304
    assert astrid.head(href(picture))["Content-Length"] == str(len(whole))


def test_a_file_that_is_lost_there_is_a_404(astrid, picture, store):
    store.delete(picture.derivatives.get(purpose="card").storage_name)
    response = astrid.get(href(picture))
    assert response.status_code == 404
    assert is_strict(response)


def test_a_stranger_gets_no_signed_address(client, sign_in, world, picture, settings):
    settings.X_ACCEL_PREFIX = "/_private"
    response = sign_in(world.cecilia).get(href(picture))
    assert response.status_code == 404
    assert "X-Accel-Redirect" not in response.headers


def test_erasing_leaves_no_object_behind(picture, store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_picture(picture=picture, by_reason="removed", at=now())
    assert keys(store) == []


def test_the_sweep_finds_objects_without_rows_and_rows_without_objects(picture, store, monkeypatch):
    monkeypatch.setattr(PictureQuerySet, "unheld", lambda self: self.none())
    orphan = files.write(b"alone", extension="webp", content_type="image/webp")
    # Each shelf is a request to the store; those in use are enough here.
    monkeypatch.setattr(files, "SHELVES", sorted({key.split("/")[1] for key in keys(store)}))
    later = now() + timedelta(hours=2)
    assert sweep.sweep(now()).files_without_rows == []
    assert sweep.sweep(later).files_without_rows == [orphan]
    assert len(keys(store)) == 4
    row = picture.derivatives.get(purpose="full")
    store.delete(row.storage_name)
    assert sweep.sweep(later).rows_without_files == [row.pk]


def test_a_copy_for_a_pdf_is_made_from_there(picture):
    assert services.jpeg_copy(picture).data[:2] == b"\xff\xd8"


# What follows proves something only against a server that checks signatures.


@pytest.fixture
def signed(world, real_store, sign_in, settings):
    """The address that the web server is told for Astrid's picture, and the picture."""
    settings.X_ACCEL_PREFIX = "/_private"
    picture = world.take_in()
    world.show(picture, world.astrid)
    response = sign_in(world.astrid, "guardian").get(href(picture))
    assert response.status_code == 200
    assert response.body == b""
    scheme, rest = response["X-Accel-Redirect"].removeprefix("/_private/s3/").split("/", 1)
    assert response["X-Accel-Redirect"].startswith("/_private/s3/http/127.0.0.1:")
    return f"{scheme}://{rest}", picture


def fetched(address, *, method="GET", data=None, **headers):
    request = urllib.request.Request(address, method=method, headers=headers, data=data)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def changed(address, **values):
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | values
    return urlunsplit(parts._replace(query=urlencode(query)))


@pytest.mark.storage
def test_the_signed_address_gives_the_bytes_and_their_ranges(signed):
    address, picture = signed
    whole = bytes_of(picture)
    assert fetched(address) == (200, whole)
    assert fetched(address, Range="bytes=3-9") == (206, whole[3:10])


@pytest.mark.storage
def test_the_signature_lives_a_minute_and_no_cookie_or_key_stands_in_it(signed, real_store):
    query = dict(parse_qsl(urlsplit(signed[0]).query))
    assert query["X-Amz-Expires"] == "60"
    assert real_store.secret_key not in signed[0]


@pytest.mark.storage
def test_without_or_with_another_signature_no_bytes_come(signed):
    address, picture = signed
    content = bytes_of(picture)
    query = dict(parse_qsl(urlsplit(address).query))
    other = "0" * 64 if query["X-Amz-Signature"] != "0" * 64 else "1" * 64
    full = picture.derivatives.get(purpose="full").storage_name
    card = picture.derivatives.get(purpose="card").storage_name
    attempts = {
        "unsigned": address.split("?")[0],
        "altered": changed(address, **{"X-Amz-Signature": other}),
        "longer life": changed(address, **{"X-Amz-Expires": "86400"}),
        "another day": changed(address, **{"X-Amz-Date": "20200101T000000Z"}),
        "another key": changed(address, **{"X-Amz-Credential": query["X-Amz-Credential"].replace("/", "x/", 1)}),
        "another file": address.replace(card, full),
        "the whole bucket": address.split("/pictures/")[0],
    }
    assert attempts["another file"] != address
    for why, attempt in attempts.items():
        status, body = fetched(attempt)
        assert status == 403, why
        assert content[:64] not in body, why
        assert content[12:40] not in body, why


@pytest.mark.storage
@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_a_signature_for_reading_writes_nothing(signed, method, real_store):
    address, picture = signed
    status, _body = fetched(address, method=method, data=b"something else")
    assert status in {403, 405, 411, 412}
    assert bytes_of(picture)[:4] == b"RIFF"
    assert len(keys(real_store)) == 4


@pytest.mark.storage
def test_an_expired_signature_gives_no_bytes(signed, real_store):
    _address, picture = signed
    name = picture.derivatives.get(purpose="card").storage_name
    address = real_store.presigned(name, seconds=1)
    # It must die; how soon the server looks at its clock again does not decide the test.
    for _ in range(240):
        status, body = fetched(address)
        if status == 403:
            break
        time.sleep(0.25)
    assert status == 403
    assert bytes_of(picture)[12:40] not in body
