from transfers.models.disclosures import DisclosedItem, Disclosure
from transfers.models.handovers import Handover, HiddenReceiver, MovedStart, OpenWindow, TransferSetting
from transfers.models.items import Highlight, LeftOut, WordsAlong
from transfers.models.packages import Package, Receipt, SigningKey

__all__ = [
    "DisclosedItem",
    "Disclosure",
    "Handover",
    "HiddenReceiver",
    "Highlight",
    "LeftOut",
    "MovedStart",
    "OpenWindow",
    "Package",
    "Receipt",
    "SigningKey",
    "TransferSetting",
    "WordsAlong",
]
