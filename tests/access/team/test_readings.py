"""A family sees who at work has opened something, in words, and asks; never when another guardian reads."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from access.models import HeldLine, LineQuestion
from access.readings import lines, services, words
from people.models import AccessEvent, Duty
from tests.access.team.conftest import href
from tests.cast import NOW, TODAY
from visibility import readinglog
from visibility.viewer import Hat, Strength

pytestmark = pytest.mark.django_db
EARLIER = NOW - timedelta(hours=2)


@pytest.fixture
def read(cast):
    """`read("karin", cast.alma)` is a line, and its row for the child."""

    def record(name, child, *, what="log", hat=None, at=EARLIER):
        line = readinglog.record(
            viewer=cast.viewer(name, hat, at=at), what=what, about=uuid.uuid4(), child_ids=[child.pk]
        )
        return line.children.select_related("line").get()

    return record


def page(client, child) -> str:
    return client.get(href("readings:family", child=child)).content.decode()


def one(name, row):
    return href(name, child=row.child, line=row.line)


def test_a_guardian_sees_staff_school_and_own_lines_and_never_another_guardians(cast, at, read):
    cast.astrid_alma.home_memberships.get()
    cast.make.guardian(cast.tora, cast.alma)
    read("karin", cast.alma)
    read("gun", cast.alma)
    read("astrid", cast.alma)
    read("tora", cast.alma)
    read("frans", cast.bo)
    said = page(at("astrid"), cast.alma)
    for word in ("Karin Lund", "Gun Wik", "You", "the log · as staff", "the log · for the school"):
        assert word in said
    assert "Tora" not in said
    assert "Frans" not in said


def test_also_the_address_of_another_guardians_line_is_none(cast, at, read):
    cast.make.guardian(cast.tora, cast.alma)
    row = read("tora", cast.alma)
    client = at("astrid")
    assert client.get(one("readings:family_line", row)).status_code == 404
    assert client.post(one("readings:family_line", row), {"text": "When?"}).status_code == 404
    assert at("tora").get(one("readings:family_line", row)).status_code == 200


@pytest.mark.parametrize("name", ["anders", "birger", "cecilia", "stranger"])
def test_without_an_active_guardianship_there_is_no_reading_log(cast, at, read, name):
    row = read("karin", cast.alma)
    client = at(name)
    assert client.get(href("readings:family", child=cast.alma)).status_code == 404
    assert client.get(one("readings:family_line", row)).status_code == 404


def test_a_line_is_explained_by_the_tie_of_that_moment(cast, at, read):
    row = read("karin", cast.alma)
    Duty.objects.filter(person=cast.karin).update(ends_on=TODAY + timedelta(days=1))
    client = at("astrid")
    assert "Childcare worker in the child&#39;s group" in client.get(one("readings:family_line", row)).content.decode()
    assert words.why(row.line, cast.alma) == [
        "Childcare worker in the child's group",
        "On duty at the child's unit today",
    ]
    stray = read("david", cast.alma, hat=Hat.STAFF)
    assert words.why(stray.line, cast.alma) == []
    assert "not in the register" in client.get(one("readings:family_line", stray)).content.decode()


def test_everything_that_pages_write_into_the_log_has_words(cast):
    import ast
    from pathlib import Path

    from django.conf import settings

    written = {"log", "picture"}
    for room in ("access", "learninglog", "portal", "media_policy"):
        for path in Path(settings.BASE_DIR, room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read" and len(node.args) > 1
                if named and isinstance(node.args[1], ast.Constant):
                    written.add(node.args[1].value)
    assert len(written) > 10
    assert written - set(words.WHAT) == set()


def test_a_question_goes_to_the_head_and_only_who_asked_reads_the_answer(cast, at, read):
    cast.make.guardian(cast.tora, cast.alma)
    row = read("karin", cast.alma)
    astrid, tora, eva = at("astrid"), at("tora"), at("eva")
    astrid.post(one("readings:family_line", row), {"text": "Why at noon?"})
    astrid.post(one("readings:family_line", row), {"text": "And again?"})
    question = LineQuestion.objects.get()
    assert question.text == "Why at noon?\n\nAnd again?"
    assert "Why at noon?" in eva.get(href("readings:questions")).content.decode()
    eva.post(href("readings:questions"), {"question": str(question.public_id), "text": "She wrote about the day."})
    assert "She wrote about the day." in astrid.get(one("readings:family_line", row)).content.decode()
    assert "She wrote about the day." not in tora.get(one("readings:family_line", row)).content.decode()
    assert "Nobody waits" in eva.get(href("readings:questions")).content.decode()


def test_a_head_of_another_unit_neither_sees_nor_answers(cast, at, read):
    lars = cast.make.person("lars", "Lars", "Lo")
    cast.make.duty(lars, Duty.Role.HEAD, cast.other_unit)
    cast.lars, cast.HATS = lars, cast.HATS | {"lars": Hat.STAFF}
    row = read("karin", cast.alma)
    question = services.ask(row=row, text="Why?", by=cast.viewer("astrid"))
    client = at("lars")
    assert "Why?" not in client.get(href("readings:questions")).content.decode()
    client.post(href("readings:questions"), {"question": str(question.public_id), "text": "Because"})
    assert client.get(href("readings:head", child=cast.alma)).status_code == 404
    question.refresh_from_db()
    assert question.answer == ""
    with pytest.raises(PermissionDenied):
        services.answer(question=question, text="Because", by=cast.viewer("lars"))


def test_the_head_sees_those_at_work_and_not_when_the_family_reads(cast, at, read):
    read("karin", cast.alma)
    row = read("astrid", cast.alma)
    said = at("eva").get(href("readings:head", child=cast.alma)).content.decode()
    assert "Karin Lund" in said
    assert "Astrid" not in said
    assert at("eva").get(one("readings:head_line", row)).status_code == 404
    assert at("eva", strength=Strength.LOW).get(href("readings:head", child=cast.alma)).status_code == 404
    assert at("cecilia").get(href("readings:head", child=cast.alma)).status_code == 404


def test_a_line_is_held_back_with_a_ground_until_its_day_and_shows_again_by_itself(cast, at, read, stop_clock):
    row = read("karin", cast.alma)
    eva, astrid = at("eva"), at("astrid")
    assert eva.post(one("readings:head_line", row), {"until": "2026-11-20"}).status_code == 200
    assert not HeldLine.objects.exists()
    eva.post(one("readings:head_line", row), {"ground": "An inquiry", "until": "2026-11-20"})
    (event,) = AccessEvent.objects.filter(what=AccessEvent.What.HELD_BACK)
    assert (event.by, event.reason, event.child) == (cast.eva, "An inquiry", cast.alma)
    assert "Karin" not in page(astrid, cast.alma)
    assert astrid.get(one("readings:family_line", row)).status_code == 404
    assert "held back" in eva.get(href("readings:head", child=cast.alma)).content.decode()
    stop_clock(NOW + timedelta(days=2))
    assert "Karin" not in page(astrid, cast.alma)
    stop_clock(NOW + timedelta(days=3))
    assert "Karin" in page(astrid, cast.alma)


@pytest.mark.parametrize("what", ["thread", "replies", "homes to reach"])
def test_a_home_does_not_learn_from_the_log_what_another_has_done(cast, at, read, what):
    row = read("karin", cast.alma, what=what)
    said = page(at("astrid"), cast.alma)
    assert "Karin" in said
    assert str(words.WHAT[what]) not in said
    assert str(words.WHAT[what]) not in at("astrid").get(one("readings:family_line", row)).content.decode()
    assert str(words.WHAT[what]) in at("eva").get(href("readings:head", child=cast.alma)).content.decode()


def test_what_is_held_back_about_one_child_does_not_show_under_a_sibling(cast, at):
    cast.make.guardian(cast.birger, cast.alma)
    line = readinglog.record(
        viewer=cast.viewer("karin", at=EARLIER), what="today", child_ids=[cast.alma.pk, cast.bo.pk]
    )  # fmt: skip
    row = line.children.get(child=cast.alma)
    assert "Karin" in page(at("birger"), cast.bo)
    at("eva").post(one("readings:head_line", row), {"ground": "An inquiry", "until": "2026-11-20"})
    assert "Karin" not in page(at("birger"), cast.bo)


def test_what_is_held_back_can_be_shown_again_at_once_and_never_for_longer_than_half_a_year(cast, at, read):
    row = read("karin", cast.alma)
    eva = at("eva")
    for until in ("2026-11-17", "2027-06-01"):
        eva.post(one("readings:head_line", row), {"ground": "x", "until": until})
        assert not HeldLine.objects.exists()
    eva.post(one("readings:head_line", row), {"ground": "x", "until": "2026-12-01"})
    eva.post(one("readings:head_line", row), {"do": "show"})
    assert "Karin" in page(at("astrid"), cast.alma)
    assert AccessEvent.objects.filter(what=AccessEvent.What.HELD_BACK).count() == 2


def test_many_lines_come_in_pages_and_none_is_lost(cast, at, read):
    for minutes in range(35):
        read("karin", cast.alma, at=NOW - timedelta(minutes=minutes + 1))
    viewer = cast.viewer("astrid")
    first = lines.listed(cast.alma, lines.of_family(cast.alma, viewer), viewer, "")
    second = lines.listed(cast.alma, lines.of_family(cast.alma, viewer), viewer, first.next_cursor or "")
    assert (len(first.items), len(second.items), second.next_cursor) == (30, 5, None)
    assert 'rel="next"' in page(at("astrid"), cast.alma)


def test_erasing_a_child_takes_questions_and_held_lines_along(cast, read):
    row = read("karin", cast.alma)
    services.ask(row=row, text="Why?", by=cast.viewer("astrid"))
    services.hold_back(row=row, ground="x", until=TODAY + timedelta(days=1), by=cast.viewer("eva"))
    services.erase_child(cast.alma, NOW)
    assert not LineQuestion.objects.exists()
    assert not HeldLine.objects.exists()
