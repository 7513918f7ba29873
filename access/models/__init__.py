from access.models.devices import Device, Pin
from access.models.families import Consent, FamilyWord, HomeAsking, OneGuardianNote, Reminder, WishedAdult
from access.models.letters import Letter
from access.models.notices import NoticeChoice, NoticeMail
from access.models.readings import HeldLine, LineQuestion
from access.models.recordings import RecordedAnswer, RecordedPage, Recording
from access.models.reviews import Review, ReviewLine, RoutineReview
from access.models.signing import Attempts, OpenSession, SignInCode, SignInSetting
from access.models.terms import FrozenWording, TermsAnswer, Wording, WordingKind

__all__ = [
    "Attempts",
    "Consent",
    "Device",
    "FamilyWord",
    "FrozenWording",
    "HeldLine",
    "HomeAsking",
    "Letter",
    "LineQuestion",
    "NoticeChoice",
    "NoticeMail",
    "OneGuardianNote",
    "OpenSession",
    "Pin",
    "RecordedAnswer",
    "RecordedPage",
    "Recording",
    "Reminder",
    "Review",
    "ReviewLine",
    "RoutineReview",
    "SignInCode",
    "SignInSetting",
    "TermsAnswer",
    "WishedAdult",
    "Wording",
    "WordingKind",
]
