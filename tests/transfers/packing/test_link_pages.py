"""The page behind a link, as browsers, mail scanners and the impatient meet it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from media_policy import files
from people.models import Guardianship
from tests.transfers.packing.conftest import LATER
from transfers.models import Package
from transfers.services import links, packages
from visibility.models import ReadingLine
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
SOON = LATER + timedelta(hours=1)


@pytest.fixture
def link(move, stop_clock):
    stop_clock(SOON)
    return links.hand_over(package=move.made(), by=move.cast.viewer("eva", at=LATER), at=LATER)


def page(link, name="package"):
    return reverse(f"packages:{name}", args=[link.package.public_id])


def opened(client, link):
    assert client.post(page(link), {"code": link.spoken}).status_code == 302
    return client


def fetched(link):
    row = Package.objects.get(pk=link.package.pk)
    return row.downloads, row.receipts.filter(what="downloaded").count()


def test_looking_at_the_link_and_asking_about_the_file_are_no_download(client, link):
    for look in (client.get, client.head):
        assert look(page(link)).status_code == 200
        assert look(page(link, "download")).status_code == 302
    head = opened(client, link).head(page(link, "download"))
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(link.package.octets))
    assert fetched(link) == (0, 0)
    answer = client.get(page(link, "download"))
    assert len(b"".join(answer)) == link.package.octets
    assert "no-store" in answer.headers["Cache-Control"]
    assert fetched(link) == (1, 1)


def test_without_the_code_the_file_asks_for_it(client, link):
    assert client.get(page(link, "download")).headers["Location"] == page(link)
    assert client.get(page(link)).headers["Cache-Control"] == "no-store"
    assert client.post(page(link), {"code": "\x00" * 500}).status_code == 422
    assert fetched(link) == (0, 0)


def test_after_an_hour_the_code_is_asked_for_again(client, link, stop_clock):
    opened(client, link)
    stop_clock(SOON + links.OPEN_FOR)
    assert client.get(page(link, "download")).headers["Location"] == page(link)


def test_a_new_code_closes_the_browser_that_gave_the_one_before(client, link):
    opened(client, link)
    links.hand_over(package=link.package, by=None, at=SOON)
    assert client.get(page(link, "download")).headers["Location"] == page(link)
    assert fetched(link) == (0, 0)


def test_a_code_opens_no_other_package(client, link, move):
    opened(client, link)
    for public_id in (move.own_copy().public_id, link.package.handover.public_id):
        assert client.get(reverse("packages:download", args=[public_id])).status_code == 404


def test_who_waited_for_the_last_download_finds_it_gone(link, monkeypatch):
    """Two at once see the last one left; the second has to look again behind the lock."""
    Package.objects.filter(pk=link.package.pk).update(downloads=links.MOST_DOWNLOADS - 1)
    locked = packages.locked

    def another_was_first(row):
        found = locked(row)
        Package.objects.filter(pk=row.pk).update(downloads=links.MOST_DOWNLOADS)
        return found

    monkeypatch.setattr(packages, "locked", another_was_first)
    with pytest.raises(links.NotHere):
        links.fetch(public_id=link.package.public_id, now=lambda: SOON)
    assert not link.package.receipts.filter(what="downloaded").exists()


def test_a_file_that_the_storage_has_lost_is_no_download(client, link):
    opened(client, link)
    files.remove([link.package.file])
    assert client.get(page(link, "download")).status_code == 404
    assert fetched(link) == (0, 0)


# --- the own copy -----------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(move, client, as_persona, stop_clock):
    stop_clock(SOON)
    move.package = move.own_copy()
    as_persona(client, move.cast.astrid, Hat.GUARDIAN)
    move.file = reverse("family_transfers:download", args=[move.cast.alma.public_id])
    return move


def lines():
    return ReadingLine.objects.filter(what="own copy").count()


def test_the_own_copy_is_a_line_of_the_reading_log_and_asking_about_it_is_none(copy, client):
    assert client.head(copy.file).status_code == 200
    assert lines() == 0
    answer = client.get(copy.file)
    assert len(b"".join(answer)) == copy.package.octets
    assert lines() == 1


def test_a_copy_with_more_than_its_guardian_may_read_now_is_not_fetched(copy, client):
    tie = Guardianship.objects.filter(pk=copy.cast.astrid_alma.pk)
    tie.update(kind=Guardianship.Kind.CARER, reads_conferences=False)
    answer = client.get(copy.file)
    assert answer.headers["Location"] == reverse("family_transfers:copy", args=[copy.cast.alma.public_id])
    assert lines() == 0
    copy.package.refresh_from_db()
    assert (copy.package.state, copy.package.file) == (Package.State.STOPPED, "")
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_copy_that_is_too_old_leads_to_where_a_new_one_is_made(copy, client, stop_clock):
    stop_clock(LATER + packages.KEPT)
    assert client.get(copy.file).status_code == 302
