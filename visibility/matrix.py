"""The one table: Kind, action, relation, condition. What is not here is a no.

READ, WITHDRAW and LEAVE_OUT ask for any child of a row; WRITE, SHARE and NOTE for every one.
A cell may hold several conditions in a tuple: one of them is enough.
"""

from collections.abc import Mapping

from visibility.conditions import (
    ALWAYS,
    ASKED_ABOUT,
    BEGUN_BY,
    ENTRY_SHARED,
    FOR_EVERY_HOME,
    FOR_HOME,
    FOR_STAFF,
    HANDED_OVER,
    IN_WINDOW,
    MADE_IN_UNIT,
    NEVER_SHARED,
    NEWEST,
    NO_MISTAKE,
    NOT_DRAFT,
    NOT_ENDED,
    NOT_LEFT_OUT,
    NOT_OF_A_HEAD,
    OF_A_HEAD,
    PRESCHOOL_CHOSEN,
    SAME_HOME,
    SCHOOL_CHOSEN,
    SEALED,
    SHARED,
    SHOWN,
    SHOWN_TO_OTHER_HOMES,
    STAND_IN,
    STANDING,
    TICKED,
    UNDER_WAY,
    WHOLE_UNIT,
    WITH_ANOTHER_TIED,
    WITHOUT_CHILDREN,
    WRITTEN_BY,
    Condition,
)
from visibility.relations import (
    ASSIGNED,
    CHILDCARE_WORKER,
    FAMILY,
    FINISHING,
    GUARDIAN,
    HEAD,
    HEADS,
    HOME,
    HOME_NOW,
    KEEPER,
    LEGAL,
    NEXT_PRESCHOOL,
    NEXT_PRESCHOOL_HEAD,
    OFFICER,
    ON_DUTY,
    ON_PASS,
    OVERSEES,
    OWN_CHILD,
    PASSED,
    PEDAGOGUE,
    PEDAGOGUE_HERE,
    RECEIVING_HEAD,
    RECEIVING_SCHOOL,
    RESPONSIBLE,
    RESPONSIBLE_LATELY,
    SPECIAL_EDUCATOR,
    SUBSTITUTE,
    TALK_FAMILY,
    TALK_HOME,
    TALK_HOME_NOW,
    TALK_LEGAL_HOME,
    WAITING,
    WORKS_AT,
    Relation,
)
from visibility.viewer import Strength

READ, WRITE, SHARE, WITHDRAW, LEAVE_OUT = "READ", "WRITE", "SHARE", "WITHDRAW", "LEAVE_OUT"
REPLY, CONTACT, CONTRIBUTE = "REPLY", "CONTACT", "CONTRIBUTE"
# The head's work on who has access to a child, and the guardians' side of it.
ACCESS, ACTIVATE, INACTIVATE, END, NAME, LIFT = "ACCESS", "ACTIVATE", "INACTIVATE", "END", "NAME", "LIFT"
TELL, CONSENT, REFUSE, JOIN = "TELL", "CONSENT", "REFUSE", "JOIN"
# Questions about pictures: a no is an objection, and asks for nothing but being signed in.
ANSWER, OBJECT = "ANSWER", "OBJECT"
LINES, OVERLOOK = "LINES", "OVERLOOK"
# And on who works at a unit.
STAFF_IT, APPOINT, GIVE_PASS, CHANGE = "STAFF", "APPOINT", "GIVE_PASS", "CHANGE"
PAIR, REVOKE, SIGN = "PAIR", "REVOKE", "SIGN"
# What the unit offered, by goal; and the owner's totals, without any child.
COVER, TOTAL = "COVER", "TOTAL"
# What the team thinks of an entry or a plan: read and written alike, and by no family.
NOTE = "NOTE"
# Conferences: begin one, say who holds it, show it to the homes, seal it, add to it, close it unfinished.
ISSUE, HOLD, SHOW, SEAL, ADD, CLOSE = "ISSUE", "HOLD", "SHOW", "SEAL", "ADD", "CLOSE"
FOLLOW_UP, KEEP, OFFER_IT, BOOK = "FOLLOW_UP", "KEEP", "OFFER", "BOOK"
# What a records keeper puts right about a child who has left, where somebody has asked.
CORRECT = "CORRECT"
# Transfers: what goes along and who sends it; a guardian's own copy; what a parent without access is told.
GO_ALONG, PUT_BACK, PICK, SEND = "GO_ALONG", "PUT_BACK", "PICK", "SEND"
HAND_OVER, COPY, DISCLOSE = "HAND_OVER", "COPY", "DISCLOSE"
EVERY_CHILD = frozenset({WRITE, SHARE, NOTE})

CHILD, ENTRY, TRAY, THREAD, WORDS = "CHILD", "ENTRY", "TRAY", "THREAD", "WORDS"
UNIT, DUTY, PASS, DEVICE, REVIEW = "UNIT", "DUTY", "PASS", "DEVICE", "REVIEW"
RECORDING, PLAN = "RECORDING", "PLAN"
CONFERENCE, FIELD, MATERIAL, SIDE, TALK = "CONFERENCE", "FIELD", "MATERIAL", "SIDE", "TALK"
VERSION, RECORD, RECORDED_MATERIAL, AGREEMENT = "VERSION", "RECORD", "RECORDED_MATERIAL", "AGREEMENT"
FREE_TIME, OFFER = "FREE_TIME", "OFFER"
HANDOVER = "HANDOVER"

Cell = Condition | tuple[Condition, ...]

# Who works on a conference that is under way; who of them is a pedagogue; and who finishes it when their tie has ended.
_THEIRS: dict[Relation, Cell] = {
    FINISHING: (MADE_IN_UNIT & BEGUN_BY & UNDER_WAY, MADE_IN_UNIT & STAND_IN & UNDER_WAY),
    RESPONSIBLE_LATELY: MADE_IN_UNIT & UNDER_WAY,
}
_SEALERS: dict[Relation, Cell] = {
    RESPONSIBLE: MADE_IN_UNIT,
    PEDAGOGUE_HERE: MADE_IN_UNIT & STAND_IN,
    PEDAGOGUE: MADE_IN_UNIT,
}
_WRITERS: dict[Relation, Cell] = {**_SEALERS, CHILDCARE_WORKER: MADE_IN_UNIT}
_READERS: dict[Relation, Cell] = {**_WRITERS, SPECIAL_EDUCATOR: MADE_IN_UNIT, HEAD: MADE_IN_UNIT}


def _only(cells: Mapping[Relation, Cell], condition: Condition) -> dict[Relation, Cell]:
    """The same relations, each with one condition more."""
    return {
        relation: tuple(one & condition for one in cell) if isinstance(cell, tuple) else cell & condition
        for relation, cell in cells.items()
    }


def _received(condition: Condition) -> dict[Relation, Cell]:
    """What a receiving unit reads: what it was handed over on a yes to its own kind, in the window, not left out."""
    to_school, to_preschool = (
        condition & chosen & IN_WINDOW & NOT_LEFT_OUT for chosen in (SCHOOL_CHOSEN, PRESCHOOL_CHOSEN)
    )
    return {
        RECEIVING_SCHOOL: to_school, RECEIVING_HEAD: to_school,
        NEXT_PRESCHOOL: to_preschool, NEXT_PRESCHOOL_HEAD: to_preschool,
    }  # fmt: skip


# fmt: off
MATRIX: dict[tuple[str, str], dict[Relation, Cell]] = {
    (CHILD, READ): {
        FAMILY: ALWAYS,
        PEDAGOGUE: ALWAYS, CHILDCARE_WORKER: ALWAYS, SPECIAL_EDUCATOR: ALWAYS, SUBSTITUTE: ALWAYS, HEAD: ALWAYS,
    },
    (CHILD, CONTACT): {FAMILY: ALWAYS, ON_DUTY: ALWAYS, ON_PASS: ALWAYS},
    (CHILD, CONTRIBUTE): {GUARDIAN: ALWAYS},
    (CHILD, ACCESS): {HEAD: ALWAYS, OFFICER: ALWAYS, KEEPER: ALWAYS},
    (CHILD, ACTIVATE): {HEAD: ALWAYS, OFFICER: ALWAYS},
    (CHILD, INACTIVATE): {HEAD: ALWAYS, OFFICER: ALWAYS},
    (CHILD, END): {HEAD: ALWAYS, OFFICER: ALWAYS},
    (CHILD, NAME): {HEAD: ALWAYS},
    (CHILD, LIFT): {HEAD: ALWAYS},
    # Whom the family wants in is asked before anything is open; it opens nothing by itself.
    (CHILD, TELL): {LEGAL: ALWAYS, WAITING: ALWAYS},
    (CHILD, CONSENT): {LEGAL: ALWAYS},
    (CHILD, REFUSE): {LEGAL: ALWAYS},
    (CHILD, JOIN): {GUARDIAN: ALWAYS},
    (CHILD, ANSWER): {LEGAL: ALWAYS},
    (CHILD, OBJECT): {LEGAL: ALWAYS},
    # The reading log: a guardian's never waits for anything; the head's is about those at work.
    (CHILD, LINES): {FAMILY: ALWAYS},
    (CHILD, OVERLOOK): {HEAD: ALWAYS, OFFICER: ALWAYS},

    (ENTRY, READ): {
        GUARDIAN: SHARED,
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
        SPECIAL_EDUCATOR: MADE_IN_UNIT, SUBSTITUTE: MADE_IN_UNIT,
        HEAD: MADE_IN_UNIT & NOT_DRAFT,
        FINISHING: MADE_IN_UNIT & BEGUN_BY & NEVER_SHARED,
        ASSIGNED: WITHOUT_CHILDREN, PASSED: WITHOUT_CHILDREN & BEGUN_BY,
        **_received(SHARED),
    },
    (ENTRY, WRITE): {
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
        SPECIAL_EDUCATOR: MADE_IN_UNIT & BEGUN_BY,
        SUBSTITUTE: MADE_IN_UNIT & BEGUN_BY & NEVER_SHARED,
        OWN_CHILD: MADE_IN_UNIT & WITH_ANOTHER_TIED,
        FINISHING: MADE_IN_UNIT & BEGUN_BY & NEVER_SHARED,
        ASSIGNED: WITHOUT_CHILDREN, PASSED: WITHOUT_CHILDREN & BEGUN_BY,
    },
    (ENTRY, SHARE): {
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
        OWN_CHILD: MADE_IN_UNIT & WITH_ANOTHER_TIED,
        FINISHING: MADE_IN_UNIT & BEGUN_BY & NEVER_SHARED,
    },
    # A head reads no draft, so a head takes none back either: asking first shows what it is about.
    (ENTRY, WITHDRAW): {PEDAGOGUE: MADE_IN_UNIT, HEAD: MADE_IN_UNIT & NOT_DRAFT},
    (ENTRY, LEAVE_OUT): {PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT},

    # It opens the keeper's own page of a request and nothing else: there is no READ for a keeper.
    (ENTRY, CORRECT): {KEEPER: SHARED & ASKED_ABOUT},

    # A note may tell of any child on the entry: whoever has their own there, or one they do not know, reads none.
    (ENTRY, NOTE): {
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
        HEAD: MADE_IN_UNIT & NOT_DRAFT,
        ASSIGNED: WITHOUT_CHILDREN,
    },

    # Plans hold no child: they are the preschool's. What became of one opens by the rule of its entries.
    (PLAN, READ): {WORKS_AT: ALWAYS, HEADS: ALWAYS},
    (PLAN, WRITE): {ASSIGNED: WITHOUT_CHILDREN, HEADS: WHOLE_UNIT},
    (PLAN, NOTE): {ASSIGNED: WITHOUT_CHILDREN, HEADS: ALWAYS},

    (TRAY, READ): {ASSIGNED: WITHOUT_CHILDREN, PASSED: WITHOUT_CHILDREN},
    (TRAY, WRITE): {ASSIGNED: WITHOUT_CHILDREN, PASSED: WITHOUT_CHILDREN & BEGUN_BY},

    (THREAD, READ): {
        HOME: SAME_HOME & ENTRY_SHARED,
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
        SPECIAL_EDUCATOR: MADE_IN_UNIT, HEAD: MADE_IN_UNIT,
    },
    (THREAD, REPLY): {
        HOME_NOW: SAME_HOME & ENTRY_SHARED,
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
    },

    (WORDS, READ): {
        HOME: (SAME_HOME & FOR_HOME, SAME_HOME & WRITTEN_BY),
        GUARDIAN: SHOWN_TO_OTHER_HOMES,
        PEDAGOGUE: MADE_IN_UNIT, CHILDCARE_WORKER: MADE_IN_UNIT,
        SPECIAL_EDUCATOR: MADE_IN_UNIT, SUBSTITUTE: MADE_IN_UNIT, HEAD: MADE_IN_UNIT,
        **_received(TICKED),
    },
    (WORDS, WITHDRAW): {HOME: SAME_HOME & WRITTEN_BY},
    # Words from home go along with the child only where their writer says so.
    (WORDS, GO_ALONG): {HOME: SAME_HOME & WRITTEN_BY},

    # One guardian's paper is neither the other's nor the staff's: it is read by whoever answers for the access.
    (RECORDING, READ): {HEAD: ALWAYS, OFFICER: ALWAYS, KEEPER: ALWAYS},

    (CHILD, ISSUE): {RESPONSIBLE: ALWAYS, PEDAGOGUE: ALWAYS, HEAD: ALWAYS},
    (CHILD, HOLD): {RESPONSIBLE: ALWAYS, PEDAGOGUE: ALWAYS, HEAD: ALWAYS},
    # A home knows that a conference is under way; what stands in it reaches a home in versions alone.
    (CONFERENCE, READ): {TALK_FAMILY: NO_MISTAKE, **_READERS, **_THEIRS, **_received(SEALED)},
    (CONFERENCE, CONTRIBUTE): {TALK_FAMILY: SHOWN & UNDER_WAY},
    (CONFERENCE, WRITE): {**_only(_WRITERS, UNDER_WAY), **_THEIRS},
    (CONFERENCE, SHOW): {**_only(_SEALERS, UNDER_WAY), **_THEIRS},
    (CONFERENCE, SEAL): {**_only(_SEALERS, UNDER_WAY), **_THEIRS},
    (CONFERENCE, ADD): _only(_SEALERS, SEALED),
    (CONFERENCE, CLOSE): {**_only(_SEALERS, UNDER_WAY), HEAD: MADE_IN_UNIT & UNDER_WAY},
    (CONFERENCE, HOLD): {**_only(_SEALERS, UNDER_WAY), HEAD: MADE_IN_UNIT & UNDER_WAY},
    (CONFERENCE, OFFER_IT): {**_only(_SEALERS, UNDER_WAY), HEAD: MADE_IN_UNIT & UNDER_WAY},
    # What a home writes is its own until it hands it in, and never another home's.
    (FIELD, READ): {TALK_HOME: SAME_HOME, **_only(_READERS | _THEIRS, FOR_STAFF)},
    (MATERIAL, READ): {TALK_HOME: SAME_HOME, **_only(_READERS | _THEIRS, FOR_STAFF)},
    (VERSION, READ): {TALK_FAMILY: NEWEST, **_READERS, **_THEIRS, **_received(SEALED & NEWEST)},
    (RECORD, READ): {
        TALK_FAMILY: NEWEST & FOR_EVERY_HOME, TALK_HOME: NEWEST & SAME_HOME, **_READERS, **_THEIRS,
        **_received(SEALED & NEWEST & FOR_EVERY_HOME),
    },
    (RECORDED_MATERIAL, READ): {
        TALK_FAMILY: NEWEST & FOR_EVERY_HOME, TALK_HOME: NEWEST & SAME_HOME, **_READERS, **_THEIRS,
        **_received(SEALED & NEWEST & FOR_EVERY_HOME),
    },
    (AGREEMENT, READ): {TALK_FAMILY: SEALED, **_READERS, **_THEIRS, **_received(SEALED)},
    (AGREEMENT, WRITE): {**_only(_WRITERS, UNDER_WAY), **_THEIRS},
    (AGREEMENT, FOLLOW_UP): _only(_WRITERS, SEALED),
    (TALK, READ): {TALK_FAMILY: FOR_EVERY_HOME, TALK_HOME: SAME_HOME, **_READERS, **_THEIRS},
    (SIDE, READ): {TALK_HOME: SAME_HOME, **_READERS, **_THEIRS},
    (OFFER, READ): {TALK_HOME_NOW: SAME_HOME & STANDING, **_READERS, **_THEIRS},
    (OFFER, BOOK): {TALK_LEGAL_HOME: SAME_HOME & STANDING & UNDER_WAY},
    (OFFER, WITHDRAW): {**_SEALERS, HEAD: MADE_IN_UNIT},
    # A time kept for talks is about a member of the staff; whose family it is offered to stands in the offer.
    (UNIT, KEEP): {WORKS_AT: ALWAYS},
    (FREE_TIME, READ): {WORKS_AT: ALWAYS},
    (FREE_TIME, WRITE): {WORKS_AT: ALWAYS},

    # Transfers. That there is one, and where to, is known to the family and to both ends of it.
    (HANDOVER, READ): {
        FAMILY: ALWAYS, PEDAGOGUE: NOT_ENDED, HEAD: ALWAYS, OFFICER: ALWAYS, KEEPER: ALWAYS,
        RECEIVING_SCHOOL: HANDED_OVER, RECEIVING_HEAD: HANDED_OVER,
        NEXT_PRESCHOOL: HANDED_OVER, NEXT_PRESCHOOL_HEAD: HANDED_OVER,
    },
    (HANDOVER, PICK): {LEGAL: NOT_ENDED, PEDAGOGUE: NOT_ENDED, HEAD: NOT_ENDED},
    (HANDOVER, SEND): {HEAD: NOT_ENDED, OFFICER: NOT_ENDED, KEEPER: NOT_ENDED},
    # Calling something back, and hiding where a child goes, is possible for as long as there is anybody to do it.
    (HANDOVER, REVOKE): {HEAD: ALWAYS, OFFICER: ALWAYS, KEEPER: ALWAYS},
    (CHILD, LEAVE_OUT): {LEGAL: ALWAYS},
    (CHILD, PUT_BACK): {LEGAL: ALWAYS},
    (CHILD, HAND_OVER): {HEAD: ALWAYS, OFFICER: ALWAYS, KEEPER: ALWAYS},
    (CHILD, COPY): {FAMILY: ALWAYS},
    (CHILD, DISCLOSE): {HEAD: ALWAYS, OFFICER: ALWAYS},

    (UNIT, READ): {HEADS: ALWAYS, WORKS_AT: ALWAYS, OVERSEES: ALWAYS},
    (UNIT, STAFF_IT): {HEADS: ALWAYS},
    (UNIT, APPOINT): {OVERSEES: ALWAYS},
    # The entries behind each figure are the head's to read anyway; the owner gets no way to them.
    (UNIT, COVER): {HEADS: ALWAYS},
    (UNIT, TOTAL): {OVERSEES: ALWAYS},
    # A pass gives no passes: who is let in is answered for by somebody employed there.
    (UNIT, GIVE_PASS): {WORKS_AT: ALWAYS},
    # Nobody prolongs, widens or ends their own headship: the owner does.
    (DUTY, READ): {HEADS: ALWAYS, OVERSEES: OF_A_HEAD},
    (DUTY, CHANGE): {HEADS: NOT_OF_A_HEAD, OVERSEES: OF_A_HEAD},
    (PASS, READ): {WORKS_AT: ALWAYS},
    (PASS, END): {WORKS_AT: ALWAYS},
    (UNIT, PAIR): {HEADS: ALWAYS},
    (DEVICE, READ): {HEADS: ALWAYS, WORKS_AT: ALWAYS},
    # A lost tablet is closed by whoever notices, at once.
    (DEVICE, REVOKE): {HEADS: ALWAYS, WORKS_AT: ALWAYS},
    # The owner reads that it was signed, and the protocol; looking for oneself whether all is right is the head's.
    (REVIEW, READ): {HEADS: ALWAYS, OVERSEES: ALWAYS},
    (REVIEW, SIGN): {HEADS: ALWAYS},
}
# fmt: on

# What asks for a sign-in as sure as an e-ID; a no and a withdrawal never do.
SURELY = frozenset(
    {(CHILD, action) for action in (ACCESS, ACTIVATE, INACTIVATE, END, NAME, LIFT, CONSENT, ANSWER, OVERLOOK)}
    | {
        (CHILD, PUT_BACK),
        (CHILD, HAND_OVER),
        (CHILD, DISCLOSE),
        (HANDOVER, SEND),
        (HANDOVER, REVOKE),
        (RECORDING, READ),
        (ENTRY, CORRECT),
    }
    | {(UNIT, COVER), (UNIT, TOTAL)}
    | {(UNIT, STAFF_IT), (UNIT, APPOINT), (UNIT, PAIR), (DUTY, READ), (DUTY, CHANGE), (REVIEW, READ), (REVIEW, SIGN)}
)


def strength(kind: str, action: str) -> Strength:
    """How surely one must be signed in for this."""
    return Strength.SUBSTANTIAL if (kind, action) in SURELY else Strength.LOW


def cells(kind: str, action: str) -> list[tuple[Relation, Condition]]:
    """One row of the table as (relation, condition) pairs, alternatives spelled out."""
    found: list[tuple[Relation, Condition]] = []
    for relation, cell in MATRIX.get((kind, action), {}).items():
        found.extend((relation, condition) for condition in (cell if isinstance(cell, tuple) else (cell,)))
    return found
