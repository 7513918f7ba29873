from conferences.models.agreements import Agreement, FollowUp
from conferences.models.booking import FreeTime, Offer
from conferences.models.conference import Conference, Side
from conferences.models.fields import FieldValue, Material
from conferences.models.records import RecordedField, RecordedMaterial, Version
from conferences.models.talks import Talk
from conferences.models.templates import ConferenceTemplate, FrozenTemplate

__all__ = [
    "Agreement",
    "Conference",
    "ConferenceTemplate",
    "FieldValue",
    "FollowUp",
    "FreeTime",
    "FrozenTemplate",
    "Material",
    "Offer",
    "RecordedField",
    "RecordedMaterial",
    "Side",
    "Talk",
    "Version",
]
