"""Lists ask the database as often for many children as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import TODAY
from tests.transfers.receiving.conftest import FIRST_DAY
from transfers import moves, preview, reading
from transfers.models import Handover
from transfers.services import handovers

pytestmark = pytest.mark.django_db


def asked(func, *args):
    """How many statements it takes, with what is read once a process out of the way."""
    func(*args)
    with CaptureQueriesContext(connection) as seen:
        func(*args)
    return len(seen)


def newcomers(move, count, group, starts):
    """Children of Granen with a guardian who has said yes, who go to this class."""
    for number in range(count):
        child = move.cast.make.child(f"Barn{number}", "Ny")
        move.cast.make.place(child, move.cast.granen)
        move.cast.make.place(child, group, starts=starts)
        adult = move.cast.make.person(f"adult-{Handover.objects.count()}-{number}", "Vuxen")
        move.says("school_log", tie=move.cast.make.guardian(adult, child))
        handovers.follow_child(child, move.cast.viewer("eva").at)


def test_the_head_s_list_and_start_page(move):
    starts = TODAY + timedelta(days=40)
    newcomers(move, 2, move.cast.form_f, starts)
    few = asked(moves.coming, move.cast.viewer("eva"))
    newcomers(move, 6, move.cast.form_f, starts)
    by = move.cast.viewer("eva")
    assert len(moves.coming(by)) == 8
    assert asked(moves.coming, by) == few


def test_the_class_s_list(move):
    newcomers(move, 2, move.cast.form_f, FIRST_DAY)
    few = asked(reading.open_for, move.cast.viewer("gun"))
    newcomers(move, 6, move.cast.form_f, FIRST_DAY)
    by = move.cast.viewer("gun")
    assert len(reading.open_for(by)) == 8
    assert asked(reading.open_for, by) == few


def test_the_preview(here):
    by = here.cast.viewer("astrid")
    few = asked(preview.of, here.handover, here.cast.astrid_alma, by)
    for _ in range(8):
        here.entry()
    assert len(preview.of(here.handover, here.cast.astrid_alma, by).content.entries) == 9
    assert asked(preview.of, here.handover, here.cast.astrid_alma, by) == few


def test_the_log_at_the_school(here):
    here.says("school_log")
    here.follow()
    by = here.cast.viewer("gun")
    few = asked(reading.log, by, here.handover.public_id)
    for _ in range(8):
        here.entry()
    assert asked(reading.log, by, here.handover.public_id) == few
