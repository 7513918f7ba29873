"""Pictures by the answers of now: what an open group's families see, and what may not be photographed at all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from learninglog import composer, reach
from learninglog.printing import kept_off_paper
from learninglog.rendition import for_viewer
from learninglog.services import composing, preview_sharing
from learninglog.services.drafts import ChildInput, EntryInput
from learninglog.services.sharing import NotReady
from media_policy.models import Picture
from people.models import Answer, Guardianship
from tests.cast import NOW
from tests.entries import picture, put_in, share, shared, write
from tests.learninglog.test_hidden_members import everything_of
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db
DAY, LATER = timedelta(days=1), NOW + timedelta(hours=1)


def say(tie, question, value, at=NOW - DAY):
    return Answer.objects.create(
        child=tie.child, guardianship=tie, question=question, value=value, given_at=at, given_by=tie.person
    )


@pytest.fixture
def opened(cast):
    return cast.granen.openings.create(opened_at=NOW - 9 * DAY)


@pytest.fixture
def entry(cast):
    return write(cast, cast.alma, cast.bo)


def holding(cast, entry, *subjects, **more):
    row = picture(cast, *subjects, **more)
    put_in(cast, entry, row)
    share(cast, entry)
    entry.refresh_from_db()
    return row


def getting(cast, entry, row, at=NOW):
    """The guardians whom the picture reaches: its bytes, the entry's page and the preview's promise agree."""
    found = set()
    for name in ("astrid", "birger"):
        viewer = cast.viewer(name, at=at)
        given = Picture.objects.visible_to(viewer).filter(pk=row.pk).exists()
        [rendition] = for_viewer([entry], viewer)
        assert [view.public_id for view in rendition.pictures] == [row.public_id] * given
        found |= {name} if given else set()
    return found


def test_in_an_open_group_a_picture_of_both_reaches_both_when_both_families_said_yes(cast, opened, entry):
    say(cast.astrid_alma, "other_families", "yes")
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.alma, cast.bo)
    assert getting(cast, entry, row) == {"astrid", "birger"}


def test_one_yes_lets_the_other_family_see_and_not_the_own(cast, opened, entry):
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.alma, cast.bo)
    assert getting(cast, entry, row) == {"astrid"}


def test_a_picture_of_bo_alone_reaches_almas_mother_by_his_answer(cast, opened, entry):
    row = holding(cast, entry, cast.bo)
    assert getting(cast, entry, row) == {"birger"}
    say(cast.birger_bo, "other_families", "yes")
    assert getting(cast, entry, row) == {"astrid", "birger"}


def test_a_withdrawal_works_at_once_on_the_page_and_on_the_bytes(cast, opened, entry):
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.bo)
    say(cast.birger_bo, "other_families", "withdrawn", NOW)
    assert getting(cast, entry, row) == {"birger"}


def test_who_may_not_be_photographed_is_shown_to_no_other_family(cast, opened, entry):
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.bo)
    say(cast.birger_bo, "photograph", "no", NOW)
    assert getting(cast, entry, row) == {"birger"}


def test_nor_is_a_picture_with_an_own_child_who_may_not_be_photographed(cast, opened, entry):
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.alma, cast.bo)
    say(cast.astrid_alma, "photograph", "no", NOW)
    assert getting(cast, entry, row) == set()


@pytest.mark.parametrize("answer", ["yes", ""])
def test_in_a_group_with_hidden_members_no_answer_shows_a_child_to_others(cast, entry, answer):
    if answer:
        say(cast.birger_bo, "other_families", answer)
    row = holding(cast, entry, cast.alma, cast.bo)
    assert getting(cast, entry, row) == set()


def test_what_was_shared_before_the_group_opened_stays_as_it_was(cast, entry):
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.bo)
    cast.granen.openings.create(opened_at=NOW + timedelta(minutes=10))
    assert getting(cast, entry, row, at=LATER) == {"birger"}


def test_closing_the_group_takes_the_others_pictures_away(cast, opened, entry):
    say(cast.birger_bo, "other_families", "yes")
    row = holding(cast, entry, cast.bo)
    opened.closed_at = LATER
    opened.save()
    assert getting(cast, entry, row) == {"astrid", "birger"}
    assert getting(cast, entry, row, at=LATER) == {"birger"}


@pytest.mark.parametrize("was_open", [False, True])
def test_a_picture_a_family_may_not_see_leaves_no_gap_in_any_byte(cast, sign_in, was_open):
    """The page is the same, byte for byte, as of an entry that never had it."""
    if was_open:
        cast.granen.openings.create(opened_at=NOW - 9 * DAY)
    entry = shared(cast, cast.alma, cast.bo)
    client = sign_in(cast.astrid)
    child = cast.alma.public_id
    pages = [
        reverse("family:log", kwargs={"child": child}),
        reverse("family:entry", kwargs={"child": child, "entry": entry.public_id}),
        reverse("portal:family"),
    ]
    before = [everything_of(client.get(page)) for page in pages]
    before = [everything_of(client.get(page)) for page in pages]
    row = holding(cast, entry, cast.bo)
    say(cast.birger_bo, "other_families", "no")
    assert [everything_of(client.get(page)) for page in pages] == before
    address = reverse("media_policy:picture", kwargs={"public_id": row.public_id, "purpose": "thumb"})
    assert client.get(address).status_code == 404


def test_before_sharing_the_page_promises_what_families_get(cast, opened, entry):
    say(cast.birger_bo, "other_families", "yes")
    put_in(cast, entry, both := picture(cast, cast.alma, cast.bo), picture(cast, cast.bo), picture(cast, cast.alma))
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    assert preview.pictures_to == {cast.alma.pk: 3, cast.bo.pk: 1}
    assert preview.staying_pictures == []
    say(cast.birger_bo, "other_families", "no", NOW)
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    assert preview.pictures_to == {cast.alma.pk: 1, cast.bo.pk: 1}
    assert preview.staying_pictures == [both.pk]


# --- who may not be photographed -------------------------------------------------------------------------------------


@pytest.fixture
def objected(cast):
    say(cast.astrid_alma, "photograph", "no")


def mark(cast, entry, row, *children, nobody=False):
    said = composing.Marked(frozenset(child.pk for child in children), nobody)
    composing.mark_picture(entry=entry, by=cast.viewer("cecilia"), picture=row.public_id, marked=said)
    return set(row.subjects.values_list("child_id", flat=True))


def test_a_child_who_may_not_be_photographed_can_be_marked_and_stops_the_sharing(cast, entry, objected):
    put_in(cast, entry, row := picture(cast))
    assert mark(cast, entry, row, cast.alma) == {cast.alma.pk}
    with pytest.raises(NotReady, match="photograph"):
        share(cast, entry)
    preview = preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    assert preview.not_photographed == {row.pk: [cast.alma.pk]}
    [shown] = reach.described(preview, cast.viewer("cecilia")).forbidden
    assert (shown.card.public_id, shown.names) == (row.public_id, ["Alma"])


@pytest.mark.parametrize("lie", ["nobody", "another", "nothing"])
def test_the_mark_is_not_unsaid_to_get_the_picture_through(cast, entry, objected, lie):
    put_in(cast, entry, row := picture(cast))
    mark(cast, entry, row, cast.alma)
    children = [cast.bo] if lie == "another" else []
    assert cast.alma.pk in mark(cast, entry, row, *children, nobody=lie == "nobody")
    form = composing.Form(
        EntryInput(title="t", text="x", happened_on=entry.happened_on, children=_on(cast)),
        marks={row.public_id: composing.Marked(frozenset(child.pk for child in children), lie == "nobody")},
    )
    entry.refresh_from_db()
    composing.save(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, form=form)
    assert cast.alma.pk in set(row.subjects.values_list("child_id", flat=True))
    with pytest.raises(NotReady, match="photograph"):
        share(cast, entry)


def _on(cast):
    return {child.pk: ChildInput() for child in (cast.alma, cast.bo)}


def test_with_the_picture_taken_out_it_is_shared_from_the_same_page(cast, entry, objected, sign_in):
    put_in(cast, entry, row := picture(cast))
    mark(cast, entry, row, cast.alma)
    client = sign_in(cast.cecilia, Hat.STAFF)
    page = reverse("staff:share", kwargs={"entry": entry.public_id})
    assert "may not be photographed" in client.get(page).content.decode()
    out = reverse("staff:take_out", kwargs={"entry": entry.public_id, "picture": row.public_id})
    assert client.post(out).headers["Location"] == page
    assert client.post(out).headers["Location"] == page
    assert "may not be photographed" not in client.get(page).content.decode()
    share(cast, entry)


def test_such_a_child_is_never_guessed_to_be_in_a_picture(cast, objected):
    entry = write(cast, cast.alma)
    row = picture(cast)
    composing.keep_picture(entry=entry, picture=row, by=cast.viewer("cecilia"))
    assert not row.subjects.exists()
    assert mark(cast, entry, row, nobody=True) == set()
    share(cast, entry)


def test_the_composer_says_it_on_the_childs_chip(cast, entry, objected, sign_in):
    put_in(cast, entry, row := picture(cast))
    mark(cast, entry, row, cast.alma)
    shown = composer.compose(entry, cast.viewer("cecilia"))
    assert [child.label for child in shown.children if not child.photographed] == ["Alma"]
    client = sign_in(cast.cecilia, Hat.STAFF)
    page = client.get(reverse("staff:compose", kwargs={"entry": entry.public_id})).content.decode()
    assert page.count("not to be photographed") == 2
    assert "Alma may not be photographed." in page


def test_the_family_keeps_what_was_shared_before_the_objection(cast, entry):
    row = holding(cast, entry, cast.alma)
    say(cast.astrid_alma, "photograph", "no", NOW)
    assert getting(cast, entry, row) == {"astrid"}


def test_what_may_not_be_printed_says_so_to_the_staff_and_stays_off_the_paper(cast, client, as_persona, entry):
    row, nobody, unknown = holding(cast, entry, cast.alma), picture(cast, nobody=True), picture(cast)

    def off():
        return kept_off_paper([row.public_id, nobody.public_id, unknown.public_id], NOW)

    assert off() == {row.public_id, unknown.public_id}, "nobody has said yes to print yet"
    as_persona(client, cast.cecilia, Hat.STAFF)
    page = reverse("staff:entry", kwargs={"entry": entry.public_id})
    assert b'<figure class="no-print">' in client.get(page).content
    for tie in Guardianship.objects.filter(child=cast.alma, kind="legal"):
        say(tie, "print", "yes")
    assert off() == {unknown.public_id}
    assert b"no-print" not in client.get(page).content.split(b"<article")[1].split(b"</article>")[0]
    say(cast.astrid_alma, "print", "withdrawn", NOW)
    assert off() == {row.public_id, unknown.public_id}
