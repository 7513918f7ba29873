"""A package comes in as drafts, is published with its framework, and goes out with all that we do not understand."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.case.exporting import as_json, package
from curriculum.case.faults import CaseError
from curriculum.case.meaning import Told
from curriculum.case.writing import compare, take_in
from curriculum.models import Area, Framework, Goal, GoalLink
from tests.curriculum.case.packages import joined, key, raw, small

pytestmark = pytest.mark.django_db


def publish(framework: Framework) -> Framework:
    framework.refresh_from_db()
    framework.latest_revision.publish()
    framework.refresh_from_db()
    return framework


def by_key(rows):
    return {row["identifier"]: row for row in rows}


def without_ours(row):
    return {name: value for name, value in row.items() if name != "extensions"}


def assert_nothing_lost(came, went):
    assert without_ours(went["CFDocument"]) == without_ours(came["CFDocument"])
    assert {k: without_ours(v) for k, v in by_key(went["CFItems"]).items()} == by_key(came["CFItems"])
    assert by_key(went["CFAssociations"]) == by_key(came["CFAssociations"])
    known = {"CFDocument", "CFItems", "CFAssociations"}
    assert {k: v for k, v in went.items() if k not in known} == {k: v for k, v in came.items() if k not in known}


def test_what_comes_in_is_a_draft_until_the_framework_is_published():
    framework = take_in(raw=raw(small()))
    assert not Framework.objects.current("SE", date(2026, 3, 1)).exists()
    assert not Goal.objects.current("SE", date(2026, 3, 1)).exists()
    publish(framework)
    found = Goal.objects.current("SE", date(2026, 3, 1)).for_list()
    assert [goal.code for goal in found] == ["W:1-01", "W:1-02", "W:2-a-01"]
    assert (found[0].label("en"), found[0].text("en")) == ("All weathers", "We let the children meet all weathers.")
    assert Area.objects.get(code="W:2-a").parent.code == "W:2"
    assert not Goal.objects.filter(with_framework=True).exists()


def test_all_that_is_unknown_survives_the_round_trip():
    came = small()
    assert_nothing_lost(came, json.loads(as_json(publish(take_in(raw=raw(came))))))


def test_a_second_time_there_is_nothing_to_change():
    framework = publish(take_in(raw=raw(small())))
    assert not compare(raw(small())).changes_anything
    revisions = framework.revisions.count()
    take_in(raw=raw(small()))
    assert framework.revisions.count() == revisions
    assert not compare(as_json(framework).encode()).of_state("changed")


def test_a_change_is_a_draft_on_top_of_what_stands():
    framework = publish(take_in(raw=raw(small())))
    changed = small()
    changed["CFItems"][1]["fullStatement"] = "We let the children meet every weather."
    del changed["CFItems"][2], changed["CFAssociations"][2]
    found = compare(raw(changed))
    assert [change.row.code for change in found.of_state("changed")] == ["W:1-01"]
    assert found.gone == ["W:1-02"]
    take_in(raw=raw(changed))
    goal = Goal.objects.get(code="W:1-01")
    assert (goal.text("en"), goal.has_unpublished_changes) == ("We let the children meet all weathers.", True)
    publish(framework)
    goal.refresh_from_db()
    assert (goal.text("en"), goal.has_unpublished_changes) == ("We let the children meet every weather.", False)
    assert Goal.objects.get(code="W:1-02").live


def test_what_another_system_edited_counts_also_where_it_passed_our_own_words_on():
    framework = publish(take_in(raw=raw(small())))
    sent = json.loads(as_json(framework))
    goal = by_key(sent["CFItems"])[key("W:1-01")]
    assert goal["extensions"]["learningLog"]["text"]["en"] == goal["fullStatement"]
    goal["fullStatement"] = "We let the children meet every weather."
    heading = by_key(sent["CFItems"])[key("W:1")]
    heading["fullStatement"] = "Under the open sky"
    found = compare(raw(sent)).of_state("changed")
    assert sorted((name, comes) for change in found for name, _stands, comes in change.fields) == [
        ("label_en", "Under the open sky"),
        ("text_en", "We let the children meet every weather."),
    ]
    goal["abbreviatedStatement"] = "Every weather"
    changed = {name for change in compare(raw(sent)).of_state("changed") for name, *_values in change.fields}
    assert "label_en" in changed
    take_in(raw=raw(sent))
    publish(framework)
    assert Goal.objects.get(code="W:1-01").label("en") == "Every weather"


def test_a_draft_that_somebody_works_on_is_not_published_along():
    framework = publish(take_in(raw=raw(small())))
    goal = Goal.objects.get(code="W:1-02")
    goal.label_en = "Somebody is writing this"
    goal.save_revision()
    changed = small()
    changed["CFItems"][1]["fullStatement"] = "We let the children meet every weather."
    take_in(raw=raw(changed))
    publish(framework)
    goal.refresh_from_db()
    assert goal.label("en") == "We follow a tree through the year."


def test_the_links_of_a_package_become_links_between_goals():
    publish(take_in(raw=raw(small())))
    made = GoalLink.objects.get()
    assert (made.origin.code, made.kind, made.destination.code) == ("W:1-01", "related_to", "W:1-02")


def test_replacements_that_come_round_are_not_linked_but_are_kept():
    content = small()
    round_ = [joined("replacedBy", key("W:1-01"), key("W:1-02")), joined("replacedBy", key("W:1-02"), key("W:1-01"))]
    content["CFAssociations"] += round_
    framework = publish(take_in(raw=raw(content)))
    assert GoalLink.objects.filter(kind="replaced_by").count() == 1
    kept = [row["identifier"] for row in package(framework)["CFAssociations"]]
    assert round_[0]["identifier"] in kept


def test_an_identifier_of_another_framework_is_refused():
    publish(take_in(raw=raw(small())))
    other = small()
    other["CFDocument"] |= {"identifier": key("another"), "title": "Another plan"}
    for row in other["CFAssociations"]:
        if row["destinationNodeURI"]["identifier"] == small()["CFDocument"]["identifier"]:
            row["destinationNodeURI"]["identifier"] = key("another")
    with pytest.raises(CaseError, match="belongs to “W:1” in another framework"):
        take_in(raw=raw(other))
    assert Framework.objects.count() == 1


def test_an_edition_that_overlaps_is_refused_and_nothing_is_kept():
    Framework.objects.create(
        code="X", family="WEATHER-PLAN", country="SE", language="en", title_en="X", valid_from=date(2026, 3, 1)
    )
    with pytest.raises(CaseError, match=r"/CFDocument: .*in force in that time"):
        take_in(raw=raw(small()))
    assert list(Framework.objects.values_list("code", flat=True)) == ["X"]


@pytest.mark.parametrize("code", ["LPFO18-2019", "LPFO18-2025", "RP-2017"])
def test_our_own_frameworks_go_out_and_come_back_unchanged(shipped, code):
    found = compare(as_json(Framework.objects.get(code=code)).encode())
    assert [change.row.code for change in found.of_state("changed") + found.of_state("added")] == []
    assert found.gone == []


def test_the_replacements_of_an_edition_go_out(shipped):
    rows = package(Framework.objects.get(code="LPFO18-2019"))["CFAssociations"]
    assert sum(row["associationType"] == "replacedBy" for row in rows) == 34


SAMPLE = Path(__file__).parent / "sample_cfpackage_opensalt.json"


def test_a_package_of_another_system_comes_and_goes_whole():
    came = json.loads(SAMPLE.read_bytes())
    framework = publish(take_in(raw=SAMPLE.read_bytes(), told=Told("SE", date(2026, 1, 1))))
    assert Goal.objects.filter(framework=framework).count() == 12
    assert_nothing_lost(came, json.loads(as_json(framework)))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "package.json"
    path.write_bytes(raw(small()))
    return path


def test_the_command_says_what_would_change_and_changes_nothing_when_asked_so(file):
    out = StringIO()
    call_command("case_import", file, "--dry-run", stdout=out)
    assert "WEATHER-PLAN: 7 added, 0 changed, 0 same, 0 no longer in the file" in out.getvalue()
    assert not Framework.objects.exists()


def test_the_commands_bring_in_and_take_out(file):
    out = StringIO()
    call_command("case_import", file, stdout=out)
    with pytest.raises(CommandError, match="no published framework WEATHER-PLAN"):
        call_command("case_export", "WEATHER-PLAN")
    publish(Framework.objects.get())
    out = StringIO()
    call_command("case_export", "WEATHER-PLAN", stdout=out)
    assert_nothing_lost(small(), json.loads(out.getvalue()))


def test_the_command_tells_the_faults(file):
    file.write_text('{"CFDocument": 1}')
    with pytest.raises(CommandError, match="no CFDocument"):
        call_command("case_import", file)
