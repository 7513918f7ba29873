"""The public pages: built once, read in the reader's language, edited without being written over."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from wagtail.models import Page, Site

from curriculum.models import Framework
from people.models import Unit
from portal.models import GuidancePage, NewsPage, OrganisationPage, PageText, UnitPage
from portal.office.forms import REMINDER

pytestmark = pytest.mark.django_db


def read(address: str, language: str = "sv") -> str:
    response = Client().get(address, headers={"accept-language": language})
    assert response.status_code == 200, address
    return response.content.decode()


def test_building_twice_makes_everything_once(cast):
    out = StringIO()
    call_command("build_site", stdout=out)
    call_command("build_site", stdout=out)
    assert out.getvalue().splitlines() == ["7 pages made.", "0 pages made."]
    assert Site.objects.get().root_page.specific == OrganisationPage.objects.get()
    assert UnitPage.objects.count() == Unit.objects.count() == 3
    assert Page.objects.filter(depth=2).count() == 1


def test_building_again_leaves_what_an_editor_wrote(site):
    PageText.objects.filter(page=OrganisationPage.objects.get(), language="sv").update(title="Ny rubrik")
    call_command("build_site", stdout=StringIO())
    assert "Ny rubrik" in read("/")


def test_without_an_organisation_there_is_nothing_to_build(db):
    with pytest.raises(CommandError):
        call_command("build_site")


def test_before_there_is_a_site_the_front_page_is_the_ways_in(db):
    Site.objects.all().delete()
    assert "/cms/login/" in read("/")


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Välkommen till"), ("nb", "Velkommen til"), ("en", "Welcome to")]
)
def test_a_page_speaks_the_readers_language_at_one_address(site, language, title):
    page = read("/", language)
    assert f"{title} Lindby kommun" in page
    assert f'<html lang="{language}"' in page


def test_a_page_without_the_readers_language_says_in_which_it_is_written(site):
    page = GuidancePage.objects.get()
    page.texts.exclude(language="sv").delete()
    shown = read(page.url, "en")
    assert '<div lang="sv">' in shown
    assert "Bara den egna familjen" in shown


def test_a_page_has_one_text_a_language(site):
    page = GuidancePage.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PageText.objects.create(page=page, language="sv", title="Again")


def test_every_page_of_the_first_tree_opens(site):
    for page in Page.objects.filter(depth__gt=1):
        for language in ("sv", "nb", "en"):
            assert "<h1>" in read(page.url, language)


def test_a_preschool_shows_its_own_facts_and_else_the_units(site):
    page = UnitPage.objects.get(unit=site.unit)
    assert "0123-45 60 00" in read(page.url)
    page.phone, page.address = "0123-99 99 99", "Storgatan 1"
    page.save()
    shown = read(page.url)
    assert "0123-99 99 99" in shown
    assert "0123-45 60 00" not in shown
    assert "Storgatan 1" in shown


def test_who_is_signed_in_finds_the_way_back_to_the_own_door(site, as_persona):
    from visibility.viewer import Hat

    client = as_persona(Client(), site.astrid, Hat.GUARDIAN)
    assert 'href="/family/"' in client.get("/").content.decode()


def test_news_stand_newest_first_on_the_front_page(site):
    index = NewsPage.objects.get().get_parent()
    for day, title in [(date(2026, 11, 20), "Yesterday"), (date(2026, 11, 21), "Today")]:
        news = NewsPage(title=title, slug=title.lower(), day=day)
        news.texts.add(PageText(language="sv", title=title))
        index.add_child(instance=news)
    page = read("/")
    assert page.index("Today") < page.index("Yesterday") < page.index("Nu finns lärloggen")


def test_no_page_can_be_hidden_behind_a_password_of_its_own():
    for kind in (OrganisationPage, UnitPage, NewsPage, GuidancePage):
        assert kind.private_page_options == []


@pytest.mark.usefixtures("today")
class TestInTheOffice:
    def test_an_editor_writes_a_page_in_two_languages(self, office):
        index = NewsPage.objects.get().get_parent()
        data = {
            "title": "Sommarlov", "slug": "sommarlov", "day": "2026-06-12", "picture": "", "action-publish": "1",
            "texts-TOTAL_FORMS": "2", "texts-INITIAL_FORMS": "0", "texts-MIN_NUM_FORMS": "1",
            "texts-MAX_NUM_FORMS": "3",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "", "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "",
        }  # fmt: skip
        for number, (language, title) in enumerate([("sv", "Sommarlov"), ("en", "Summer break")]):
            part = f"texts-{number}-"
            data |= {f"{part}language": language, f"{part}title": title, f"{part}lead": "", f"{part}ORDER": number + 1}
            data |= {f"{part}body": "null", f"{part}DELETE": "", f"{part}id": ""}
        response = office.post(f"/cms/pages/add/portal/newspage/{index.pk}/", data)
        assert response.status_code == 302, response.content.decode()[:3000]
        assert "Summer break" in read("/nyheter/sommarlov/", "en")
        assert "Sommarlov" in read("/nyheter/sommarlov/", "nb")

    def test_the_preview_may_stand_in_the_editors_frame(self, office):
        page = GuidancePage.objects.get()
        response = office.get(f"/cms/pages/{page.pk}/view_draft/")
        assert response.status_code == 200
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]

    @pytest.mark.parametrize(
        "address",
        [
            "/cms/", "/cms/images/add/", "/cms/images/multiple/add/", "/cms/images/chooser/", "/cms/documents/add/",
            "/cms/documents/multiple/add/", "/cms/documents/chooser/",
        ],
    )  # fmt: skip
    def test_every_way_to_upload_reminds_that_no_child_belongs_there(self, office, address):
        answer = office.get(address)
        said = answer.json()["html"] if "json" in answer["Content-Type"] else answer.content.decode()
        assert str(REMINDER) in said

    def test_the_reminder_is_said_in_the_languages_of_the_office(self):
        said = set()
        for language in ("en", "sv", "nb"):
            with translation.override(language):
                said.add(str(REMINDER))
        assert len(said) == 3

    def test_the_office_edits_the_frameworks(self, office):
        Framework.objects.create(
            code="T", family="T", country="SE", language="sv", title_sv="Prov", valid_from=date(2026, 1, 1)
        )
        assert "Prov" in office.get("/cms/snippets/curriculum/framework/").content.decode()

    def test_the_account_has_no_name_mail_picture_or_password(self, office):
        page = office.get("/cms/account/").content.decode()
        for field in ("name_email-", "avatar-", "password-"):
            assert field not in page

    def test_rights_are_the_only_thing_to_change_about_a_colleague(self, office, site):
        olga = site.make.person("olga", "Olga", "Kontor")
        site.make.duty(olga, "office", None)
        data = {"groups": [], "given_name": "Eve", "is_superuser": "on", "login": "x", "password1": "x", "email": "x"}
        assert office.post(f"/cms/users/edit/{olga.pk}/", data).status_code == 302
        olga.refresh_from_db()
        assert (olga.given_name, olga.is_superuser, olga.login) == ("Olga", False, "olga")

    def test_nobody_changes_their_own_rights(self, office, site):
        office.post(f"/cms/users/edit/{site.office.pk}/", {"groups": []})
        assert site.office.groups.count() == 1


# Wagtail leaves the temporary file of a new size to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_editorial_picture_lies_in_the_public_store_and_is_served(site, settings):
    import io

    from django.core.files.images import ImageFile
    from PIL import Image

    from portal.models import EditorialImage

    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    picture = EditorialImage.objects.create(title="Green", file=ImageFile(drawn, name="green.png"))
    assert picture.file.url.startswith("/public-media/")
    response = Client().get(picture.get_rendition("width-20|format-webp").url)
    assert response.status_code == 200
    assert b"WEBP" in b"".join(response.streaming_content)[:16]
    response.close()


def test_a_page_of_another_hat_is_not_there_and_the_front_page_offers_to_switch(site, as_persona):
    ines = as_persona(Client(headers={"accept-language": "en"}), site.ines, "staff")
    page = ines.get(f"/family/children/{site.elsa.public_id}/")
    assert page.status_code == 404
    assert "Elsa" not in page.content.decode()
    assert "Switch to guardian" in ines.get("/").content.decode()
