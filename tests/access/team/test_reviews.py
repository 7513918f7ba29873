"""Once a month: what is odd on top, the rest in one tap, signed; the owner sees who has and who has not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from access.models import Letter, Review, ReviewLine, RoutineReview
from access.reviews import odd, services
from access.reviews.odd import Look, Point
from access.team import letters
from people.models import AccessEvent, Child, Duty, GroupOpening, OwnChildLift, Pass, Person
from tests.access.team.conftest import href
from tests.cast import NOW, TODAY
from visibility.models import ReadingLine
from visibility.viewer import Strength

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 11, 1, 0, 30, tzinfo=UTC)
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def quiet_unit(cast):
    """Nothing is odd but what a test makes so."""
    Duty.objects.update(shown_rules_on=TODAY)
    Person.objects.update(last_login=NOW - timedelta(days=2))
    Pass.objects.all().delete()


@pytest.fixture
def review(cast) -> Review:
    return Review.objects.create(unit=cast.unit, month=MONTH, opened_at=FIRST)


def kinds_of(cast, at=NOW) -> list[tuple[str, str]]:
    look = Look(cast.unit, FIRST - timedelta(days=31), at)
    names = {person.pk: person.given_name for person in Person.objects.all()}
    return [(point.kind, names.get(point.person_id or 0, "")) for point in odd.points(look)]


# --- opening and reminding ------------------------------------------------------------------------------------------


def test_on_the_first_of_the_month_every_unit_with_staff_gets_its_review_once(cast, olga):
    Person.objects.filter(pk=cast.eva.pk).update(email="eva@example.org")
    assert services.open_due(at=FIRST) == 2
    assert services.open_due(at=FIRST + timedelta(hours=6)) == 0
    assert {(row.unit.name, row.month) for row in Review.objects.all()} == {
        ("Skogsgläntan", MONTH), ("Björkskolan", MONTH),
    }  # fmt: skip
    assert services.open_due(at=datetime(2026, 12, 1, 5, tzinfo=UTC)) == 2
    told = Letter.objects.filter(kind=Letter.Kind.REVIEW_OPEN, person=cast.eva)
    assert [letter.day for letter in told.order_by("day")] == [MONTH, date(2026, 12, 1)]


def test_the_month_begins_where_the_organisation_is(cast):
    # Half past eleven in the evening of the last of October in London is the first of November in Lindby.
    services.open_due(at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert Review.objects.first().month == MONTH


def test_who_has_not_signed_is_reminded_with_the_owner_and_who_has_is_not(cast, olga, review):
    Person.objects.filter(pk=cast.eva.pk).update(email="eva@example.org")
    services.open_due(at=FIRST.replace(day=9))
    assert not Letter.objects.filter(kind=Letter.Kind.REVIEW_WAITS).exists()
    services.open_due(at=FIRST.replace(day=10))
    told = Letter.objects.filter(kind=Letter.Kind.REVIEW_WAITS).order_by("pk")
    assert {letter.person for letter in told} == {cast.eva, olga}
    letters.send(letter_id=told[0].pk, at=FIRST.replace(day=10))
    assert "Skogsgläntan" not in str(mail.outbox[0].message())
    Review.objects.update(signed_at=NOW, signed_by=cast.eva)
    services.open_due(at=FIRST.replace(day=20))
    assert not Letter.objects.filter(kind=Letter.Kind.REVIEW_WAITS, day__day=20).exists()


def test_twice_a_year_the_owner_has_the_routine_to_look_at(cast, olga, at):
    for moment in (FIRST, NOW, datetime(2027, 1, 1, 6, tzinfo=UTC), datetime(2027, 8, 2, 6, tzinfo=UTC)):
        services.open_due(at=moment)
    halves = RoutineReview.objects.order_by("half")
    assert [row.half for row in halves] == [date(2026, 8, 1), date(2027, 1, 1), date(2027, 8, 1)]
    address = href("reviews:routine", routine=halves[0])
    assert at("eva").get(address).status_code == 404
    assert at("eva").post(address, {"holds": "Yes"}).status_code == 404
    assert at("olga").post(address, {"holds": "All signed.", "changes": "None."}).status_code == 302
    signed = RoutineReview.objects.get(pk=halves[0].pk)
    assert (signed.signed_by, signed.holds) == (olga, "All signed.")
    assert "All signed." in at("olga").get(address).content.decode()


# --- what is odd ----------------------------------------------------------------------------------------------------


def test_a_unit_in_order_has_nothing_odd(cast):
    assert kinds_of(cast) == []


def test_who_has_not_signed_in_for_sixty_days_is_odd_unless_new_or_on_leave(cast):
    Person.objects.filter(login="karin").update(last_login=NOW - timedelta(days=60, seconds=1))
    Person.objects.filter(login="cecilia").update(last_login=NOW - timedelta(days=60))
    Person.objects.filter(login="frans").update(last_login=None)
    assert sorted(kinds_of(cast)) == [("no_sign_in", "Frans"), ("no_sign_in", "Karin")]
    cast.karin.duties.get().leaves.create(starts_on=TODAY)
    Duty.objects.filter(person=cast.frans).update(starts_on=TODAY - timedelta(days=59))
    assert kinds_of(cast) == []


def test_a_duty_without_a_group_and_rules_that_were_not_shown_are_odd(cast):
    cast.cecilia_duty.assignments.update(ends_on=TODAY)
    Duty.objects.filter(person=cast.ines).update(shown_rules_on=None)
    assert kinds_of(cast) == [("without_group", "Cecilia"), ("rules_not_shown", "Ines")]


def test_a_child_that_is_in_a_group_without_a_place_is_odd(cast):
    cast.bo.placements.update(ends_on=TODAY)
    assert kinds_of(cast) == [("ended_placement", "")]
    cast.bo.group_memberships.update(ends_on=TODAY)
    assert kinds_of(cast) == []


def test_passes_of_the_month_open_groups_and_lifted_ties_are_shown(cast):
    for hours in (1, 24 * 60):
        Pass.objects.create(
            person=cast.siri, group=cast.granen, given_by=cast.cecilia, begins_at=NOW - timedelta(hours=hours),
            ends_at=NOW - timedelta(hours=hours - 1),
        )  # fmt: skip
    GroupOpening.objects.create(group=cast.tallen, opened_at=NOW - timedelta(days=400))
    GroupOpening.objects.create(group=cast.granen, opened_at=NOW - timedelta(days=9), closed_at=NOW)
    OwnChildLift.objects.create(
        person=cast.ines, child=cast.elsa, begins_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1),
        lifted_by=cast.eva,
    )  # fmt: skip
    assert kinds_of(cast) == [("pass_given", "Siri"), ("open_group", ""), ("lifted_tie", "Ines")]


def test_a_room_above_adds_what_it_finds_odd(cast, monkeypatch):
    monkeypatch.setattr(odd, "_sources", [])

    def source(look):
        return [Point("terms_declined", person_id=cast.astrid.pk)]

    odd.register(source)
    odd.register(source)
    assert kinds_of(cast) == [("terms_declined", "Astrid")]


# --- walking through and signing ------------------------------------------------------------------------------------


def test_the_head_looks_at_what_is_odd_and_signs_the_rest_with_one_tap(cast, at, review):
    Person.objects.filter(login="karin").update(last_login=NOW - timedelta(days=90))
    client, address = at("eva"), href("reviews:one", review=review)
    page = client.get(address).content.decode()
    assert page.index("Karin Lund") < page.index("Unchanged")
    assert "sign</button>" not in page
    assert client.post(address, {"do": "sign"}).headers["Location"] == address
    assert Review.objects.get().signed_at is None
    (point,) = services.open_points(review, NOW)
    client.post(address, {"key": point.key, "note": "Works nights, on paper"})
    assert "sign</button>" in client.get(address).content.decode()
    done = client.post(address, {"do": "sign", "remark": "Fine"})
    assert done.headers["Location"] == href("reviews:protocol", review=review)
    review.refresh_from_db()
    assert (review.signed_by, review.signed_at, review.remark) == (cast.eva, NOW, "Fine")
    (event,) = AccessEvent.objects.filter(what=AccessEvent.What.REVIEW)
    assert (event.by, event.after) == (cast.eva, {"unit": cast.unit.pk, "month": "2026-11-01"})


def test_the_protocol_stands_whatever_changes_afterwards(cast, at, review):
    cast.bo.placements.update(ends_on=TODAY)
    client, address = at("eva"), href("reviews:one", review=review)
    (point,) = services.open_points(review, NOW)
    client.post(address, {"key": point.key, "note": "Moves on Monday"})
    client.post(address, {"do": "sign"})
    before = ReviewLine.objects.count()
    Duty.objects.filter(person=cast.cecilia).update(ends_on=TODAY)
    client.post(address, {"do": "sign", "remark": "again"})
    assert ReviewLine.objects.count() == before
    page = client.get(href("reviews:protocol", review=review)).content.decode()
    assert "Cecilia Sund" in page
    assert "Moves on Monday" in page
    # The head has no tie to a child without a place: what is odd is told, whose child it is, is not.
    assert "Carlsson" not in page


def test_what_has_been_put_right_meanwhile_needs_no_tap(cast, at, review):
    cast.cecilia_duty.assignments.update(ends_on=TODAY)
    (point,) = services.open_points(review, NOW)
    cast.cecilia_duty.assignments.update(ends_on=None)
    assert services.see(review=review, key=point.key, note="", by=cast.viewer("eva")) is False
    at("eva").post(href("reviews:one", review=review), {"do": "sign"})
    assert Review.objects.get().signed_at == NOW


def test_the_next_review_looks_from_where_the_last_was_signed(cast, review):
    Pass.objects.create(
        person=cast.siri, group=cast.granen, given_by=cast.cecilia, begins_at=NOW - timedelta(hours=1), ends_at=NOW
    )
    Review.objects.update(signed_at=NOW, signed_by=cast.eva)
    later = Review.objects.create(unit=cast.unit, month=date(2026, 12, 1), opened_at=NOW + timedelta(days=14))
    assert services.open_points(later, NOW + timedelta(days=15)) == []


@pytest.mark.parametrize("name", ["cecilia", "siri", "gun", "astrid", "david"])
def test_for_others_there_is_no_review(cast, at, review, name):
    client = at(name)
    for address in ("reviews:one", "reviews:protocol"):
        assert client.get(href(address, review=review)).status_code == 404
    assert client.post(href("reviews:one", review=review), {"do": "sign"}).status_code == 404
    assert client.get(href("reviews:all")).status_code == 404


def test_on_a_shared_tablet_the_head_has_no_review_either(cast, at, review):
    client = at("eva", strength=Strength.LOW)
    assert client.get(href("reviews:all")).status_code == 404
    assert client.post(href("reviews:one", review=review), {"do": "sign"}).status_code == 404
    assert Review.objects.get().signed_at is None


def test_the_owner_sees_who_has_and_who_has_not_and_reads_but_does_not_sign(cast, at, review, olga):
    Review.objects.create(unit=cast.school, month=MONTH, opened_at=FIRST, signed_at=NOW, signed_by=cast.gun)
    page = at("olga").get(href("reviews:all")).content.decode()
    assert "not signed yet" in page
    assert "signed 17 November by Gun Wik" in page
    # The other preschool has no staff and so no review at all: that is said too.
    assert "Ängen" in page
    assert at("olga").get(href("reviews:protocol", review=review)).status_code == 200
    assert at("olga").post(href("reviews:one", review=review), {"do": "sign"}).status_code == 404


def test_a_childs_name_in_a_review_is_in_the_reading_log_and_goes_when_the_child_is_erased(cast, at, review):
    OwnChildLift.objects.create(
        person=cast.ines, child=cast.elsa, begins_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1),
        lifted_by=cast.eva,
    )  # fmt: skip
    client, address = at("eva"), href("reviews:one", review=review)
    assert "Elsa Ek" in client.get(address).content.decode()
    assert ReadingLine.objects.get(what="review").children.get().child == cast.elsa
    (point,) = services.open_points(review, NOW)
    client.post(address, {"key": point.key, "note": "Elsa was ill"})
    services.erase_child(Child.objects.get(pk=cast.elsa.pk), NOW)
    line = ReviewLine.objects.get(kind="lifted_tie")
    assert (line.child, line.note) == (None, "")


def test_the_buttons_of_a_review_lead_to_the_review(cast, at, review):
    Duty.objects.filter(person=cast.karin).update(shown_rules_on=None)
    address = href("reviews:one", review=review)
    page = at("eva").get(address).content.decode()
    assert page.count(f'action="{address}"') == 1
