"""What a paper was for is all that it opens: the guardian's nothing at work, the colleague's no child's log at home."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from access.signing import totp
from tests.access.signing.by_paper import PASSWORD_PAGE, enter, paper, set_up
from tests.access.signing.test_passkeys import Key, browser, make
from tests.access.signing.test_passkeys import enter as by_passkey
from tests.cast import NOW
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
AT_WORK = "/sign-in/as/staff/password/"


@pytest.fixture
def town(cast, stop_clock):
    """Ines works in the preschool and has her own child there."""
    stop_clock(NOW)
    return cast


@pytest.mark.parametrize(
    ("hat", "page", "door", "other"),
    [(Hat.GUARDIAN, PASSWORD_PAGE, "/family/", AT_WORK), (Hat.STAFF, AT_WORK, "/staff/", PASSWORD_PAGE)],
)
def test_a_password_opens_the_side_that_its_paper_was_for(town, stop_clock, hat, page, door, other):
    secret, _ = set_up(Client(), paper(town, town.ines, hat))
    assert enter(Client(), town.ines, secret, stop_clock, page=other).status_code == 403
    assert enter(Client(), town.ines, secret, stop_clock, page=page)["Location"] == door


@pytest.mark.parametrize(("hat", "other"), [(Hat.GUARDIAN, "staff"), (Hat.STAFF, "guardian")])
def test_a_passkey_opens_the_side_that_its_paper_was_for(town, hat, other):
    key, client = Key(), browser()
    make(browser(), paper(town, town.ines, hat), key)
    assert by_passkey(client, key, other).status_code == 403
    assert by_passkey(client, key, hat.value).status_code == 302


def test_with_a_passkey_for_each_one_has_both(town):
    work, home = Key(), Key()
    make(browser(), paper(town, town.ines, Hat.STAFF), work)
    make(browser(), paper(town, town.ines, Hat.GUARDIAN), home)
    assert by_passkey(browser(), work, "staff").status_code == 302
    assert by_passkey(browser(), home, "guardian").status_code == 302


def test_the_digits_of_a_guardians_app_are_no_second_factor_at_work(town):
    set_up(Client(), paper(town, town.ines, Hat.GUARDIAN))
    assert not totp.has(town.ines, Hat.STAFF)
    assert totp.has(town.ines, Hat.GUARDIAN)


def test_a_new_paper_ends_what_the_paper_before_had_opened(town, stop_clock):
    lost, found = Key(), Key()
    make(browser(), paper(town), lost)
    make(browser(), paper(town), found)
    assert by_passkey(browser(), lost).status_code == 403
    secret, _ = set_up(Client(), paper(town))
    assert by_passkey(browser(), found).status_code == 403
    make(browser(), paper(town), Key())
    assert enter(Client(), town.astrid, secret, stop_clock).status_code == 403


def test_what_was_made_for_nobody_knows_what_opens_nothing(town, stop_clock):
    secret, _ = set_up(Client(), paper(town))
    row = Authenticator.objects.get()
    del row.data["hat"]
    row.save()
    assert enter(Client(), town.astrid, secret, stop_clock).status_code == 403
