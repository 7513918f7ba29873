"""What goes of a child's grounds for access when the child is erased."""

from datetime import datetime

from access.models import Consent, FamilyWord, HomeAsking, OneGuardianNote, Reminder
from people.models import Child


def erase_child(child: Child, at: datetime) -> None:
    """Words of the family, consents, notes, askings and reminders go; the emptied events say that there were some."""
    FamilyWord.objects.filter(guardianship__child=child).delete()
    Consent.objects.filter(guardianship__child=child).delete()
    OneGuardianNote.objects.filter(child=child).delete()
    HomeAsking.objects.filter(asks__child=child).delete()
    Reminder.objects.filter(guardianship__child=child).delete()
