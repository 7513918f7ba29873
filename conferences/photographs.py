"""The pictures that go onto a paper: asked of the rule once more, one by one, and never more than a paper bears."""

import uuid
from collections.abc import Iterable

from learninglog.printing import kept_off_paper
from learninglog.rendition import PictureView
from media_policy import files, finding, intake
from media_policy.models import PictureSubject
from media_policy.purposes import Purpose
from visibility.viewer import Hat, Viewer

MOST = 40


class Photographs:
    """Collects JPEGs by the names under which a paper for the family of one child sets them."""

    def __init__(self, viewer: Viewer, child: int) -> None:
        self.viewer = viewer
        self.child = child
        self.taken: dict[str, bytes] = {}

    def take(self, views: Iterable[PictureView]) -> tuple[list[tuple[str, PictureView]], bool]:
        """Each picture that this reader is shown now with its name, and whether some stay on the screen."""
        shown = list(views)
        off = self._off_paper({view.public_id for view in shown})
        found: list[tuple[str, PictureView]] = []
        left = False
        for view in shown:
            name = str(view.public_id)
            if view.public_id in off or (name not in self.taken and len(self.taken) >= MOST):
                left = True
                continue
            if name not in self.taken:
                jpeg = self._jpeg(view)
                if jpeg is None:
                    continue
                self.taken[name] = jpeg
            found.append((name, view))
        return found, left

    def _off_paper(self, pictures: set[uuid.UUID]) -> set[uuid.UUID]:
        """Those on which somebody may not appear in print. Of its own child alone a home may fetch every picture."""
        off = set(kept_off_paper(pictures, self.viewer.at))
        if self.viewer.hat != Hat.GUARDIAN or not off:
            return off
        subjects = PictureSubject.objects.filter(picture__public_id__in=off)
        marked = set(subjects.values_list("picture__public_id", flat=True))
        return off - (marked - set(subjects.exclude(child=self.child).values_list("picture__public_id", flat=True)))

    def _jpeg(self, view: PictureView) -> bytes | None:
        row = finding.derivative(self.viewer, view.public_id, Purpose.CARD)
        if row is None:
            return None
        try:
            with files.storage().open(row.storage_name, "rb") as file:
                return intake.jpeg_of(file.read()).data
        except FileNotFoundError:
            return None
