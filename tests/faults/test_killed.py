"""Killed at random moments, in short; and that the search for what is lost or half there would find it."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as configured
from django_tasks_db.models import DBTaskResult

from learninglog.models import Entry, EntryChild, EntryPicture, HomeWords, Publication, Quote
from media_policy import files
from media_policy.models import Derivative, Picture
from tests.architecture.house import ROOT
from tests.faults import findings
from tests.faults.hand import Hand
from tests.faults.ledger import Ledger, Operation, Writing

KILLS = 6


@pytest.mark.own_database
def test_what_was_confirmed_outlives_a_kill_and_nothing_is_left_half_done():
    vendor = "postgres" if configured.DATABASES["default"]["ENGINE"].endswith("postgresql") else "sqlite"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill", "--times", str(KILLS), "--seed", "7", "--database", vendor],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{vendor}: {KILLS} killed" in ran.stdout
    assert "0 faults" in ran.stdout


def test_the_command_says_what_it_does():
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert "--times" in ran.stdout
    assert "random moments" in ran.stdout


class First(random.Random):
    """No chance: the first of every choice, and all that can be drawn."""

    def choice(self, options):
        return options[0]

    def sample(self, options, number):
        return list(options)

    def random(self):
        return 0.0


@pytest.fixture
def written(cast, settings, tmp_path):
    """A ledger after one operation of each kind but withdrawing, all of them done."""
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.SPOOL_ROOT = tmp_path / "spool"
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.SPOOL_ROOT)
    ledger = Ledger()
    hand = Hand(ledger, "any", lambda said: None)
    hand.random = First("any")
    for act in (hand.start, hand.upload, hand.mark, hand.place, hand.autosave, hand.share, hand.message):
        act()
    for act in (hand.write_words, hand.enqueue):
        act()
    return ledger


def faults(ledger):
    return "\n".join(findings.compare(ledger).faults)


def test_nothing_is_found_where_nothing_happened(written):
    assert all(written.slots.values())
    assert faults(written) == ""
    report = findings.compare(written)
    findings.sweep_up(report)
    assert report.faults == []


def stale_line():
    EntryChild.objects.filter(pk=EntryChild.objects.order_by("pk").first().pk).update(line="of an older save")


def stale_file():
    name = Derivative.objects.filter(purpose="card").first().storage_name
    path = Path(files.storage().path(name))
    path.write_bytes(path.read_bytes()[:-100])


def no_file():
    files.storage().delete(Derivative.objects.filter(purpose="thumb").first().storage_name)


DAMAGES = {
    "a draft is gone": (lambda: Entry.objects.update(revision=0, title="", text=""), "none of"),
    "words of two saves are mixed": (stale_line, "the line of save"),
    "a quote is missing": (lambda: Quote.objects.first().delete(), "0 quotes"),
    "a picture left the draft": (lambda: EntryPicture.objects.all().delete(), "none of"),
    "one family is left out": (lambda: Publication.objects.first().delete(), "half shared"),
    "nobody is published": (lambda: Publication.objects.all().delete(), "half shared"),
    "published without a version": (lambda: Entry.objects.update(current=None), "publications without a version"),
    "a mark is gone": (lambda: Picture.objects.update(marking="unmarked"), "picture"),
    "words are gone": (lambda: HomeWords.objects.all().delete(), "words"),
    "a job is gone": (lambda: DBTaskResult.objects.all().delete(), "task"),
    "a file's row is gone": (lambda: Derivative.objects.first().delete(), "has not its files"),
    "a file is gone": (no_file, "thumb cannot be read"),
    "a file is cut short": (stale_file, "cannot be read"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_search_finds(written, damage):
    harm, said = DAMAGES[damage]
    harm()
    assert said in faults(written)


def test_a_family_that_sees_more_or_less_than_is_published_is_found(written, monkeypatch):
    monkeypatch.setattr(Entry.objects.all().__class__, "visible_to", lambda self, viewer, action="READ": self.none())
    assert "astrid sees [] and should see" in faults(written)


def test_a_family_that_is_shown_half_is_found(written, monkeypatch):
    monkeypatch.setattr(findings, "for_viewer", lambda entries, viewer: [])
    assert "astrid is shown []" in faults(written)


def test_what_the_sweep_leaves_behind_is_found(written, monkeypatch):
    real = findings.sweep
    monkeypatch.setattr(findings, "sweep", lambda at: real(at, dry_run=True))
    files.write(b"nobody's", extension="webp", content_type="image/webp")
    (Path(configured.SPOOL_ROOT) / "raw").write_bytes(b"raw")
    report = findings.compare(written)
    findings.sweep_up(report)
    assert report.counts["orphan files"] == 1
    assert [fault.partition(":")[0].partition(" holds")[0] for fault in report.faults] == [
        "after the sweep files and rows differ",
        "after the sweep the spool",
    ]


def test_a_family_that_is_shown_an_entry_without_its_pictures_is_found(written, monkeypatch):
    real = findings.for_viewer
    bare = lambda entries, viewer: [replace(one, pictures=[]) for one in real(entries, viewer)]  # noqa: E731
    monkeypatch.setattr(findings, "for_viewer", bare)
    assert "astrid is shown half of entry" in faults(written)


def test_only_the_operation_under_way_may_have_happened_or_not():
    ledger = Ledger()
    before = {table: {} for table in ledger.slots}
    ledger.begin(Operation("start", "entry", "k", Writing()))
    after = {**before, "entry": {"k": Writing()}}
    assert ledger.compare(before) == ledger.compare(after) == []
    assert ledger.compare({**before, "entry": {"k": Writing(revision=1)}}) != []
    ledger.confirm()
    assert ledger.compare(after) == []
    assert ledger.compare(before) != []
    assert ledger.compare({**after, "entry": {"k": Writing(), "nobody's": Writing()}}) != []
