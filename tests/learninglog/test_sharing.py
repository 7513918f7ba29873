"""Sharing, word for word: who sees what afterwards, and what is written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from learninglog import services
from learninglog.models import Entry, HomeChange, Publication, SharedVersion, VersionAudience
from learninglog.rendition import for_viewer
from learninglog.services.drafts import ChildInput, EntryInput
from media_policy.models import Picture
from people.models import Guardianship
from tests.cast import NOW, TODAY
from tests.entries import picture, put_in, share, shared, write
from visibility import audience, rule
from visibility.viewer import Hat, Moment

pytestmark = pytest.mark.django_db


def sees(cast, name, entry, **more):
    return Entry.objects.visible_to(cast.viewer(name, **more)).filter(pk=entry.pk).exists()


def test_each_family_sees_the_shared_entry_and_nobody_else_does(cast):
    entry = shared(cast, cast.alma, cast.bo)
    expected = {"astrid", "birger", "cecilia", "karin", "eva", "frans", "ines", "siri"}
    assert {name for name, viewer in cast.viewers().items() if rule.may(viewer, "READ", entry)} == expected


def test_a_draft_is_for_the_staff_of_the_children_and_not_for_the_head(cast):
    entry = write(cast, cast.bo)
    assert {name for name, v in cast.viewers().items() if rule.may(v, "READ", entry)} == {
        "cecilia", "karin", "ines", "siri",
    }  # fmt: skip


def test_a_draft_about_nobody_is_for_those_who_work_in_the_group(cast):
    entry = write(cast)
    assert {name for name, v in cast.viewers().items() if rule.may(v, "READ", entry)} == {"cecilia", "karin", "ines"}
    with pytest.raises(PermissionDenied):
        services.share_entry(entry=entry, by=cast.viewer("cecilia"))


def test_david_no_longer_sees_alma(cast):
    entry = shared(cast, cast.alma, at=NOW - timedelta(days=200), happened_on=TODAY - timedelta(days=200), by="david")
    assert sees(cast, "david", entry, at=NOW - timedelta(days=160))
    assert not sees(cast, "david", entry)


def test_siri_stops_seeing_the_group_at_the_minute_her_pass_ends(cast):
    entry = shared(cast, cast.bo)
    end = NOW.replace(hour=16, minute=0)
    assert sees(cast, "siri", entry, at=end - timedelta(seconds=1))
    assert not sees(cast, "siri", entry, at=end)


def test_ines_shares_an_entry_with_her_own_child_beside_another_but_not_alone(cast):
    both = write(cast, cast.elsa, cast.bo, by="cecilia")
    alone = write(cast, cast.elsa, by="cecilia")
    assert rule.may(cast.viewer("ines"), "SHARE", both)
    assert not rule.may(cast.viewer("ines"), "SHARE", alone)
    assert not rule.may(cast.viewer("ines"), "READ", alone)
    assert not rule.may(cast.viewer("ines", Hat.GUARDIAN), "READ", alone)
    share(cast, alone)
    assert rule.may(cast.viewer("ines", Hat.GUARDIAN), "READ", alone)


def test_the_family_reads_friends_and_its_own_words_only(cast):
    entry = shared(
        cast, cast.alma, cast.bo, cast.tyra,
        text="@Alma and @Bo held them up. @Tyra, @Bo and @Elsa ran.",
        lines={cast.alma: "she counted to seven", cast.bo: "he laughed with @Alma"},
        quotes={cast.alma: ["It has roads in it."], cast.bo: ["Mine is bigger."]},
    )  # fmt: skip
    [alma] = for_viewer([entry], cast.viewer("astrid"))
    assert alma.text == "Alma och kompisar held them up. Kompisar ran."
    assert alma.children_line == "Alma och kompisar"
    assert alma.quotes == ["It has roads in it."]
    assert alma.lines == [("Alma", "she counted to seven")]
    [bo] = for_viewer([entry], cast.viewer("birger"))
    assert bo.lines == [("Bo", "he laughed with kompisar")]
    [staff] = for_viewer([entry], cast.viewer("cecilia"))
    assert staff.text == "Alma and Bo held them up. Tyra, Bo and Elsa ran."


def test_a_picture_reaches_a_guardian_only_when_every_recognisable_child_is_theirs(cast):
    entry = write(cast, cast.alma, cast.bo)
    alma, both = picture(cast, cast.alma), picture(cast, cast.alma, cast.bo)
    leaf, unmarked = picture(cast, nobody=True), picture(cast)
    put_in(cast, entry, alma, both, leaf, unmarked)
    share(cast, entry)

    def seen(name):
        return set(Picture.objects.visible_to(cast.viewer(name)))

    assert seen("astrid") == {alma, leaf}
    assert seen("birger") == {leaf}
    assert seen("cecilia") == {alma, both, leaf, unmarked}
    assert seen("anders") == seen("gun") == seen("office") == seen("stranger") == seen("david") == set()
    [rendition] = for_viewer([entry], cast.viewer("astrid"))
    assert [view.public_id for view in rendition.pictures] == [alma.public_id, leaf.public_id]


def test_a_child_who_said_no_keeps_its_pictures(cast):
    entry = write(cast, cast.alma)
    put_in(cast, entry, picture(cast, cast.alma), leaf := picture(cast, nobody=True))
    services.save_entry(
        entry=entry, by=cast.viewer("cecilia"), revision=entry.revision,
        data=EntryInput(title="x", text="y", happened_on=TODAY, children={cast.alma.pk: ChildInput(asked="no")}),
    )  # fmt: skip
    share(cast, entry)
    assert set(Picture.objects.visible_to(cast.viewer("astrid"))) == {leaf}


def test_sharing_writes_one_publication_a_child_and_the_audience_without_names(cast):
    entry = shared(cast, cast.alma, cast.bo)
    version = entry.current
    assert set(Publication.objects.filter(entry=entry).values_list("child", flat=True)) == {cast.alma.pk, cast.bo.pk}
    kept = set(VersionAudience.objects.filter(version=version).values_list("person", "relation", "child"))
    now = {(r.person_id, r.relation.name, r.child_id) for r in audience.of(entry, Moment.of(NOW, cast.organisation))}
    assert kept == now
    assert (cast.astrid.pk, "GUARDIAN", cast.alma.pk) in kept


def test_sharing_twice_without_a_change_is_sharing_once(cast):
    entry = write(cast, cast.alma)
    assert share(cast, entry) == share(cast, entry, at=NOW + timedelta(seconds=1))
    assert SharedVersion.objects.filter(entry=entry).count() == 1


def test_a_picture_that_came_or_was_marked_without_a_save_is_shared_again(cast):
    entry = shared(cast, cast.alma)
    first = entry.current
    put_in(cast, entry, picture(cast))
    second = share(cast, entry)
    assert (second.number, second.pictures.count()) == (first.number + 1, 1)
    assert share(cast, entry) == second
    held = entry.entry_pictures.get().picture
    held.marking = Picture.Marking.NOBODY
    held.save()
    assert share(cast, entry).number == second.number + 1


def test_what_was_confirmed_is_what_is_shared(cast):
    entry = write(cast, cast.alma)
    viewer = cast.viewer("cecilia")
    digest = services.preview_sharing(entry=entry, by=viewer).digest
    Guardianship.objects.filter(pk=cast.anders_alma.pk).update(activated_at=NOW)
    with pytest.raises(services.AudienceChanged) as asked:
        services.share_entry(entry=entry, by=viewer, confirmed=digest)
    assert not Publication.objects.filter(entry=entry).exists()
    services.share_entry(entry=entry, by=viewer, confirmed=asked.value.preview.digest)
    assert sees(cast, "anders", entry)


def test_the_preview_counts_and_names_what_is_unusual(cast):
    entry = write(cast, cast.alma, cast.bo)
    put_in(cast, entry, unmarked := picture(cast))
    preview = services.preview_sharing(entry=entry, by=cast.viewer("cecilia"))
    assert (preview.families, preview.adults) == (2, 2)
    assert preview.not_activated == [cast.anders_alma.pk]
    assert preview.staying_pictures == [unmarked.pk]
    assert {r.relation.name for r in preview.reaches} >= {"GUARDIAN", "PEDAGOGUE", "HEAD", "SUBSTITUTE"}


def test_a_plain_first_name_stops_the_sharing_until_it_is_a_mention_or_said_not_to_be_the_child(cast):
    entry = write(cast, cast.alma, text="Tyras leaf was red.")
    with pytest.raises(services.NotReady) as stopped:
        share(cast, entry)
    assert [name.word for name in stopped.value.preview.plain_names] == ["Tyra"]
    data = EntryInput(
        title="t", text="Tyras leaf was red.", happened_on=TODAY, children={cast.alma.pk: ChildInput()},
        not_names=["Tyra"],
    )  # fmt: skip
    services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=data)
    assert share(cast, entry).not_names == ["Tyra"]


def test_withdrawing_takes_the_entry_and_its_pictures_from_the_families_at_once(cast):
    entry = write(cast, cast.alma)
    put_in(cast, entry, picture(cast, cast.alma))
    share(cast, entry)
    services.withdraw_entry(entry=entry, by=cast.viewer("eva"))
    assert not sees(cast, "astrid", entry)
    assert not Picture.objects.visible_to(cast.viewer("astrid")).exists()
    assert sees(cast, "cecilia", entry)
    share(cast, entry, at=NOW + timedelta(hours=1))
    assert sees(cast, "astrid", entry)


def test_a_childcare_worker_cannot_withdraw_and_a_guardian_cannot_write(cast):
    entry = shared(cast, cast.alma)
    for name in ("karin", "astrid", "siri", "stranger", "gun", "office"):
        with pytest.raises(PermissionDenied):
            services.withdraw_entry(entry=entry, by=cast.viewer(name))


def test_a_child_whose_tie_has_ended_is_left_out_and_keeps_its_publication(cast):
    entry = shared(cast, cast.alma, cast.bo)
    cast.bo.group_memberships.update(ends_on=TODAY)
    viewer = cast.viewer("cecilia")
    assert not rule.may(viewer, "WRITE", entry)
    services.leave_out(entry=entry, child=cast.bo, by=viewer)
    assert rule.may(viewer, "SHARE", entry)
    share(cast, entry, at=NOW + timedelta(hours=1))
    assert Publication.objects.get(entry=entry, child=cast.bo).version.number == 1
    assert Publication.objects.get(entry=entry, child=cast.alma).version.number == 2
    assert sees(cast, "birger", entry)


def test_the_wrong_child_taken_off_loses_the_entry_with_the_next_sharing(cast):
    entry = shared(cast, cast.alma, cast.bo)
    data = EntryInput(title="t", text="x", happened_on=TODAY, children={cast.alma.pk: ChildInput()})
    services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=data)
    assert sees(cast, "birger", entry)
    share(cast, entry, at=NOW + timedelta(hours=1))
    assert not sees(cast, "birger", entry)


def test_only_the_home_whose_rendition_changed_is_told(cast):
    entry = shared(cast, cast.alma, cast.bo, lines={cast.bo: "he laughed"})
    data = EntryInput(
        title=entry.title, text=entry.text, happened_on=TODAY,
        children={cast.alma.pk: ChildInput(), cast.bo.pk: ChildInput(line="he laughed aloud")},
    )  # fmt: skip
    services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=data)
    share(cast, entry, at=NOW + timedelta(hours=1))
    assert set(HomeChange.objects.values_list("child", flat=True)) == {cast.bo.pk}


def test_two_people_on_one_draft_lose_no_words(cast):
    entry = write(cast, cast.alma, text="first")
    old = entry.revision
    one = EntryInput(title="t", text="Cecilia's words", happened_on=TODAY, children={cast.alma.pk: ChildInput()})
    other = EntryInput(title="t", text="Karin's words", happened_on=TODAY, children={cast.alma.pk: ChildInput()})
    assert services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=old, data=one)[1]
    row, taken = services.save_entry(entry=entry, by=cast.viewer("karin"), revision=old, data=other)
    assert not taken
    assert row.text == "Cecilia's words"
    assert row.second_words.get().text == "Karin's words"


def test_nobody_puts_a_child_they_are_not_tied_to_on_an_entry(cast):
    entry = write(cast, cast.alma)
    data = EntryInput(title="t", text="x", happened_on=TODAY, children={cast.noor.pk: ChildInput()})
    with pytest.raises(PermissionDenied):
        services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=data)


def test_a_blocked_child_is_gone_for_everyone_at_once(cast):
    entry = shared(cast, cast.alma, cast.bo, text="@Alma and @Bo")
    alone = shared(cast, cast.alma)
    cast.alma.blocked_at = NOW
    cast.alma.save()
    for viewer in cast.viewers().values():
        assert not rule.may(viewer, "READ", alone)
        assert not rule.may(viewer, "READ", cast.alma)
    assert not sees(cast, "astrid", entry)
    [rendition] = for_viewer([entry], cast.viewer("cecilia"))
    assert "Alma" not in rendition.text + rendition.children_line


def test_an_open_group_shows_first_names_only_while_open_and_if_shared_while_open(cast):
    from people.models import GroupOpening

    before = shared(cast, cast.alma, cast.bo, text="@Alma and @Bo", at=NOW - timedelta(days=9))
    opening = GroupOpening.objects.create(group=cast.granen, opened_at=NOW - timedelta(days=5))
    during = shared(cast, cast.alma, cast.bo, text="@Alma and @Bo")

    def text(entry, **more):
        return for_viewer([entry], cast.viewer("astrid", **more))[0].text

    assert text(before) == "Alma och kompisar"
    assert text(during) == "Alma and Bo"
    opening.closed_at = NOW + timedelta(days=1)
    opening.save()
    assert text(during, at=NOW + timedelta(days=2)) == "Alma och kompisar"


def test_finishing_what_was_begun_needs_the_tail_and_opens_nothing_else(cast):
    begun = write(cast, cast.alma)
    other = write(cast, cast.alma, by="karin")
    done = shared(cast, cast.alma)
    cast.cecilia_duty.assignments.update(ends_on=TODAY)
    viewer = cast.viewer("cecilia")
    assert not rule.may(viewer, "READ", begun)
    cast.organisation.finishing_tail_days = 10
    cast.organisation.save()
    viewer = cast.viewer("cecilia")
    assert rule.may(viewer, "SHARE", begun)
    assert not rule.may(viewer, "READ", other)
    assert not rule.may(viewer, "READ", done)
    assert not rule.may(cast.viewer("cecilia", at=NOW + timedelta(days=11)), "READ", begun)
