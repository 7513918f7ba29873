"""What a film or a recording can be sent for. Rooms register themselves in AppConfig.ready().

A target is found through the rule, at the beginning and again with every piece: who may not write there any more sends
no further.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from media_policy.clips.models import Clip
from people.models import Unit
from visibility.viewer import Viewer


@dataclass(frozen=True)
class Target:
    """`keep` puts what has arrived where it was sent for; it raises PermissionDenied when that has closed."""

    unit: Unit
    keep: Callable[[Clip], None]


Find = Callable[[Viewer, uuid.UUID], Target | None]
_targets: dict[str, Find] = {}


def register(name: str, find: Find) -> None:
    """Let things of this name be sent for; `find(viewer, public id)` answers with None for what is not theirs."""
    known = _targets.get(name)
    if known is not None and known is not find:
        raise ValueError(f"Two targets are called {name}.")
    _targets[name] = find


def find(name: str, viewer: Viewer, public_id: uuid.UUID) -> Target | None:
    """The thing that it is sent for, when the viewer may write there now."""
    found = _targets.get(name)
    return found(viewer, public_id) if found else None
