"""Adults around Alma: Astrid and Anders are her legal guardians, Moa her grandmother, Kim another parent."""

from types import SimpleNamespace
from typing import Any

import pytest

from access.recordings.services import Told
from people.models import Guardianship
from tests.cast import TODAY, Cast
from visibility.viewer import Hat


@pytest.fixture
def family(cast: Cast) -> Any:
    kind = Guardianship.Kind
    moa, kim = cast.make.person("moa", "Moa", "Berg"), cast.make.person("kim", "Kim", "Vester")
    cast.moa, cast.kim = moa, kim
    cast.HATS = cast.HATS | {"moa": Hat.GUARDIAN, "kim": Hat.GUARDIAN}
    return SimpleNamespace(
        moa=cast.make.guardian(moa, cast.alma, kind.CARER, active=False, reads_conferences=False, label="mormor"),
        kim=cast.make.guardian(kim, cast.alma, kind.PARENT, active=False, reads_conferences=False),
        astrid=cast.astrid_alma,
        anders=cast.anders_alma,
    )


def on_paper(**more: Any) -> Told:
    """A paper of today that was brought by hand."""
    return Told(**{"medium": "paper", "said_on": TODAY, "identified": "passport", **more})
