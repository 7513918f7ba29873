from learninglog.models.clips import EntryClip, VersionClip, VersionClipSubject
from learninglog.models.composing import DeviceKey, Presence, SecondLine, SecondWords
from learninglog.models.correction import Correction, CorrectionRequest
from learninglog.models.entry import Entry, EntryChild, EntryGoal, EntryPicture, Quote, Remark
from learninglog.models.home import HomeWords, HomeWordsPicture
from learninglog.models.plans import Plan, PlanEntry, PlanGoal, Reflection
from learninglog.models.publication import HomeChange, Publication, Visit
from learninglog.models.sensitive import SensitiveWord
from learninglog.models.thread import Message, Thread
from learninglog.models.tray import TrayItem, TrayPicture
from learninglog.models.version import SharedVersion, VersionAudience, VersionChild, VersionPicture, VersionSubject

__all__ = [
    "Correction",
    "CorrectionRequest",
    "DeviceKey",
    "Entry",
    "EntryChild",
    "EntryClip",
    "EntryGoal",
    "EntryPicture",
    "HomeChange",
    "HomeWords",
    "HomeWordsPicture",
    "Message",
    "Plan",
    "PlanEntry",
    "PlanGoal",
    "Presence",
    "Publication",
    "Quote",
    "Reflection",
    "Remark",
    "SecondLine",
    "SecondWords",
    "SensitiveWord",
    "SharedVersion",
    "Thread",
    "TrayItem",
    "TrayPicture",
    "VersionAudience",
    "VersionChild",
    "VersionClip",
    "VersionClipSubject",
    "VersionPicture",
    "VersionSubject",
    "Visit",
]
