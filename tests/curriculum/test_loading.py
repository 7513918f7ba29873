import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from curriculum.models import Area, Framework, Goal
from curriculum.services import goal_labels

pytestmark = pytest.mark.django_db


def said(stem: str) -> dict[str, str]:
    return {"sv": f"{stem} på svenska", "nb": f"{stem} på norsk", "en": f"{stem} in English"}


def small(**changes: Any) -> dict[str, Any]:
    """A framework with one heading, one part and one goal."""
    goal = {"code": "T:1-01", "label": said("Lek"), "text": said("Vi leker")}
    part = {"code": "T:1-part", "label": said("Del"), "goals": [goal]}
    return {
        "code": "T-2026",
        "family": "T",
        "country": "SE",
        "language": "sv",
        "title": said("Prov"),
        "valid_from": "2026-01-01",
        "valid_until": None,
        "source_url": "https://example.org/official",
        "areas": [{"code": "T:1", "label": said("Rubrik"), "areas": [part]}],
        **changes,
    }


def goal_of(content: dict[str, Any]) -> dict[str, Any]:
    return content["areas"][0]["areas"][0]["goals"][0]


@pytest.fixture
def run(tmp_path: Path):
    """Loads contents as files, the way the command does, and gives back what it printed."""

    def load(*contents: Any, verbosity: int = 1) -> str:
        paths = []
        for number, content in enumerate(contents):
            path = tmp_path / f"file{number}.json"
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            path.write_bytes(raw)
            paths.append(path)
        out = StringIO()
        call_command("load_frameworks", *paths, stdout=out, verbosity=verbosity)
        return out.getvalue()

    return load


def test_everything_of_the_product_loads_and_a_second_time_changes_nothing():
    out = StringIO()
    call_command("load_frameworks", stdout=out)
    assert "LPFO18-2025: 45 added" in out.getvalue()
    assert "RP-2017: 53 added" in out.getvalue()
    before = list(Goal.objects.order_by("pk").values())
    out = StringIO()
    call_command("load_frameworks", stdout=out)
    assert "45 unchanged, 0 left" in out.getvalue()
    assert "53 unchanged, 0 left" in out.getvalue()
    assert list(Goal.objects.order_by("pk").values()) == before
    assert not Framework.objects.filter(confirmed=True).exists()


def test_the_product_has_the_same_public_ids_everywhere(run):
    run(small())
    first = Goal.objects.get().public_id
    for model in (Goal, Area):
        for row in model.objects.order_by("-pk"):
            row.delete()
    run(small())
    assert Goal.objects.get().public_id == first


def test_a_new_wording_of_the_product_arrives_where_nobody_has_edited(run):
    run(small())
    changed = small()
    goal_of(changed)["label"]["sv"] = "Ny lek"
    goal_of(changed)["retired_on"] = "2027-01-01"
    assert "1 changed" in run(changed)
    goal = Goal.objects.get()
    assert (goal.label("sv"), goal.retired_on) == ("Ny lek", date(2027, 1, 1))
    assert Goal.objects.matching("ny lek", "sv").exists()
    assert goal.revisions.count() == 2
    assert goal.get_latest_revision().content["label_sv"] == "Ny lek"


def test_what_the_office_wrote_is_never_overwritten_but_the_rest_of_the_row_follows(run):
    run(small())
    Goal.objects.update(label_sv="Vårt ord")
    changed = small()
    goal_of(changed)["label"].update(sv="Produktens ord", nb="Produktets ord")
    printed = run(changed)
    assert "left T:1-01: label_sv" in printed
    goal = Goal.objects.get()
    assert (goal.label("sv"), goal.label("nb")) == ("Vårt ord", "Produktets ord")
    assert "left T:1-01: label_sv" in run(changed)


def test_going_back_to_an_older_revision_is_the_choice_of_the_office(run):
    run(small())
    first = Goal.objects.get().get_latest_revision()
    changed = small()
    goal_of(changed)["label"]["sv"] = "Ny lek"
    run(changed)
    first.publish(skip_permission_checks=True)
    assert Goal.objects.get().label("sv") == "Lek på svenska"
    assert "left T:1-01: label_sv" in run(changed)
    assert Goal.objects.get().label("sv") == "Lek på svenska"


@pytest.mark.parametrize("state", ["has_unpublished_changes", "locked"])
def test_a_row_that_somebody_works_on_is_left_until_they_are_done(run, state):
    run(small())
    Goal.objects.update(**{state: True})
    changed = small()
    goal_of(changed)["label"]["sv"] = "Ny lek"
    assert "left T:1-01: label_sv" in run(changed)
    assert Goal.objects.get().label("sv") == "Lek på svenska"
    Goal.objects.update(**{state: False})
    assert "1 changed" in run(changed)
    assert Goal.objects.get().label("sv") == "Ny lek"


def test_what_the_office_unpublished_or_confirmed_stays_so(run):
    run(small())
    Goal.objects.update(live=False)
    Framework.objects.update(confirmed=True)
    changed = small(title=said("Nytt namn"))
    goal_of(changed)["label"]["sv"] = "Ny lek"
    run(changed)
    goal = Goal.objects.get()
    assert (goal.live, goal.label("sv")) == (False, "Ny lek")
    assert Framework.objects.get().confirmed is True
    assert Framework.objects.get().title("sv") == "Nytt namn på svenska"


def test_a_goal_that_the_product_no_longer_has_is_kept(run):
    run(small())
    goal = Goal.objects.get()
    changed = small()
    changed["areas"][0]["areas"][0]["goals"] = []
    assert "kept T:1-01: no longer comes with the product" in run(changed)
    assert goal_labels([goal.pk], "sv") == {goal.pk: "Lek på svenska"}


def test_a_row_of_the_office_with_the_same_code_is_theirs(run):
    run(small())
    area = Area.objects.get(code="T:1-part")
    Goal.objects.create(area=area, code="T:1-02", label_sv="Eget mål")
    changed = small()
    changed["areas"][0]["areas"][0]["goals"].append({"code": "T:1-02", "label": said("X"), "text": said("Vi gör")})
    assert "left T:1-02" in run(changed)
    assert Goal.objects.get(code="T:1-02").label("sv") == "Eget mål"


def test_every_row_is_named_when_asked(run):
    printed = run(small(), verbosity=2)
    assert "  added T-2026" in printed
    assert "  added T:1-01" in printed
    assert "  unchanged T:1-01" in run(small(), verbosity=2)
    assert run(small(), verbosity=0) == ""


def without(path: list[Any]) -> dict[str, Any]:
    content = small()
    place: Any = content
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return content


GOAL = ["areas", 0, "areas", 0, "goals", 0]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (without([*GOAL, "text", "nb"]), "areas[1].areas[1].goals[1].text lacks nb."),
        (without([*GOAL, "code"]), "areas[1].areas[1].goals[1] lacks code."),
        (without(["valid_from"]), "the file lacks valid_from."),
        (small(valid_from="1 July"), "valid_from is no date such as 2025-07-01."),
        (small(title={"sv": " ", "nb": "b", "en": "c"}), "title.sv is empty or no text."),
        (small(areas={}), "areas is not a list."),
        (small(areas=["x"]), "areas[1] is not an object."),
        (small(grades=[1]), "has the unknown key grades."),
        (small(areas=small()["areas"] * 2), "areas[2].code T:1 stands twice."),
        (small(country="XX"), "country: "),
        (small(valid_until="2020-01-01"), "ends after the day it came into force"),
        (small(source_url="http://example.org"), "source_url: "),
        (b"\xff\xfe{}", "is not UTF-8"),
        (b'{"code": 1, "code": 2}', "a key stands twice"),
        (b"{", "is not proper JSON"),
        ([], "the file is not an object."),
    ],
)
def test_a_fault_is_named_with_its_place_and_changes_nothing(run, content, place):
    with pytest.raises(CommandError) as refusal:
        run(small(code="GOOD", family="GOOD"), content)
    assert place in str(refusal.value)
    assert not Framework.objects.exists()


def test_all_faults_are_told_at_once(run):
    with pytest.raises(CommandError) as refusal:
        run(small(valid_from="never"), without([*GOAL, "label", "en"]))
    assert len(str(refusal.value).splitlines()) == 2


def test_an_edition_that_overlaps_another_is_refused_in_words(run):
    run(small())
    with pytest.raises(CommandError, match="Another edition of this curriculum is in force"):
        run(small(code="T-2027", valid_from="2027-01-01"))
    assert Framework.objects.count() == 1


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.json: cannot be read"):
        call_command("load_frameworks", tmp_path / "nowhere.json")
