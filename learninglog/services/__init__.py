"""Verbs of the learning log: keyword-only, typed, one transaction each."""

from learninglog.services.drafts import (
    EntryInput,
    add_picture,
    discard_entry,
    leave_out,
    remove_picture,
    save_entry,
    start_entry,
)
from learninglog.services.sharing import AudienceChanged, NotReady, preview_sharing, share_entry
from learninglog.services.withdrawing import withdraw_entry

__all__ = [
    "AudienceChanged",
    "EntryInput",
    "NotReady",
    "add_picture",
    "discard_entry",
    "leave_out",
    "preview_sharing",
    "remove_picture",
    "save_entry",
    "share_entry",
    "start_entry",
    "withdraw_entry",
]
