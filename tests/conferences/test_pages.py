"""What the pages are made of: what is late, what waits for whom, what a head sees to, what is turned to a family."""

from datetime import timedelta
from typing import Any

import pytest

from conferences import around, head_page, overview, panels, present, reading, steps
from conferences.meeting import kept_for_the_talk
from conferences.models import Conference
from conferences.services import sealing, showing, writing
from conferences.steps import Step
from tests.cast import NOW, TODAY, Cast
from tests.conferences.talks import begun, handed_in, home_of, key, put, shown
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
LISTED = [("allergi*", "health"), ("diabetes", "health")]
LINE = "We take this when we meet."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Alma climbs. She has an allergi. She sings.", f"Alma climbs. {LINE} She sings."),
        ("Diabetes", LINE),
        ("An allergi here. Diabetes there.", LINE),
        ("Alma climbs.", f"Alma climbs.\n{LINE}"),
        ("Sleeps well.\nBorn 19900101-1234.\nEats outside.", f"Sleeps well.\n{LINE}\nEats outside."),
    ],
)
def test_what_is_sensitive_makes_way_for_one_line_and_the_rest_stays(text: str, kept: str) -> None:
    assert kept_for_the_talk(text, LISTED, LINE) == kept


def test_the_steps_follow_what_was_done(cast: Cast) -> None:
    row, staff = begun(cast, cast.bo), cast.viewer("cecilia")
    assert around.step_of(row, staff) == Step.PREPARED
    showing.show(conference=row, by=staff)
    row.refresh_from_db()
    assert around.step_of(row, staff) == Step.SHOWN
    writing.note_talk(conference=row, home=None, held_on=TODAY, took_part="", interpreter="", by=staff)
    assert around.step_of(row, staff) == Step.TALK
    sealing.seal(conference=row, by=staff)
    row.refresh_from_db()
    assert around.step_of(row, staff) == Step.AFTER


def test_it_is_late_when_the_home_gets_no_fortnight_to_read_and_when_its_day_has_passed() -> None:
    row = Conference(due_on=TODAY + timedelta(days=14))
    assert steps.late(row, Step.PREPARED, None, TODAY) == ""
    assert steps.late(row, Step.PREPARED, None, TODAY + timedelta(days=1)) == "Time to show it"
    assert steps.late(row, Step.SHOWN, None, row.due_on) == ""
    assert steps.late(row, Step.SHOWN, None, row.due_on + timedelta(days=1)) == "The day has passed"
    assert steps.late(row, Step.TALK, TODAY, TODAY + timedelta(days=15)) == "To be sealed"
    row.sealed_at = NOW
    assert steps.late(row, Step.AFTER, TODAY, TODAY + timedelta(days=90)) == ""


def test_a_group_is_seen_at_a_glance_and_a_colleagues_own_child_not_by_that_colleague(cast: Cast) -> None:
    begun(cast, cast.bo)
    shown(cast, cast.elsa)
    found = overview.of_group(cast.granen, cast.viewer("cecilia"))
    assert {line.name: line.step for line in found.under_way} == {"Bo": Step.PREPARED, "Elsa": Step.SHOWN}
    assert found.shown == 1
    mine = overview.of_group(cast.granen, cast.viewer("ines", Hat.STAFF))
    assert "Elsa" not in {line.name for line in mine.lines}


def page_of(cast: Cast) -> head_page.HeadPage:
    return head_page.of(cast.unit, cast.viewer("eva"))


def test_the_head_sees_who_has_gone_without_for_twelve_months(cast: Cast) -> None:
    assert "Bo Carlsson" in {line.name for line in page_of(cast).without}
    row = shown(cast, cast.bo, at=NOW - timedelta(days=364))
    sealing.seal(conference=row, by=cast.viewer("cecilia", at=NOW - timedelta(days=364)))
    assert "Bo Carlsson" not in {line.name for line in page_of(cast).without}
    Conference.objects.filter(pk=row.pk).update(sealed_at=NOW - timedelta(days=366))
    assert "Bo Carlsson" in {line.name for line in page_of(cast).without}


def test_the_head_sees_who_leaves_within_thirty_days_before_theirs_is_finished(cast: Cast) -> None:
    row = begun(cast, cast.bo)
    assert page_of(cast).leaving == []
    cast.bo.placements.update(ends_on=TODAY + timedelta(days=31))
    assert page_of(cast).leaving == []
    cast.bo.placements.update(ends_on=TODAY + timedelta(days=30))
    (line,) = page_of(cast).leaving
    assert (line.name, line.day) == ("Bo Carlsson", TODAY + timedelta(days=29))
    sealing.seal(conference=row, by=cast.viewer("cecilia"))
    assert page_of(cast).leaving == []


def test_a_guardian_is_told_what_waits_until_the_home_has_handed_in(cast: Cast) -> None:
    row, astrid = begun(cast, cast.alma), cast.viewer("astrid")
    assert panels.waiting(astrid, [cast.alma]) == []
    showing.show(conference=row, by=cast.viewer("cecilia"))
    assert [one.child_id for one in panels.waiting(cast.viewer("astrid"), [cast.alma])] == [cast.alma.pk]
    handed_in(cast, row, "astrid")
    assert panels.waiting(cast.viewer("astrid"), [cast.alma]) == []


def test_there_is_news_when_it_was_shown_and_none_once_it_was_opened(cast: Cast) -> None:
    before, after = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    row = begun(cast, cast.alma)
    assert not panels.something_new(cast.astrid, before, after)
    showing.show(conference=row, by=cast.viewer("cecilia"))
    row.refresh_from_db()
    assert panels.something_new(cast.astrid, before, after)
    assert not panels.something_new(cast.birger, before, after)
    writing.open_side(conference=row, by=cast.viewer("astrid", at=after))
    assert not panels.something_new(cast.astrid, before, after)


def test_only_who_reads_conferences_has_the_tab(cast: Cast) -> None:
    assert panels.reads_conferences(cast.viewer("astrid"), cast.alma)
    cast.astrid_alma.kind, cast.astrid_alma.reads_conferences = "carer", False
    cast.astrid_alma.save()
    assert not panels.reads_conferences(cast.viewer("astrid"), cast.alma)
    assert not panels.reads_conferences(cast.viewer("birger"), cast.alma)


def turned(cast: Cast, row: Conference, home: Any) -> str:
    context = present.of(reading.for_staff(row, cast.viewer("cecilia")), home, cast.viewer("cecilia"))
    return repr(context["sections"])


def test_what_is_turned_to_a_family_holds_their_part_and_nothing_of_the_staffs_or_another_homes(cast: Cast) -> None:
    other = cast.make.guardian(cast.make.person("ulla", "Ulla", "Berg"), cast.alma)
    cast.ulla = other.person
    row = shown(cast, cast.alma)
    for name in ("astrid", "ulla"):
        put(row, "at home", f"From {name}", cast.viewer(name, Hat.GUARDIAN))
        handed_in(cast, row, name)
    mine = turned(cast, row, home_of(cast, cast.astrid_alma))
    assert "She sings" in mine
    assert "From astrid" in mine
    assert "From ulla" not in mine
    assert "Only for us" not in mine
    together = turned(cast, row, None)
    assert "She sings" in together
    assert "From astrid" not in together
    assert "From ulla" not in together
    assert str(key("watch")) not in together
