"""What goes of a child's grounds for access when the child is erased."""

from datetime import datetime

from access.models import Consent, FamilyWord, HomeAsking, OneGuardianNote, Reminder
from access.recordings import services as recordings
from people.models import Child


def erase_child(child: Child, at: datetime) -> None:
    """Words, consents, recordings, notes, askings and reminders go; the emptied events say that there were some."""
    FamilyWord.objects.filter(guardianship__child=child).delete()
    Consent.objects.filter(guardianship__child=child).delete()
    recordings.erase_child(child, at)
    OneGuardianNote.objects.filter(child=child).delete()
    HomeAsking.objects.filter(asks__child=child).delete()
    Reminder.objects.filter(guardianship__child=child).delete()
