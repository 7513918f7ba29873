"""The suite is as strict as it says: undefined words, forgotten orders, open networks, skipped tests."""

import os
import secrets
import socket
import subprocess
import sys
import uuid

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group as Rights
from django.db import connection
from django.template import engines
from jinja2 import StrictUndefined, UndefinedError
from pytest_socket import SocketConnectBlockedError

from people.models import Organisation
from tests import chance
from tests.architecture.house import ROOT
from tests.strict import shuffled


def test_a_word_that_a_template_does_not_know_stops_the_page():
    jinja = engines["jinja2"]
    assert jinja.env.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ child.given_name }}").render({})
    with pytest.raises(UndefinedError):
        jinja.from_string("{% if missing %}x{% endif %}").render({})


def test_what_people_wrote_is_escaped():
    assert "<" not in engines["jinja2"].from_string("{{ text }}").render({"text": "<b>"})


@pytest.fixture
def organisations(db):
    return [Organisation.objects.create(name=f"Owner {number}", country="SE") for number in range(6)]


def test_a_list_of_ours_that_nobody_ordered_comes_in_another_order(organisations):
    keys = [row.pk for row in organisations]
    assert [row.pk for row in Organisation.objects.all()] != keys
    assert sorted(row.pk for row in Organisation.objects.all()) == keys
    assert [row.pk for row in Organisation.objects.order_by("pk")] == keys
    assert list(Organisation.objects.values_list("pk", flat=True)) != keys


def test_a_list_that_is_looked_at_twice_stays_as_it_was(organisations):
    rows = Organisation.objects.all()
    assert list(rows) == list(rows)


def test_the_models_of_others_are_left_alone(db):
    made = [Rights.objects.create(name=str(number)).pk for number in range(6)]
    assert list(Rights.objects.filter(pk__in=made).values_list("pk", flat=True)) == made


def test_chance_is_the_same_for_a_test_of_the_same_name_and_another_for_another():
    drawn = []
    for name in ("one", "one", "two"):
        with pytest.MonkeyPatch.context() as patch:
            chance.draw_for(name, patch)
            drawn.append((uuid.uuid4(), secrets.token_urlsafe(), uuid.uuid4()))
    assert drawn[0] == drawn[1]
    assert len({*drawn[0], *drawn[2]}) == 6


@pytest.mark.parametrize("size", [2, 3, 10])
def test_another_order_is_always_another_one(size):
    rows = list(range(size))
    assert shuffled(rows, "seed") != rows
    assert sorted(shuffled(rows, "seed")) == rows
    assert shuffled(rows, "seed") == shuffled(rows, "seed")


def test_short_lists_are_let_be():
    assert shuffled([], "seed") == []
    assert shuffled([1], "seed") == [1]


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_the_network_is_off():
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_the_database_is_the_one_that_was_asked_for(db):
    assert connection.vendor == os.environ.get("EXPECT_DATABASE", connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_worker_has_a_folder_of_its_own():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    assert django_settings.VAR_DIR.is_dir()
    assert worker in django_settings.VAR_DIR.parts or not worker
    assert ROOT not in django_settings.VAR_DIR.parents


SKIPPING = {
    "test_inside.py": "import pytest\ndef test_one():\n    pytest.skip('no browser here')\n",
    "test_marked.py": "import pytest\n@pytest.mark.skip(reason='no server here')\ndef test_one():\n    pass\n",
    "test_module.py": "import pytest\npytest.skip('no printer here', allow_module_level=True)\n",
    "test_fine.py": "def test_one():\n    pass\n",
    "conftest.py": "from tests.conftest import pytest_make_collect_report, pytest_runtest_makereport\n",
}


@pytest.mark.parametrize(
    ("required", "code", "counted"),
    [("", 0, "1 passed, 3 skipped"), ("1", 1, "1 failed, 1 passed, 2 errors")],
    ids=["allowed", "required"],
)
def test_a_skip_fails_where_everything_is_required(tmp_path, required, code, counted):
    for name, text in SKIPPING.items():
        (tmp_path / name).write_text(text)
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull, "-rfEs",
         "--continue-on-collection-errors", f"--rootdir={tmp_path}", str(tmp_path)],
        cwd=ROOT, env={**os.environ, "REQUIRE_ALL": required}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == code, said.stdout + said.stderr
    assert counted in said.stdout
    assert all(f"no {thing} here" in said.stdout for thing in ("browser", "server", "printer"))


def test_the_second_run_leaves_out_what_asks_no_database(tmp_path):
    """A fixture on the way, a mark, or a mark for processes of one's own: each says that a test asks one."""
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "def test_alone(): ...\n"
        "def test_by_a_fixture(cast): ...\n"
        "@pytest.mark.django_db\ndef test_by_the_mark(): ...\n"
        "@pytest.mark.own_database\ndef test_by_its_own_ways(): ...\n"
        "@pytest.mark.once\ndef test_of_the_demo(cast): ...\n"
    )
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    environment = {**os.environ, "ONLY_DATABASE": "1"}
    done = subprocess.run(
        [*command, f"--rootdir={ROOT}", "-c", str(ROOT / "pyproject.toml"), str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "test_by_a_fixture" in done.stdout, done.stdout + done.stderr
    assert "test_by_the_mark" in done.stdout
    assert "test_by_its_own_ways" in done.stdout
    assert "test_alone" not in done.stdout
    assert "test_of_the_demo" not in done.stdout
