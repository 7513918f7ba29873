"""The letter with a code: as a page and as a PDF in one answer, in its reader's language, shown once."""

import re
from base64 import b64decode

import pytest
from django.test import Client
from django.urls import reverse

from access.models import SignInCode
from access.signing import codes, paper
from people.models import AccessEvent, Child
from tests.access.signing.by_paper import CODE
from tests.access.signing.by_paper import paper as give
from tests.cast import NOW
from tests.pdf import assert_kept_and_readable, sheets, words
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
SITE = "https://larlogg.lindby.example/sign-in/code/"
ODD = '#Å[s]*t*$r$"i"\\d'


@pytest.fixture
def head(cast, stop_clock, as_persona):
    stop_clock(NOW)
    return as_persona(Client(headers={"accept-language": "en"}), cast.eva, Hat.STAFF)


def address(cast):
    return reverse(
        "codes:guardian", kwargs={"child": cast.alma.public_id, "guardianship": cast.astrid_alma.public_id}
    )  # fmt: skip


def carried(page):
    """The PDF that lies in the page's own link, or None."""
    found = re.search(r'href="data:application/pdf;base64,([^"]+)"', page.content.decode())
    return b64decode(found[1]) if found else None


def letter_of(cast, **changes):
    for name, value in changes.items():
        setattr(cast.astrid, name, value)
    cast.astrid.save()
    letter = give(cast)
    return letter, paper.write(letter, site=SITE, at=NOW)


def test_the_page_carries_its_letter_as_a_pdf_with_the_same_code(cast, head, tmp_path):
    page = head.post(address(cast), {"identified": "document"})
    (code,) = set(CODE.findall(page.content.decode()))
    pdf = carried(page)
    assert code in words(pdf)
    assert "http://testserver/sign-in/code/" in words(pdf)
    assert_kept_and_readable(pdf, "sv", tmp_path)
    assert sheets(pdf) == 1
    assert Client().post("/sign-in/code/", {"code": code}).status_code == 302


@pytest.mark.parametrize(
    ("language", "hello"), [("sv", "Hej Astrid!"), ("nb", "Hei, Astrid!"), ("en", "Hello Astrid!")]
)
def test_the_letter_is_in_its_readers_language_and_the_page_around_it_in_the_heads(cast, head, language, hello):
    cast.astrid.language = language
    cast.astrid.save()
    page = head.post(address(cast), {"identified": "document"}).content.decode()
    assert '<html lang="en"' in page
    sheet = page.partition(f'<section class="card letter" lang="{language}"')[2].partition("</section>")[0]
    assert hello in sheet
    assert hello in words(carried(head.post(address(cast), {"identified": "document"})))


def test_a_language_that_we_do_not_write_gets_the_organisations(cast):
    cast.organisation.language = "nb"
    cast.organisation.save()
    _letter, written = letter_of(cast, language="ar")
    assert (written.language, written.hello) == ("nb", "Hei, Astrid!")


def test_loading_again_makes_another_code_and_the_first_opens_nothing(cast, head):
    first = CODE.search(words(carried(head.post(address(cast), {"identified": "document"}))))[0]
    again = CODE.search(words(carried(head.post(address(cast), {"identified": "document"}))))[0]
    assert first != again
    assert codes.find(first, at=NOW) is None
    assert codes.find(again, at=NOW) is not None
    # Looking at the address makes nothing and shows nothing.
    looked = head.get(address(cast))
    assert not CODE.search(looked.content.decode())
    assert carried(looked) is None
    assert SignInCode.objects.count() == 2


def test_nobody_on_the_way_keeps_the_letter_and_no_row_has_the_code(cast, head):
    page = head.post(address(cast), {"identified": "document"})
    assert page["Cache-Control"] == "no-store, private"
    code = CODE.search(page.content.decode())[0]
    row = SignInCode.objects.get()
    kept = [str(vars(row)), str(dict(head.session.items())), *(str(vars(event)) for event in AccessEvent.objects.all())]
    assert not any(code in one or codes.plain(code) in one for one in kept)


def test_no_child_is_in_the_letter(cast):
    letter, written = letter_of(cast)
    told = words(paper.as_pdf(written, at=NOW))
    assert not any(re.search(rf"\b{child.given_name}\b", told) for child in Child.objects.all())
    assert CODE.findall(told) == [letter.code]
    # A picture of the code would be the code.
    assert codes.plain(letter.code) not in written.site


@pytest.mark.parametrize("name", [ODD, ODD * 5 + "x" * 15])
def test_a_name_is_set_as_it_is_written(cast, name, tmp_path):
    _letter, written = letter_of(cast, given_name=name, language="en")
    pdf = paper.as_pdf(written, at=NOW)
    assert f"Hello{name}!" in words(pdf).replace(" ", "")
    assert sheets(pdf) == 1
    assert_kept_and_readable(pdf, "en", tmp_path)


def test_a_name_of_three_hundred_signs_leaves_the_code_on_the_one_sheet(cast):
    letter, _written = letter_of(cast)
    letter.row.person.given_name = (ODD * 20)[:300]
    pdf = paper.as_pdf(paper.write(letter, site=SITE, at=NOW), at=NOW)
    assert (ODD * 20)[:300] in words(pdf).replace(" ", "")
    assert sheets(pdf) == 1


def test_the_same_letter_is_the_same_bytes(cast):
    _letter, written = letter_of(cast)
    assert paper.as_pdf(written, at=NOW) == paper.as_pdf(written, at=NOW)


@pytest.mark.parametrize("name", ["李小龙", "สมชาย", "🦊"])
def test_a_name_that_no_font_of_ours_has_gets_the_page_to_print(cast, head, name):
    cast.astrid.given_name = name
    cast.astrid.save()
    page = head.post(address(cast), {"identified": "document"})
    assert page.status_code == 200
    assert carried(page) is None
    assert name in page.content.decode()
    assert "Print this page instead" in page.content.decode()
    code = CODE.search(page.content.decode())[0]
    assert codes.find(code, at=NOW) is not None


def test_an_arabic_name_gets_its_pdf(cast, head, tmp_path):
    cast.astrid.given_name = "أسماء"
    cast.astrid.save()
    assert_kept_and_readable(carried(head.post(address(cast), {"identified": "document"})), "sv", tmp_path)


def test_the_head_finds_the_way_to_a_letter_on_the_page_of_a_duty_and_not_on_their_own(cast, head):
    for duty, there in ((cast.cecilia_duty, True), (cast.eva.duties.get(), False)):
        page = head.get(reverse("work:duty", kwargs={"duty": duty.public_id})).content.decode()
        address = reverse("codes:staff", kwargs={"duty": duty.public_id})
        assert (f'href="{address}"' in page) is there
    page = head.post(reverse("codes:staff", kwargs={"duty": cast.cecilia_duty.public_id}), {"identified": "known"})
    assert CODE.search(words(carried(page)))
