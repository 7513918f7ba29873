"""Builds the demo world: one invented municipality with eighteen months of learning logs, or a small corner of it."""

import io
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command
from django.db import transaction

from learninglog.models import Entry, HomeWords, Thread
from media_policy.models import Picture
from portal.demo import access, answers, conferences, covering, darkroom, diary, loose_ends, plans, talks, transfers
from portal.demo.dates import Dates
from portal.demo.lindby import World
from portal.demo.people import build_people
from portal.demo.writing import Writer

Say = Callable[[str], None]
# What is being counted, how far it is, how many there will be.
Step = Callable[[str, int, int], None]
WORDS_FROM_HOME = 60


@dataclass(frozen=True)
class Built:
    children: int
    staff: int
    entries: int
    pictures: int
    threads: int
    words: int


@transaction.atomic
def build(*, at: datetime, seed: int, small: bool, say: Say, step: Step, workers: int = darkroom.WORKERS) -> Built:
    """Everything in one transaction: a demo that was cut off leaves no half of it behind.

    The same seed at the same moment gives the same people and words; ids and keys are drawn anew.
    """
    dates, chance = Dates(at), random.Random(seed)
    say("Frameworks, people, families, public pages …")
    with _without_reports():
        call_command("load_frameworks", verbosity=0)
        call_command("load_sensitive_words", verbosity=0, stdout=io.StringIO())
        call_command("load_question_wordings", verbosity=0, stdout=io.StringIO())
        world = build_people(dates, chance, small=small)
        call_command("build_site", verbosity=0, stdout=io.StringIO())
    _write(world, small=small, say=say, step=step, workers=workers)
    return Built(
        children=len(world.children),
        staff=len({duty.person_id for duty in world.organisation.duties.all()}) + 1,
        entries=Entry.objects.count(),
        pictures=Picture.objects.count(),
        threads=Thread.objects.count(),
        words=HomeWords.objects.count(),
    )


def _write(world: World, *, small: bool, say: Say, step: Step, workers: int) -> None:
    planned = diary.plan(world, small=small)
    drafts = loose_ends.plan_drafts(world, small=small)
    jottings = loose_ends.plan_jottings(world, small=small)
    shots = [shot for row in (*planned, *drafts) for shot in row.shots]
    shots += [shot for jotting in jottings for shot in jotting.shots]
    pictures = darkroom.developed(shots, world.dates.zone, workers=0 if small else workers)
    writer = Writer(world, pictures)
    count = 5 if small else WORDS_FROM_HOME
    say("Words from home …")
    talks.write_from_home(writer, count=count, small=small, done=lambda number: step("from home", number, count))
    say(f"{len(planned)} entries with {len(shots)} pictures …")
    written = writer.write_all(planned, done=lambda number: step("entries", number, len(planned)))
    say("Drafts, trays, talks …")
    loose_ends.leave_drafts(writer, drafts)
    loose_ends.fill_trays(writer, jottings)
    loose_ends.take_back(writer, written)
    talks.converse(writer, written, often=60 if small else 15)
    talks.visits(writer)
    say("Plans and what the teams think …")
    plans.make(world, written)
    say("Conferences …")
    conferences.make(world)
    say("Who has access …")
    access.arrange(world)
    answers.answer(world)
    covering.cover_some(writer)
    say("Children who move on …")
    transfers.make(world)


@contextmanager
def _without_reports() -> Iterator[None]:
    """Wagtail tells of every page and snippet it keeps; here that is a hundred lines nobody asked for."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
