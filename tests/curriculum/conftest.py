from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from curriculum.loading import load
from curriculum.models import Area, Framework, Goal
from curriculum.shipped import FOLDER, read

TODAY = date(2026, 3, 2)


@pytest.fixture
def shipped(db: None) -> None:
    """The frameworks of the product, as the command loads them."""
    load(read(path) for path in sorted(FOLDER.glob("*.json")))


@pytest.fixture
def framework(db: None) -> Framework:
    """A small edition in force in Sweden during 2026."""
    return make_framework()


@pytest.fixture
def goal_in(framework: Framework) -> Callable[..., Goal]:
    """Makes a goal, in an area of its own unless one is given."""

    def make(code: str, label: str, **fields: Any) -> Goal:
        area = fields.pop("area", None) or Area.objects.create(
            framework=framework, code=f"area-{code}", label_sv=f"Område {code}"
        )
        return Goal.objects.create(area=area, code=code, label_sv=label, **fields)

    return make


def make_framework(code: str = "TEST-2026", **fields: Any) -> Framework:
    values = {
        "family": "TEST",
        "country": "SE",
        "language": "sv",
        "title_sv": "Prov",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2027, 1, 1),
    }
    return Framework.objects.create(code=code, **{**values, **fields})
