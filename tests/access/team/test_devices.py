"""A shared tablet: paired by the head, a PIN says who one is, left alone it locks, revoked it is nobody's at once."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from access.models import Device, OpenSession, Pin
from access.querysets import CODE_LIVES
from access.team import devices, pins
from access.team.middleware import IDLE
from learninglog.models import Entry, TrayItem
from people.models import AccessEvent, Duty
from tests.access.signing.by_paper import paper, set_up
from tests.access.team.conftest import href
from tests.cast import NOW
from visibility.middleware import STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
HOME = "/tablet/"
PIN = "4802"
TICK = timedelta(seconds=1)


def tablet() -> Client:
    """A browser that shows its code."""
    browser = Client(headers={"accept-language": "en"})
    browser.post(reverse("tablet:show_code"))
    return browser


def code_on(browser: Client) -> str:
    found = re.search(r'tablet-code">([^<]+)<', browser.get(HOME).content.decode())
    return found[1] if found else ""


def confirm(client: Client, cast, code: str, **more):
    data = {"code": code, "name": "Granen’s tablet", "group": str(cast.granen.public_id)} | more
    return client.post(href("work:pair", unit=cast.unit), data)


@pytest.fixture
def paired(cast, at) -> Client:
    browser = tablet()
    assert confirm(at("eva"), cast, code_on(browser)).status_code == 302
    for person in (cast.cecilia, cast.siri, cast.eva):
        pins.choose(person=person, pin=PIN, at=NOW, by=person)
    return browser


def come_in(browser: Client, person, pin: str = PIN):
    return browser.post(reverse("tablet:pin"), {"who": str(person.public_id), "pin": pin})


def photo(colour: str = "green") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), "image/jpeg")


# --- pairing ------------------------------------------------------------------------------------------------------


def test_a_tablet_shows_a_code_and_the_head_who_types_it_pairs_it(cast, at):
    browser = tablet()
    code = code_on(browser)
    assert len(code.replace(" ", "")) == 8
    assert confirm(at("eva"), cast, code.lower()).status_code == 302
    device = Device.objects.get()
    assert (device.unit, device.group, device.paired_by, device.code) == (cast.unit, cast.granen, cast.eva, "")
    assert "Who are you?" in browser.get(HOME).content.decode()
    (event,) = AccessEvent.objects.filter(what=AccessEvent.What.DEVICE)
    assert (event.by, event.at) == (cast.eva, NOW)


def test_a_code_counts_once_and_for_a_quarter_of_an_hour(cast, at, stop_clock):
    browser = tablet()
    code = code_on(browser)
    stop_clock(NOW + CODE_LIVES)
    assert confirm(at("eva"), cast, code).status_code == 422
    assert code_on(browser) == ""
    stop_clock(NOW)
    confirm(at("eva"), cast, code)
    page = confirm(at("eva"), cast, code)
    assert "No tablet shows this code now." in page.content.decode()
    assert Device.objects.alive().count() == 1


def test_an_empty_code_pairs_nothing(cast, at, paired):
    assert confirm(at("eva"), cast, " - ").status_code == 422
    assert confirm(at("eva"), cast, "").status_code == 422
    assert Device.objects.count() == 1


@pytest.mark.parametrize("name", ["cecilia", "siri", "gun", "astrid"])
def test_nobody_but_the_head_pairs(cast, at, name):
    assert confirm(at(name), cast, code_on(tablet())).status_code == 404
    assert not Device.objects.alive().exists()


def test_a_head_on_a_weak_sign_in_does_not_pair(cast, at):
    assert confirm(at("eva", strength=Strength.LOW), cast, code_on(tablet())).status_code == 404
    assert not Device.objects.alive().exists()


def test_only_so_many_tablets_wait_at_once_and_codes_that_ran_out_make_room(cast, monkeypatch, stop_clock):
    monkeypatch.setattr(devices, "MOST_WAITING", 2)
    browsers = [tablet() for _ in range(3)]
    assert [bool(code_on(browser)) for browser in browsers] == [True, True, False]
    stop_clock(NOW + CODE_LIVES)
    assert code_on(tablet())
    assert Device.objects.count() == 1


def test_the_key_is_in_the_browser_alone_and_the_cookie_is_closed_to_scripts(cast):
    browser = tablet()
    cookie = browser.cookies[devices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert Device.objects.get().key_digest not in cookie.value
    browser.cookies[devices.COOKIE] = cookie.value[:-2] + "xx"
    assert code_on(browser) == ""


# --- who one is ---------------------------------------------------------------------------------------------------


def test_the_tablet_shows_who_works_here_today_and_has_a_pin(cast, paired):
    page = paired.get(HOME).content.decode()
    assert {name for name in ("Cecilia", "Siri", "Eva", "Karin", "David", "Gun") if name in page} == {
        "Cecilia", "Siri", "Eva",
    }  # fmt: skip
    assert "Sund" not in page


def test_with_the_pin_one_comes_in_weakly_and_what_is_written_bears_the_name(cast, paired):
    assert come_in(paired, cast.cecilia).headers["Location"] == "/staff/"
    assert paired.session["strength"] == Strength.LOW
    assert OpenSession.objects.get(person=cast.cecilia).way == devices.way_of(Device.objects.get())
    assert paired.post(href("staff:new", group=cast.granen)).status_code == 302
    assert Entry.objects.get().created_by == cast.cecilia
    assert paired.get(HOME).headers["Location"] == "/staff/"


def test_on_the_tablet_there_are_no_pages_about_people_and_access(cast, paired):
    come_in(paired, cast.eva)
    assert paired.get(href("work:team")).status_code == 404
    assert paired.get(href("work:passes")).status_code == 200
    assert paired.post(href("work:pin"), {"pin": "7351", "again": "7351"}).status_code == 404
    assert "Not on this sign-in." in paired.get(href("work:pin")).content.decode()


def test_a_tablet_stays_low_for_who_has_an_app_too(cast, paired):
    set_up(Client(), paper(cast, cast.eva, Hat.STAFF))
    come_in(paired, cast.eva)
    assert paired.session[STRENGTH_KEY] == Strength.LOW
    assert paired.get(href("access:children")).status_code != 200


def test_after_five_wrong_tries_the_right_pin_is_no_use_for_a_while(cast, paired, stop_clock):
    for _ in range(pins.TRIES):
        assert come_in(paired, cast.cecilia, "9999").status_code == 422
    assert "Too many tries" in come_in(paired, cast.cecilia).content.decode()
    assert "_auth_user_id" not in paired.session
    stop_clock(NOW + pins.FIRST_REST - TICK)
    assert come_in(paired, cast.cecilia).status_code == 422
    # Nobody else waits for it.
    assert come_in(paired, cast.siri).status_code == 302
    paired.post(reverse("tablet:lock"))
    stop_clock(NOW + pins.FIRST_REST)
    assert come_in(paired, cast.cecilia).status_code == 302


def test_the_second_rest_is_longer_and_the_right_pin_forgets_the_wrong_ones(cast, paired):
    at = NOW
    for rest in (pins.FIRST_REST, 2 * pins.FIRST_REST):
        for _ in range(pins.TRIES - 1):
            assert not pins.verify(person=cast.cecilia, pin="9999", at=at)
        with pytest.raises(pins.Resting) as resting:
            pins.verify(person=cast.cecilia, pin="9999", at=at)
        assert resting.value.until == at + rest
        at += rest
    assert pins.verify(person=cast.cecilia, pin=PIN, at=at)
    assert Pin.objects.get(person=cast.cecilia).wrong == 0


def test_guessing_at_one_colleague_after_the_other_makes_the_whole_tablet_wait(cast, paired, stop_clock):
    crowd = [cast.make.person(f"n{number}", f"Nils{number}", "Ek") for number in range(4)]
    for person in crowd:
        cast.make.duty(person, Duty.Role.CHILDCARE_WORKER, cast.unit)
        pins.choose(person=person, pin=PIN, at=NOW, by=person)
    tries = [come_in(paired, person, "9173").status_code for person in crowd for _ in range(4)]
    assert tries == [422] * 16
    assert come_in(paired, cast.cecilia).status_code == 429
    stop_clock(NOW + timedelta(seconds=31))
    assert come_in(paired, cast.cecilia).status_code == 302


def test_a_form_that_stayed_open_is_not_saved_under_the_next_ones_name(cast, paired):
    browser = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    browser.cookies = paired.cookies

    def token(address: str) -> str:
        page = browser.get(address).content.decode()
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def enter(person) -> None:
        asked = f"{reverse('tablet:pin')}?who={person.public_id}"
        sent = {"who": str(person.public_id), "pin": PIN, "csrfmiddlewaretoken": token(asked)}
        assert browser.post(reverse("tablet:pin"), sent).status_code == 302

    enter(cast.cecilia)
    open_form = token("/staff/")
    new = href("staff:new", group=cast.granen)
    enter(cast.siri)
    assert browser.post(new, {"csrfmiddlewaretoken": open_form}).status_code == 403
    assert not Entry.objects.filter(created_by=cast.siri).exists()


def test_a_new_pin_chosen_from_a_sign_in_of_ones_own_ends_the_rest(cast, at, paired):
    for _ in range(pins.TRIES):
        come_in(paired, cast.cecilia, "9999")
    assert at("cecilia").post(href("work:pin"), {"pin": "7351", "again": "7351"}).status_code == 302
    assert come_in(paired, cast.cecilia).status_code == 422
    assert come_in(paired, cast.cecilia, "7351").status_code == 302


def test_who_does_not_work_here_now_cannot_come_in_with_a_right_pin(cast, paired, stop_clock):
    pins.choose(person=cast.gun, pin=PIN, at=NOW, by=cast.gun)
    for person in (cast.gun, cast.karin):
        assert come_in(paired, person).headers["Location"] == HOME
    stop_clock(NOW.replace(hour=16))
    assert come_in(paired, cast.siri).headers["Location"] == HOME
    cast.cecilia_duty.leaves.create(starts_on=NOW.date())
    assert come_in(paired, cast.cecilia).headers["Location"] == HOME
    assert "_auth_user_id" not in paired.session


def test_a_browser_that_is_no_paired_tablet_takes_no_pin(cast, paired):
    for browser in (Client(), tablet()):
        assert come_in(browser, cast.cecilia).headers["Location"] == HOME
        assert "_auth_user_id" not in browser.session


# --- left alone, lost ---------------------------------------------------------------------------------------------


def test_five_minutes_in_which_nobody_does_anything_lock_it(cast, paired, stop_clock):
    come_in(paired, cast.cecilia)
    child = href("staff:child", child=cast.bo)
    stop_clock(NOW + IDLE - TICK)
    assert paired.get(child).status_code == 200
    stop_clock(NOW + 2 * IDLE - 2 * TICK)
    assert paired.get(child).status_code == 200
    stop_clock(NOW + 3 * IDLE)
    assert paired.get(child).headers["Location"] == HOME
    assert "_auth_user_id" not in paired.session
    assert ">Bo<" not in paired.get(HOME).content.decode()


def test_what_a_page_asks_by_itself_is_nobody_doing_anything(cast, paired, stop_clock):
    come_in(paired, cast.cecilia)
    paired.post(href("staff:new", group=cast.granen))
    here = href("staff:here", entry=Entry.objects.get())
    stop_clock(NOW + IDLE - TICK)
    assert paired.post(here).status_code == 200
    stop_clock(NOW + IDLE)
    assert paired.post(here).headers["Location"] == HOME


def test_a_part_of_a_page_that_a_script_asks_for_takes_the_whole_page_to_the_faces(cast, paired, stop_clock):
    come_in(paired, cast.cecilia)
    stop_clock(NOW + IDLE)
    answer = paired.get("/staff/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, HOME)


def test_who_signs_in_on_the_tablet_in_another_way_is_locked_out_after_five_minutes_too(
    cast, paired, as_persona, stop_clock
):
    as_persona(paired, cast.eva, "staff")
    assert paired.get(href("work:team")).status_code == 200
    stop_clock(NOW + IDLE)
    assert paired.get(href("work:team")).headers["Location"] == HOME


def test_the_page_knows_when_to_lock_by_itself_and_has_a_button(cast, paired, at):
    come_in(paired, cast.cecilia)
    page = paired.get("/staff/").content.decode()
    assert 'data-module="idle" data-after="300"' in page
    assert 'data-module="idle"' not in at("cecilia").get("/staff/").content.decode()
    assert paired.post(reverse("tablet:lock")).headers["Location"] == HOME
    assert "_auth_user_id" not in paired.session


@pytest.mark.parametrize("name", ["eva", "karin"])
def test_a_lost_tablet_is_closed_at_once_whoever_is_on_it(cast, paired, at, name):
    come_in(paired, cast.cecilia)
    child = href("staff:child", child=cast.bo)
    assert paired.get(child).status_code == 200
    client = at(name, strength=Strength.LOW)
    assert client.post(href("work:revoke", device=Device.objects.get())).status_code == 302
    assert paired.get(child).status_code == 302
    assert not OpenSession.objects.filter(person=cast.cecilia).exists()
    assert come_in(paired, cast.cecilia).headers["Location"] == HOME
    assert "Show the code" in paired.get(HOME).content.decode()
    assert paired.post(reverse("tablet:pictures"), {"pictures": [photo()]}).status_code == 302
    assert not TrayItem.objects.exists()


@pytest.mark.parametrize("name", ["gun", "siri", "astrid", "david"])
def test_others_neither_see_nor_close_a_tablet(cast, paired, at, name):
    client = at(name)
    assert client.get(href("work:devices")).status_code == 404
    assert client.post(href("work:revoke", device=Device.objects.get())).status_code == 404
    assert Device.objects.alive().exists()


def test_a_session_that_was_carried_to_another_browser_is_none_there(cast, paired):
    come_in(paired, cast.cecilia)
    thief = Client()
    thief.cookies["learninglog"] = paired.cookies["learninglog"].value
    assert thief.get("/staff/").headers["Location"] == HOME
    assert paired.get("/staff/").status_code == 302


# --- the camera that needs no PIN -----------------------------------------------------------------------------------


def test_a_picture_goes_into_the_tray_without_a_pin_and_only_who_comes_in_sees_it(cast, paired, at):
    assert paired.post(reverse("tablet:pictures"), {"pictures": [photo(), photo("red")]}).status_code == 302
    items = list(TrayItem.objects.order_by("pk"))
    assert [item.group for item in items] == [cast.granen, cast.granen]
    held = items[0].tray_pictures.get().picture
    picture = reverse("media_policy:picture", kwargs={"public_id": held.public_id, "purpose": "thumb"})
    assert paired.get(picture).status_code == 404
    assert str(held.public_id) not in paired.get(HOME).content.decode()
    page = at("cecilia").get(href("staff:tray", group=cast.granen)).content.decode()
    assert str(held.public_id) in page
    assert "Granen’s tablet" in page


def test_the_tablets_own_name_can_never_come_in(cast, paired):
    person = Device.objects.get().person
    assert not person.is_active
    assert not person.has_usable_password()
    pins.choose(person=person, pin=PIN, at=NOW, by=cast.eva)
    assert come_in(paired, person).headers["Location"] == HOME
    assert "_auth_user_id" not in paired.session


def test_many_pictures_in_a_short_time_ask_for_a_pin(cast, paired, monkeypatch, stop_clock):
    monkeypatch.setattr("learninglog.tablet.MOST", 2)
    paired.post(reverse("tablet:pictures"), {"pictures": [photo(), photo("red"), photo("blue")]})
    assert TrayItem.objects.count() == 2
    stop_clock(NOW + timedelta(minutes=11))
    paired.post(reverse("tablet:pictures"), {"pictures": [photo("blue")]})
    assert TrayItem.objects.count() == 3


def test_what_is_no_picture_is_not_taken_and_a_tablet_without_a_group_takes_none(cast, paired):
    paired.post(reverse("tablet:pictures"), {"pictures": [SimpleUploadedFile("a.jpg", b"words", "image/jpeg")]})
    assert "Granen" in paired.get(HOME).content.decode()
    Device.objects.update(group=None)
    paired.post(reverse("tablet:pictures"), {"pictures": [photo()]})
    assert not TrayItem.objects.exists()


def test_codes_that_are_asked_for_in_a_row_from_one_address_come_ever_slower(cast, stop_clock):
    shown = [bool(code_on(tablet())) for _ in range(44)]
    assert all(shown[:40])
    assert not all(shown)
    stop_clock(NOW + timedelta(hours=2))
    assert code_on(tablet())
