import logging
import signal
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ground import clock, jobs
from ground.jobs import Job, Outcome, register, registered, requeue_lost, run_if_due
from ground.management.commands import tick
from ground.models import JobRun

AT = datetime(2025, 5, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = "Alma Andersson 201501012384"


@pytest.fixture
def registry(monkeypatch):
    """A registry of the test's own."""
    registry = {}
    monkeypatch.setattr(jobs, "_registry", registry)
    return registry


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


class Counter:
    def __init__(self, failure=None):
        self.calls = []
        self.failure = failure

    def __call__(self, *, at):
        self.calls.append(at)
        if self.failure:
            raise self.failure


def run(name="count"):
    return JobRun.objects.get(name=name)


def test_the_site_itself_looks_after_lost_workers():
    assert [job.func for job in registered() if job.name == "ground.requeue_lost"] == [requeue_lost]


def test_a_job_is_registered_once(registry):
    first = Counter()
    register("b", HOUR, first)
    register("a", HOUR, first)
    register("b", 2 * HOUR, first)
    assert [(job.name, job.every) for job in registered()] == [("a", HOUR), ("b", 2 * HOUR)]
    with pytest.raises(ValueError, match="Two jobs are called b"):
        register("b", HOUR, Counter())
    with pytest.raises(ValueError, match="pause"):
        register("c", timedelta(0), first)


@pytest.mark.django_db
def test_a_job_runs_at_once_and_then_when_its_pause_is_over():
    count = Counter()
    job = Job("count", HOUR, count)
    assert run_if_due(job, AT) == Outcome("count")
    assert run_if_due(job, AT + HOUR - timedelta(microseconds=1)) is None
    assert run_if_due(job, AT + HOUR) == Outcome("count")
    assert count.calls == [AT, AT + HOUR]
    assert (run().succeeded_at, run().due_at, run().claimed_until) == (AT + HOUR, AT + 2 * HOUR, None)
    assert str(run()) == "count"


@pytest.mark.django_db
def test_a_failure_is_kept_and_logged_without_its_words(caplog):
    outcome = run_if_due(Job("count", HOUR, Counter(ValueError(SECRET))), AT)
    assert outcome.error.startswith("ValueError at test_jobs.py:")
    assert run().error == outcome.error
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.ERROR, f"job count failed: {outcome.error}")
    ]
    assert SECRET not in caplog.text
    assert "Alma" not in str(JobRun.objects.values())


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_sooner_but_ever_more_patiently():
    count = Counter(ValueError())
    job = Job("count", 24 * HOUR, count)
    at, pauses = AT, []
    for _ in range(13):
        assert run_if_due(job, at).error
        pauses.append(run().due_at - at)
        at = run().due_at
    minutes = [int(pause.total_seconds() // 60) for pause in pauses]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024]
    count.failure = None
    assert run_if_due(job, at) == Outcome("count")
    assert (run().failures, run().error, run().due_at) == (0, "", at + 24 * HOUR)


@pytest.mark.django_db
def test_a_failed_job_never_waits_longer_than_its_own_pause():
    job = Job("count", timedelta(seconds=20), Counter(ValueError()))
    run_if_due(job, AT)
    assert run().due_at == AT + timedelta(seconds=20)


@pytest.mark.django_db
def test_a_job_that_runs_elsewhere_is_left_alone_until_its_claim_runs_out():
    seen = []
    inner = Job("count", timedelta(seconds=1), Counter())

    def long(*, at):
        seen.append(run_if_due(inner, at + timedelta(minutes=9)))
        seen.append(run_if_due(inner, at + timedelta(minutes=10)))

    run_if_due(Job("count", timedelta(seconds=1), long), AT)
    assert seen == [None, Outcome("count")]


@pytest.mark.django_db
def test_a_job_whose_process_was_killed_is_started_again():
    count = Counter()
    JobRun.objects.create(name="count", due_at=AT, claimed_until=AT + jobs.CLAIM, started_at=AT)
    assert run_if_due(Job("count", 24 * HOUR, count), AT + timedelta(minutes=1)) is None
    assert run_if_due(Job("count", 24 * HOUR, count), AT + jobs.CLAIM) == Outcome("count")


@pytest.mark.django_db
def test_a_job_that_was_told_to_stop_gives_its_claim_back():
    with pytest.raises(KeyboardInterrupt):
        run_if_due(Job("count", HOUR, Counter(KeyboardInterrupt())), AT)
    assert run_if_due(Job("count", HOUR, Counter()), AT) == Outcome("count")


def once():
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("tick", once=True, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_one_tick_runs_what_is_due_and_says_so(registry, now):
    register("good", HOUR, Counter())
    assert once() == (0, "2025-05-05 12:00:00Z good done\n", "")
    assert once() == (0, "2025-05-05 12:00:00Z nothing was due\n", "")


@pytest.mark.django_db
def test_a_failing_job_does_not_stop_the_others_and_is_told_by_the_exit_code(registry, now):
    good = Counter()
    register("a-bad", HOUR, Counter(ValueError(SECRET)))
    register("b-good", HOUR, good)
    code, out, err = once()
    assert code == 1
    assert good.calls == [AT]
    assert out == "2025-05-05 12:00:00Z b-good done\n"
    assert "a-bad FAILED: ValueError at test_jobs.py" in err
    assert "1 job(s) failed." in err
    assert "Alma" not in out + err


class Pause:
    """Stands in for the event that a signal sets: counts the rounds and stops after some."""

    def __init__(self, rounds):
        self.rounds = rounds
        self.waited = []

    def is_set(self):
        return len(self.waited) >= self.rounds

    def set(self):
        self.rounds = 0

    def wait(self, seconds):
        self.waited.append(seconds)


@pytest.fixture
def loop(monkeypatch, now):
    handlers = {}
    monkeypatch.setattr(tick.signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(tick, "close_old_connections", lambda: None)

    def run(rounds):
        pause = Pause(rounds)
        monkeypatch.setattr(tick.threading, "Event", lambda: pause)
        out, err = StringIO(), StringIO()
        call_command("tick", stdout=out, stderr=err, no_color=True)
        return pause, out.getvalue(), err.getvalue()

    run.handlers = handlers
    return run


@pytest.mark.django_db
def test_the_loop_looks_every_20_seconds_and_outlives_a_failing_job(registry, loop):
    register("bad", timedelta(seconds=1), Counter(ValueError(SECRET)))
    pause, out, err = loop(3)
    assert pause.waited == [20, 20, 20]
    assert out == "2025-05-05 12:00:00Z stopped\n"
    assert err.count("bad FAILED") == 1


@pytest.mark.django_db
def test_the_loop_stops_between_two_jobs_when_it_is_told_to(registry, loop):
    later = Counter()
    register("a", HOUR, lambda *, at: loop.handlers[signal.SIGTERM](signal.SIGTERM, None))
    register("b", HOUR, later)
    _, out, _ = loop(5)
    assert later.calls == []
    assert out.endswith("stopped\n")
    assert set(loop.handlers) == {signal.SIGTERM, signal.SIGINT}


def test_the_loop_waits_for_a_database_that_is_away(registry, loop, monkeypatch):
    def away(*_):
        raise DatabaseError(SECRET)

    register("a", HOUR, Counter())
    monkeypatch.setattr(jobs, "run_if_due", away)
    pause, _, err = loop(2)
    assert len(pause.waited) == 2
    assert err.count("the database did not answer (DatabaseError)") == 2
    assert "Alma" not in err


def test_help_explains_and_starts_nothing(capsys):
    with pytest.raises(SystemExit) as stopped:
        tick.Command().run_from_argv(["manage.py", "tick", "--help"])
    assert stopped.value.code == 0
    assert "--once" in capsys.readouterr().out


def task(tries, minutes_ago, status=TaskResultStatus.RUNNING):
    return DBTaskResult.objects.create(
        status=status,
        started_at=AT - timedelta(minutes=minutes_ago),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="ground.jobs.requeue_lost",
        backend_name="default",
        run_after=AT,
        worker_ids=[f"w{n}" for n in range(tries)],
        exception_class_path="",
        traceback="",
    )


@pytest.mark.django_db
def test_a_task_whose_worker_was_killed_goes_back_into_the_queue():
    lost, fresh = task(1, 10), task(1, 9)
    assert requeue_lost(AT) == 1
    lost.refresh_from_db()
    fresh.refresh_from_db()
    assert (lost.status, lost.started_at) == (TaskResultStatus.READY, None)
    assert fresh.status == TaskResultStatus.RUNNING
    assert requeue_lost(AT) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", [s for s in TaskResultStatus if s != TaskResultStatus.RUNNING])
def test_a_task_that_does_not_run_is_left_alone(status):
    row = task(1, 60, status)
    assert requeue_lost(AT) == 0
    row.refresh_from_db()
    assert row.status == status


@pytest.mark.django_db
def test_a_task_is_put_back_five_times_and_then_given_up(caplog):
    row = task(0, 0, TaskResultStatus.READY)
    put_back = 0
    for number in range(9):
        row.refresh_from_db()
        if row.status != TaskResultStatus.READY:
            break
        row.claim(f"w{number}")
        DBTaskResult.objects.filter(pk=row.pk).update(started_at=AT - timedelta(hours=1))
        put_back += requeue_lost(AT)
    assert put_back == 5
    assert (row.status, row.finished_at) == (TaskResultStatus.FAILED, AT)
    assert row.exception_class_path == "ground.jobs.WorkerLost"
    assert f"task {row.pk} (ground.jobs.requeue_lost) was given up: its worker was lost 6 times" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "meanwhile",
    [{"status": TaskResultStatus.SUCCESSFUL}, {"started_at": AT, "worker_ids": ["w0", "w1"]}],
    ids=["it finishes", "another worker takes it"],
)
def test_a_task_that_moves_on_while_we_look_is_left_alone(monkeypatch, meanwhile):
    row = task(1, 60)
    plain = type(DBTaskResult.objects.all()).order_by

    def then_it_moves_on(queryset, *fields):
        found = list(plain(queryset, *fields))
        DBTaskResult.objects.filter(pk=row.pk).update(**meanwhile)
        return found

    monkeypatch.setattr(type(DBTaskResult.objects.all()), "order_by", then_it_moves_on)
    assert requeue_lost(AT) == 0
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in meanwhile} == meanwhile
