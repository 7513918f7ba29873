"""The prepared figures are those of the rule, counted plainly; they follow what ends, and what replaces what."""

from datetime import date, timedelta

import pytest

from curriculum import lines
from curriculum.models import GoalLink
from learninglog import services
from learninglog.coverage import figures
from learninglog.coverage.periods import Period
from learninglog.models import Entry, EntryChild, Publication
from tests.cast import NOW, TODAY
from tests.entries import share, shared
from tests.oracle import at_coverage
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture
def world(cast, goals):
    lena = cast.make.person("lena", "Lena", "Extra")
    cast.make.duty(lena, "pedagogue", cast.other_unit, cast.klovern)
    cast.lena, cast.HATS = lena, cast.HATS | {"lena": Hat.STAFF}
    shared(cast, cast.alma, goals=[goals[0], goals[2]])
    shared(cast, cast.elsa, goals=[goals[4]], happened_on=TODAY - timedelta(days=40))
    shared(cast, cast.bo, cast.elsa, goals=[goals[3]])
    shared(cast, cast.bo, cast.tyra, goals=goals, happened_on=TODAY - timedelta(days=70))
    shared(cast, cast.noor, by="lena", group=cast.klovern, goals=[goals[1]])
    return cast


def plainly(viewer, **place):
    """Through the rule as it is, one entry after the other."""
    ends = lines.read()
    months, days = {}, {}
    for entry in Entry.objects.visible_to(viewer).kept().shared().order_by("pk"):
        counted = set()
        for row in Publication.objects.filter(entry=entry, **place):
            for line in {line for goal in row.goals for line in ends.get(goal, [goal])}:
                counted.add((line, row.happened_on.replace(day=1)))
                days.setdefault(line, []).append(row.happened_on)
        for line, month in counted:
            months.setdefault(line, {}).setdefault(month, 0)
            months[line][month] += 1
    return months, {line: figures.Seen(min(some), max(some)) for line, some in days.items()}


def agree(cast, *times):
    """How many figures everybody got, all of them as the rule says."""
    given = 0
    for at in times or (NOW,):
        for name in cast.HATS:
            for hat in (Hat.STAFF, Hat.GUARDIAN, Hat.SCHOOL):
                viewer = cast.viewer(name, hat=hat, at=at)
                for group in (cast.granen, cast.klovern):
                    found = figures.by_month(figures.of_group(viewer, group))
                    assert found == plainly(viewer, entry__group=group)[0], (name, hat, group)
                    given += len(found)
                for unit in (cast.unit, cast.other_unit):
                    found = figures.by_month(figures.of_unit(viewer, unit))
                    assert found == plainly(viewer, unit=unit)[0], (name, hat, unit)
                    given += len(found)
                for child in (cast.alma, cast.bo, cast.elsa, cast.noor):
                    assert figures.seen(viewer, child) == plainly(viewer, child=child)[1], (name, hat, child)
    return given


def test_everybody_has_the_figures_of_what_they_may_read(world):
    assert agree(world, NOW, NOW - timedelta(days=800), NOW + timedelta(days=300)) > 20


def test_a_placement_that_ends_takes_its_figures_with_it(world, goals):
    before = agree(world)
    assert goals[2] in figures.seen(world.viewer("eva"), world.alma)
    world.alma.placements.update(ends_on=TODAY)
    world.bo.placements.update(ends_on=TODAY)
    assert agree(world) < before
    assert figures.seen(world.viewer("eva"), world.alma) == {}


def test_an_entry_beside_children_who_left_counts_as_long_as_one_is_there(world, goals):
    world.bo.placements.update(ends_on=TODAY)
    eva = world.viewer("eva")
    assert figures.by_month(figures.of_unit(eva, world.unit))[goals[4]]
    assert figures.seen(eva, world.bo), "what stands of Bo beside Elsa and Tyra"
    agree(world)


def test_a_child_who_moved_brings_nothing_along_and_what_both_units_made_is_told_apart(world, goals):
    world.make.place(world.bo, world.klovern, starts=TODAY)
    shared(world, world.bo, by="lena", group=world.klovern, goals=[goals[4]])
    world.bo.placements.filter(unit=world.unit).update(ends_on=TODAY)
    assert figures.seen(world.viewer("lena"), world.bo).keys() == {goals[4]}
    agree(world)


def test_a_child_on_the_working_copy_alone_lets_the_team_count_what_stands_for_another(world, goals):
    """The rule lets Ines read it for Tyra, who is not published yet; the publication is about her own child."""
    entry = shared(world, world.elsa, goals=[goals[4]])
    before = figures.by_month(figures.of_group(world.viewer("ines"), world.granen))
    EntryChild.objects.create(entry=entry, child=world.tyra, position=1)
    after = figures.by_month(figures.of_group(world.viewer("ines"), world.granen))
    assert after[goals[4]][MONTH] == before[goals[4]][MONTH] + 1
    agree(world)


def test_an_older_version_that_still_stands_for_a_child_counts_as_it_stands(world, goals):
    entry = shared(world, world.alma, world.tyra, goals=[goals[4]])
    world.tyra.group_memberships.update(ends_on=TODAY)
    services.leave_out(entry=entry, child=world.tyra, by=world.viewer("cecilia"))
    entry.refresh_from_db()
    entry.entry_goals.update(goal=goals[2])
    Entry.objects.filter(pk=entry.pk).update(revision=entry.revision + 1)
    share(world, entry)
    assert {tuple(row.goals) for row in Publication.objects.filter(entry=entry)} == {(goals[2],), (goals[4],)}
    assert agree(world)


def test_a_square_opens_what_it_counts_whatever_left_since(world, goals):
    world.bo.placements.update(ends_on=TODAY)
    for name in ("eva", "cecilia", "ines", "siri"):
        found = figures.of_group(world.viewer(name), world.granen)
        for goal, months in figures.by_month(found).items():
            for month, number in months.items():
                period = Period(month, date(month.year + month.month // 12, month.month % 12 + 1, 1))
                assert figures.showing(figures.within(found, period), goal).count() == number


def test_a_new_edition_is_counted_along_at_once_here_and_after_a_minute_from_elsewhere(world, goals, monkeypatch):
    eva = world.viewer("eva")
    newer = at_coverage.Goal.objects.create(area=at_coverage.Area.objects.first(), code="G9", label_en="Goal 9")
    assert goals[4] in figures.by_month(figures.of_unit(eva, world.unit))
    link = GoalLink.objects.create(origin_id=goals[4], destination=newer, kind="replaced_by")
    counted = figures.by_month(figures.of_unit(eva, world.unit))
    assert newer.pk in counted
    assert goals[4] not in counted
    # Another process switches it off: nobody tells this one.
    GoalLink.objects.filter(pk=link.pk).update(in_use=False)
    real = lines.time.monotonic()
    monkeypatch.setattr(lines.time, "monotonic", lambda: real + lines.LASTS)
    assert goals[4] in figures.by_month(figures.of_unit(eva, world.unit))
    agree(world)
