"""The form about whom the family wants in, filled with what was said last, and read back as wishes."""

from typing import Any

from access.families.forms import WishFormSet
from access.families.words import Wish
from access.models import FamilyWord

PREFIX = "adults"


def form_for(word: FamilyWord | None) -> Any:
    """The form with the adults that this guardian named last, and room for two more."""
    said = word.adults.order_by("pk") if word else []
    first = [
        {"name": a.name, "label": a.label, "kind": a.kind, "reads_conferences": a.reads_conferences} for a in said
    ]  # fmt: skip
    return WishFormSet(initial=first, prefix=PREFIX)


def sent(data: Any) -> Any:
    """The form as it was sent."""
    return WishFormSet(data, prefix=PREFIX)


def wishes(form: Any) -> list[Wish]:
    """The adults of a valid form, those with a name."""
    rows = [one.cleaned_data for one in form.forms if one.cleaned_data.get("name")]
    return [
        Wish(
            name=row["name"],
            kind=row["kind"],
            label=row.get("label", ""),
            reads_conferences=bool(row.get("reads_conferences")),
        )
        for row in rows
    ]
