"""Children in a text: tokens going in, names or "friends" coming out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learninglog import mentions
from learninglog.mentions import (
    Label,
    PlainName,
    clean,
    labels,
    masked,
    mention_plain,
    plain_names,
    to_labels,
    to_tokens,
)

ALMA, BO, TYRA = Label(1, "Alma"), Label(2, "Bo"), Label(3, "Tyra")
ALL = [ALMA, BO, TYRA]


def seen(typed, names, language="en"):
    return masked(to_tokens(typed, ALL), names, language)


@pytest.mark.parametrize(
    ("typed", "alma_reads"),
    [
        ("@Alma and @Bo ran.", "Alma and friends ran."),
        ("@Bo and @Alma ran.", "Alma and friends ran."),
        ("@Bo, @Alma and @Tyra ran.", "Alma and friends ran."),
        ("@Bo, @Tyra, and @Alma ran.", "Alma and friends ran."),
        ("@Bo ran.", "Friends ran."),
        ("@Bo, @Tyra ran.", "Friends ran."),
        ("Then @Bo och @Tyra ran.", "Then friends ran."),
        ("@Bo's leaf fell on @Tyra.", "Friends' leaf fell on friends."),
        ("@Alma's leaf.", "Alma's leaf."),
        ("- @Bo\n- @Tyra", "- Friends\n- Friends"),
        ("mail a@Alma.example", "mail aAlma.example"),
    ],
)
def test_others_are_friends_whatever_their_number_and_order(typed, alma_reads):
    assert seen(typed, {1: "Alma"}) == alma_reads


def test_one_other_and_three_others_read_the_same():
    one = seen("@Alma och @Bo letade löv.", {1: "Alma"}, "sv")
    three = seen("@Bo, @Alma, @Tyra och @Bo letade löv.", {1: "Alma"}, "sv")
    assert one == three == "Alma och kompisar letade löv."


def test_a_swedish_genitive_stays_swedish():
    assert seen("@Bos löv", {1: "Alma"}, "sv") == "Kompisars löv"
    assert seen("@Almas löv", {1: "Alma"}, "sv") == "Almas löv"


def test_a_longer_name_is_not_cut_to_a_shorter_one():
    assert to_tokens("@Boel and @Bosse", ALL) == "@Boel and @Bosse"
    both = [Label(1, "Alma B"), Label(2, "Alma")]
    assert mentions.children_in(to_tokens("@Alma B sang", both)) == {1}


def test_two_almas_get_an_initial_or_the_whole_family_name():
    found = labels([(1, "Alma", "Berg"), (2, "Alma", "Borg"), (3, "Bo", "Ek"), (4, "alma", "Ceder")])
    assert [label.text for label in found] == ["Alma Berg", "Alma Borg", "Bo", "alma C"]


def test_what_one_types_cannot_make_a_token():
    assert clean(f"{mentions.OPEN}7{mentions.CLOSE}") == "7"
    assert mentions.children_in(to_tokens(f"{mentions.OPEN}2{mentions.CLOSE}", ALL)) == set()


def test_the_composer_shows_at_names_and_gets_the_same_tokens_back():
    tokens = to_tokens("@Alma and @Bo's leaf", ALL)
    assert to_labels(tokens, ALL, "en") == "@Alma and @Bo's leaf"
    assert to_tokens(to_labels(tokens, ALL, "en"), ALL) == tokens
    assert "Bo" not in to_labels(tokens, [ALMA], "en")


def test_a_plain_first_name_is_found_in_any_case_and_genitive_but_not_inside_a_word():
    group = [(1, "Alma"), (2, "Bo"), (3, "My")]
    assert plain_names(["alma fann Bos sten"], group, []) == [PlainName(1, "Alma"), PlainName(2, "Bo")]
    assert plain_names(["Boel och en almanacka i myrstacken"], group, []) == []
    assert plain_names(["alma"], group, ["ALMA"]) == []
    assert plain_names([mentions.token(1)], group, []) == []


def test_one_tap_makes_every_plain_name_a_mention_and_touches_no_other():
    text = f"Alma och {mentions.token(2)}, sedan Almas hatt. Almanacka."
    made = mention_plain(text, 1, "Alma")
    assert made == f"{mentions.token(1)} och {mentions.token(2)}, sedan {mentions.token(1)}s hatt. Almanacka."


def test_searching_knows_nothing_of_who_is_mentioned():
    assert mentions.without(to_tokens("@Alma and @Bo ran", ALL)) == "ran"


PIECES = st.lists(
    st.sampled_from(["@Alma", "@Bo", "@Tyra", " and ", ", ", " ran", "'s ", ".", "\n", " och "]), max_size=14
)


@given(PIECES)
def test_no_arrangement_lets_an_unknown_name_or_a_token_through(pieces):
    for known in ({}, {1: "Alma"}, {1: "Alma", 2: "Bo"}):
        text = seen("".join(pieces), known)
        assert mentions.OPEN not in text
        assert "\ue001" not in text
        for label in ALL:
            if label.child_id not in known:
                without_at = text.replace(f"@{label.text}", "")
                assert label.text not in without_at


@given(PIECES)
def test_whoever_else_is_mentioned_a_family_reads_the_same(pieces):
    typed = "".join(pieces)
    swapped = typed.replace("@Bo", "@X").replace("@Tyra", "@Bo").replace("@X", "@Tyra")
    assert seen(typed, {1: "Alma"}) == seen(swapped, {1: "Alma"})
