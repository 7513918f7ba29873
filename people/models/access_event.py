"""Every fact about access as an event: who did what, when, before and after. Append-only until lawful erasure."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessEvent(models.Model):
    class What(models.TextChoices):
        ADDED = "added", _("Adult noted for a child")
        ACTIVATED = "activated", _("Guardian activated")
        INACTIVATED = "inactivated", _("Guardian made inactive")
        ENDED = "ended", _("Guardianship ended")
        WISHED = "wished", _("Family said whom it wants in")
        CONSENTED = "consented", _("Consent to another adult")
        NOTED = "noted", _("Note about access")
        HOMES_JOINED = "homes_joined", _("Homes joined")
        HOMES_SEPARATED = "homes_separated", _("Homes separated")
        DUTY = "duty", _("Duty changed")
        PASS = "pass", _("Pass given")
        PASS_ENDED = "pass_ended", _("Pass ended before its time")
        DEVICE = "device", _("Shared device")
        PIN = "pin", _("PIN for shared devices")
        REVIEW = "review", _("Access reviewed")
        TERMS = "terms", _("Terms of use")
        HELD_BACK = "held_back", _("Line of the reading log held back")
        NAMED = "named", _("Special educator of a child")
        RESPONSIBLE = "responsible", _("Holder of a child's conferences")
        OWN_CHILD_LIFTED = "own_child_lifted", _("Tie to an own child lifted")
        GROUP_OPENED = "group_opened", _("Group opened")
        GROUP_CLOSED = "group_closed", _("Group closed")
        BLOCKED = "blocked", _("Child blocked")
        ERASED = "erased", _("Child erased")
        SETTING = "setting", _("Setting changed")
        READING_ENDS = "reading_ends", _("Day on which the guardians’ reading ends")

    what = models.CharField(max_length=20, choices=What)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_events_made", null=True, blank=True
    )
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="access_events")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_events", null=True, blank=True
    )
    child = models.ForeignKey(
        "people.Child", on_delete=models.PROTECT, related_name="access_events", null=True, blank=True
    )
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="access_events", null=True, blank=True
    )
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "at"], name="people_accessevent_child")]

    def __str__(self) -> str:
        return f"AccessEvent {self.pk}"
