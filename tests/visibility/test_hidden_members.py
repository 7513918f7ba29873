"""Rule 4 by comparison: what a family gets says nothing about who, or how many, the others are."""

import dataclasses

import pytest

from learninglog.rendition import for_viewer
from tests.cast import NOW
from tests.entries import picture, put_in, share, shared, write

pytestmark = pytest.mark.django_db


def everything(rendition):
    """All values of a rendition but the keys of its row."""
    values = dataclasses.asdict(rendition)
    for column in ("entry_id", "public_id"):
        values.pop(column)
    return values


def for_astrid(cast, entry):
    [seen] = for_viewer([entry], cast.viewer("astrid"))
    return everything(seen)


def test_one_other_child_reads_like_many(cast):
    others = [cast.bo, cast.tyra, cast.elsa]
    one = shared(cast, cast.alma, others[0], text="@Alma and @Bo dug. @Bo laughed.")
    many = shared(
        cast, cast.alma, *others, text="@Alma, @Tyra, @Elsa and @Bo dug. @Tyra and @Bo laughed.",
        lines={cast.bo: "he dug", cast.tyra: "she dug"}, quotes={cast.elsa: ["Mine!"]},
    )  # fmt: skip
    assert for_astrid(cast, one) == for_astrid(cast, many)


def test_the_order_of_the_others_says_nothing(cast):
    first = shared(cast, cast.bo, cast.alma, text="@Bo and @Alma dug.")
    last = shared(cast, cast.alma, cast.bo, text="@Alma and @Bo dug.")
    assert for_astrid(cast, first) == for_astrid(cast, last)


def test_pictures_that_are_not_theirs_leave_no_gap(cast):
    leaf = picture(cast, nobody=True)
    few, many = write(cast, cast.alma, cast.bo), write(cast, cast.alma, cast.bo)
    share(cast, put_in(cast, few, leaf))
    share(cast, put_in(cast, many, picture(cast, cast.bo), leaf, picture(cast, cast.alma, cast.bo), picture(cast)))
    assert for_astrid(cast, few) == for_astrid(cast, many)


def test_an_own_child_is_named_also_where_only_a_quote_of_a_sibling_names_it(cast):
    cast.make.guardian(cast.astrid, cast.bo, since=NOW.replace(year=2025))
    entry = shared(cast, cast.alma, text="We dug.", quotes={cast.alma: ["@Bo laughed", "@Tyra too"]})
    assert for_astrid(cast, entry)["quotes"] == ["Bo laughed", "Kompisar too"]
    [staff] = for_viewer([entry], cast.viewer("cecilia"))
    assert staff.quotes == ["Bo laughed", "Tyra too"]
