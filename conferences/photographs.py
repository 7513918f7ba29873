"""The pictures that go onto a paper: asked of the rule once more, one by one, and never more than a paper bears."""

from collections.abc import Iterable

from learninglog.rendition import PictureView
from media_policy import files, finding, intake
from media_policy.purposes import Purpose
from visibility.viewer import Viewer

MOST = 40


class Photographs:
    """Collects JPEGs by the names under which a paper sets them."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.taken: dict[str, bytes] = {}

    def take(self, views: Iterable[PictureView]) -> tuple[list[tuple[str, PictureView]], bool]:
        """Each picture that this reader is shown now with its name, and whether some had no room any more."""
        found: list[tuple[str, PictureView]] = []
        for view in views:
            name = str(view.public_id)
            if name not in self.taken:
                if len(self.taken) >= MOST:
                    return found, True
                jpeg = self._jpeg(view)
                if jpeg is None:
                    continue
                self.taken[name] = jpeg
            found.append((name, view))
        return found, False

    def _jpeg(self, view: PictureView) -> bytes | None:
        row = finding.derivative(self.viewer, view.public_id, Purpose.CARD)
        if row is None:
            return None
        try:
            with files.storage().open(row.storage_name, "rb") as file:
                return intake.jpeg_of(file.read()).data
        except FileNotFoundError:
            return None
