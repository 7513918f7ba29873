"""When a child is erased, so is every picture that shows the child, with its files."""

from media_policy import services
from media_policy.erasure import erase_child
from media_policy.models import Picture, PictureErasure, PictureSubject
from tests.media_policy.conftest import AT


def test_every_picture_of_the_child_goes_whoever_else_is_on_it(world, rooms, django_capture_on_commit_callbacks):
    by = world.viewer(world.cecilia)
    own, shared, bos, nobody = (world.take_in() for _ in range(4))
    for picture, children in ((own, [world.alma]), (shared, [world.alma, world.bo]), (bos, [world.bo])):
        services.mark(picture=picture, children=children, nobody=False, by=by)
    services.mark(picture=nobody, children=None, nobody=True, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        erase_child(world.alma, AT)
    assert set(Picture.objects.standing()) == {bos, nobody}
    assert not PictureSubject.objects.filter(child=world.alma).exists()
    assert set(PictureErasure.objects.values_list("picture_id", "reason")) == {(own.pk, "child"), (shared.pk, "child")}
    left = {path.name for path in (rooms / "private").rglob("*") if path.is_file()}
    rows = [row.storage_name for kept in (bos, nobody) for row in kept.derivatives.all()]
    assert left == {name.rsplit("/", 1)[1] for name in rows}
