"""What the demo's families have answered about pictures: in the open group every kind of answer is there."""

from datetime import datetime, timedelta

from access.questions import services
from access.terms import services as terms
from media_policy.questions import Question
from people.models import Answer, GroupMembership, GroupOpening, Guardianship
from portal.demo.lindby import World

YES, NO, WITHDRAWN = Answer.Value.YES, Answer.Value.NO, Answer.Value.WITHDRAWN
# In turn, by the children of the open group; the fourth family has not answered.
OPENLY = (YES, YES, NO, "", YES, WITHDRAWN)
# In turn, by the guardians everywhere; most have said yes to what a preschool prints.
PRINTED = (YES, YES, "", NO)
OBJECTS = 3


def answer(world: World) -> None:
    """Rounds and answers, after everything was written: they count from now on."""
    opened = GroupOpening.objects.filter(closed_at__isnull=True).order_by("opened_at").first()
    if opened is None:
        return
    services.put_due(opened.opened_at + timedelta(hours=3))
    # Whoever came into the group since is asked by a round of their own.
    services.put_due(world.dates.now - timedelta(days=20))
    members = GroupMembership.objects.running(world.dates.today).filter(group=opened.group)
    openly = {child: turn for turn, child in enumerate(members.order_by("pk").values_list("child_id", flat=True))}
    active = Guardianship.objects.active(world.dates.now).legal().select_related("person").order_by("pk")
    for number, tie in enumerate(active):
        at = world.dates.now - timedelta(days=20 + number % 60, hours=number % 9)
        _say(tie, Question.PRINT, PRINTED[number % len(PRINTED)], at)
        if tie.child_id in openly:
            turn = openly[tie.child_id]
            _say(tie, Question.OTHER_FAMILIES, OPENLY[turn % len(OPENLY)], at)
            _say(tie, Question.PHOTOGRAPH, NO if turn == OBJECTS else "", at)


def _say(tie: Guardianship, question: Question, value: str, at: datetime) -> None:
    wording = terms.current(question, tie.person.language)
    if value:
        Answer.objects.create(
            child_id=tie.child_id, guardianship=tie, question=question, value=value, given_at=at,
            given_by=tie.person, wording=wording.digest if wording else "",
        )  # fmt: skip
