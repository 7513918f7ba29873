"""What dies when a person signs out: higher rooms say it here, the sign-out calls it."""

from collections.abc import Callable

from people.models import Person

Ending = Callable[[Person], object]
_endings: list[Ending] = []


def register(func: Ending) -> None:
    """Have `func(person)` called whenever somebody signs out by themselves; registering it again changes nothing."""
    if func not in _endings:
        _endings.append(func)


def signed_out(person: Person) -> None:
    """End everything that lives only as long as the person is signed in."""
    for ending in _endings:
        ending(person)
