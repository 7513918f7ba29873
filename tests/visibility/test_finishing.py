"""What ended is ended: the finishing tail lets one finish the drafts one began there, and opens nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from learninglog import services
from learninglog.models import Publication
from learninglog.rendition import for_viewer
from learninglog.services.drafts import ChildInput, EntryInput, labels_for
from media_policy.models import Picture
from tests.cast import NOW, TODAY
from tests.entries import picture, put_in, share, shared, write
from visibility import rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo_left_yesterday(cast):
    """Bo left the group yesterday; ten days to finish what was begun about him."""
    cast.organisation.finishing_tail_days = 10
    cast.organisation.save()

    def leave():
        cast.bo.group_memberships.update(ends_on=TODAY)

    return leave


def test_a_child_who_left_is_masked_in_what_others_began_also_during_the_tail(cast, bo_left_yesterday):
    entry = write(cast, cast.alma, cast.bo, by="karin", text="@Alma and @Bo dug.", quotes={cast.bo: ["Deep!"]})
    put_in(cast, entry, of_bo := picture(cast, cast.bo), by="karin")
    bo_left_yesterday()
    [seen] = for_viewer([entry], cast.viewer("cecilia"))
    assert "Bo" not in seen.text + seen.children_line
    assert seen.quotes == []
    assert of_bo not in Picture.objects.visible_to(cast.viewer("cecilia"))


def test_a_child_who_left_is_named_in_the_own_draft_that_may_be_finished(cast, bo_left_yesterday):
    entry = write(cast, cast.alma, cast.bo, text="@Alma and @Bo dug.", quotes={cast.bo: ["Deep!"]})
    put_in(cast, entry, of_bo := picture(cast, cast.bo), unmarked := picture(cast))
    other = write(cast, cast.alma, by="karin", text="@Bo waved to @Alma.")
    bo_left_yesterday()
    mine, theirs = for_viewer([entry, other], cast.viewer("cecilia"))
    assert (mine.text, mine.quotes) == ("Alma and Bo dug.", ["Deep!"])
    assert theirs.text == "Kompisar waved to Alma."
    assert {of_bo, unmarked} <= set(Picture.objects.visible_to(cast.viewer("cecilia")))
    assert "Bo" in {label.text for label in labels_for(entry=entry, by=cast.viewer("cecilia"))}


def test_nobody_begins_something_new_about_a_child_who_left(cast, bo_left_yesterday):
    entry = write(cast, cast.alma)
    bo_left_yesterday()
    data = EntryInput(
        title="t", text="x", happened_on=TODAY, children={cast.alma.pk: ChildInput(), cast.bo.pk: ChildInput()}
    )
    with pytest.raises(PermissionDenied):
        services.save_entry(entry=entry, by=cast.viewer("cecilia"), revision=entry.revision, data=data)


def test_leaving_out_a_child_who_left_keeps_its_publication_also_during_the_tail(cast, bo_left_yesterday):
    entry = shared(cast, cast.alma, cast.bo)
    bo_left_yesterday()
    services.leave_out(entry=entry, child=cast.bo, by=cast.viewer("cecilia"))
    share(cast, entry, at=NOW + timedelta(hours=1))
    assert Publication.objects.filter(entry=entry, child=cast.bo).exists()
    assert rule.may(cast.viewer("birger"), "READ", entry)
