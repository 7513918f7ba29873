"""One line of the reading log for one watching: a player asks for a film piece by piece."""

from collections.abc import Iterable
from datetime import timedelta

from media_policy.clips.models import Clip
from visibility import readinglog
from visibility.models import ReadingLine
from visibility.viewer import Viewer

ONE_SITTING = timedelta(minutes=30)


def record_once(viewer: Viewer, clip: Clip, children: Iterable[int], *, deed: str = "") -> None:
    """Write a line, unless this person did the same under the same hat within the last half hour."""
    what = f"{clip.kind} {deed}".strip()
    lines = ReadingLine.objects.filter(person=viewer.person, hat=viewer.hat, what=what, about=clip.public_id)
    if not lines.filter(at__gt=viewer.at - ONE_SITTING, at__lte=viewer.at).exists():
        readinglog.record(viewer=viewer, what=what, about=clip.public_id, child_ids=children)
