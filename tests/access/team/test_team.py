"""The head keeps who works at the unit; what is changed counts at that moment, and stands as an event."""

from datetime import date, timedelta

import pytest

from people.models import AccessEvent, Duty, Person
from tests.access.team.conftest import href
from tests.cast import NOW, TODAY
from visibility import rule
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
NEW = {
    "given_name": "Nora", "family_name": "Ny", "phone": "070-1", "role": "pedagogue", "starts_on": "2026-11-17",
}  # fmt: skip


def reads(cast, name, child, at=NOW):
    return rule.may(cast.viewer(name, at=at), "READ", child)


def duty_of(person):
    return person.duties.get()


def change(client, duty, do, **data):
    return client.post(href("work:duty", duty=duty), {"do": do, **data})


def events(person):
    return list(AccessEvent.objects.filter(person=person, what=AccessEvent.What.DUTY).order_by("pk"))


def test_the_head_sees_everybody_of_the_unit_and_nobody_of_another(cast, at):
    cast.make.duty(cast.make.person("lena", "Lena", "Åberg"), Duty.Role.PEDAGOGUE, cast.other_unit, cast.klovern)
    page = at("eva").get(href("work:team")).content.decode()
    for name in ("Cecilia Sund", "Karin Lund", "Frans Nyman", "Eva Holm", "Ines Ek"):
        assert name in page
    assert "Lena" not in page
    assert "Gun" not in page
    assert "1 child by name" in page


def test_who_left_long_ago_is_not_in_the_way_and_who_left_lately_is_below(cast, at):
    assert "David Ros" not in at("eva").get(href("work:team")).content.decode()
    duty_of(cast.david).assignments.all().delete()
    Duty.objects.filter(person=cast.david).update(ends_on=TODAY - timedelta(days=3))
    assert "David Ros" in at("eva").get(href("work:team")).content.decode()


@pytest.mark.parametrize("name", ["cecilia", "siri", "david", "frans", "gun", "astrid"])
def test_for_everybody_else_there_is_no_such_page(cast, at, name):
    client = at(name)
    assert client.get(href("work:team")).status_code == 404
    assert client.get(href("work:new_duty", unit=cast.unit)).status_code == 404
    assert client.get(href("work:duty", duty=cast.cecilia_duty)).status_code == 404
    assert change(client, cast.cecilia_duty, "end").status_code == 404


def test_on_a_shared_tablet_the_head_has_no_such_page_either(cast, at):
    client = at("eva", strength=Strength.LOW)
    assert client.get(href("work:team")).status_code == 404
    assert client.get(href("work:duty", duty=cast.cecilia_duty)).status_code == 404
    assert change(client, cast.cecilia_duty, "end").status_code == 404
    assert Duty.objects.get(pk=cast.cecilia_duty.pk).ends_on is None


def test_somebody_new_begins_and_reads_from_that_moment(cast, at):
    data = NEW | {"groups": [str(cast.granen.public_id)], "shown_rules": "on"}
    assert at("eva").post(href("work:new_duty", unit=cast.unit), data).status_code == 302
    cast.nora = Person.objects.get(given_name="Nora")
    duty = duty_of(cast.nora)
    assert (duty.role, duty.unit, duty.shown_rules_on) == ("pedagogue", cast.unit, TODAY)
    cast.HATS = cast.HATS | {"nora": Hat.STAFF}
    assert reads(cast, "nora", cast.bo)
    assert [event.by for event in events(cast.nora)] == [cast.eva] * 3


def test_who_begins_later_reads_from_the_first_day_and_not_before(cast, at):
    data = NEW | {"groups": [str(cast.granen.public_id)], "starts_on": "2026-11-20", "ends_on": "2026-11-21"}
    at("eva").post(href("work:new_duty", unit=cast.unit), data)
    cast.nora = Person.objects.get(given_name="Nora")
    cast.HATS = cast.HATS | {"nora": Hat.STAFF}
    around = [reads(cast, "nora", cast.bo, NOW + timedelta(days=days)) for days in (0, 2, 3, 4, 5)]
    assert around == [False, False, True, True, False]


def test_a_known_national_id_brings_the_same_person_as_the_register_has_them(cast, at):
    cast.birger.national_id = "198502031234"
    cast.birger.save()
    before = Person.objects.count()
    data = NEW | {"national_id": "19850203-1234", "given_name": "Björn", "groups": [str(cast.granen.public_id)]}
    assert at("eva").post(href("work:new_duty", unit=cast.unit), data).status_code == 302
    assert Person.objects.count() == before
    cast.birger.refresh_from_db()
    assert cast.birger.given_name == "Birger"
    # And the own child stays closed at work.
    assert not rule.may(cast.viewer("birger", Hat.STAFF), "READ", cast.bo)
    assert rule.may(cast.viewer("birger", Hat.STAFF), "READ", cast.tyra)


def test_a_national_id_that_lacks_digits_is_asked_for_again(cast, at):
    page = at("eva").post(href("work:new_duty", unit=cast.unit), NEW | {"national_id": "850203-1234"})
    assert "Write all 12 digits" in page.content.decode()
    assert not Person.objects.filter(given_name="Nora").exists()


def test_the_same_duty_twice_is_refused_with_a_sentence(cast, at):
    data = NEW | {"known": str(cast.cecilia.public_id)}
    page = at("eva").post(href("work:new_duty", unit=cast.unit), data)
    assert "The person has this duty already in that time." in page.content.decode()
    assert cast.cecilia.duties.count() == 1


def test_a_head_makes_no_head_and_leaves_the_own_headship_alone(cast, at):
    client = at("eva")
    assert client.post(href("work:new_duty", unit=cast.unit), NEW | {"role": "head"}).status_code == 200
    assert not Person.objects.filter(given_name="Nora").exists()
    own = duty_of(cast.eva)
    assert client.get(href("work:duty", duty=own)).status_code == 200
    for do in ("end", "leave", "rules"):
        assert change(client, own, do, starts_on="2026-11-17").status_code == 404
    assert Duty.objects.get(pk=own.pk).ends_on is None


def test_the_owner_appoints_heads_and_reads_of_no_other_duty(cast, at, olga):
    client = at("olga")
    assert client.post(href("work:new_duty", unit=cast.other_unit), NEW | {"role": "head"}).status_code == 302
    assert duty_of(Person.objects.get(given_name="Nora")).unit == cast.other_unit
    page = client.get(href("work:team") + f"?unit={cast.unit.public_id}").content.decode()
    assert "Eva Holm" in page
    assert "Cecilia" not in page
    assert change(client, cast.cecilia_duty, "end").status_code == 404
    assert client.post(href("work:new_duty", unit=cast.unit), NEW).status_code == 200
    assert Person.objects.filter(given_name="Nora").count() == 1


def test_other_groups_count_at_once(cast, at):
    assert reads(cast, "cecilia", cast.bo)
    assert change(at("eva"), cast.cecilia_duty, "groups", groups=[str(cast.tallen.public_id)]).status_code == 302
    assert not reads(cast, "cecilia", cast.bo)
    assert reads(cast, "cecilia", cast.milo)
    (event,) = events(cast.cecilia)
    assert (event.by, event.at) == (cast.eva, NOW)
    assert event.before == {"groups": [cast.granen.pk]}
    assert event.after["groups"] == [cast.tallen.pk]


def test_groups_that_are_saved_unchanged_are_no_event_and_a_group_of_today_is_taken_back_at_once(cast, at):
    client, both = at("eva"), [str(cast.granen.public_id), str(cast.tallen.public_id)]
    change(client, cast.cecilia_duty, "groups", groups=both[:1])
    assert events(cast.cecilia) == []
    change(client, cast.cecilia_duty, "groups", groups=both)
    change(client, cast.cecilia_duty, "groups", groups=both[:1])
    assert list(cast.cecilia_duty.assignments.values_list("group__name", "ends_on")) == [("Granen", None)]
    assert len(events(cast.cecilia)) == 2


def test_a_group_of_another_unit_cannot_be_given(cast, at):
    page = change(at("eva"), cast.cecilia_duty, "groups", groups=[str(cast.klovern.public_id)])
    assert page.status_code == 422
    assert cast.cecilia_duty.assignments.get().group == cast.granen


def test_leave_closes_everything_and_ends_by_itself(cast, at):
    data = {"starts_on": "2026-11-17", "ends_on": "2026-11-19"}
    assert change(at("eva"), cast.cecilia_duty, "leave", **data).status_code == 302
    around = [reads(cast, "cecilia", cast.bo, NOW + timedelta(days=days)) for days in (-1, 0, 2, 3)]
    assert around == [True, False, False, True]
    assert "on leave, back 20 November" in at("eva").get(href("work:team")).content.decode()


def test_leave_upon_leave_is_refused_and_coming_back_early_opens_at_once(cast, at):
    client = at("eva")
    change(client, cast.cecilia_duty, "leave", starts_on="2026-11-10", ends_on="")
    assert change(client, cast.cecilia_duty, "leave", starts_on="2026-11-18").status_code == 422
    assert not reads(cast, "cecilia", cast.bo)
    change(client, cast.cecilia_duty, "back")
    assert reads(cast, "cecilia", cast.bo)
    assert cast.cecilia_duty.leaves.get().ends_on == TODAY


def test_a_duty_that_is_ended_now_closes_the_open_session_at_that_moment(cast, at):
    browser = at("cecilia")
    page = href("staff:child", child=cast.bo)
    assert browser.get(page).status_code == 200
    assert change(at("eva"), cast.cecilia_duty, "end", reason="Moved").status_code == 302
    assert browser.get(page).status_code == 404
    (event,) = events(cast.cecilia)
    assert event.reason == "Moved"
    assert event.before["ends_on"] == "None"
    assert event.after["ends_on"] == "2026-11-17"


def test_with_a_last_day_everything_stays_open_until_that_day_is_over(cast, at):
    change(at("eva"), cast.cecilia_duty, "end", last_day="2026-11-18")
    around = [reads(cast, "cecilia", cast.bo, NOW + timedelta(days=days)) for days in (0, 1, 2)]
    assert around == [True, True, False]


def test_a_duty_that_never_had_a_day_is_taken_back_altogether(cast, at):
    client = at("eva")
    client.post(href("work:new_duty", unit=cast.unit), NEW | {"groups": [str(cast.granen.public_id)]})
    person = Person.objects.get(given_name="Nora")
    response = change(client, duty_of(person), "end")
    assert response.headers["Location"] == href("work:team")
    assert not person.duties.exists()
    assert events(person)[-1].before == {"starts_on": "2026-11-17", "ends_on": "None"}


def test_the_rules_are_noted_as_shown_and_missing_they_are_pointed_out(cast, at):
    client = at("eva")
    assert "Not shown the rules yet" in client.get(href("work:duty", duty=cast.cecilia_duty)).content.decode()
    change(client, cast.cecilia_duty, "rules")
    cast.cecilia_duty.refresh_from_db()
    assert cast.cecilia_duty.shown_rules_on == TODAY
    page = client.get(href("work:duty", duty=cast.cecilia_duty)).content.decode()
    assert "Not shown the rules yet" not in page
    assert "Shown the rules on 17 November 2026" in page


def test_a_duty_without_a_group_opens_nothing_and_says_so(cast, at):
    change(at("eva"), cast.cecilia_duty, "groups", groups=[])
    assert "No group: nothing is open" in at("eva").get(href("work:team")).content.decode()
    assert not reads(cast, "cecilia", cast.bo)


def test_a_special_educator_reads_of_children_named_and_only_in_those_days(cast, at):
    client, duty = at("eva"), duty_of(cast.frans)
    data = {"child": str(cast.bo.public_id), "starts_on": "2026-11-18", "ends_on": "2026-11-19"}
    assert change(client, duty, "name", **data).status_code == 302
    around = [reads(cast, "frans", cast.bo, NOW + timedelta(days=days)) for days in (0, 1, 2, 3)]
    assert around == [False, True, True, False]
    assert change(client, duty, "name", **data).status_code == 422
    assert change(client, duty, "unname", child=str(cast.alma.public_id)).status_code == 302
    assert not reads(cast, "frans", cast.alma)


def test_a_child_of_the_head_or_of_another_unit_cannot_be_named_by_the_head(cast, at):
    cast.make.guardian(cast.eva, cast.tyra)
    client, duty = at("eva"), duty_of(cast.frans)
    page = client.get(href("work:duty", duty=duty)).content.decode()
    assert "Bo Carlsson" in page
    assert "Tyra" not in page
    for child in (cast.tyra, cast.noor):
        data = {"child": str(child.public_id), "starts_on": "2026-11-18"}
        assert change(client, duty, "name", **data).status_code == 422
    assert duty.named_children.count() == 1


def test_the_page_of_a_duty_tells_what_has_been_changed_and_by_whom(cast, at):
    client = at("eva")
    change(client, cast.cecilia_duty, "leave", starts_on="2026-12-01", ends_on="2026-12-02")
    page = client.get(href("work:duty", duty=cast.cecilia_duty)).content.decode()
    assert "What has been changed" in page
    assert "Eva Holm" in page


def test_what_is_sent_wrongly_is_said_beside_the_form_and_changes_nothing(cast, at):
    page = change(at("eva"), cast.cecilia_duty, "leave", starts_on="2026-11-19", ends_on="2026-11-18")
    assert page.status_code == 422
    assert "The last day cannot be before the first." in page.content.decode()
    assert not cast.cecilia_duty.leaves.exists()
    assert change(at("eva"), cast.cecilia_duty, "dance").status_code == 404


def test_who_is_the_head_of_two_units_chooses(cast, at):
    cast.make.duty(cast.eva, Duty.Role.HEAD, cast.other_unit, starts=date(2025, 1, 1))
    cast.make.duty(cast.make.person("lena", "Lena", "Åberg"), Duty.Role.PEDAGOGUE, cast.other_unit, cast.klovern)
    client = at("eva")
    page = client.get(href("work:team") + f"?unit={cast.other_unit.public_id}").content.decode()
    assert "Lena Åberg" in page
    assert "Cecilia" not in page
