"""What is in a package: the child's own, inside the window, on a yes; and nothing of anybody else, in no file of it."""

import io
import json
import uuid
import zipfile
from datetime import timedelta

import bagit
import pikepdf
import pytest
from PIL import Image

from conferences.services import agreeing, sealing
from learninglog import services
from learninglog.services import composing
from media_policy import files
from people.models import Child, GroupOpening
from tests.cast import NOW, TODAY
from tests.entries import put_in, share, write
from tests.ground.test_pictures_on_paper import alternatives
from tests.pdf import assert_kept_and_readable
from tests.transfers.packing.conftest import FIRST_DAY, LATER, STAYS, opened, photograph, readable
from tests.transfers.schemas import faults
from transfers import choice, verify
from transfers.packaging import record
from transfers.services import keys, packages

pytestmark = pytest.mark.django_db
BRIDGE = "Bron Alma och kompisar byggde"
LOG, TALKS = choice.Question.SCHOOL_LOG, choice.Question.SCHOOL_CONFERENCES


def log_of(package):
    return json.loads(opened(package)["data/log.json"])


def pictures_in(told, title):
    return next(one["pictures"] for one in told["entries"] if one["title"] == title)


def titles(package):
    return [one["title"] for one in log_of(package)["entries"]]


def test_what_is_the_childs_goes(move):
    told = log_of(move.made())
    assert sorted(one["title"] for one in told["entries"]) == ["Bron Alma och kompisar byggde", "Löven"]
    bridge = next(one for one in told["entries"] if one["title"].startswith("Bron"))
    assert bridge["text"] == "Alma och kompisar lade *plankor*."
    assert bridge["quotes"] == ["Den gungar!"]
    assert bridge["about"] == "Du vågade gå först."
    assert [one["alt"] for one in bridge["pictures"]] == ["Någon på en planka", "Plankor i gräset"]
    assert len(bridge["clips"]) == 1
    assert [one["text"] for one in told["wordsFromHome"]] == ["Vi såg en bro i dag."]
    [talk] = told["conferences"]
    said = {asked["question"]["text"]: asked["text"] for section in talk["sections"] for asked in section["questions"]}
    assert said["Fråga: joy"] == "She sings"
    assert said["Fråga: notes"] == "Om broar."
    assert [one["what"] for one in talk["agreements"]] == ["Vi lånar hem en bok."]
    assert told["made"]["for"] == "Byskolan i Åby"
    assert (told["made"]["firstDay"], told["made"]["from"]) == (FIRST_DAY.isoformat(), "2026-08-18")


def test_nothing_that_stays_is_in_any_file(move):
    for path, octets in opened(move.made()).items():
        read = readable(octets, path)
        for word in (STAYS, "HEMMAORD", "HEMMADEL", "Tyra", str(move.cast.bo.public_id)):
            assert word.casefold() not in read.casefold(), (path, word)


def test_planted_words_would_be_found(move):
    """The search above is no search if it does not find what is there."""
    found = {path for path, octets in opened(move.made()).items() if "gungar" in readable(octets, path)}
    assert found == {"data/index.html", "data/log.json", "data/log.pdf"}


def test_open_groups_open_nothing_to_a_receiver(move):
    GroupOpening.objects.create(group=move.cast.granen, opened_at=NOW - timedelta(days=300))
    share(move.cast, move.entry, at=NOW + timedelta(hours=5))
    package = move.made()
    assert "Bron Alma och kompisar byggde" in titles(package)
    assert not [path for path, octets in opened(package).items() if STAYS in readable(octets, path)]


def test_a_brother_or_sister_is_a_friend_too(move):
    move.cast.make.guardian(move.cast.astrid, move.cast.bo)
    for package in (move.made(), move.own_copy()):
        assert not [
            path for path, octets in opened(package).items() if move.cast.bo.given_name in readable(octets, path)
        ]


def test_the_own_copy_is_not_cut_by_the_window_and_has_the_homes_own_words(move):
    told = log_of(move.own_copy())
    assert f"{STAYS} för länge sedan" in [one["title"] for one in told["entries"]]
    assert {one["text"] for one in told["wordsFromHome"]} == {"Vi såg en bro i dag.", "HEMMAORD för er."}
    said = [asked for section in told["conferences"][0]["sections"] for asked in section["questions"]]
    assert [asked["text"] for asked in said if asked["ownHome"]] == ["HEMMADEL"]
    assert told["made"]["for"] is None
    whole = json.dumps(told)
    for word in ("bara Bo", "hemma hos Bo", "om Bo", "i tråden", "reflektion", "utkast", "återkallat", "personalen"):
        assert word not in whole


def test_the_other_home_gets_its_own_part_and_not_this_ones(move):
    cast = move.cast
    cast.ulf = cast.make.person("ulf", "Ulf", "Berg")
    cast.HATS = cast.HATS | {"ulf": "guardian"}
    tie = cast.make.guardian(cast.ulf, cast.alma)
    made = move.make(packages.own_copy(guardianship=tie, by=cast.viewer("ulf", at=LATER)))
    for path, octets in opened(made).items():
        read = readable(octets, path)
        assert "HEMMADEL" not in read
        assert "HEMMAORD" not in read, path


@pytest.mark.parametrize(("taken_back", "rest"), [(LOG, {"conferences"}), (TALKS, {"entries", "wordsFromHome"})])
def test_a_question_that_is_no_yes_any_more_takes_its_part_out(move, taken_back, rest):
    move.answer(taken_back, "withdrawn", at=NOW + timedelta(hours=6))
    told = log_of(move.made())
    assert {name for name in ("entries", "wordsFromHome", "conferences") if told[name]} == rest
    assert [one["question"] for one in told["choices"]] == [TALKS if taken_back == LOG else LOG]


def test_left_out_is_out(move):
    move.leave_out(entry=move.entry)
    assert titles(move.made()) == ["Löven"]


def test_a_left_out_picture_leaves_its_entry_and_the_other_picture(move):
    move.leave_out(picture=move.photograph)
    bridge = next(one for one in log_of(move.made())["entries"] if one["title"].startswith("Bron"))
    assert [one["alt"] for one in bridge["pictures"]] == ["Plankor i gräset"]


@pytest.mark.parametrize(("is_left_out", "go"), [(False, ["I båten: Alma"]), (True, [])])
def test_a_left_out_picture_keeps_back_what_is_shown_instead_of_it(move, is_left_out, go):
    entry = write(move.cast, move.cast.alma, move.cast.bo, title="I båten", happened_on=TODAY)
    whole, part = photograph(move.cast, move.cast.alma, move.cast.bo), photograph(move.cast, move.cast.alma)
    put_in(move.cast, entry, whole, part)
    held = entry.entry_pictures
    held.filter(picture=part).update(stands_for=held.get(picture=whole))
    share(move.cast, entry)
    if is_left_out:
        move.leave_out(picture=whole)
    assert [one["alt"] for one in pictures_in(log_of(move.made()), "I båten")] == go


# --- what a conference shows of the log ----------------------------------------------------------------------------


def shown_by_the_talk(package):
    """Of each piece of the log that a conference shows: the entry, and whether it is a picture of it."""
    told = log_of(package)
    names = {one["id"]: one["title"] for one in told["entries"]}
    asked = [one for talk in told["conferences"] for part in talk["sections"] for one in part["questions"]]
    shown = [one for question in asked for one in question["fromLog"]]
    return sorted((names.get(one["entry"], one["entry"]), one["picture"] is not None) for one in shown)


def test_a_conference_shows_of_the_log_what_goes_along_itself(move):
    assert shown_by_the_talk(move.made()) == [(BRIDGE, False), (BRIDGE, True)]
    assert len(shown_by_the_talk(move.own_copy())) == 3


def test_a_left_out_picture_is_not_in_the_conference_either(move):
    move.leave_out(picture=move.photograph)
    assert shown_by_the_talk(move.made()) == [(BRIDGE, False)]


def test_a_left_out_entry_is_not_in_the_conference_either(move):
    move.leave_out(entry=move.entry)
    assert shown_by_the_talk(move.made()) == []


def test_a_conference_shows_nothing_of_a_log_that_was_not_chosen(move):
    move.answer(LOG, "withdrawn", at=NOW + timedelta(hours=6))
    assert shown_by_the_talk(move.made()) == []


def test_nobodys_copy_leads_to_what_was_withdrawn(move):
    services.withdraw_entry(entry=move.entry, by=move.cast.viewer("cecilia", at=NOW + timedelta(hours=6)))
    for package in (move.made(), move.own_copy()):
        assert BRIDGE not in json.dumps(log_of(package))
        assert {name for name, _picture in shown_by_the_talk(package)} <= {f"{STAYS} för länge sedan"}


@pytest.mark.parametrize(("days", "goes"), [(200, True), (280, False)])
def test_what_is_added_to_a_conference_on_the_first_day_or_later_stays(move, days, goes):
    at = NOW + timedelta(days=days)
    by = move.cast.viewer("cecilia", at=at)
    agreed = move.talk.agreements.get()
    agreeing.follow_up(agreement=agreed, state="done", text="Tre böcker lästa.", client_key=uuid.uuid4(), by=by)
    sealing.add(conference=move.talk, text="Ett ord till.", by=by)
    told = json.dumps(log_of(move.made(at=at)), ensure_ascii=False)
    assert [words in told for words in ("Tre böcker lästa.", "Ett ord till.")] == [goes, goes]


def test_a_left_out_conference_is_out(move):
    move.leave_out(conference=move.talk)
    assert log_of(move.made())["conferences"] == []


def test_put_back_is_in_again(move):
    row = move.leave_out(entry=move.entry)
    type(row).objects.filter(pk=row.pk).update(put_back_at=NOW)
    assert len(titles(move.made())) == 2


def test_words_that_are_not_ticked_any_more_stay(move):
    move.words.along.update(taken_back_at=NOW)
    assert log_of(move.made())["wordsFromHome"] == []


def test_what_was_shared_anew_after_the_first_day_is_out(move):
    after = NOW + timedelta(days=280)
    composing.bump(entry=move.entry, by=move.cast.viewer("cecilia", at=after))
    share(move.cast, move.entry, at=after)
    assert titles(move.made(at=after)) == ["Löven"]


def test_a_child_with_protected_identity_goes_nowhere(move):
    package = move.ask()
    Child.objects.filter(pk=move.cast.alma.pk).update(blocked_at=NOW)
    assert move.make(package).state == "stopped"


def test_the_reference_reader_and_ours_find_it_sound(move, tmp_path):
    package = move.made()
    path = tmp_path / "log.zip"
    with files.storage().open(package.file, "rb") as stored:
        path.write_bytes(stored.read())
    published = keys.published(move.cast.organisation)["keys"]
    report = verify.verify(path, published)
    assert (report.wrong, report.kid) == ([], published[0]["kid"])
    with zipfile.ZipFile(path) as whole:
        whole.extractall(tmp_path)
    [folder] = [one for one in tmp_path.iterdir() if (one / "bagit.txt").is_file()]
    assert bagit.Bag(str(folder)).is_valid()
    assert package.octets == path.stat().st_size


def test_its_data_hold_to_the_schema_that_lies_beside_them(move):
    inside = opened(move.made())
    schema = json.loads(inside["data/log.schema.json"])
    assert schema == json.loads(record.SCHEMA.read_text())
    told = json.loads(inside["data/log.json"])
    assert faults(told, schema) == []
    for entry in told["entries"]:
        assert {f"data/{one['file']}" for one in (*entry["pictures"], *entry["clips"])} <= set(inside)


def test_pictures_are_jpegs_of_their_pixels_alone_and_stand_on_the_paper(move, tmp_path):
    inside = opened(move.made())
    shots = {path: octets for path, octets in inside.items() if path.endswith(".jpg")}
    assert len(shots) == 2
    for octets in shots.values():
        with Image.open(io.BytesIO(octets)) as image:
            assert (image.format, image.size, image.getexif(), image.info.get("comment")) == (
                "JPEG",
                (160, 120),
                {},
                None,
            )
    assert_kept_and_readable(inside["data/log.pdf"], "sv", tmp_path)
    with pikepdf.open(io.BytesIO(inside["data/log.pdf"])) as paper:
        assert alternatives(paper.Root.StructTreeRoot.K) == ["Någon på en planka", "Plankor i gräset"]


def test_the_same_package_made_twice_is_the_same_bytes(move):
    package = move.made()
    with files.storage().open(package.file, "rb") as stored:
        first = stored.read()
    type(package).objects.filter(pk=package.pk).update(state="waiting", file="", digest="")
    again = move.make(package, at=LATER + timedelta(days=1))
    with files.storage().open(again.file, "rb") as stored:
        assert stored.read() == first


def test_a_picture_whose_file_is_lost_leaves_the_rest_whole(move):
    lost = photograph(move.cast, move.cast.alma)
    lost.derivatives.filter(purpose="full").update(storage_name="pictures/aa/none.webp")
    entry = write(move.cast, move.cast.alma, title="Med bild", happened_on=TODAY)
    put_in(move.cast, entry, lost)
    share(move.cast, entry)
    package = move.made()
    told = next(one for one in log_of(package)["entries"] if one["title"] == "Med bild")
    assert (package.state, told["pictures"]) == ("ready", [])


def test_no_national_id_goes_along(move):
    child = Child.objects.get(pk=move.cast.alma.pk)
    child.national_id = "20210402-2388"
    child.save()
    for path, octets in opened(move.made()).items():
        read = readable(octets, path).replace("-", "")
        assert "202104022388" not in read, path
        assert "2104022388" not in read, path
