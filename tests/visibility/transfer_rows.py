"""Transfers in the cast's world, on which nobody has said yes: rows for the table in at_transfers.py."""

from datetime import timedelta
from typing import Any

from tests.cast import NOW, TODAY, Cast
from transfers.services import handovers

Rows = dict[tuple[str, str], Any]


def build(cast: Cast) -> Rows:
    """Alma's by itself, for she has begun at the school; Bo's and Elsa's as their head named them."""
    (school,) = handovers.follow_child(cast.alma, NOW)
    return {
        ("HANDOVER", "Alma's to the school"): school,
        ("HANDOVER", "Bo's to a school elsewhere"): named(cast, cast.bo),
        ("HANDOVER", "Elsa's, cancelled"): handovers.cancel(handover=named(cast, cast.elsa), by=cast.viewer("eva")),
    }


def named(cast: Cast, child: Any) -> Any:
    return handovers.name_school(
        child=child, school="Ekskolan", first_day=TODAY + timedelta(days=60), by=cast.viewer("eva")
    )
