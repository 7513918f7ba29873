"""Without an e-ID: a paper with a code, then a password and an app's digits."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client

from access.models import Attempts, SignInCode
from access.signing import attempts, codes, totp
from people import services
from people.models import AccessEvent, Person
from tests.access.signing.by_paper import PASSWORD, PASSWORD_PAGE, digits, enter, paper, secret_on, set_up
from tests.cast import NOW
from visibility.middleware import HAT_KEY, STRENGTH_KEY
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast, stop_clock):
    stop_clock(NOW)
    return cast


def test_with_the_paper_one_makes_a_way_in_of_ones_own(town, client):
    _, response = set_up(client, paper(town))
    assert response["Location"] == "/family/"
    assert client.session["_auth_user_id"] == str(town.astrid.pk)
    assert (client.session[HAT_KEY], client.session[STRENGTH_KEY]) == (Hat.GUARDIAN, Strength.LOW)


def test_and_comes_in_by_it_from_then_on(town, client, stop_clock):
    secret, _ = set_up(client, paper(town))
    other = Client()
    response = enter(other, town.astrid, secret, stop_clock)
    assert response["Location"] == "/family/"
    assert other.session[STRENGTH_KEY] == Strength.LOW


def test_the_code_is_typed_as_one_likes(town, client):
    letter = paper(town)
    typed = letter.code.lower().replace("-", " ")
    assert client.post("/sign-in/code/", {"code": typed}).status_code == 302


def test_a_code_is_good_once(town, client):
    letter = paper(town)
    set_up(client, letter)
    assert Client().post("/sign-in/code/", {"code": letter.code}).status_code == 403


def test_two_browsers_with_one_code_are_one_too_many(town):
    letter, first, second = paper(town), Client(), Client()
    assert second.post("/sign-in/code/", {"code": letter.code}).status_code == 302
    secret = secret_on(second.get("/sign-in/set-up/"))
    set_up(first, letter)
    response = second.post("/sign-in/set-up/", {"password": PASSWORD, "digits": digits(secret)})
    assert response["Location"] == "/sign-in/code/"
    assert "_auth_user_id" not in second.session
    row = letter.row
    assert codes.use(row, password=PASSWORD, secret=secret, digits=digits(secret), at=NOW) is False


def test_a_code_is_not_used_up_by_a_mistake(town, client):
    letter = paper(town)
    client.post("/sign-in/code/", {"code": letter.code})
    secret = secret_on(client.get("/sign-in/set-up/"))
    wrong = client.post("/sign-in/set-up/", {"password": PASSWORD, "digits": "000000"})
    assert wrong.status_code == 422
    assert not Person.objects.get(pk=town.astrid.pk).has_usable_password()
    assert secret_on(wrong) == secret
    assert client.post("/sign-in/set-up/", {"password": PASSWORD, "digits": digits(secret)}).status_code == 302


def test_a_code_runs_out(town, client, stop_clock):
    letter = paper(town)
    stop_clock(NOW + timedelta(days=14))
    assert client.post("/sign-in/code/", {"code": letter.code}).status_code == 403


def test_a_new_paper_makes_the_old_one_void(town, client):
    old, new = paper(town), paper(town)
    assert client.post("/sign-in/code/", {"code": old.code}).status_code == 403
    assert client.post("/sign-in/code/", {"code": new.code}).status_code == 302


def test_a_paper_ends_with_the_access_it_was_for(town, client):
    letter = paper(town)
    services.end_guardianship(guardianship=town.astrid_alma, at=NOW, by=town.eva, reason="")
    assert client.post("/sign-in/code/", {"code": letter.code}).status_code == 403


def test_what_is_kept_of_a_code_is_a_keyed_hash(town):
    letter = paper(town)
    stored = str(list(SignInCode.objects.values())) + str(list(AccessEvent.objects.values()))
    assert letter.code not in stored
    assert codes.plain(letter.code) not in stored
    assert len(codes.plain(letter.code)) == 12
    assert paper(town).code != letter.code


def test_giving_and_using_a_code_are_events(town, client):
    set_up(client, paper(town))
    made, used = AccessEvent.objects.filter(person=town.astrid).order_by("pk")
    assert (made.by, made.at, made.after["identified"]) == (town.eva, NOW, "document")
    assert (used.by, used.after["code"]) == (town.astrid, "used")


def test_the_name_to_sign_in_with_says_nothing_of_its_bearer(town):
    town.stranger.login = "0123456789abcdef01234567"
    town.stranger.save()
    letter = paper(town, town.stranger)
    assert re.fullmatch("([bdfghklmnprstv][aeiou]){5}", letter.row.person.login)
    before = letter.row.person.login
    assert paper(town, letter.row.person).row.person.login == before


def test_the_secret_of_the_app_lies_encrypted(town, client):
    secret, _ = set_up(client, paper(town))
    row = Authenticator.objects.get(user=town.astrid)
    assert secret not in str(row.data)


@pytest.mark.parametrize("password", ["short", "password1234", "astridastrid", "            "])
def test_a_password_that_is_guessed_at_once_is_none(town, client, password):
    _, response = set_up(client, paper(town), password)
    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_below_the_form_a_weak_password_is_refused_too(town):
    letter, secret = paper(town), totp.new_secret()
    with pytest.raises(ValidationError):
        codes.use(letter.row, password="short", secret=secret, digits=digits(secret), at=NOW)
    assert SignInCode.objects.get(pk=letter.row.pk).used_at is None


def test_setting_up_anew_ends_what_was_signed_in_before(town, client):
    set_up(client, paper(town))
    set_up(Client(), paper(town), "another small blue boot")
    assert client.get("/family/").status_code == 302


def test_digits_are_good_once(town, client, stop_clock):
    secret, _ = set_up(client, paper(town))
    assert enter(Client(), town.astrid, secret, stop_clock).status_code == 302
    again = enter(Client(), town.astrid, secret, stop_clock)
    assert again.status_code == 403


def test_the_digits_of_the_setting_up_are_used_too(town, client, stop_clock):
    secret, _ = set_up(client, paper(town))
    assert enter(Client(), town.astrid, secret, stop_clock, later=0).status_code == 403


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_telephones_clock_may_be_half_a_minute_off(town, client, off):
    secret, _ = set_up(client, paper(town))
    at = NOW + timedelta(minutes=5)
    assert totp.accept(town.astrid, digits(secret, at, off), hat=Hat.GUARDIAN, at=at)


@pytest.mark.parametrize("off", [-3, 3])
def test_but_not_more(town, client, off):
    secret, _ = set_up(client, paper(town))
    at = NOW + timedelta(minutes=5)
    assert not totp.accept(town.astrid, digits(secret, at, off), hat=Hat.GUARDIAN, at=at)


def test_what_was_wrong_is_not_told(town, client, stop_clock):
    secret, _ = set_up(client, paper(town))
    town.birger.set_password(PASSWORD)
    town.birger.save()

    def page(response):
        assert response.status_code == 403
        return re.sub(r'(value="[^"]*")|(name="csrfmiddlewaretoken".*)', "", response.content.decode())

    wrong = [
        enter(Client(), town.astrid, secret, stop_clock, password="another long password"),
        enter(Client(), town.astrid, secret, stop_clock, digits="000000"),
        enter(Client(), town.astrid, secret, stop_clock, name="nobody"),
        enter(Client(), town.birger, secret, stop_clock),
        enter(Client(), town.astrid, secret, stop_clock, page="/sign-in/as/staff/password/"),
    ]
    pages = [page(response).replace("/as/staff/", "/as/guardian/") for response in wrong]
    assert len(set(pages)) == 1


def test_a_wrong_password_does_not_use_up_the_digits(town, client, stop_clock):
    secret, _ = set_up(client, paper(town))
    assert enter(Client(), town.astrid, secret, stop_clock, password="another long password").status_code == 403
    assert enter(Client(), town.astrid, secret, stop_clock).status_code == 302


def test_a_password_alone_opens_nothing(town, client, stop_clock):
    town.birger.set_password(PASSWORD)
    town.birger.save()
    assert enter(client, town.birger, totp.new_secret(), stop_clock).status_code == 403


class TestGuessing:
    def guess(self, client, times, **data):
        answers = [client.post(PASSWORD_PAGE, {"name": "astrid", "password": "x", "digits": "1", **data})
                   for _ in range(times)]  # fmt: skip
        return [answer.status_code for answer in answers]

    def test_guessing_waits(self, town, client):
        assert self.guess(client, 8) == [403] * 6 + [429] * 2
        response = client.post(PASSWORD_PAGE, {"name": "Astrid ", "password": "x", "digits": "1"})
        assert response["Retry-After"] == "6"
        assert "Nothing is locked" in response.content.decode()

    def test_the_bearer_is_not_delayed_in_a_browser_they_know(self, town, stop_clock):
        known = Client()
        secret, _ = set_up(known, paper(town))
        known.post("/sign-out/")
        # Before the strangers begin, Astrid's browser is known; it stays so when she has signed out.
        assert (
            self.guess(Client(REMOTE_ADDR="198.51.100.1"), 9, name=Person.objects.get(pk=town.astrid.pk).login)[-1]
            == 429
        )
        assert enter(Client(), town.astrid, secret, stop_clock, later=0).status_code == 429
        assert enter(known, town.astrid, secret, stop_clock, later=0, digits=digits(secret, NOW, 1)).status_code == 302

    def test_a_cookie_of_ones_own_making_is_no_known_browser(self, town):
        client = Client()
        client.cookies["known-browser"] = "made:up:here"
        assert self.guess(client, 7)[-1] == 429

    def test_guessing_at_codes_waits_too(self, town, client):
        free = attempts.LIMITS["address"].free
        answers = [client.post("/sign-in/code/", {"code": "BCDF-GHJK-LMNP"}).status_code for _ in range(free + 2)]
        assert answers[:free] == [403] * free
        assert answers[-1] == 429

    def test_a_right_sign_in_is_not_counted(self, town, client, stop_clock):
        secret, _ = set_up(client, paper(town))
        enter(Client(), town.astrid, secret, stop_clock)
        assert sum(Attempts.objects.values_list("refused", flat=True)) == 0


class TestTheSetting:
    def test_in_sweden_there_is_a_way_without_an_e_id_and_in_norway_not(self, town):
        assert codes.allowed(town.organisation)
        town.organisation.country = "NO"
        assert not codes.allowed(town.organisation)

    def test_the_owner_can_close_it_and_it_closes_for_all(self, town, client, stop_clock):
        secret, _ = set_up(client, paper(town))
        waiting = paper(town, town.birger)
        codes.allow(organisation=town.organisation, without_e_id=False, at=NOW, by=town.eva)
        assert enter(Client(), town.astrid, secret, stop_clock).status_code == 403
        assert Client().post("/sign-in/code/", {"code": waiting.code}).status_code == 403
        event = AccessEvent.objects.get(what="setting")
        assert (event.before, event.after) == ({"without_e_id": True}, {"without_e_id": False})

    def test_closing_it_ends_what_was_signed_in_by_it(self, town, stop_clock):
        by_paper, by_e_id, teacher = Client(), Client(), Client()
        set_up(by_paper, paper(town))
        set_up(teacher, paper(town, town.cecilia, Hat.STAFF))
        by_e_id.post("/demo/sign-in/", {"persona": "birger", "hat": "guardian"})
        codes.allow(organisation=town.organisation, without_e_id=False, at=NOW, by=town.eva)
        assert by_paper.get("/family/").status_code == 302
        assert by_e_id.get("/family/").status_code == 200
        assert teacher.get("/staff/").status_code == 200

    def test_staff_keep_theirs(self, town, client, stop_clock):
        codes.allow(organisation=town.organisation, without_e_id=False, at=NOW, by=town.eva)
        secret, response = set_up(client, paper(town, town.cecilia, Hat.STAFF))
        assert response["Location"] == "/staff/"
        page = "/sign-in/as/staff/password/"
        assert enter(Client(), town.cecilia, secret, stop_clock, page=page).status_code == 302
