"""Taking a copy of a picture, a film or a recording along: whether the organisation lets whom, and under which name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ground.clock import local_day
from media_policy.models import Clip, DownloadSetting, Picture
from people.models import AccessEvent, Organisation
from visibility.viewer import Hat, Viewer

Who = DownloadSetting.Who
_ALLOWED = {Hat.STAFF: {Who.STAFF, Who.FAMILY}, Hat.GUARDIAN: {Who.FAMILY}}


def who(organisation_id: int) -> str:
    """Who may download now in an organisation: the newest setting, and nobody where there is none."""
    rows = DownloadSetting.objects.filter(organisation=organisation_id).order_by("-at", "-pk")
    return rows.values_list("who", flat=True).first() or Who.OFF


def allowed(viewer: Viewer, organisation_id: int) -> bool:
    """Whether this viewer, under this hat, may take along what the rule shows them in an organisation."""
    hats = _ALLOWED.get(Hat(viewer.hat))
    return hats is not None and who(organisation_id) in hats


@transaction.atomic
def decide(*, organisation: Organisation, wanted: str, by: Viewer) -> None:
    """Set who may download from now on; that nothing was changed is no event."""
    before = who(organisation.pk)
    if before == Who(wanted):
        return
    DownloadSetting.objects.create(organisation=organisation, who=wanted, at=by.at, by=by.person)
    AccessEvent.objects.create(
        what=AccessEvent.What.SETTING, organisation=organisation, at=by.at, by=by.person,
        before={"download": str(before)}, after={"download": str(wanted)},
    )  # fmt: skip


def name_of_picture(picture: Picture, extension: str) -> str:
    """A file's name with the day and nothing about anybody."""
    return _named(_("picture"), picture.taken_at or picture.uploaded_at, picture.organisation, extension)


def name_of_clip(clip: Clip, extension: str) -> str:
    """The same for a film or a recording."""
    what = _("film") if clip.kind == Clip.Kind.FILM else _("recording")
    return _named(what, clip.uploaded_at, clip.organisation, extension)


def _named(what: str, at: datetime, organisation: Organisation, extension: str) -> str:
    return f"{what}-{local_day(at, organisation.time_zone).isoformat()}.{extension}"
