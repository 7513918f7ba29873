"""A picture is seen through what holds it, and through nothing else."""

import pytest

from media_policy import holders, services
from media_policy.models import Derivative, Picture, PictureSubject
from tests.media_policy.conftest import AT


def seen(world, person):
    return set(Picture.objects.visible_to(world.viewer(person)))


def test_who_uploaded_a_picture_sees_nothing_by_that_alone(world):
    world.take_in(by=world.cecilia)
    assert seen(world, world.cecilia) == set()


def test_a_holder_shows_its_pictures_to_those_it_names(world):
    picture, other = world.take_in(), world.take_in()
    world.show(picture, world.astrid)
    assert seen(world, world.astrid) == {picture}
    assert seen(world, world.cecilia) == set()
    assert other not in seen(world, world.astrid)


def test_without_a_viewer_and_without_holders_there_is_nothing(world, monkeypatch):
    world.show(world.take_in(), world.astrid)
    assert not Picture.objects.visible_to(None).exists()
    monkeypatch.setattr(holders.pictures, "_known", {})
    assert seen(world, world.astrid) == set()


def test_several_holders_are_united_and_a_picture_is_listed_once(world):
    one, two, three = (world.take_in() for _ in range(3))
    world.show(one, world.astrid)
    also = {one.pk, two.pk}
    holders.register("second", lambda viewer: Picture.objects.filter(pk__in=also).order_by("-pk").values("pk"))
    subjects = PictureSubject.objects.filter(child=world.alma).values("picture_id")
    holders.register("third", lambda viewer: subjects)
    services.mark(picture=three, children=[world.alma, world.bo], nobody=False, by=world.viewer(world.cecilia))
    assert sorted(Picture.objects.visible_to(world.viewer(world.astrid)), key=lambda row: row.pk) == [one, two, three]
    assert Picture.objects.visible_to(world.viewer(world.astrid)).filter(pk=two.pk).exists()


def test_an_erased_picture_is_seen_by_nobody_whatever_a_holder_says(world):
    picture = world.take_in()
    world.show(picture, world.astrid)
    services.erase_picture(picture=picture, by_reason="removed", at=AT)
    assert seen(world, world.astrid) == set()


def test_files_and_marks_follow_their_picture(world):
    picture = world.take_in()
    services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
    viewer = world.viewer(world.astrid)
    assert not Derivative.objects.visible_to(viewer).exists()
    assert not PictureSubject.objects.visible_to(viewer).exists()
    world.show(picture, world.astrid)
    assert Derivative.objects.visible_to(viewer).count() == 4
    # She sees the picture; who is on it she learns only of children she may know.
    assert not PictureSubject.objects.visible_to(viewer).exists()


def test_one_name_is_one_holder(world):
    holders.register("test", world.held)
    with pytest.raises(ValueError, match="Two holders"):
        holders.register("test", lambda viewer: Picture.objects.none())


def test_marked_within_asks_for_every_recognisable_child(world):
    from people.models import Child

    by, none = world.viewer(world.cecilia), Child.objects.none()
    alma, both, nobody, _unmarked = (world.take_in() for _ in range(4))
    services.mark(picture=alma, children=[world.alma], nobody=False, by=by)
    services.mark(picture=both, children=[world.alma, world.bo], nobody=False, by=by)
    services.mark(picture=nobody, children=None, nobody=True, by=by)
    own = Child.objects.filter(pk=world.alma.pk)
    assert set(Picture.objects.marked_within(own)) == {alma, nobody}
    assert set(Picture.objects.marked_within(Child.objects.all())) == {alma, both, nobody}
    assert set(Picture.objects.marked_within(none)) == {nobody}


def test_a_list_costs_two_queries_however_long(world, django_assert_num_queries):
    for _ in range(3):
        picture = world.take_in()
        services.mark(picture=picture, children=[world.alma], nobody=False, by=world.viewer(world.cecilia))
        world.show(picture, world.astrid)
    with django_assert_num_queries(2):
        found = Picture.objects.visible_to(world.viewer(world.astrid)).for_list()
        assert [len(row.subjects.all()) for row in found] == [1, 1, 1]
