"""How many days before and after a first day a receiver may read, as the owner sets it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from access.recordings.services import NotPossible
from people.models import AccessEvent, Organisation
from transfers import windows
from transfers.models import TransferSetting
from transfers.models.handovers import MOST_DAYS
from visibility import kinds, rule
from visibility.matrix import APPOINT
from visibility.viewer import Viewer


@transaction.atomic
def set_days(*, organisation: Organisation, before: int, after: int, by: Viewer) -> windows.Reading:
    """It counts from now on, for every transfer; nothing is an event where nothing changed.

    Raises PermissionDenied for whoever does not answer for the organisation, and NotPossible.
    """
    units = kinds.by_name("UNIT").model._default_manager.filter(organisation=organisation)
    if not units.filter(rule.visible(kinds.by_name("UNIT"), by, APPOINT)).exists():
        raise PermissionDenied
    if not (0 <= before <= MOST_DAYS and 0 <= after <= MOST_DAYS):
        raise NotPossible("days")
    was = windows.reading(organisation)
    wanted = windows.Reading(before, after)
    if was != wanted:
        TransferSetting.objects.create(
            organisation=organisation, days_before=before, days_after=after, at=by.at, by=by.person
        )
        AccessEvent.objects.create(
            what=AccessEvent.What.SETTING, organisation=organisation, at=by.at, by=by.person,
            before={"transfer days": [was.before, was.after]}, after={"transfer days": [before, after]},
        )  # fmt: skip
    return wanted
