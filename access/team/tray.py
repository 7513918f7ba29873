"""Pictures from a tablet that nobody has signed in on: the room that keeps the trays takes them in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from access.models import Device

Taker = Callable[[Device, Any, datetime], object]
_takers: list[Taker] = []


class Full(Exception):
    """So many have come from this tablet in a short time that the next one needs a PIN."""


def register(func: Taker) -> None:
    """Have `func(device, upload, at)` put a picture into the tray of the device's group; it raises Refused or Full."""
    if func not in _takers:
        _takers.append(func)


def put(device: Device, upload: Any, at: datetime) -> None:
    """Hand one picture over. Raises Refused, Full."""
    for take in _takers:
        take(device, upload, at)
