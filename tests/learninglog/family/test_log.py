"""A child's log, as its guardians read it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import TODAY
from tests.entries import picture, put_in, share, shared, write


def log_of(child, **query):
    return reverse("family:log", kwargs={"child": child.public_id}, query=query)


def test_astrid_reads_what_was_shared_about_alma(cast, sign_in):
    shared(cast, cast.alma, title="Whose leaf is this?", quotes={cast.alma: ["It has roads in it."]})
    page = sign_in(cast.astrid).get(log_of(cast.alma)).content.decode()
    assert "Whose leaf is this?" in page
    assert "It has roads in it." in page
    assert "Granen · Skogsgläntan" in page
