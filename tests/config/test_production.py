"""Production refuses to start without each of its secrets, and as a demo."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from tests.architecture.house import ROOT

SECRETS = {
    "SECRET_KEY": "s" * 40,
    "HASH_KEY": "h" * 40,
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "log.example.org",
}


FACTS = "p.DEMO, p.DEBUG, p.PRODUCTION, p.SESSION_COOKIE_SECURE"


def start(folder, facts=FACTS, **changes):
    """What a process says that loads the production settings with these variables alone."""
    variables = {**SECRETS, **changes}
    environment = {key: value for key, value in variables.items() if value is not None}
    code = f"from config.settings import production as p; print({facts})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**environment, "VAR_DIR": str(folder), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_all_secrets_it_starts_closed(tmp_path):
    said = start(tmp_path)
    assert said.stdout.split() == ["False", "False", "True", "True"], said.stderr


@pytest.mark.parametrize(
    ("changes", "leads_to"),
    [
        ({}, "https://log.example.org"),
        ({"ALLOWED_HOSTS": ".example.org,log.example.org"}, "https://example.org"),
        ({"BASE_URL": "https://logg.example.org"}, "https://logg.example.org"),
    ],
)
def test_links_in_mails_lead_to_the_site_and_never_to_the_machine_itself(tmp_path, changes, leads_to):
    said = start(tmp_path, "p.WAGTAILADMIN_BASE_URL", **changes)
    assert said.stdout.strip() == leads_to, said.stderr


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", [None, ""])
def test_without_one_of_them_it_does_not_start_and_says_which(tmp_path, name, value):
    said = start(tmp_path, **{name: value})
    assert said.returncode != 0
    assert f"ImproperlyConfigured: Set the environment variable {name}." in said.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "HASH_KEY"])
def test_a_short_secret_is_none(tmp_path, name):
    said = start(tmp_path, **{name: "short"})
    assert said.returncode != 0
    assert name in said.stderr.splitlines()[-1]


def test_a_damaged_key_for_columns_is_refused(tmp_path):
    said = start(tmp_path, FIELD_KEYS="damaged")
    assert said.returncode != 0
    assert "FIELD_KEYS: key 1" in said.stderr


def test_the_demo_does_not_start_on_production_settings(tmp_path):
    said = start(tmp_path, DEMO="1")
    assert said.returncode != 0
    assert "unset DEMO" in said.stderr
