"""Answering, recording an answer on paper, deciding how a question is asked, putting it when a group has opened."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from access.models import FrozenWording, RecordedAnswer
from access.questions import known
from access.recordings import services as recordings
from access.recordings.services import NotPossible, Told
from access.terms import services as terms
from ground.clock import local_day
from media_policy.answers import AFTER_A_ROUND, standings
from media_policy.questions import Question, Way, way
from people.models import (
    AccessEvent,
    Answer,
    Child,
    GroupOpening,
    Guardianship,
    Organisation,
    Person,
    QuestionSetting,
    Round,
    RoundChild,
)
from visibility import rule
from visibility.matrix import ANSWER, OBJECT
from visibility.viewer import Viewer

A_YEAR = timedelta(days=365)


@transaction.atomic
def answer(*, guardianship: Guardianship, question: str, value: str, wording: str, by: Viewer) -> Answer:
    """A legal guardian answers in the system; it counts from this moment. The same answer again is the same.

    `wording` is the digest of what stood on the page. Raises PermissionDenied, and NotPossible for a yes to words
    that are not the newest.
    """
    tie = Guardianship.objects.select_for_update(of=("self",)).select_related("child").get(pk=guardianship.pk)
    mine = tie.person_id == by.person.pk and tie.kind == Guardianship.Kind.LEGAL
    active = Guardianship.objects.active(by.at).filter(pk=tie.pk).exists()
    yes = value == Answer.Value.YES
    if not mine or not active or not rule.may(by, ANSWER if yes else OBJECT, tie.child):
        raise PermissionDenied
    if not known.is_known(question) or value not in Answer.Value.values:
        raise NotPossible("question")
    # What came with the form may be anything; a digest is letters and figures.
    digest = wording if wording.isalnum() else ""
    read = FrozenWording.objects.filter(kind=question, digest=digest).order_by("pk").first()
    if yes and (read is None or read.edition != terms.edition(question)):
        raise NotPossible("wording")
    return _kept(tie, question, value, read.digest if read else "", by.at)


def _kept(tie: Guardianship, question: str, value: str, wording: str, at: datetime) -> Answer:
    last = newest(tie, question)
    if last is not None and (last.value, last.wording) == (value, wording):
        return last
    given: Answer = Answer.objects.create(
        child=tie.child, guardianship=tie, question=question, value=value, wording=wording, given_at=at,
        given_by=tie.person,
    )  # fmt: skip
    return given


def newest(tie: Guardianship, question: str) -> Answer | None:
    """The answer of a guardian that counts."""
    return Answer.objects.filter(guardianship=tie, question=question).order_by("given_at", "pk").last()


@transaction.atomic
def record(*, guardianship: Guardianship, question: str, yes: bool, told: Told, by: Viewer) -> Answer:
    """The head writes down what a legal guardian answered on paper or in person.

    Raises PermissionDenied; NotPossible for what cannot be, and for a paper that is older than what they said since.
    """
    earlier = Answer.objects.filter(recorded__recording__in=recordings.known(by, told)).first()
    if earlier is not None:
        return earlier
    tie = Guardianship.objects.select_for_update(of=("self",)).select_related("child__organisation").get(
        pk=guardianship.pk
    )  # fmt: skip
    if tie.kind != Guardianship.Kind.LEGAL or not Guardianship.objects.running(by.at).filter(pk=tie.pk).exists():
        raise PermissionDenied
    if not known.is_known(question):
        raise NotPossible("question")
    last = newest(tie, question)
    if last is not None and yes and told.said_on < local_day(last.given_at, tie.child.organisation.time_zone):
        raise NotPossible("said_on")
    recording = recordings.record(guardianship=tie, told=told, by=by)
    wording = terms.current(question, tie.person.language, tie.child.organisation.language)
    # A paper is a row of its own, also where it says what stands already: it is what can be shown.
    given: Answer = Answer.objects.create(
        child=tie.child, guardianship=tie, question=question, given_at=by.at, given_by=tie.person,
        value=Answer.Value.YES if yes else Answer.Value.NO, wording=wording.digest if wording else "",
    )  # fmt: skip
    RecordedAnswer.objects.create(recording=recording, answer=given)
    return given


@transaction.atomic
def decide(*, organisation: Organisation, question: str, wanted: Way, by: Viewer) -> Way:
    """Set how a question is decided from now on; that nothing was changed is no event.

    Raises NotPossible for an objection where only a yes can count.
    """
    if wanted.objection and not known.of(question).may_be_objected:
        raise NotPossible("basis")
    before = way(question, organisation)
    if before == wanted:
        return before
    QuestionSetting.objects.create(
        organisation=organisation, question=question, basis=wanted.basis, silence_is_yes=wanted.silence_is_yes,
        yearly=wanted.yearly, answering_days=wanted.answering_days, at=by.at, by=by.person,
    )  # fmt: skip
    AccessEvent.objects.create(
        what=AccessEvent.What.SETTING, organisation=organisation, at=by.at, by=by.person,
        before={"question": question, **vars(before)}, after={"question": question, **vars(wanted)},
    )  # fmt: skip
    return wanted


def put_due(at: datetime) -> int:
    """Put what is due: in open groups to everybody not asked since it opened, and the yearly rounds; how many."""
    return sum(_put_in_group(row, at) for row in _open(at)) + sum(_put_yearly(row, at) for row in _all())


def _open(at: datetime) -> list[GroupOpening]:
    still = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    rows = GroupOpening.objects.filter(still, opened_at__lte=at).select_related("group__unit__organisation")
    return list(rows.order_by("pk"))


def _all() -> list[Organisation]:
    return list(Organisation.objects.order_by("pk"))


@transaction.atomic
def _put_in_group(opening: GroupOpening, at: datetime) -> int:
    owner = opening.group.unit.organisation
    members = Child.objects.in_group(opening.group, local_day(at, owner.time_zone))
    put = 0
    for question in sorted(AFTER_A_ROUND):
        asked = RoundChild.objects.filter(round__group=opening.group, round__question=question)
        asked = asked.filter(round__put_at__gte=opening.opened_at)
        last = dict(asked.order_by("round__put_at").values_list("child_id", "round__put_at"))
        children = list(members.order_by("pk").values_list("pk", flat=True))
        late = {
            key
            for key, standing in standings(question, children, at, group=opening.group_id).items()
            # Somebody came, or was let in, after it was put: their silence says nothing until they were asked.
            if key not in last or any((tie.activated_at or at) > last[key] for tie in standing.silent)
        }
        put += _put(owner, opening.group_id, question, sorted(late), at) if late else 0
    return put


@transaction.atomic
def _put_yearly(owner: Organisation, at: datetime) -> int:
    put = 0
    for question in Question.values:
        rounds = Round.objects.filter(organisation=owner, question=question, group__isnull=True)
        if way(question, owner).yearly and not rounds.filter(put_at__gt=at - A_YEAR).exists():
            placed = Child.objects.unblocked().filter(organisation=owner, placements__starts_on__lte=at.date())
            running = Q(placements__ends_on__isnull=True) | Q(placements__ends_on__gt=at.date())
            keys = placed.filter(running).order_by("pk").values_list("pk", flat=True).distinct()
            put += _put(owner, None, question, list(keys), at)
    return put


def _put(owner: Organisation, group: int | None, question: str, children: list[int], at: datetime) -> int:
    until = at + timedelta(days=way(question, owner).answering_days)
    row = Round.objects.create(
        organisation=owner, group_id=group, question=question, put_at=at, answers_until=until
    )  # fmt: skip
    RoundChild.objects.bulk_create(RoundChild(round=row, child_id=key) for key in children)
    return 1


def is_asked_anew(person: Person, since: datetime, at: datetime) -> bool:
    """Whether a question was put to a legal guardian in (since, at] that they have not answered after that."""
    legal = Guardianship.objects.active(at).legal().filter(person=person, child__blocked_at__isnull=True)
    put = RoundChild.objects.filter(child__in=legal.values("child"), round__put_at__gt=since, round__put_at__lte=at)
    said = Answer.objects.filter(
        guardianship__in=legal, child=OuterRef("child"), question=OuterRef("round__question"),
        given_at__gte=OuterRef("round__put_at"), given_at__lte=at,
    )  # fmt: skip
    return put.exclude(Exists(said)).exists()


class Mistied(Exception):
    """An answer names another child than its guardianship."""


def watch(at: datetime) -> None:
    """The nightly look: the child of an answer is the child of the guardianship it was given in."""
    wrong = Answer.objects.exclude(child=F("guardianship__child")).order_by("pk").values_list("pk", flat=True)
    if keys := list(wrong[:20]):
        raise Mistied(keys)
