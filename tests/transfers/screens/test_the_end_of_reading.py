"""When a child has left: the owner's plan, what a guardian is told, the own copy that ends with the reading."""

from datetime import timedelta

import pytest

from access.leaving import services as leaving
from people.models import Child, Organisation, Placement
from tests.cast import NOW, TODAY
from transfers.models import Package
from transfers.services import going, packages

SIXTY = timedelta(days=60)


@pytest.fixture
def left(move):
    """Alma has left every unit; her guardians were told today."""
    move.leaf = move.entry()
    cast = move.cast
    Organisation.objects.filter(pk=cast.organisation.pk).update(reading_days=60)
    Placement.objects.filter(child=cast.alma).update(ends_on=TODAY)
    Placement.objects.filter(child=cast.alma, unit=cast.school).delete()
    leaving.follow(NOW)
    assert Child.objects.get(pk=cast.alma.pk).reading_ends_on == TODAY + SIXTY
    return move


def test_a_guardian_reads_until_when_and_finds_the_own_copy(left):
    where = {"child": left.cast.alma.public_id}
    page = left.get("astrid", "portal:family")
    assert "You can read about Alma until 15 January 2027" in page.content.decode()
    copy = left.get("astrid", "family_transfers:copy", **where).content.decode()
    assert "until 15 January 2027" in copy
    assert "until 15 January" not in left.get("birger", "portal:family").content.decode()


def test_the_own_copy_ends_with_the_reading(left):
    cast = left.cast
    row = packages.own_copy(guardianship=cast.astrid_alma, by=cast.viewer("astrid"))
    assert going.may_go(row, NOW + SIXTY - timedelta(days=1))
    assert not going.may_go(row, NOW + SIXTY)
    packages.sweep(NOW + SIXTY)
    left_over = Package.objects.exclude(state=Package.State.STOPPED)
    assert not left_over.filter(pk=row.pk, file__gt="").exists()


def test_afterwards_the_start_page_says_whom_to_ask_and_nothing_of_the_child(left):
    left.stop_clock(NOW + SIXTY)
    page = left.get("astrid", "portal:family").content.decode()
    assert "Your time to read here is over." in page
    assert left.cast.organisation.name in page
    assert "Alma" not in page
    assert left.get("astrid", "family:log", child=left.cast.alma.public_id).status_code == 404


def test_the_owner_sets_the_plan_and_bad_numbers_come_back_with_a_message(left):
    owner = left.cast.organisation

    def plan(days):
        response = left.post("olga", "transfers:settings", {"question": "reading", "reading_days": days})
        owner.refresh_from_db()
        return response

    assert plan("400").status_code == 302
    assert owner.reading_days == 400
    wrong = plan("20")
    assert wrong.status_code == 422
    assert 'value="20"' in wrong.content.decode()
    assert owner.reading_days == 400
    assert plan("").status_code == 302
    assert owner.reading_days is None
    data = {"question": "reading", "reading_days": "90"}
    assert left.post("eva", "transfers:settings", data).status_code == 404
