"""What an editor schedules goes live, and goes again, by itself: the tick sees to it, for pages and for snippets."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from curriculum.models import Area, Framework, Goal
from ground import jobs
from portal.models import NewsIndexPage, NewsPage, PageText
from portal.site import schedule
from tests.cast import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch):
    """Wagtail's clock: `clock(moment)` sets it."""

    def stand(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    stand(NOW)
    return stand


def tick(at):
    (job,) = [job for job in jobs.registered() if job.func is schedule.keep]
    assert job.every == timedelta(minutes=1)
    outcome = jobs.run_if_due(job, at)
    assert outcome is not None
    assert outcome.error == ""


def news(**fields):
    page = NewsPage(title="Fest", slug="fest", day=date(2026, 11, 17), live=False, **fields)
    page.texts.add(PageText(language="sv", title="Fest"))
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def shown(page):
    return Client().get(page.url).status_code == 200


def test_a_page_goes_live_in_its_time_and_not_before(site, clock):
    page = news(go_live_at=NOW + HOUR)
    tick(NOW)
    assert not shown(page)
    clock(NOW + 2 * HOUR)
    assert not shown(page)
    tick(NOW + 2 * HOUR)
    assert shown(page)


def test_a_page_goes_when_its_time_is_over(site, clock):
    page = news(expire_at=NOW + HOUR)
    tick(NOW)
    assert shown(page)
    clock(NOW + 2 * HOUR)
    tick(NOW + 2 * HOUR)
    assert not shown(page)


def test_a_goal_says_the_new_words_in_its_time(db, clock):
    framework = Framework.objects.create(
        code="T", family="T", country="SE", language="sv", title_sv="Prov", valid_from=date(2026, 1, 1)
    )
    area = Area.objects.create(framework=framework, code="A", label_sv="Område")
    Goal.objects.create(area=area, code="T:1", label_sv="Leka").save_revision().publish()
    goal = Goal.objects.get()
    goal.label_sv, goal.go_live_at = "Leka ute", NOW + HOUR
    goal.save_revision().publish()
    tick(NOW)
    assert Goal.objects.get().label("sv") == "Leka"
    clock(NOW + 2 * HOUR)
    tick(NOW + 2 * HOUR)
    assert Goal.objects.get().label("sv") == "Leka ute"
    assert "leka ute" in Goal.objects.get().search_sv
