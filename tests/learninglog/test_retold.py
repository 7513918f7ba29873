"""A mention of a child the writer does not know stands as "friends" in the form, and is that child after saving."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.models import Area, Framework, Goal
from learninglog import mentions, services
from learninglog.composer import compose
from learninglog.mentions import Label, to_labels, to_tokens
from learninglog.models import EntryChild, SecondWords
from learninglog.retold import all_retold, retold
from learninglog.services.drafts import ChildInput, EntryInput, PictureInput
from people.models import GroupMembership, NamedChild, Placement
from tests.cast import NOW, TODAY
from tests.entries import picture, put_in, write
from tests.learninglog.staff.conftest import filled, href
from visibility.viewer import Hat

ALMA, BO, TYRA = Label(1, "Alma"), Label(2, "Bo"), Label(3, "Tyra")
ALL = [ALMA, BO, TYRA]


def tokens(text):
    return to_tokens(text, ALL)


def again(stored, *changes, known=(ALMA,), language="en"):
    """What is kept when the text is shown to one who knows these, changed and saved."""
    text = to_labels(tokens(stored), known, language)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return retold(text, tokens(stored), known, language)


@pytest.mark.parametrize(
    ("stored", "changes", "kept"),
    [
        ("@Bo ran.", [], "@Bo ran."),
        ("@Bo and @Alma ran.", [("ran", "walked")], "@Bo and @Alma walked."),
        ("@Bo, @Tyra and @Alma ran.", [("@Alma", "@Alma and the dog")], "@Bo, @Tyra and @Alma and the dog ran."),
        ("@Bo dug. @Tyra sang.", [("Friends dug. ", "")], "@Tyra sang."),
        ("@Bo dug. @Tyra sang.", [(" Friends sang.", "")], "@Bo dug."),
        ("We saw @Bo's hat.", [("We", "They")], "They saw @Bo's hat."),
        ("We saw @Bo.", [("We saw friends", "Our friends saw friends")], "Our friends saw @Bo."),
        ("@Bo ran.", [("Friends", "Then friends")], "Then @Bo ran."),
        ("@Bo dug.\n\nThen we ate.", [("Friends dug.\n\nThen we ate.", "Then we ate.\n\nFriends dug.")],
         "Then we ate.\n\n@Bo dug."),
        ("@Bo ran.", [("Friends", "Nobody")], "Nobody ran."),
        ("a@Bo b@Tyra", [("a", "see: a")], "see: a@Bo b@Tyra"),
    ],
)  # fmt: skip
def test_what_the_writer_changes_around_a_mention_leaves_the_mention(stored, changes, kept):
    assert again(stored, *changes) == tokens(kept)


def test_a_swedish_genitive_stays_where_it_was():
    assert again("Vi såg @Bos hatt.", ("hatt", "mössa"), language="sv") == tokens("Vi såg @Bos mössa.")


def test_a_word_that_was_only_typed_is_nobody():
    assert retold("Friends ran.", "", [ALMA], "en") == "Friends ran."
    assert again("@Alma and friends ran.") == tokens("@Alma and friends ran.")


def test_a_quote_taken_out_does_not_move_the_others_mentions():
    stored = [tokens("@Bo is fast"), tokens("I saw @Tyra")]
    shown = [to_labels(text, [ALMA], "en") for text in stored]
    assert all_retold([shown[1]], stored, [ALMA], "en") == [stored[1]]
    assert all_retold(["new", *shown], stored, [ALMA], "en") == ["new", *stored]
    assert all_retold([], stored, [ALMA], "en") == []


PIECES = st.lists(
    st.sampled_from(["@Alma", "@Bo", "@Tyra", " and ", ", ", " ran", "'s ", ".", "\n", " och ", "friends ", " a"]),
    max_size=14,
)


@given(PIECES, st.sampled_from([[], [ALMA], [ALMA, BO], ALL]), st.sampled_from(["en", "sv"]))
def test_saving_what_was_shown_changes_no_unknown_mention(pieces, known, language):
    stored, keys = tokens("".join(pieces)), {label.child_id for label in known}
    kept = retold(to_labels(stored, known, language), stored, known, language)
    unknown = [key for key in mentions.TOKEN.findall(stored) if int(key) not in keys]
    assert [key for key in mentions.TOKEN.findall(kept) if int(key) not in keys] == unknown


@given(PIECES, st.data())
def test_words_written_in_between_lose_no_mention(pieces, data):
    stored = tokens("".join(pieces))
    shown = to_labels(stored, [ALMA], "en")
    spaces = [place for place, letter in enumerate(shown) if letter == " "]
    at = data.draw(st.sampled_from([0, *spaces, len(shown)]))
    kept = retold(f"{shown[:at]} yesterday {shown[at:]}", stored, [ALMA], "en")
    assert [key for key in mentions.TOKEN.findall(kept) if key != "1"] == [
        key for key in mentions.TOKEN.findall(stored) if key != "1"
    ]


# --- on a draft ---------------------------------------------------------------------------------------------------


def leave(cast, child, *, on=TODAY):
    Placement.objects.filter(child=child).update(ends_on=on)
    GroupMembership.objects.filter(child=child).update(ends_on=on)


def as_shown(entry, viewer):
    """The form as the composer fills it for this writer."""
    shown = compose(entry, viewer)
    children = {
        child.pk: ChildInput(about.line, about.asked, about.quotes, {key: text for key, _label, text in about.remarks})
        for child in shown.chosen
        if (about := child.about)
    }
    pictures = {card.public_id: PictureInput(card.caption, card.alt) for card in shown.pictures}
    return EntryInput(
        title=shown.title, text=shown.text, happened_on=entry.happened_on, children=children,
        goals=[goal.pk for goal in Goal.objects.filter(entry_goals__entry=entry)], pictures=pictures,
    )  # fmt: skip


def save(entry, viewer, data, **more):
    entry.refresh_from_db()
    revision = more.pop("revision", entry.revision)
    return services.save_entry(entry=entry, by=viewer, revision=revision, data=data, **more)


def kept_words(entry):
    entry.refresh_from_db()
    row = EntryChild.objects.get(entry=entry)
    return [
        entry.title, entry.text, row.line, *row.quotes.order_by("position").values_list("text", flat=True),
        *row.remarks.order_by("pk").values_list("text", flat=True),
        *entry.entry_pictures.order_by("pk").values_list("caption", "alt"),
    ]  # fmt: skip


@pytest.fixture
def draft(cast):
    """About Alma, with Bo in every text of it."""
    entry = write(cast, cast.alma)
    put_in(cast, entry, row := picture(cast, cast.alma))
    framework = Framework.objects.create(code="F", country="SE", title_en="Curriculum", valid_from=date(2020, 1, 1))
    area = Area.objects.create(framework=framework, code="A", label_en="Nature")
    goal = Goal.objects.create(area=area, code="G", label_en="Leaves")
    data = EntryInput(
        title="@Bo and @Alma", text="@Bo's hat, said @Alma.", happened_on=TODAY, goals=[goal.pk],
        children={cast.alma.pk: ChildInput("with @Bo", "", ["@Bo is fast", "so is @Bo"], {goal.pk: "she led @Bo"})},
        pictures={row.public_id: PictureInput("@Bo's leaf", "@Bo and a leaf")},
    )  # fmt: skip
    save(entry, cast.viewer("cecilia"), data)
    return entry


pytestmark = pytest.mark.django_db


def test_a_child_who_has_left_stays_mentioned_in_every_text_of_the_draft(cast, draft):
    before = kept_words(draft)
    leave(cast, cast.bo)
    shown = as_shown(draft, cast.viewer("cecilia"))
    assert "Bo" not in str(shown)
    assert shown.text == "Kompisar's hat, said @Alma."
    save(draft, cast.viewer("cecilia"), replace(shown, text=shown.text + " Then we ate."))
    assert kept_words(draft) == [*before[:1], before[1] + " Then we ate.", *before[2:]]
    leave(cast, cast.bo, on=None)
    assert compose(draft, cast.viewer("cecilia")).text == "@Bo's hat, said @Alma. Then we ate."


def test_who_works_with_one_child_alone_keeps_the_mentions_of_the_others(cast, draft):
    type(draft).objects.filter(pk=draft.pk).update(created_by=cast.frans)
    before, frans = kept_words(draft), cast.viewer("frans")
    shown = as_shown(draft, frans)
    assert "Bo" not in str(shown)
    save(draft, frans, replace(shown, title=shown.title + "!"))
    assert kept_words(draft) == [before[0] + "!", *before[1:]]


def test_two_who_know_different_children_keep_each_others_mentions(cast):
    NamedChild.objects.create(duty=cast.frans.duties.get(), child=cast.bo, starts_on=TODAY)
    entry = write(cast, cast.bo, text="@Bo and @Tyra dug.")
    type(entry).objects.filter(pk=entry.pk).update(created_by=cast.frans)
    frans, cecilia = cast.viewer("frans"), cast.viewer("cecilia")
    save(entry, frans, replace(as_shown(entry, frans), text="Kompisar och @Bo sang. @Bo and kompisar dug."))
    save(entry, cecilia, as_shown(entry, cecilia))
    save(entry, frans, as_shown(entry, frans))
    shown = compose(entry, cecilia).text
    assert shown.endswith("@Bo and @Tyra dug.")


def test_words_kept_beside_say_only_what_differs(cast, draft):
    leave(cast, cast.bo)
    cecilia = cast.viewer("cecilia")
    shown = as_shown(draft, cecilia)
    save(draft, cecilia, replace(shown, title="Another title"))
    _row, taken = save(draft, cecilia, replace(shown, title="Another title"), revision=0)
    assert not taken
    assert not SecondWords.objects.exists()


def test_a_form_opened_before_the_child_left_turns_no_mention_into_a_plain_name(cast, draft):
    before, opened = kept_words(draft), as_shown(draft, cast.viewer("cecilia"))
    assert "@Bo" in opened.text
    leave(cast, cast.bo)
    save(draft, cast.viewer("cecilia"), opened)
    assert kept_words(draft) == before


def test_a_name_one_never_knew_tells_nothing_however_it_is_typed(cast, draft):
    leave(cast, cast.bo, on=TODAY - timedelta(days=9))
    cecilia = cast.viewer("cecilia", at=NOW)
    save(draft, cecilia, replace(as_shown(draft, cecilia), text="Is it @Bo's hat?"))
    draft.refresh_from_db()
    assert draft.text == "Is it @Bo's hat?"


def test_the_plain_form_sent_back_unchanged_keeps_the_mention(cast, draft, sign_in):
    leave(cast, cast.bo)
    before, client = kept_words(draft), sign_in(cast.cecilia, Hat.STAFF)
    page = client.get(href("compose", entry=draft), headers={"accept-language": "en"}).content.decode()
    assert "Kompisar" in page
    client.post(href("save", entry=draft), {key: _plain(value) for key, value in filled(page, do="save").items()})
    assert kept_words(draft) == before


def _plain(values):
    return [value.replace("&#39;", "'") for value in values]
