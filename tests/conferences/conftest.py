import pytest

from tests.cast import NOW


@pytest.fixture
def world(cast):
    """The cast, with a second home of Alma's: Ulf's; Mats reads together with Astrid, Moa reads the log only."""
    for name in ("ulf", "mats", "moa", "pia"):
        setattr(cast, name, cast.make.person(name, name.title(), "Extra"))
    cast.HATS = cast.HATS | {"ulf": "guardian", "mats": "guardian", "moa": "guardian", "pia": "staff"}
    cast.astrids = cast.astrid_alma.home_memberships.get().home
    cast.ulfs = cast.make.guardian(cast.ulf, cast.alma).home_memberships.get().home
    cast.make.guardian(cast.mats, cast.alma, "parent", home=cast.astrids)
    cast.make.guardian(cast.moa, cast.alma, "carer", reads_conferences=False)
    # A pedagogue of the same preschool who works in no group of Alma's.
    cast.pia_duty = cast.make.duty(cast.pia, "pedagogue", cast.unit, cast.tallen)
    cast.at = NOW
    return cast
