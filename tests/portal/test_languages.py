"""Which language a visitor reads: the chosen one, else the browser's, else the organisation's."""

from datetime import date

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils import translation

from people.models import Organisation
from portal.models import GuidancePage, NewsIndexPage, NewsPage, PageText

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installed_in_sweden(settings):
    settings.LANGUAGE_CODE, settings.FALLBACK_LANGUAGE = "sv", ""


@pytest.fixture
def norwegian(site):
    """The cast's organisation, moved to Norway with all its pages."""
    Organisation.objects.update(language="nb")
    return site


def ask(asked, address="/sign-in/", cookie=None):
    client = Client()
    if cookie:
        client.cookies[site_settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get(address, headers={"accept-language": asked} if asked is not None else {})
    assert response.status_code == 200
    return response


def spoken(response):
    page = response.content.decode()
    (language,) = [code for code in ("sv", "nb", "en") if f'<html lang="{code}"' in page]
    assert response["Content-Language"] == language
    return language


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("sv", "sv"), ("sv-FI", "sv"), ("en-GB", "en"), ("fi,en;q=0.3,sv;q=0.6", "sv"), ("fi, sv;q=0, en;q=0.1", "en")],
)
def test_the_browser_chooses_the_language(norwegian, asked, answered):
    assert spoken(ask(asked)) == answered


@pytest.mark.parametrize(
    "asked",
    ["nb", "nb-NO,nb", "no", "nn", "nn-NO", "NN-no", "no-NO", "nn-NO,sv;q=0.9,en;q=0.8", "fi,no;q=0.5,en;q=0.4"],
)
def test_who_asks_for_norwegian_of_any_kind_reads_bokmal(cast, asked):
    assert spoken(ask(asked)) == "nb"


def test_norwegian_is_taken_in_its_turn(cast):
    assert spoken(ask("en,nn;q=0.9")) == "en"


@pytest.mark.parametrize("asked", [None, "", "fi", "*", "fi,*;q=0.5", "sv;q=0", "none of, this; is=one", "x" * 900])
def test_who_asks_for_none_of_ours_reads_the_organisations(norwegian, asked):
    assert spoken(ask(asked)) == "nb"


@pytest.mark.parametrize("own", ["se", ""])
def test_where_we_do_not_speak_the_organisations_language_we_speak_the_products(cast, own):
    Organisation.objects.update(language=own)
    assert spoken(ask("fi")) == "sv"


def test_before_there_is_an_organisation_we_speak_the_products_language(db):
    assert spoken(ask("fi")) == "sv"


def test_a_language_that_is_named_in_the_settings_goes_before_the_organisations(norwegian, settings):
    settings.FALLBACK_LANGUAGE = "en"
    assert spoken(ask("fi")) == "en"


def test_what_was_chosen_here_goes_before_what_the_browser_asks_for(cast):
    assert spoken(ask("nb", cookie="en")) == "en"
    assert spoken(ask("nb", cookie="../x")) == "nb"


def test_the_answer_says_that_it_depends_on_the_browsers_language(cast):
    assert "Accept-Language" in ask("nb")["Vary"]


def test_a_page_that_nobody_wrote_in_the_readers_language_is_shown_in_the_organisations(norwegian):
    page = GuidancePage.objects.get()
    page.texts.exclude(language__in=["sv", "nb"]).delete()
    shown = ask("en", page.url).content.decode()
    assert '<div lang="nb">' in shown
    assert page.texts.get(language="nb").title in shown


def test_a_page_in_neither_is_shown_as_it_is(norwegian):
    page = GuidancePage.objects.get()
    page.texts.exclude(language="sv").delete()
    assert '<div lang="sv">' in ask("en", page.url).content.decode()


def test_a_list_shows_the_organisations_words_and_asks_for_them_once(norwegian, django_assert_num_queries):
    index = NewsIndexPage.objects.get()
    for number in range(3):
        news = NewsPage(title=f"n{number}", slug=f"n{number}", day=date(2026, 11, 20))
        news.texts.add(PageText(language="sv", title="svenska"), PageText(language="nb", title="norsk"))
        index.add_child(instance=news)
    with translation.override("en"), django_assert_num_queries(2):  # the pages, and the words of all of them
        titles = [page.title_in_language for page in NewsPage.newest().filter(slug__in=["n0", "n1", "n2"])]
    assert titles == ["norsk"] * 3
