from access.models.devices import Device, Pin
from access.models.families import Consent, FamilyWord, HomeAsking, OneGuardianNote, Reminder, WishedAdult
from access.models.letters import Letter
from access.models.notices import NoticeChoice, NoticeMail
from access.models.signing import Attempts, OpenSession, SignInCode, SignInSetting

__all__ = [
    "Attempts",
    "Consent",
    "Device",
    "FamilyWord",
    "HomeAsking",
    "Letter",
    "NoticeChoice",
    "NoticeMail",
    "OneGuardianNote",
    "OpenSession",
    "Pin",
    "Reminder",
    "SignInCode",
    "SignInSetting",
    "WishedAdult",
]
