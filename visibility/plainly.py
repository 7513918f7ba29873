"""The matrix in plain words, for a head to read and question; `docs/visibility.md` is made of it."""

from django.utils import translation
from django.utils.functional import Promise

from visibility import conditions, matrix
from visibility.conditions import Condition
from visibility.relations import ALL, Relation
from visibility.viewer import Hat

KINDS = {
    "CHILD": "A child's page",
    "ENTRY": "An entry of the learning log",
    "PLAN": "A plan of a group or a preschool",
    "TRAY": "Pictures and jottings in a group's tray",
    "THREAD": "A home's conversation under an entry",
    "WORDS": "Words from home",
    "CONFERENCE": "A conference about a child: that there is one, and how far it has come",
    "FIELD": "What is being written in a conference's fields",
    "MATERIAL": "What was picked from the log for a conference",
    "VERSION": "A conference as it was shown or sealed, or an addition to it",
    "RECORD": "A field in such a version",
    "RECORDED_MATERIAL": "What such a version holds of the log",
    "AGREEMENT": "An agreement of home and preschool, and how it goes",
    "TALK": "That the talk was held, when, and who took part",
    "SIDE": "What one home has done in a conference",
    "OFFER": "A time that is offered to one home, and the booking",
    "FREE_TIME": "A time that one of the staff keeps for talks",
    "HANDOVER": "A child's transfer to another unit or school",
    "RECORDING": "What a guardian said on paper or in person, as the head recorded it, with the pages",
    "UNIT": "A preschool or school, and who works there",
    "DUTY": "Somebody's duty",
    "PASS": "A substitute's pass",
    "DEVICE": "A shared tablet",
    "REVIEW": "The monthly review of who has access at a unit",
}
ACTIONS = {
    ("CHILD", "READ"): "open the child's page",
    ("CHILD", "CONTACT"): "see contact details and the profile picture",
    ("CHILD", "CONTRIBUTE"): "write from home into the child's log",
    ("CHILD", "ACCESS"): "see who has access to the child, why, and what has changed",
    ("CHILD", "ACTIVATE"): "note an adult for the child and open their access, on a ground that is written down",
    ("CHILD", "INACTIVATE"): "make an adult inactive at once, with a reason",
    ("CHILD", "END"): "end an adult's tie to the child",
    ("CHILD", "NAME"): "name special educators for the child, with dates",
    ("CHILD", "LIFT"): "lift the tie of a colleague to their own child for the rest of a day, with a reason",
    ("CHILD", "TELL"): "say whom the family wants in",
    ("CHILD", "CONSENT"): "consent to another adult's access",
    ("CHILD", "REFUSE"): "say no to another adult's access, or take a consent back",
    ("CHILD", "ANSWER"): "say yes to a question about pictures of the child",
    ("CHILD", "OBJECT"): "say no to a question about pictures of the child, or take a yes back",
    ("CHILD", "LINES"): "see in the reading log who at work has opened something about the child, and their own lines",
    ("CHILD", "OVERLOOK"): "see the lines of those at work, answer questions about one, hold one back for a while",
    ("CHILD", "JOIN"): "ask to read together with another guardian, and leave the home",
    ("CHILD", "LEAVE_OUT"): "leave an entry, a picture or a conference out of every transfer",
    ("CHILD", "PUT_BACK"): "put back what they left out themselves",
    ("CHILD", "HAND_OVER"): "name another school and the first day there",
    ("CHILD", "COPY"): "get their own copy of everything they may read about the child",
    ("CHILD", "DISCLOSE"): "decide what a parent without access is told about the child",
    ("CHILD", "ISSUE"): "begin a conference about the child",
    ("CHILD", "HOLD"): "say who the child's responsible teacher is, among the pedagogues of the preschool",
    ("CONFERENCE", "READ"): "know of it",
    ("CONFERENCE", "CONTRIBUTE"): "fill in their home's part and hand it in",
    ("CONFERENCE", "WRITE"): "write in it, pick from the log, note the talk",
    ("CONFERENCE", "SHOW"): "show it to the homes",
    ("CONFERENCE", "SEAL"): "seal the record",
    ("CONFERENCE", "ADD"): "add to the sealed record",
    ("CONFERENCE", "CLOSE"): "close it unfinished",
    ("CONFERENCE", "HOLD"): "name a stand-in, among the pedagogues of the preschool",
    ("CONFERENCE", "OFFER"): "offer times for the talk",
    ("FIELD", "READ"): "read it",
    ("MATERIAL", "READ"): "see it, as far as they may read the entry itself",
    ("VERSION", "READ"): "read it",
    ("RECORD", "READ"): "read it",
    ("RECORDED_MATERIAL", "READ"): "see it, as far as they may read the entry itself",
    ("AGREEMENT", "READ"): "read it",
    ("AGREEMENT", "WRITE"): "write it at the talk",
    ("AGREEMENT", "FOLLOW_UP"): "write down how it goes",
    ("TALK", "READ"): "read it",
    ("SIDE", "READ"): "see it",
    ("OFFER", "READ"): "see it",
    ("OFFER", "BOOK"): "book it, move to it and cancel it",
    ("OFFER", "WITHDRAW"): "take it back",
    ("UNIT", "KEEP"): "keep times for talks there",
    ("FREE_TIME", "READ"): "see it",
    ("FREE_TIME", "WRITE"): "change or remove it",
    ("ENTRY", "READ"): "read it",
    ("ENTRY", "WRITE"): "write on it (with a tie to every child it is about)",
    ("ENTRY", "SHARE"): "share it with the families (with a tie to every child it is about)",
    ("ENTRY", "WITHDRAW"): "take it back from the families",
    ("ENTRY", "CORRECT"): "correct its words for one child's family, or take it back from that family",
    ("ENTRY", "LEAVE_OUT"): "leave one child out of it",
    ("ENTRY", "NOTE"): "read and write what the team thinks of it (with a tie to every child it is about)",
    ("PLAN", "READ"): "read it, and those of its entries they may read",
    ("PLAN", "WRITE"): "write it, and the evaluation",
    ("PLAN", "NOTE"): "read and write what the team thinks of it",
    ("TRAY", "READ"): "see and use them",
    ("TRAY", "WRITE"): "change or remove them",
    ("THREAD", "READ"): "read it",
    ("THREAD", "REPLY"): "answer in it",
    ("WORDS", "READ"): "read them",
    ("WORDS", "WITHDRAW"): "take them back",
    ("WORDS", "GO_ALONG"): "let them go along to the receiving unit, or not",
    ("HANDOVER", "READ"): "know of it, and see what became of it",
    ("HANDOVER", "PICK"): "pick up to ten entries for the receiver's first page",
    ("HANDOVER", "SEND"): "send it as a package",
    ("HANDOVER", "REVOKE"): "revoke a package, and hide from one guardian where the child goes",
    ("RECORDING", "READ"): "read it",
    ("UNIT", "READ"): "open the pages about who works there",
    ("UNIT", "STAFF"): "give somebody a duty there",
    ("UNIT", "APPOINT"): "give it a head",
    ("UNIT", "COVER"): "see which goals its shared entries show, and the entries behind each figure they may read",
    ("UNIT", "TOTAL"): "see its totals by area of the curriculum, where they rest on five children or more",
    ("UNIT", "GIVE_PASS"): "give a substitute a pass to one of its groups",
    ("DUTY", "READ"): "see it",
    ("DUTY", "CHANGE"): "change its groups, children and leave, or end it",
    ("PASS", "READ"): "see it",
    ("PASS", "END"): "end it before its time",
    ("UNIT", "PAIR"): "pair a shared tablet with it",
    ("DEVICE", "READ"): "see that it is paired, and since when",
    ("DEVICE", "REVOKE"): "close it at once",
    ("REVIEW", "READ"): "read it and its protocol",
    ("REVIEW", "SIGN"): "walk through it and sign it",
}
TIES = {
    "GUARDIAN": "an active guardianship of the child that may read the log, from the moment it begins until it ends; "
    "when the child has left every unit, until the day that the owner's retention plan has set",
    "FAMILY": "the same, whatever it may read",
    "HOME": "an active guardianship that may read the log and is, or has been, in the home in question",
    "HOME_NOW": "an active guardianship that may read the log and is in the home in question now",
    "LEGAL": "an active guardianship as legal guardian",
    "TALK_FAMILY": "an active guardianship that may read the conferences: a legal guardian's always, another adult's "
    "where the consents name them",
    "TALK_HOME": "the same, and is, or has been, in the home in question",
    "TALK_HOME_NOW": "the same, and is in the home in question now",
    "TALK_LEGAL_HOME": "an active guardianship as legal guardian, in the home in question now",
    "WAITING": "a running guardianship as legal guardian that no head has activated yet: a closed envelope",
    "PEDAGOGUE": "a running duty as pedagogue, not on leave, assigned to a group of the child's, where the child is "
    "placed at that preschool and a member of that group today",
    "CHILDCARE_WORKER": "the same, with a duty as childcare worker",
    "SPECIAL_EDUCATOR": "a running duty as special educator at the child's preschool, and the child named for today",
    "SUBSTITUTE": "a pass that is valid this minute to a group the child is a member of today",
    "HEAD": "a running duty as head of the preschool where the child is placed today",
    "OFFICER": "a running duty as the owner's officer, not on leave, in the child's organisation, while no head is on "
    "duty for the child: the head is on leave or is its guardian, or the child has left its preschool",
    "KEEPER": "a running duty as the owner's records keeper, not on leave, in the child's organisation, when the child "
    "has been at a preschool there and is at none today",
    "RESPONSIBLE": "is the child's responsible teacher today, through a running duty, not on leave, at the preschool "
    "where the child is placed today",
    "PEDAGOGUE_HERE": "a running duty as pedagogue, not on leave, at the preschool where the child is placed today",
    "RESPONSIBLE_LATELY": "was the child's responsible teacher until lately: within the same days to finish what was "
    "begun",
    "OWN_CHILD": "works in the group of a child of whom they are, or ever were, guardian. Every other staff tie leaves "
    "such a child out; the head can lift that for the rest of a day, with a reason, for the ties of daily work",
    "FINISHING": "was tied to the child by group until lately: within the days that the organisation gives to finish "
    "what was begun. None, unless it says so",
    "ON_DUTY": "a running duty of any kind, not on leave, at the preschool where the child is placed today",
    "ON_PASS": "a pass that is valid this minute at the preschool where the child is placed today",
    "RECEIVING_SCHOOL": "assigned today to a class at a school that the child belongs to, or will",
    "RECEIVING_HEAD": "a running duty as head of a school where the child has a place, or will, and no class yet",
    "NEXT_PRESCHOOL": "assigned today to a group at a preschool that the child belongs to, or will, and that has been "
    "at another preschool",
    "NEXT_PRESCHOOL_HEAD": "a running duty as head of such a preschool, where the child has no group yet",
    "ASSIGNED": "a running duty assigned to the group today: for what is about no child yet",
    "PASSED": "a pass to the group that is valid this minute: for what is about no child yet",
    "HEADS": "a running duty as head of the unit, not on leave: for who works there, and for nothing about a child",
    "WORKS_AT": "a running duty of any kind at the preschool, not on leave: the same",
    "OVERSEES": "a running duty as the owner's officer, not on leave: for who heads the organisation's units",
}
HATS = {
    Hat.GUARDIAN: "as guardian",
    Hat.STAFF: "as staff",
    Hat.SCHOOL: "for the school",
    Hat.OFFICE: "for the office",
}

HEADING = """# Who may see what

This page is made from `visibility/matrix.py` by `manage.py describe_rule`; the code that every page, list, picture,
search and export asks is that same table. **What is not written here is a no**, for everybody: there is no key that
opens all doors, not for an administrator either.

- One is here in one hat at a time: as guardian, as staff, for a school, or for the office. A tie counts only in its
  hat.
- A tie counts while it lasts. Days begin at midnight where the organisation is; the day something ends is the first
  without it. Passes and guardianships begin and end to the minute.
- A child who is blocked is nobody's: every tie to it is gone at once.
- An entry about several children may be read by whoever may read it for one of them. What is then shown of the others
  is decided afterwards: nobody reads the name, words or pictures of a child they are not tied to.
- Pictures have no line of their own. One is seen through the entry, the words from home, the tray or the recording
  that holds it, and only by those who may know every child that can be recognised on it.
- The office has no line: nothing about a child is reachable there.
"""


def description() -> str:
    """The whole rule as Markdown, in English, the same at every call."""
    with translation.override("en"):
        parts = [HEADING, *_kinds(), _ties()]
        return "\n".join(parts)


def _kinds() -> list[str]:
    parts: list[str] = []
    for kind in dict.fromkeys(kind for kind, _ in matrix.MATRIX):
        lines = [f"## {KINDS[kind]}", ""]
        for (of, action), cells in matrix.MATRIX.items():
            if of == kind:
                lines += [f"**Who may {ACTIONS[of, action]}**{_surely(of, action)}", ""]
                lines += [_line(kind, relation, cell) for relation, cell in cells.items()]
                lines.append("")
        parts.append("\n".join(lines))
    return parts


def _surely(kind: str, action: str) -> str:
    return " (signed in as surely as with an e-ID)" if (kind, action) in matrix.SURELY else ""


def _line(kind: str, relation: Relation, cell: matrix.Cell) -> str:
    alternatives = cell if isinstance(cell, tuple) else (cell,)
    said = "; or ".join(text for text in (_condition(kind, one) for one in alternatives) if text)
    closed = any(conditions.specs(kind, one) is None for one in alternatives)
    note = " *(not yet possible: the transfer that decides it is not there, and until then it is a no)*"
    return f"- {relation.label}{f': {said}' if said else ''}{note if closed else ''}"


def _condition(kind: str, condition: Condition) -> str:
    said = []
    for name in condition.names:
        known = conditions.specs(kind, Condition((name,)))
        said.append(_said(known[0].reason) if known else name.replace("_", " ").lower())
    return ", ".join(said)


def _said(reason: str | Promise) -> str:
    return str(reason)


def _ties() -> str:
    lines = ["## What the ties mean", ""]
    for hat, words in HATS.items():
        mine = [relation for relation in ALL if relation.hat == hat]
        lines += [f"- **{relation.label}** ({words}): {TIES[relation.name]}." for relation in mine]
    return "\n".join(lines) + "\n"
