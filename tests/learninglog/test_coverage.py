"""What was offered, seen at a glance: the figures, what stands behind them, and what is never shown."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from curriculum.models import Area, Framework, Goal, GoalLink, Guidance
from learninglog import services
from learninglog.coverage import figures, landmarks, pages, periods, picture, quiet, seldom, sheet, totals
from learninglog.coverage.periods import Period
from people.models import Child
from tests.cast import NOW, TODAY
from tests.entries import shared, write
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
THIS_MONTH, LAST_MONTH = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture
def open_as(cast, sign_in):
    return lambda name, hat=Hat.STAFF: sign_in(getattr(cast, name), hat, fresh=True)


def href(name, **kwargs):
    return reverse(name, kwargs={key: getattr(value, "public_id", value) for key, value in kwargs.items()})


def counts(cast, by="cecilia", group=None):
    return figures.by_month(figures.of_group(cast.viewer(by), group or cast.granen))


def test_an_entry_with_an_older_goal_and_the_one_that_replaced_it_counts_once(cast, goals):
    shared(cast, cast.alma, goals=[goals[0], goals[2]])
    shared(cast, cast.bo, goals=[goals[1]], happened_on=date(2026, 10, 5))
    assert counts(cast) == {goals[2]: {THIS_MONTH: 1, LAST_MONTH: 1}}


def test_a_goal_replaced_by_two_counts_for_both(cast, goals):
    shared(cast, cast.alma, goals=[goals[3]])
    assert counts(cast) == {goals[2]: {THIS_MONTH: 1}, goals[4]: {THIS_MONTH: 1}}


def test_figures_are_one_statement_once_the_ties_are_read(cast, goals, django_assert_num_queries):
    shared(cast, cast.alma, goals=goals[:3])
    viewer = cast.viewer("eva")
    asked = [
        lambda: figures.by_month(figures.of_group(viewer, cast.granen)),
        lambda: figures.by_month(figures.of_unit(viewer, cast.unit)),
        lambda: figures.seen(viewer, cast.alma),
    ]
    for figure in asked:
        assert figure()
        with django_assert_num_queries(1):
            assert figure()


def test_drafts_and_what_was_withdrawn_count_for_nothing(cast, goals):
    write(cast, cast.alma, goals=goals)
    gone = shared(cast, cast.bo, goals=goals)
    services.withdraw_entry(entry=gone, by=cast.viewer("cecilia"))
    assert counts(cast) == {}


def test_what_the_rule_does_not_let_through_is_not_counted_either(cast, goals):
    shared(cast, cast.elsa, goals=[goals[2]])
    assert counts(cast) == {goals[2]: {THIS_MONTH: 1}}
    assert counts(cast, "ines") == {}, "Elsa is her own child"
    assert counts(cast, "david") == {}, "he left five months ago"


def test_every_square_opens_just_the_entries_it_counts(cast, goals, open_as):
    for title, child, day in (("Leaf", cast.alma, TODAY), ("Snow", cast.bo, date(2026, 10, 5))):
        shared(cast, child, title=title, goals=[goals[0]], happened_on=day)
    client = open_as("cecilia")
    page = client.get(href("staff:coverage", group=cast.granen)).content.decode()
    links = set(re.findall(r'<td><a href="([^"]+)"', page))
    assert len(links) == 2
    for link in links:
        opened = client.get(link).content.decode()
        assert ("Leaf" in opened) != ("Snow" in opened)
        assert ("2026-11" in link) == ("Leaf" in opened)
    assert links == set(re.findall(r'<a href="([^"]+)" tabindex="-1"><rect', page))
    whole = set(re.findall(r'<p class="cover-goal"><a href="([^"]+)"', page))
    assert len(whole) == 1
    opened = client.get(whole.pop()).content.decode()
    assert "Leaf" in opened
    assert "Snow" in opened


def test_quiet_children_are_told_to_the_team_by_name_and_never_counted(cast, goals, open_as):
    shared(cast, cast.bo, happened_on=TODAY - timedelta(days=28))
    shared(cast, cast.alma, happened_on=TODAY - timedelta(days=27))
    shared(cast, cast.alma, cast.bo, cast.tyra, cast.elsa, whole_group=True)
    page = open_as("cecilia").get(href("staff:coverage", group=cast.granen)).content.decode()
    told = page[page.index('id="quiet"') :]
    assert [told.index(name) for name in ("Bo", "Elsa", "Tyra")] == sorted(
        told.index(n) for n in ("Bo", "Elsa", "Tyra")
    )
    assert "Alma" not in told
    # The head reads figures of the unit, and no list of children to ask about.
    assert "Seldom seen lately" not in open_as("eva").get(href("staff:coverage", group=cast.granen)).content.decode()


def test_what_another_unit_shared_makes_nobody_less_quiet(cast):
    then = NOW.replace(month=11, day=10)
    cast.make.place(cast.bo, cast.klovern, starts=date(2026, 11, 1))
    lena = cast.make.person("lena", "Lena", "Extra")
    cast.make.duty(lena, "pedagogue", cast.other_unit, cast.klovern)
    cast.lena, cast.HATS = lena, cast.HATS | {"lena": Hat.STAFF}
    shared(cast, cast.bo, by="lena", group=cast.klovern, at=then, happened_on=then.date())
    rows = Child.objects.filter(pk=cast.bo.pk)
    assert list(quiet.among(rows, cast.unit.pk, cast.viewer("cecilia"))) == [cast.bo]
    assert list(quiet.among(rows, cast.other_unit.pk, cast.viewer("cecilia"))) == []


def test_goals_seldom_touched_come_with_ideas(cast, goals, open_as):
    Guidance.objects.create(goal_id=goals[4], meaning_en="Why it matters.", ideas_en="Follow a snail.\nBuild a bridge.")
    for child in (cast.alma, cast.bo):
        shared(cast, child, goals=[goals[2]])
    page = open_as("cecilia").get(href("staff:coverage", group=cast.granen)).content.decode()
    told = page[page.index('id="seldom"') :]
    assert "Goal 4" in told
    # Another goal of its heading stands before it, and may have had the first idea.
    assert "Build a bridge." in told
    assert "Goal 2" not in told


def test_seldom_is_a_handful_with_the_untouched_first():
    assert seldom.among(range(1, 10), {1: {TODAY: 1}, 2: {TODAY: 2}, 9: {TODAY: 1}}) == [3, 4, 5, 6, 7, 8]
    assert seldom.among([1, 2, 3], {1: {TODAY: 1}, 2: {TODAY: 2}}) == [3, 1]


def test_a_child_has_landmarks_and_no_list_of_what_is_missing(cast, goals, open_as):
    shared(cast, cast.alma, goals=[goals[0]], happened_on=date(2026, 10, 5))
    shared(cast, cast.bo, goals=[goals[4]])
    areas = landmarks.of_child(cast.alma, cast.viewer("astrid"), "en")
    assert [(one.goal.label, one.last) for area in areas for one in area.landmarks] == [("Goal 2", date(2026, 10, 5))]
    for name, hat, address in (("astrid", Hat.GUARDIAN, "family:landmarks"), ("cecilia", Hat.STAFF, "staff:landmarks")):
        client = open_as(name, hat)
        page = client.get(href(address, child=cast.alma)).content.decode()
        assert "Goal 2" in page
        assert not re.search(r"Goal [0134]", page)
        link = re.search(r'href="([^"]+\?goal=[^"]+)"', page)[1]
        assert "Whose leaf is this?" in client.get(link).content.decode()


def test_a_guardian_finds_the_meaning_of_a_goal_behind_it(cast, goals, open_as):
    goal = Goal.objects.get(pk=goals[2])
    Guidance.objects.create(area=goal.area, meaning_en="Why it matters.", environments_en="A brook")
    page = open_as("astrid", Hat.GUARDIAN).get(href("goals:goal", goal=goal)).content.decode()
    assert "Why it matters." in page
    assert "A brook" in page
    Guidance.objects.update(live=False)
    assert "A brook" not in open_as("astrid", Hat.GUARDIAN).get(href("goals:goal", goal=goal)).content.decode()


@pytest.fixture
def owner(cast):
    cast.olga = cast.make.person("olga", "Olga", "Extra")
    cast.make.duty(cast.olga, "owners_officer", None)
    cast.HATS = cast.HATS | {"olga": Hat.STAFF}
    return cast


def test_the_owner_sees_no_cell_that_rests_on_fewer_than_five_children(owner, goals, open_as):
    cast = owner
    children = [cast.alma, cast.bo, cast.tyra, cast.elsa]
    shared(cast, *children, goals=[goals[2]])
    term = periods.term(TODAY)
    found = totals.of_units([cast.unit, cast.other_unit], term, "en")
    assert [row.cells for row in found.rows] == [[None], [None]]
    page = open_as("olga").get(reverse("staff:totals")).content.decode()
    assert "<td>1</td>" not in page
    fifth = cast.make.child("Fia", "Fem")
    cast.make.place(fifth, cast.granen)
    shared(cast, fifth, goals=[goals[0]])
    found = totals.of_units([cast.unit, cast.other_unit], term, "en")
    assert {row.name: row.cells for row in found.rows} == {"Skogsgläntan": [2], "Ängen": [None]}
    page = open_as("olga").get(reverse("staff:totals")).content.decode()
    assert "<td>2</td>" in page
    assert page.index("Ängen") < page.index("Skogsgläntan"), "by name, and never by figure"
    assert not re.search(r"\b(Alma|Bo|Tyra|Elsa|Fia|Cecilia)\b", page)
    assert 'href="/staff/units' not in page


def test_the_file_for_a_spreadsheet_holds_no_formula_and_no_name(cast, goals, open_as):
    Goal.objects.filter(pk=goals[2]).update(label_en='=HYPERLINK("https://example.org")')
    Area.objects.filter(goals=goals[2]).update(label_en="@now")
    from curriculum.spoken import forget

    forget()
    shared(cast, cast.alma, goals=[goals[2]])
    response = open_as("eva").get(href("staff:unit_file", unit=cast.unit), {"months": "6"})
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][3:] == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    line = next(row for row in rows if "HYPERLINK" in row[2])
    assert (line[1], line[2][0], line[-1]) == ("'@now", "'", "1")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "Alma" not in text


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_what_a_spreadsheet_would_run_is_text(start):
    goal = type("G", (), {"label": start, "pk": 1})()
    area = type("A", (), {"label": "a", "framework": "f", "goals": [goal]})()
    drawing = picture.draw([area], [TODAY], {}, lambda goal, month: "")
    assert sheet._safe([start]) == [f"'{start}"]
    assert f"'{start}" in sheet.written(drawing).replace('""', '"')


def test_periods_are_whole_months_and_terms():
    assert periods.lately(date(2026, 3, 9), 6).months[0] == date(2025, 10, 1)
    assert periods.lately(date(2026, 12, 31), 12) == Period(date(2026, 1, 1), date(2027, 1, 1))
    assert periods.term(date(2026, 7, 31)) == Period(date(2026, 1, 1), date(2026, 8, 1))
    assert periods.term(date(2026, 8, 1)) == Period(date(2026, 8, 1), date(2027, 1, 1))
    assert (periods.month_of("2026-11"), periods.month_of("2026-13"), periods.month_of("")) == (THIS_MONTH, None, None)


def test_a_log_filtered_by_a_goal_finds_what_was_written_under_the_older_edition(cast, goals, open_as):
    shared(cast, cast.alma, title="Old words", goals=[goals[0]])
    newest = Goal.objects.get(pk=goals[2])
    for name, hat, address in (
        ("cecilia", Hat.STAFF, href("staff:group_log", group=cast.granen)),
        ("astrid", Hat.GUARDIAN, href("family:log", child=cast.alma)),
    ):
        assert "Old words" in open_as(name, hat).get(address, {"goal": str(newest.public_id)}).content.decode()


def test_goals_of_a_units_own_have_a_row_there_and_nowhere_else(cast, goals):
    own = Framework.objects.create(
        code="OWN",
        family="OWN",
        country="SE",
        language="sv",
        title_sv="Vårt",
        valid_from=date(2026, 1, 1),
        unit=cast.unit,
    )
    Goal.objects.create(area=Area.objects.create(framework=own, code="A", label_sv="Ute"), code="O:1", label_sv="Eld")
    for unit, viewer, there in ((cast.unit, "eva", True), (cast.other_unit, "eva", False)):
        page = pages.of_unit(unit, cast.viewer(viewer), 12)
        labels = {strip.goal.label for part in page.drawing.parts for strip in part.strips}
        assert ("Eld" in labels) == there


def test_a_link_that_is_switched_off_joins_no_editions(cast, goals):
    GoalLink.objects.update(in_use=False)
    shared(cast, cast.alma, goals=[goals[0]])
    assert counts(cast) == {goals[0]: {THIS_MONTH: 1}}


def test_what_a_goal_means_stands_beside_it_in_the_composer(cast, goals, open_as):
    Guidance.objects.create(goal_id=goals[2], meaning_en="Why it matters.", ideas_en="Follow a snail.")
    entry = write(cast, cast.bo, goals=[goals[2]])
    page = open_as("cecilia").get(href("staff:compose", entry=entry)).content.decode()
    told = page[page.index("What these goals mean") : page.index("All goals")]
    assert "Follow a snail." in told
    assert reverse("goals:goal", kwargs={"goal": Goal.objects.get(pk=goals[2]).public_id}) in told


def test_the_picture_begins_with_what_was_most_and_names_what_was_never(cast, goals, open_as):
    for day in (2, 3):
        shared(cast, cast.bo, goals=[goals[2]], happened_on=date(2026, 11, day))
    shown = open_as("eva").get(href("staff:unit", unit=cast.unit), {"months": "18"}).content.decode()
    said = shown[shown.index("cover-says") : shown.index("cover-row")]
    goal = Goal.objects.get(pk=goals[2])
    assert "1 of 5 goals are part of what was shared in these months." in said
    assert re.findall(r'href="([^"]+)">([^<]+)</a>', said) == [
        (href("staff:unit_covered", unit=cast.unit, goal=goal), "Goal 2")
    ]
    never = re.search(r'class="cover-never">(.*?)</ul>', shown, re.S)
    assert re.findall(r">(Goal \d)<", never[1]) == ["Goal 0", "Goal 4", "Goal 1", "Goal 3"]


@pytest.mark.parametrize(
    ("months", "years"), [(18, [2025, 2026]), (12, [2026]), (6, [2026])], ids=["eighteen", "twelve", "six"]
)
def test_a_picture_says_which_years_it_shows(months, years):
    period = periods.lately(TODAY, months)
    drawing = picture.draw([], period.months, {}, lambda goal, month: "")
    assert [year for _x, year in drawing.years] == years
