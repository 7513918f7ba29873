"""The protocol of a review as a PDF: by the same rule as its page, the same file each time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from access.models import Review, ReviewLine
from people.models import Person
from tests.access.team.conftest import href
from tests.cast import NOW
from tests.pdf import assert_kept_and_readable, sheets, words
from visibility.models import ReadingLine
from visibility.viewer import Strength

ODD = '#Allt [är] *bra* $ "så" \\ _nu_ <x> @y'


@pytest.fixture
def review(cast, at) -> Review:
    """Signed by Eva, with Siri's pass and a lifted tie on it."""
    row = Review.objects.create(
        unit=cast.unit, month=date(2026, 11, 1), opened_at=datetime(2026, 11, 1, tzinfo=UTC), remark=ODD,
        signed_at=NOW, signed_by=cast.eva,
    )  # fmt: skip
    lines = [("pass_given", cast.siri, None, "Karin was ill"), ("lifted_tie", cast.ines, cast.elsa, "")]
    for kind, person, child, note in lines:
        ReviewLine.objects.create(
            review=row, kind=kind, person=person, child=child, note=note, seen_at=NOW, seen_by=cast.eva
        )
    ReviewLine.objects.create(
        review=row, kind="duty", person=cast.cecilia, detail="pedagogue", seen_at=NOW, seen_by=cast.eva
    )
    return row


def fetched(client, review):
    response = client.get(href("reviews:protocol_file", review=review))
    assert response.status_code == 200
    return response


def test_the_owner_fetches_the_protocol_as_a_pdf(cast, at, olga, review, tmp_path):
    client = at("olga")
    address = href("reviews:protocol_file", review=review)
    assert f'href="{address}"' in client.get(href("reviews:protocol", review=review)).content.decode()
    response = fetched(client, review)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="review-2026-11.pdf"'
    assert response["Cache-Control"] == "no-store, private"
    assert_kept_and_readable(response.content, "en", tmp_path)
    told = words(response.content)
    for part in ("Review of November 2026", "Skogsgläntan", "Signed on 17 November 2026 by Eva", "Siri Vik",
                 "Karin was ill", "Cecilia Sund · Pedagogue", ODD):  # fmt: skip
        assert part in told


@pytest.mark.parametrize(
    ("language", "said"), [("sv", "Genomgång för november 2026"), ("nb", "Gjennomgang for november 2026")]
)
def test_it_is_in_the_language_of_who_fetches_it(at, review, language, said, tmp_path):
    client = at("eva")
    pdf = client.get(href("reviews:protocol_file", review=review), headers={"accept-language": language}).content
    assert said in words(pdf)
    assert_kept_and_readable(pdf, language, tmp_path)


def test_a_signed_protocol_is_the_same_file_each_time(at, review, stop_clock):
    client = at("eva")
    first = fetched(client, review).content
    stop_clock(NOW + timedelta(minutes=9))
    assert fetched(client, review).content == first


def test_a_childs_name_is_told_to_whom_the_page_tells_it_and_stands_in_the_reading_log(cast, at, olga, review):
    assert "Elsa Ek" in words(fetched(at("eva"), review).content)
    line = ReadingLine.objects.get(what="review")
    assert (line.person_id, line.children.get().child) == (cast.eva.pk, cast.elsa)
    told = words(fetched(at("olga"), review).content)
    assert "Elsa" not in told
    assert "a child" in told
    assert ReadingLine.objects.filter(what="review").count() == 1


@pytest.mark.parametrize("name", ["cecilia", "siri", "gun", "astrid", "david", "ines"])
def test_nobody_else_gets_the_file(cast, at, review, name):
    assert at(name).get(href("reviews:protocol_file", review=review)).status_code == 404


def test_a_weak_sign_in_does_not_get_it_either(cast, at, review):
    client = at("eva", strength=Strength.LOW)
    assert client.get(href("reviews:protocol_file", review=review)).status_code == 404


def test_one_that_is_not_signed_says_so(cast, at, review):
    Review.objects.update(signed_at=None, signed_by=None)
    assert "Not signed yet." in words(fetched(at("eva"), review).content)


def test_many_who_work_there_take_several_sheets_and_none_is_left_out(cast, at, review):
    names = [f"Person {number}" for number in range(60)]
    people = [Person.objects.create_user(name.lower().replace(" ", "-"), given_name=name) for name in names]
    for person in people:
        ReviewLine.objects.create(
            review=review, kind="duty", person=person, detail="pedagogue", seen_at=NOW, seen_by=cast.eva
        )
    pdf = fetched(at("eva"), review).content
    assert sheets(pdf) > 1
    assert [name for name in names if f"{name} · Pedagogue" not in words(pdf)] == []


def test_what_cannot_be_set_leads_back_to_the_page_and_says_why(cast, at, review):
    Review.objects.update(remark="Fint! 👍")
    client = at("eva")
    response = client.get(href("reviews:protocol_file", review=review))
    assert response["Location"] == href("reviews:protocol", review=review)
    page = client.get(response["Location"]).content.decode()
    assert "Print the page instead" in page
    assert "👍" in page
    # Nothing was shown by the file that was not made; the page wrote its own line.
    assert ReadingLine.objects.filter(what="review").count() == 1
