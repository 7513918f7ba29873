"""The address of a picture: for whom it answers, with which headers, and every way the bytes can leave."""

import uuid

import pytest
from django.urls import reverse

from media_policy import files, holders, services
from tests.media_policy import samples
from tests.media_policy.conftest import AT
from visibility.models import ReadingLine

STRICT = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def href(picture, purpose="card"):
    return reverse("media_policy:picture", kwargs={"public_id": picture.public_id, "purpose": purpose})


def bytes_of(picture, purpose="card"):
    with files.storage().open(picture.derivatives.get(purpose=purpose).storage_name) as file:
        return file.read()


def etag_of(picture, purpose="card"):
    return f'"{picture.derivatives.get(purpose=purpose).etag}"'


def is_strict(response):
    return all(response[name] == value for name, value in STRICT.items()) and "Cookie" in response["Vary"]


@pytest.fixture
def picture(world):
    made = world.take_in(samples.jpeg(samples.scene(400, 300), secrets=False))
    world.show(made, world.astrid)
    return made


@pytest.fixture
def astrid(world, picture, sign_in):
    return sign_in(world.astrid, "guardian")


@pytest.mark.parametrize("purpose", ["thumb", "card", "full"])
def test_whoever_the_rule_shows_it_to_gets_the_bytes(astrid, picture, purpose):
    response = astrid.get(href(picture, purpose))
    assert response.status_code == 200
    assert response.body == bytes_of(picture, purpose)
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Length"] == str(len(bytes_of(picture, purpose)))
    assert response["Content-Disposition"] == "inline"
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == etag_of(picture, purpose)
    assert not response.has_header("Last-Modified")
    assert is_strict(response)


def ways_to_nothing(world, picture):
    erased = world.take_in()
    world.show(erased, world.astrid)
    services.erase_picture(picture=erased, by_reason="removed", at=AT)
    return {
        "not shown to her": href(world.take_in()),
        "erased": href(erased),
        "the master": href(picture, "master"),
        "an unknown purpose": href(picture, "original"),
        "nobody's address": reverse("media_policy:picture", kwargs={"public_id": uuid.uuid4(), "purpose": "card"}),
    }


@pytest.mark.parametrize("prefix", ["", "/_private"])
def test_everything_else_is_the_same_404_to_the_byte(astrid, world, picture, settings, prefix):
    settings.X_ACCEL_PREFIX = prefix
    answers = set()
    for why, address in ways_to_nothing(world, picture).items():
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}):
            response = astrid.get(address, headers=headers)
            assert response.status_code == 404, why
            assert is_strict(response), why
            answers.add((response.content, tuple(sorted(response.headers.items()))))
    assert len(answers) == 1


def test_strangers_and_nobody_get_that_404_too_and_no_redirect(client, sign_in, world, picture):
    for headers in ({}, {"If-None-Match": etag_of(picture)}, {"Range": "bytes=0-3"}):
        response = client.get(href(picture), headers=headers)
        assert response.status_code == 404
        assert is_strict(response)
    stranger = sign_in(world.cecilia, "staff")
    assert stranger.get(href(picture)).status_code == 404
    assert stranger.head(href(picture)).status_code == 404


def test_a_session_without_a_hat_sees_nothing(client, world, picture):
    client.force_login(world.astrid)
    assert client.get(href(picture)).status_code == 404


def test_signing_out_and_losing_access_end_it_at_once(astrid, world, picture):
    assert astrid.get(href(picture)).status_code == 200
    world.hide(picture, world.astrid)
    kept = {"If-None-Match": etag_of(picture)}
    assert astrid.get(href(picture), headers=kept).status_code == 404
    world.show(picture, world.astrid)
    assert astrid.get(href(picture), headers=kept).status_code == 304
    astrid.logout()
    assert astrid.get(href(picture), headers=kept).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_only_reading_is_known_here(astrid, picture, method):
    assert getattr(astrid, method)(href(picture)).status_code == 405


def test_head_tells_what_get_would_and_sends_nothing(astrid, picture, settings):
    for prefix in ("", "/_private"):
        settings.X_ACCEL_PREFIX = prefix
        response = astrid.head(href(picture), headers={"Range": "bytes=0-3"})
        assert response.status_code == 200
        assert response.body == b""
        assert response["Content-Length"] == str(len(bytes_of(picture)))
        assert response["ETag"] == etag_of(picture)
        assert not response.has_header("X-Accel-Redirect")
        assert is_strict(response)


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"other", {0}', "*"])
def test_what_the_browser_has_already_is_not_sent_again(astrid, picture, form):
    response = astrid.get(href(picture), headers={"If-None-Match": form.format(etag_of(picture))})
    assert response.status_code == 304
    assert response.body == b""
    assert response["ETag"] == etag_of(picture)
    assert is_strict(response)


@pytest.mark.parametrize("header", ['"other"', "nonsense", 'W/"other"', '""'])
def test_another_etag_gets_the_bytes(astrid, picture, header):
    response = astrid.get(href(picture), headers={"If-None-Match": header})
    assert response.body == bytes_of(picture)


def test_the_etag_of_one_derivative_says_nothing_about_another(astrid, picture):
    response = astrid.get(href(picture, "thumb"), headers={"If-None-Match": etag_of(picture, "card")})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=10-", 10, None),
        ("bytes=-7", -7, None),
        ("BYTES=5-9", 5, 10),
    ],
)
def test_one_range_is_answered_with_206(astrid, picture, asked, start, end):
    whole = bytes_of(picture)
    response = astrid.get(href(picture), headers={"Range": asked})
    assert response.status_code == 206
    assert response.body == whole[start:end]
    first = start if start >= 0 else len(whole) + start
    last = (end or len(whole)) - 1
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert is_strict(response)


def test_a_range_beyond_the_end_is_cut_there(astrid, picture):
    whole = bytes_of(picture)
    response = astrid.get(href(picture), headers={"Range": f"bytes={len(whole) - 4}-{len(whole) + 4000}"})
    assert (response.status_code, response.body) == (206, whole[-4:])
    response = astrid.get(href(picture), headers={"Range": f"bytes=-{len(whole) + 4000}"})
    assert (response.status_code, response.body) == (206, whole)


@pytest.mark.parametrize("prefix", ["", "/_private"])
def test_a_range_outside_the_file_is_416(astrid, picture, settings, prefix):
    settings.X_ACCEL_PREFIX = prefix
    size = len(bytes_of(picture))
    for asked in (f"bytes={size}-", f"bytes={size + 5}-{size + 9}", "bytes=-0"):
        response = astrid.get(href(picture), headers={"Range": asked})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{size}"
        assert response.body == b""
        assert is_strict(response)


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-9", "bytes=9-5", "bytes=", "bytes=-", "items=0-1", "bytes=a-b", "bytes=0-1x"]
)
def test_several_ranges_and_words_that_are_none_get_the_whole(astrid, picture, asked):
    response = astrid.get(href(picture), headers={"Range": asked})
    assert response.status_code == 200
    assert response.body == bytes_of(picture)
    assert not response.has_header("Content-Range")


def test_a_range_of_another_version_gets_the_whole(astrid, picture):
    fresh = astrid.get(href(picture), headers={"Range": "bytes=0-3", "If-Range": etag_of(picture)})
    assert (fresh.status_code, fresh.body) == (206, bytes_of(picture)[:4])
    for old in ('"other"', f"W/{etag_of(picture)}", "Wed, 21 Oct 2026 07:28:00 GMT"):
        stale = astrid.get(href(picture), headers={"Range": "bytes=0-3", "If-Range": old})
        assert (stale.status_code, stale.body) == (200, bytes_of(picture))


def test_the_web_server_is_told_where_the_file_lies(astrid, picture, settings):
    for prefix in ("/_private", "/_private/"):
        settings.X_ACCEL_PREFIX = prefix
        response = astrid.get(href(picture), headers={"Range": "bytes=0-3"})
        row = picture.derivatives.get(purpose="card")
        assert response.status_code == 200
        assert response["X-Accel-Redirect"] == f"/_private/disk/{row.storage_name}"
        assert response["ETag"] == etag_of(picture)
        assert response["Content-Type"] == "image/webp"
        assert response.body == b""
        assert is_strict(response)


def test_a_row_whose_file_is_lost_is_a_404_and_a_line_for_the_operators(astrid, picture, caplog):
    row = picture.derivatives.get(purpose="full")
    files.storage().delete(row.storage_name)
    response = astrid.get(href(picture, "full"))
    assert response.status_code == 404
    assert f"Derivative {row.pk} has lost its file" in caplog.text
    assert not response.has_header("ETag")
    assert not ReadingLine.objects.exists()


def test_full_size_is_in_the_reading_log_and_small_ones_are_left_to_their_page(astrid, world, picture):
    services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    astrid.get(href(picture, "thumb"))
    astrid.get(href(picture, "card"))
    astrid.head(href(picture, "full"))
    astrid.get(href(picture, "full"), headers={"Range": "bytes=99999999-"})
    assert not ReadingLine.objects.exists()
    astrid.get(href(picture, "full"))
    line = ReadingLine.objects.get()
    assert (line.person, line.hat, line.what, line.about) == (world.astrid, "guardian", "picture", picture.public_id)
    assert list(line.children.values_list("child__given_name", flat=True)) == ["Alma"]


def test_a_holder_may_name_the_children_of_a_picture_that_nobody_has_marked(astrid, world, picture, monkeypatch):
    monkeypatch.setattr(holders.pictures, "_known", {})
    holders.register("test", world.held, about=lambda key: [world.bo.pk] if key == picture.pk else [])
    astrid.get(href(picture, "full"))
    assert list(ReadingLine.objects.get().children.values_list("child__given_name", flat=True)) == ["Bo"]


def test_a_reading_that_cannot_be_logged_gives_no_bytes(astrid, picture, monkeypatch):
    from visibility import readinglog

    def failing(**line):
        raise RuntimeError("the log is full")

    monkeypatch.setattr(readinglog, "record", failing)
    with pytest.raises(RuntimeError):
        astrid.get(href(picture, "full"))


def test_the_file_and_the_rule_cost_a_query_each_beside_the_session(astrid, picture, django_assert_num_queries):
    # Session, person, organisation of the moment, whether the terms wait, the file, the file through the rule.
    with django_assert_num_queries(6):
        astrid.get(href(picture))


def test_a_quick_yes_stands_for_the_rule_and_a_quick_no_says_nothing(astrid, world, picture, monkeypatch):
    asked = []

    def quick(viewer, key):
        asked.append((viewer.person, key))
        return key == hidden.pk

    hidden = world.take_in()
    monkeypatch.setattr(holders.pictures, "_known", {})
    holders.register("test", world.held, quick=quick)
    assert astrid.get(href(hidden)).status_code == 200
    assert astrid.get(href(picture)).status_code == 200
    assert astrid.get(href(world.take_in())).status_code == 404
    assert asked[:2] == [(world.astrid, hidden.pk), (world.astrid, picture.pk)]
    services.erase_picture(picture=hidden, by_reason="removed", at=AT)
    assert astrid.get(href(hidden)).status_code == 404


@pytest.mark.parametrize("tail", ["card/", "card.webp", "../card", "", "card/full", "%2e%2e/card"])
def test_addresses_that_are_not_quite_right(astrid, picture, tail):
    address = f"/media/{picture.public_id}/{tail}"
    # The public pages' own addresses end in a slash and may be tried next; nothing lies there either.
    assert astrid.get(address, follow=True).status_code == 404
