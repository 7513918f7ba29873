import uuid

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from ground.addresses import address

ONE, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("family:log", {"child": ONE}),
        ("family:entry", {"child": ONE, "entry": OTHER}),
        ("family:entry", {"child": OTHER, "entry": ONE}),
        ("media_policy:picture", {"public_id": ONE, "purpose": "thumb"}),
        ("media_policy:picture", {"public_id": OTHER, "purpose": "full"}),
        ("portal:sign_in", {}),
    ],
)
def test_it_is_what_reverse_says(name, kwargs):
    assert address(name, **kwargs) == address(name, **kwargs) == reverse(name, kwargs=kwargs)


def test_a_site_below_a_path_has_its_own():
    plain = address("family:log", child=ONE)
    set_script_prefix("/barn/")
    try:
        assert address("family:log", child=ONE) == f"/barn{plain}"
    finally:
        set_script_prefix("/")
    assert address("family:log", child=ONE) == plain


def test_a_name_that_nobody_has_is_refused():
    with pytest.raises(NoReverseMatch):
        address("family:nowhere", child=ONE)
